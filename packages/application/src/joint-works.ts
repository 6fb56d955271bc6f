import type { Work } from '@concord/domain/evidence/work'
import { type WorkToSay, worksToSay } from '@concord/domain/evidence/works-to-say'
import type { RequestId } from '@concord/domain/ids'
import type { Brief } from '@concord/domain/request/texts'
import { type CalendarDate, dateAt } from '@concord/domain/time'
import { type Caller, isShownTo, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { type Engagement, engagementOf } from './engagement.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { OnRecord } from './ports/outside.ts'
import type { Compartment, OwnRecord, ScopedStore } from './ports/store.ts'

/** What joint works are derived from, as it was read beside the request: nothing of it is opened yet. */
export type WorksBeside = {
  readonly own: OwnRecord
  readonly works: readonly Work[]
  readonly brief: Compartment
  readonly consortia: readonly number[]
}

/** Reads side by side with the request what joint works are derived from; of a clinician who brought no works nothing. */
export const worksBeside = async (
  { rulesFor }: Pick<Deps, 'rulesFor'>,
  { store, own, inHand, on }: Pick<Engagement, 'own' | 'inHand'> & { store: ScopedStore; on: CalendarDate },
): Promise<WorksBeside | null> => {
  const { home, id, works: recorded } = own.state
  if (recorded === null) return null
  const [works, brief, { rules }] = await Promise.all([
    store.works(home, id),
    store.compartment('brief', inHand),
    rulesFor(inHand, on),
  ])
  const consortia = rules.flatMap(({ condition }) => (condition.kind === 'joint-work' ? condition.consortium : []))
  return { own, works: works ?? [], brief, consortia }
}

/**
 * What is derived about the clinician and the treating consultants of a case in hand, and waits for the clinician's word
 * before anything is made of it (C23). The brief is opened for it, with an entry.
 */
export const seenInWorks = async (
  { digest }: Pick<Deps, 'digest'>,
  { own, works, brief, consortia }: WorksBeside,
  { on, entry }: { readonly on: CalendarDate; readonly entry: Promise<OnRecord> },
): Promise<readonly WorkToSay[]> => {
  // Sealed by this room as a brief; the cipher's tag says nobody changed it since.
  const text = (await brief.read('question', entry)) as Brief | undefined
  return worksToSay({
    works,
    team: text?.team ?? [],
    self: own.state.entry.name,
    said: own.state.entry.facts.jointWorks,
    // Where rows differ, the one that lets the fewest works go.
    consortiumFrom: Math.max(0, ...consortia),
    on,
    digest,
  })
}

/** Shows a clinician the works that bear a treating consultant's name, to be confirmed or corrected with the case declaration. */
export const readJointWorks =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const engagement = await engagementOf(deps, caller, id)
    if (engagement.kind !== 'engagement') return engagement
    const { own, inHand, scope } = engagement
    const store = deps.storeFor(scope)
    const on = dateAt(deps.clock.now())
    const loaded = await whileStanding(
      caller,
      Promise.all([store.request(inHand), worksBeside(deps, { store, own, inHand, on })]),
    )
    if (loaded === 'not-standing') return { kind: 'not-standing' } as const
    const [state, beside] = loaded
    if (!state || !isShownTo(caller, state)) return { kind: 'not-found', what: 'request' } as const
    const entry = putOnRecord(deps, caller, { about: recordOf(inHand), did: 'joint-works.read' })
    const [works] = await Promise.all([beside ? seenInWorks(deps, beside, { on, entry }) : [], entry])
    return { kind: 'joint-works', works } as const
  }
