import { type About, type Answer, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Answer as Spoken } from '../facts.ts'
import type { Pair } from '../pair.ts'

/** Treats the child, ever did, or advised on the case (C05). */
export const advisedBefore: Judge<'advised-before'> = (pair) => {
  const { candidate, request } = pair
  const asked = (): About => declared(pair, 'whether the clinician ever treated the child or advised on the case')
  const isMe = (who: string | null) => who !== null && (who === candidate.person || candidate.isAlso.includes(who))
  const found = (is: boolean, fact: string, source: string): readonly Answer[] =>
    is ? [holds(() => ({ fact, whose: candidate.person, source }))] : NOTHING
  return [
    ...found(
      request.treating.some(({ person }) => isMe(person)),
      'a treating consultant',
      'request',
    ),
    ...found(
      isMe(request.firstOpinionBy) || Boolean(request.earlierOpinions?.some(({ by }) => isMe(by))),
      'an earlier opinion on this child',
      'request',
    ),
    ...found(Boolean(request.lettersNaming?.some(isMe)), 'named in letters about this child', 'record search'),
    ...spoken(request.requester.treatedChild, () => ({ ...asked(), whose: 'requester', source: 'request' })),
    ...(request.lettersNaming === null || request.earlierOpinions === null
      ? [needs(() => ({ ...asked(), whose: 'requester', source: 'record search' }))]
      : NOTHING),
    ...(candidate.caseContact ?? []).flatMap(({ kind, child }) => {
      if (child === 'other') return NOTHING
      const is = kind === null || kind === 'unsure' || child === null ? 'unknown' : 'yes'
      return whether(is, () => (is === 'yes' ? declared(pair, contactWords[kind ?? 'unsure']) : asked()))
    }),
    ...(candidate.caseContact === null ? [needs(asked)] : NOTHING),
  ]
}

/** Spoke of the case with a treating doctor before being asked; only to judge its urgency may weigh less (C06). */
export const discussedBefore: Judge<'discussed-before'> = (pair, { rule }) => {
  const { candidate, request, urgency } = pair
  const asked = () => declared(pair, 'whether the case was discussed with the clinician before they were asked')
  const { discussed } = candidate
  const answer = discussed?.answer ?? null
  const told = request.requester.discussed
  const isSaid = answer === 'yes' || told === 'yes'
  if (!isSaid)
    return [
      ...spoken(answer, asked),
      ...(told !== 'no' ? [needs(() => ({ ...asked(), whose: 'requester', source: 'request' }))] : NOTHING),
    ]

  const { downgrade } = rule
  const mayWeighLess =
    downgrade !== null && urgency !== null && downgrade.urgencies.includes(urgency) && isOverridden(pair, rule.id)
  const purposes = [
    answer === 'yes' ? discussed?.purpose : null,
    told === 'yes' ? request.requester.discussedFor : null,
  ].filter((one) => one != null)
  // Where what it was for would weigh less, and nobody has said, it is the clinician's to say.
  if (mayWeighLess && answer === null && purposes.length === 0) return [needs(asked)]
  const isTriage = purposes.length > 0 && purposes.every((one) => one === 'urgency-triage')
  return [
    holds(() => (answer === 'yes' ? asked() : { ...asked(), whose: 'requester', source: 'request' }), {
      severity: mayWeighLess && isTriage ? downgrade.severity : null,
    }),
  ]
}

/** What is asked once more when the names are first shown (C05, C12, C13). */
export const saidAtOpening: Judge<'said-at-opening'> = ({ candidate }, { condition }) =>
  spoken(candidate.opening?.[condition.question] ?? null, () => ({
    fact: openingQuestions[condition.question],
    whose: candidate.person,
    source: 'answers at opening',
  }))

/** Among those the family would not want, or has lost confidence in; reasons are not asked (C43). */
export const unwelcome: Judge<'unwelcome'> = (pair) => {
  const { candidate, request } = pair
  const { view, objectsTo, lossOfConfidenceIn } = request.family
  const about = (fact: string) => (): About => ({ fact, whose: 'family', source: 'family view' })
  const names = [candidate.person, ...candidate.isAlso, ...(candidate.posts ?? []).flatMap(({ orgs }) => orgs)]
  const isNamed = (list: readonly string[] | null) => list?.some((one) => names.includes(one)) ?? false
  if (view === 'objects') return [holds(about('the family objects to this clinician'))]
  if (isNamed(objectsTo) || isNamed(lossOfConfidenceIn)) return [holds(about('whom the family would not want'))]
  return objectsTo === null || lossOfConfidenceIn === null ? [needs(about('whom the family would not want'))] : NOTHING
}

/** A clinical lead of the network, by name and with a reason, let a rule weigh less by the day. */
const isOverridden = ({ asOf, request }: Pair, rule: string) =>
  request.overrides?.some(
    (one) =>
      one.rule === rule &&
      one.by?.trim() &&
      one.reason?.trim() &&
      one.role?.includes('clinical-lead') &&
      one.on !== null &&
      one.on <= asOf,
  ) ?? false

const openingQuestions = {
  C05: 'whether the clinician, knowing the name, ever treated the child or advised on the case',
  C12: 'whether the clinician, knowing the names, is close to a treating consultant',
  C13: 'whether the clinician, knowing the name, is close to the child or the family',
} as const

const contactWords = {
  treated: 'treated this child',
  'informal-advice': 'advised informally on this case',
  'formal-opinion': 'gave an opinion on this child before',
  'mdt-attendance': 'was at an MDT about this child',
  unsure: 'whether the clinician ever treated the child or advised on the case',
} as const

const declared = ({ candidate }: Pair, fact: string): About => ({
  fact,
  whose: candidate.person,
  source: 'case declaration',
})

const spoken = (said: Spoken | null, about: () => About): readonly Answer[] =>
  whether(said === null || said === 'unsure' ? 'unknown' : said, about)
