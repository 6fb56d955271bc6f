import { type WorkToSay, worksToSay } from '@concord/domain/evidence/works-to-say'
import type { RequestId } from '@concord/domain/ids'
import type { Brief } from '@concord/domain/request/texts'
import { type CalendarDate, dateAt } from '@concord/domain/time'
import { type Caller, isShownTo, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { type Engagement, engagementOf } from './engagement.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { ScopedStore } from './ports/store.ts'

/**
 * What is derived about the clinician and the treating consultants of a case in hand, and waits for the clinician's word
 * before anything is made of it (C23). Read side by side; of a clinician who brought no works nothing is read.
 */
export const seenInWorks = async (
  { rulesFor, digest }: Pick<Deps, 'rulesFor' | 'digest'>,
  { store, own, inHand, on }: Pick<Engagement, 'own' | 'inHand'> & { store: ScopedStore; on: CalendarDate },
): Promise<readonly WorkToSay[]> => {
  const { home, id, works: recorded, entry } = own.state
  if (recorded === null) return []
  const [works, brief, { rules }] = await Promise.all([
    store.works(home, id),
    store.compartment('brief', inHand),
    rulesFor(inHand, on),
  ])
  // Sealed by this room as a brief; the cipher's tag says nobody changed it since.
  const text = (await brief.read('question')) as Brief | undefined
  const consortia = rules.flatMap(({ condition }) => (condition.kind === 'joint-work' ? condition.consortium : []))
  return worksToSay({
    works: works ?? [],
    team: text?.team ?? [],
    self: entry.name,
    said: entry.facts.jointWorks,
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
    const loaded = await whileStanding(
      caller,
      Promise.all([store.request(inHand), seenInWorks(deps, { store, own, inHand, on: dateAt(deps.clock.now()) })]),
    )
    if (loaded === 'not-standing') return { kind: 'not-standing' } as const
    const [state, works] = loaded
    if (!state || !isShownTo(caller, state)) return { kind: 'not-found', what: 'request' } as const
    await putOnRecord(deps, caller, { about: recordOf(inHand), did: 'joint-works.read' })
    return { kind: 'joint-works', works } as const
  }
