import { type About, type Answer, type Facts, holds, type Judge, needs, whether } from '../answer.ts'
import type { Answer as Said } from '../facts.ts'

/** Treats the child, ever did, or advised on the case (C05). */
export const advisedBefore: Judge<'advised-before'> = (facts) => {
  const { candidate, request } = facts
  const fact = 'whether the clinician ever treated the child or advised on the case'
  if (request.treating.some(({ gmc }) => gmc === candidate.gmc))
    return [holds({ fact: 'a treating consultant', whose: candidate.gmc, source: 'request' })]
  return [...named(facts, request.treatedBy, fact), ...spoken(facts.declaration?.C05, declared(facts, fact))]
}

/** Spoke of the case with a treating doctor before being asked; only to judge its urgency may weigh less (C06). */
export const discussedBefore: Judge<'discussed-before'> = (facts, { rule }) => {
  const { candidate, request, declaration } = facts
  const fact = 'whether the case was discussed with the clinician before they were asked'
  const milder = rule.downgrade?.urgencies.includes(request.urgency) ? rule.downgrade : null
  const said = declaration?.C06
  if (said === 'urgency-triage') return [holds(declared(facts, fact), { severity: milder?.severity ?? null })]
  // The requester says that they spoke, not what for: where that matters, it is the clinician's to say.
  if (said === undefined && milder && request.discussedWith?.includes(candidate.gmc))
    return [needs(declared(facts, fact))]
  return [...named(facts, request.discussedWith, fact), ...spoken(said, declared(facts, fact))]
}

/** Close to the child or the family, or with a part in their life (C13). */
export const closeToFamily: Judge<'close-to-family'> = (facts) =>
  spoken(facts.declaration?.C13, declared(facts, 'whether the clinician is close to the child or the family'))

/** What is asked once more when the names are first shown (C05, C12, C13). */
export const saidAtOpening: Judge<'said-at-opening'> = ({ candidate, opening }, { condition }) =>
  spoken(opening?.[condition.question], {
    fact: openingQuestions[condition.question],
    whose: candidate.gmc,
    source: 'answers at opening',
  })

/** Among those the family would not want; reasons are not asked (C43). */
export const unwelcome: Judge<'unwelcome'> = (facts) =>
  named(facts, facts.request.unwelcome, 'whom the family would not want')

const openingQuestions = {
  C05: 'whether the clinician, knowing the name, ever treated the child or advised on the case',
  C12: 'whether the clinician, knowing the names, is close to a treating consultant',
  C13: 'whether the clinician, knowing the name, is close to the child or the family',
} as const

const declared = ({ candidate }: Facts, fact: string): About => ({
  fact,
  whose: candidate.gmc,
  source: 'case declaration',
})

const named = ({ candidate }: Facts, list: readonly string[] | null, fact: string): readonly Answer[] =>
  whether(list === null ? 'unknown' : list.includes(candidate.gmc) ? 'yes' : 'no', {
    fact,
    whose: candidate.gmc,
    source: 'request',
  })

const spoken = (said: Said | undefined, about: About): readonly Answer[] =>
  whether(said === undefined || said === 'unsure' ? 'unknown' : said, about)
