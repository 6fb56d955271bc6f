import { createHash } from 'node:crypto'
import { must, type NetworkCode, type OrgCode, parseTeamId, type TeamId } from '@concord/domain/ids'
import type { CandidateFacts, Post } from '@concord/domain/independence/facts'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Organisations } from '@concord/domain/organisation/organisation'
import { specialtyOf } from '@concord/policy/specialties'
import { type DemoNetwork, demoNetworks } from './networks.ts'

/** A team of the demo: on the list of the trust whose it is, where that belongs to the network, and otherwise on the network's own. */
export type InventedTeam = { readonly id: TeamId; readonly office: string; readonly name: string }
type Working = Pick<Post, 'org' | 'kind'>
type Registered = { readonly home: NetworkCode; readonly facts: Pick<CandidateFacts, 'posts' | 'practice'> }

/** Which team a post brings with it, if any; the same post and field always bring the same one. */
export const teamsFor = (organisations: Organisations) => {
  const networks: readonly DemoNetwork[] = demoNetworks(organisations)
  const graph = organisationGraph(organisations)
  return ({ org, kind }: Working, field: string, home: NetworkCode): InventedTeam | null => {
    if (kind === 'visiting') return named(home, home, `${field} meeting of the region (invented)`)
    if (kind !== 'substantive') return null
    const isOwn = networks.some(({ code, trusts }) => code === home && trusts.includes(org))
    return named(home, isOwn ? org : home, `${field}, ${graph.name(org)} (invented)`)
  }
}

const named = (home: NetworkCode, owner: NetworkCode | OrgCode, name: string): InventedTeam => {
  const hex = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return { id: must(parseTeamId, `team_${owner}_${hex}`), office: owner === home ? home : `${home}/${owner}`, name }
}

/** The lists of teams that the register of the demo chooses from. */
export const inventTeams = (organisations: Organisations, register: readonly Registered[]): readonly InventedTeam[] => {
  const teamOf = teamsFor(organisations)
  const all = register.flatMap(({ home, facts }) =>
    (facts.posts ?? []).flatMap((post) => {
      const tfc = facts.practice?.[0]?.tfc
      const team = teamOf(post, (tfc && specialtyOf(tfc)?.name) ?? '', home)
      return team ? [team] : []
    }),
  )
  return [...new Map(all.map((one) => [`${one.office} ${one.id}`, one])).values()]
}
