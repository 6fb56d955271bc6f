import type { ClinicianId } from '../ids.ts'
import type { CandidateFacts } from '../independence/facts.ts'
import { mayOffer } from '../independence/may-offer.ts'
import type { Assessment, BlockingFindings, Finding, ToAsk } from '../independence/verdict.ts'
import type { Ranked } from './rank.ts'

export type Assessed = {
  readonly id: ClinicianId
  readonly assessment: Assessment
  readonly candidate: Pick<CandidateFacts, 'openCases' | 'cap'>
}

/** Every clinician of the specialty exactly once: in order of rank with what is still to ask, without a free place, or out by rule. */
export type Shortlist = {
  readonly offerable: readonly (Ranked & { readonly findings: readonly Finding[]; readonly toAsk: readonly ToAsk[] })[]
  readonly full: readonly { readonly id: ClinicianId; readonly findings: readonly Finding[] }[]
  readonly excluded: readonly { readonly id: ClinicianId; readonly findings: BlockingFindings }[]
}

/** Puts every assessed candidate in its one place. A candidate seen twice, or offerable and not ranked, is a bug. */
export const shortlist = ({
  assessed,
  ranked,
}: {
  readonly assessed: readonly Assessed[]
  readonly ranked: readonly Ranked[]
}): Shortlist => {
  const byId = new Map(assessed.map((one) => [one.id, one]))
  if (byId.size !== assessed.length) throw new Error('A candidate was assessed twice')

  const placed = assessed
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, assessment, candidate }) => ({ id, assessment, standing: mayOffer(assessment, candidate) }))
  const offerable = new Set(placed.flatMap(({ id, standing }) => (standing.kind === 'offerable' ? [id] : [])))
  const inOrder = ranked.filter(({ id }) => offerable.has(id))
  if (inOrder.length !== offerable.size) throw new Error('An offerable candidate was not ranked exactly once')

  return {
    offerable: inOrder.map((one) => ({
      ...one,
      findings: byId.get(one.id)?.assessment.findings ?? [],
      toAsk: byId.get(one.id)?.assessment.toAsk ?? [],
    })),
    full: placed.flatMap(({ id, assessment, standing }) =>
      standing.kind === 'full' ? [{ id, findings: assessment.findings }] : [],
    ),
    excluded: placed.flatMap(({ id, standing }) =>
      standing.kind === 'excluded' ? [{ id, findings: standing.findings }] : [],
    ),
  }
}
