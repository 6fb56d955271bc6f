import type { ClinicianState } from '@concord/domain/clinician/clinician'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import { type Answers, answersOf } from '@concord/domain/request/declared'
import type { RequestEvent } from '@concord/domain/request/events'
import type { RequestState } from '@concord/domain/request/request'
import type { Change, OwnAnswers } from './ports/store.ts'
import type { RequestPlace } from './scope.ts'

/** A case declaration in codes, with what the clinician has said of works they share with the treating consultants. */
export const answersIn = (
  { routing }: Pick<RequestState, 'routing'>,
  { entry }: Pick<ClinicianState, 'entry'>,
  declaration: Omit<CaseDeclaration, 'signedAt'>,
): Answers => {
  const treating = routing.treating.map(({ gmc }) => gmc)
  const works = entry.facts.jointWorks.filter((one) => treating.includes(one.with))
  return {
    said: answersOf(declaration, treating),
    works: works.map(({ with: consultant, evidence, said }) => ({ with: consultant, evidence, said })),
  }
}

type By = { readonly own: ClinicianState; readonly place: RequestPlace } & (
  | { readonly stage: 'acceptance'; readonly declaration: CaseDeclaration }
  | { readonly stage: 'opening'; readonly declaration: OpeningAnswers }
)

/** What a step adds to what the clinician signed, to be kept in their own partition: nothing, where it signs nothing. */
export const signedIn = (events: readonly RequestEvent[], { own, place, ...said }: By): Pick<Change, 'signed'> => {
  const found = events.flatMap((event): readonly Omit<OwnAnswers, 'place' | 'stage' | 'declaration'>[] => {
    if (event.type !== 'declaration.signed' && event.type !== 'offer.accepted') return []
    if (!event.signed) return []
    const { version, signedBy, verdict, rules } = event.signed
    return [
      { version, signedBy, verdict, rules, isBarred: event.type === 'declaration.signed' && event.stands === 'barred' },
    ]
  })[0]
  if (!found) return {}
  const { network, trust, id } = place
  return {
    signed: { home: own.home, clinician: own.id, answers: { ...found, ...said, place: { network, trust, id } } },
  }
}
