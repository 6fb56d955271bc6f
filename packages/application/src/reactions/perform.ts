import { type ClinicianState, cardOf } from '@concord/domain/clinician/clinician'
import { decideClinician, evolveClinician } from '@concord/domain/clinician/decide'
import { holderOf } from '@concord/domain/request/request'
import { dateAt } from '@concord/domain/time'
import type { Deps } from '../deps.ts'
import { financialYear } from '../figures.ts'
import type { Notifier } from '../ports/outside.ts'
import type { ReactorStore } from '../ports/reactor-store.ts'
import { reactorScope } from '../scope.ts'
import type { Effect, NoticeWords } from './effects.ts'
import { freeCases } from './free-cases.ts'
import { keepExchange } from './keep-exchange.ts'
import { recheckCases } from './recheck-cases.ts'

export type ReactorDeps = Pick<Deps, 'storeFor' | 'clock' | 'audit' | 'rulesFor' | 'organisations'> & {
  readonly reactor: ReactorStore
  readonly notifier: Notifier
  readonly words: Readonly<Record<NoticeWords, { readonly subject: string; readonly text: string }>>
  readonly consoleUrl: string
}

/** Does one effect of one event. Doing it again changes nothing. */
export const perform =
  (deps: ReactorDeps) =>
  async (effect: Effect, eventId: string): Promise<void> => {
    switch (effect.kind) {
      case 'put-case':
        return deps.reactor.putCase(effect.clinician, effect.entry)
      case 'give-back':
        return giveBack(deps, effect)
      case 'recheck-cases':
        return recheckCases(deps, effect)
      case 'free-cases':
        return freeCases(deps, effect)
      case 'refresh-cards':
        return refreshCards(deps, effect)
      case 'keep-exchange':
        return keepExchange(deps, effect)
      case 'notify':
        return notify(deps, effect, eventId)
      case 'put-fact':
        return putFact(deps, effect)
      case 'audit':
        return deps.audit.put(effect.entry)
    }
  }

type Only<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>

/** Whose record is changed by others meanwhile is read again; one that never rests is left to be tried later. */
const TRIES = 20

/**
 * Takes the case out of the clinician's open cases, once, however often and in whatever order it is asked. Whoever was asked again and
 * holds the case now keeps it: the place is that of the later acceptance, and what is told is the end of the one before.
 */
const giveBack = async ({ storeFor, clock }: ReactorDeps, { clinician, place, because }: Only<'give-back'>) => {
  const store = storeFor(reactorScope(clinician.home))
  for (let tries = 1; tries <= TRIES; tries += 1) {
    // The record first: an acceptance that comes after it is read makes the commit below stale.
    const state = await store.clinician(clinician.home, clinician.id)
    const request = await storeFor(reactorScope(place.network)).request(place)
    if (request && holderOf(request)?.id === clinician.id) return
    const actor = { subject: 'react', role: 'system' } as const
    const decision = decideClinician(
      state,
      { type: 'give-back', request: place.id, because },
      { at: clock.now(), actor, inventedAllowed: true },
    )
    if (decision.kind === 'nothing-to-do') return
    if (decision.kind !== 'decided' || !state) throw new Error(`A place could not be given back: ${decision.kind}`)
    const next = decision.events.reduce<ClinicianState>(evolveClinician, state)
    const committed = await store.commit({ clinician: { before: state.version, state: next, events: decision.events } })
    if (committed.kind === 'committed') return
  }
  throw new Error('A place could not be given back: the record did not rest')
}

const refreshCards = async ({ storeFor, reactor }: ReactorDeps, { home, clinician }: Only<'refresh-cards'>) => {
  const state = await storeFor(reactorScope(home)).clinician(home, clinician)
  if (!state) return
  const listings = state.entry.visibility === 'national' ? ([home, 'national'] as const) : ([home] as const)
  const card = cardOf({ ...state, status: 'listed' })
  if (!card) return
  const fields = new Set((state.entry.facts.practice ?? []).map(({ tfc }) => tfc))
  await Promise.all(
    listings.flatMap((network) =>
      [...fields].map((tfc) => reactor.putCard({ network, tfc }, { ...card, listed: state.status === 'listed' })),
    ),
  )
}

const notify = async (
  { reactor, notifier, words, consoleUrl }: ReactorDeps,
  { office, network, words: which, path }: Only<'notify'>,
  eventId: string,
) => {
  const key = `notice/${eventId}/${office}`
  if (await reactor.wasDone(network, key)) return
  const to = await reactor.office(office)
  if (to) {
    const { subject, text } = words[which]
    await notifier.send({ to, subject, text: `${text}\n\n${consoleUrl}${path}`, reference: eventId })
  }
  // Marked after sending: a crash between the two sends a notice twice, never none.
  await reactor.markDone(network, key)
}

/** A fact belongs to the year in which its request was submitted. */
const putFact = async ({ storeFor, reactor }: ReactorDeps, { place, what, at }: Only<'put-fact'>) => {
  const state = await storeFor(reactorScope(place.network)).request(place)
  if (!state || !('submittedAt' in state) || !state.submittedAt) return
  const period = financialYear(dateAt(state.submittedAt))
  await reactor.putFact({ network: place.network, period, request: place.id, what, at })
}
