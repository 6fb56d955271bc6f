import { type NetworkCode, ownerOf, parseTeamId, type TeamId } from '@concord/domain/ids'
import type { NotListed } from '@concord/domain/request/not-listed'
import type { Team } from '@concord/domain/team/team'
import type { Deps } from './deps.ts'
import { paths, teamsScope } from './scope.ts'

type Named = readonly { readonly at: string; readonly team: string }[]

/** The office whose list a team's id says it is on, in a network. */
const officeOfTeam = (network: NetworkCode, id: TeamId) => {
  const owner = ownerOf(id)
  return owner === network ? network : `${network}/${owner}`
}

/** The list of teams that an office keeps. */
export const teamsOf = (deps: Pick<Deps, 'storeFor'>, office: string): Promise<readonly Team[]> =>
  deps.storeFor(teamsScope(office)).teams(paths.teams(office))

type Lists = { readonly network: NetworkCode; readonly mayUse: (office: string) => boolean }
/** Which of these places name a team that is on no list the caller may use. Where no team is named, nothing is read. */
export const teamsNotListed = async (
  deps: Pick<Deps, 'storeFor'>,
  named: Named,
  { network, mayUse }: Lists,
): Promise<readonly NotListed[]> => {
  const ids = named.map(({ team }) => parseTeamId(team))
  const offices = [...new Set(ids.flatMap((id) => (id ? [officeOfTeam(network, id)] : [])))].filter(mayUse)
  const lists = await Promise.all(offices.map((office) => teamsOf(deps, office)))
  const known: ReadonlySet<string> = new Set(lists.flat().map(({ id }) => id))
  return named.flatMap(({ at, team }) => (known.has(team) ? [] : [{ at, list: 'team' } as const]))
}

const IDS = /team_[A-Za-z0-9-]+_[0-9a-f]{12}/g
/** The same with each team by its name, for those who read a finding. Names stand on their lists alone, and never in what is kept of a case. */
export const withTeamNames = async <T>(deps: Pick<Deps, 'storeFor'>, network: NetworkCode, told: T): Promise<T> => {
  const text = JSON.stringify(told)
  const ids = [...new Set(text.match(IDS))].flatMap((one) => parseTeamId(one) ?? [])
  if (ids.length === 0) return told
  const offices = [...new Set(ids.map((id) => officeOfTeam(network, id)))]
  const lists = await Promise.all(offices.map((office) => teamsOf(deps, office)))
  const names = new Map<string, string>(lists.flat().map(({ id, name }) => [id, name]))
  const inside = (id: string) => JSON.stringify(names.get(id) ?? id).slice(1, -1)
  // What was just written as JSON is of the type it had.
  return JSON.parse(text.replaceAll(IDS, inside)) as T
}
