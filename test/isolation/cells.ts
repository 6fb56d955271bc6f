import type { World } from '@concord/testkit/world'
import { type Bent, bendsOf, type Kind, nobodys } from './bends.ts'
import type { Defence } from './defences.ts'
import { type Cell, type Trial, tryCell } from './judge.ts'
import { type Address, type Face, isOfClinician, isOfRequest } from './matrix.ts'
import { type Moment, storyUpTo } from './story.ts'
import { type Target, targetsIn } from './targets.ts'
import { undoableTables } from './undoable.ts'

export type FaceOf = (world: World, errors: unknown[]) => Face

/** One run through the matrix: over which face, at which moment, behind what, and which of the ways to bend a call are tried in a cell. */
type Run = {
  readonly faceOf: FaceOf
  readonly moment: Moment
  readonly defence?: Defence
  /** With a wall down a call may break on the one that stands; as built none ever does. */
  readonly isWallDown?: boolean
  /** Whether all that is somebody's is aimed at, or only what changes with the moment. */
  readonly isWhole?: boolean
  readonly choose: Choose
}
/** Which bends are tried in a cell: by whom and where, and whether it is somebody's own case, shown. */
export type Choose = (
  bends: readonly Bent[],
  cell: { readonly where: string; readonly isShown: boolean },
) => readonly Bent[]
/** What came of it: how many calls, and what was wrong with any. */
type Tried = {
  readonly calls: number
  readonly kinds: ReadonlySet<Kind>
  /** The addresses without an id that answered somebody. */
  readonly answered: ReadonlySet<string>
  readonly refusedByStore: number
  readonly refusedByPolicies: number
  readonly wrong: readonly string[]
}

/** So many say what is wrong as well as more would. */
const ENOUGH = 20

/** Tries every address of a face for everybody, on what is theirs, what is not, and what is not there. */
export const tryCells = async ({
  faceOf,
  moment,
  defence = {},
  isWallDown = false,
  isWhole = true,
  choose,
}: Run): Promise<Tried> => {
  const tables = undoableTables()
  const told = await storyUpTo(moment, { ...defence, tables })
  const targets = await targetsIn(told, tables, moment)
  const errors: unknown[] = []
  const hearing = listeningTo(told.world)
  const face = faceOf(hearing.world, errors)
  // Whoever signs in does so once, before anything is taken back.
  const start = face.addresses.find(({ method, path }) => method === 'get' && !path.includes('{'))
  if (start) for (const who of targets.everybody) await face.call(who, { address: start, id: told.id })
  tables.keep()
  errors.splice(0)

  const aimed = targets.targets.filter(({ of, id }) => isWhole || of === 'lists' || id === told.id)
  const trial: Trial = { face, tables, targets, errors, lastHash: hearing.lastHash, isWallDown }
  const tried = {
    calls: 0,
    kinds: new Set<Kind>(),
    answered: new Set<string>(),
    refusedByStore: 0,
    refusedByPolicies: 0,
  }
  const wrong: string[] = []
  for (const cell of cellsOf(face, aimed, choose)) {
    const { who, address, target, bent } = cell
    const came = await tryCell(trial, cell)
    tried.calls += came.asked.length
    tried.kinds.add(bent.kind)
    for (const { answer, broke } of came.asked) {
      tried.refusedByStore += broke.filter((name) => name === 'OutsideScopeError').length
      tried.refusedByPolicies += broke.filter((name) => name === 'AccessDenied').length
      if (target.of === 'lists' && answer.status < 400) tried.answered.add(address.name)
    }
    const where = `${who} at ${address.name}, ${target.name}, ${moment}, ${bent.name}`
    wrong.push(...came.wrong.map((what) => `${where}: ${what}`))
    if (wrong.length > ENOUGH) break
  }
  return { ...tried, wrong }
}

function* cellsOf(
  { addresses, caseAddress }: Pick<Face, 'addresses' | 'caseAddress'>,
  targets: readonly Target[],
  choose: Choose,
): Generator<Cell> {
  for (const target of targets)
    for (const address of addresses.filter((one) => kindOf(one) === target.of))
      for (const who of target.whos.filter((one) => !target.isOpenTo?.(one, address))) {
        const aim = target.aimOf(who)
        const isShown = address.name === caseAddress && target.isFor(who)
        const others = new Map(bendsOf(address, nobodys(aim)).map((one) => [one.name, one]))
        for (const bent of choose(bendsOf(address, aim), { where: `${who} ${address.name}`, isShown }))
          yield { who, address, target, aim, bent, elsewhere: others.get(bent.name) ?? bent }
      }
}

/** What kind of item stands in an address. */
const kindOf = (address: Address): Target['of'] => {
  if (isOfRequest(address)) return 'request'
  if (isOfClinician(address)) return 'clinician'
  if (address.path.includes('{id}')) throw new Error(`Nothing is aimed at ${address.path}`)
  return 'lists'
}

/** What a face makes of a call before it asks: the hash under which a key would be kept. */
const listeningTo = (world: World) => {
  let last = ''
  const digest: World['deps']['digest'] = (said) => {
    const hash = world.deps.digest(said)
    if (said.startsWith('["')) last = hash
    return hash
  }
  return { world: { ...world, deps: { ...world.deps, digest } }, lastHash: () => last }
}
