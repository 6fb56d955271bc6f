import type { RequestId, Subject } from '@concord/domain/ids'
import { holdsOn, type RoleHeld } from '@concord/domain/membership/role-held'
import type { NotListed } from '@concord/domain/request/not-listed'
import { isNonEmpty } from '@concord/domain/result'
import { type CalendarDate, dateAt } from '@concord/domain/time'
import { type Caller, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import { namedScope, officeOf, parseMembership, placeFor, scopeOf, stewardScope } from './scope.ts'
import { acting } from './tag.ts'
import { type Asked, takeStep } from './take-step.ts'

/** What is safeguarding or legal, in words. */
export type RestrictedText = { readonly text: string }

const notFound = { kind: 'not-found', what: 'request' } as const

/** Keeps what is safeguarding or legal apart from the pack: whoever writes it says who else of the trust may read it. */
export const keepRestrictedNote =
  (deps: Deps) =>
  async (
    {
      id,
      note,
      readers,
      asked,
    }: {
      readonly id: RequestId
      readonly note: RestrictedText
      readonly readers: readonly Subject[]
      readonly asked: Asked
    },
    caller: Caller,
  ) => {
    const place = 'network' in caller.membership ? placeFor(caller.membership.network, id) : undefined
    const scope = place && namedScope(caller.membership, place)
    if (!place || !scope) return notThere(caller, 'request')
    const office = officeOf(caller.membership)
    return takeStep(deps, acting(deps, caller), {
      scope,
      place,
      asked,
      beside: (store) =>
        Promise.all([
          store.compartment('restricted', place),
          readers.length > 0 ? deps.storeFor(stewardScope(office)).roles(office) : [],
        ]),
      prepare: async (state, [compartment, held], at) => {
        if (!state) return notFound
        const places = notReaders(readers, { held, office, on: dateAt(at) })
        if (isNonEmpty(places)) return { kind: 'not-on-the-list', places } as const
        if (compartment.erasedAt) return { kind: 'erased', at: compartment.erasedAt } as const
        const sealed = await compartment.seal('restricted', note)
        const command = { type: 'restrict', section: sealed.ref, readers } as const
        return { kind: 'prepared', command, beside: { sealed: [sealed], compartments: [compartment] } } as const
      },
    })
  }

type AtTrust = { readonly held: readonly RoleHeld[]; readonly office: string; readonly on: CalendarDate }
/** Which readers do not ask for opinions at the trust now: the list is kept in the clear, so it holds nothing but colleagues. */
const notReaders = (readers: readonly Subject[], { held, office, on }: AtTrust): readonly NotListed[] => {
  const colleagues = held.filter((one) => {
    const membership = parseMembership(one.membership)
    return membership && 'trust' in membership && officeOf(membership) === office && holdsOn(one, on)
  })
  const known: ReadonlySet<Subject> = new Set(colleagues.map(({ subject }) => subject))
  return readers.flatMap((one, n) => (known.has(one) ? [] : [{ at: `readers.${n}`, list: 'reader' } as const]))
}

/** Reads it, for those who are named. To others of the trust it is said that there is one, and who may read it. */
export const readRestrictedNote =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const { membership } = caller
    const place = 'network' in membership ? placeFor(membership.network, id) : undefined
    const scope = place && namedScope(membership, place)
    if (!place || !scope) return notThere(caller, 'request')
    const state = await whileStanding(caller, deps.storeFor(scopeOf(membership)).request(place))
    if (state === 'not-standing') return { kind: 'not-standing' } as const
    if (!state) return notFound
    if (!state.restricted) return { kind: 'not-found', what: 'restricted note' } as const
    const { readers } = state.restricted
    if (!readers.includes(caller.subject)) return { kind: 'not-named' } as const
    const entry = putOnRecord(deps, caller, { about: recordOf(place), did: 'restricted.read' })
    const [compartment] = await Promise.all([deps.storeFor(scope).compartment('restricted', place), entry])
    if (compartment.erasedAt) return { kind: 'erased', at: compartment.erasedAt } as const
    // Sealed by this room as a restricted text; the cipher's tag says nobody changed it since.
    const { text } = (await compartment.read('restricted', entry)) as RestrictedText
    return { kind: 'restricted', note: { text, readers } } as const
  }
