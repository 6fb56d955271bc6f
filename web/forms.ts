// The forms of the console as data: each field is named for its place in the body that the API takes, so one reader serves all.
import type { workToSay } from '@concord/contracts/domain/works'
import { interestRules } from '@concord/domain/independence/facts'
import { openQuestions, settlingAnswers } from '@concord/domain/request/declared'
import type { CalendarDate } from '@concord/domain/time'
import type { z } from 'zod'
import { type DateWhen, exampleDate } from './example-date.ts'
import type { FormStep } from './routes.ts'
import { answersTo, type DeclaredHere, fieldOf, type Person, sayAnswer, sayQuestion } from './said.ts'
import * as words from './words.ts'

type Kind = keyof typeof words.missingWords
export type Field = {
  readonly name: string
  /** `lines` is a list, one on each line; `asked` is one that tells "nobody" apart from "not asked". */
  readonly as: Kind
  readonly label: string
  readonly hint?: string | undefined
  readonly options?: words.Options
  readonly rows?: number
  /** Of a date: one that could be the answer. */
  readonly example?: string
  /** What stands there before anybody typed. */
  readonly starts?: string
  /** Of one that tells "nobody" apart: what can be ticked instead of written. */
  readonly picks?: words.Options
}
export type Section = {
  readonly heading?: string
  readonly hint?: string | undefined
  readonly fields: readonly Field[]
  /** A button that adds one more of this section and keeps what was typed. */
  readonly more?: string
}

const field = (as: Kind, name: string, given: Partial<Field> = {}): Field => {
  // What is asked a second time is asked in the same words.
  const [label = name, hint] = words.fieldWords[name.replace(/^again\./, '').replaceAll(/\.\d+/g, '.#')] ?? []
  return { as, name, label, hint, ...given }
}
const fields = (as: Kind, ...names: readonly string[]) => names.map((name) => field(as, name))
const date = (name: string, when: DateWhen, today: CalendarDate): Field => {
  const example = exampleDate(when, today)
  return field('date', name, { example, hint: `For example, ${example}` })
}
const choice = (name: string, of: Readonly<Record<string, string>>, as: Kind = 'choice') =>
  field(as, name, { options: words.optionsOf(of) })
const select = (name: string, empty: string, options: words.Options) =>
  field('select', name, { options: [['', empty], ...options] })
const section = (name: keyof typeof words.sectionWords, ...inside: readonly Field[]): Section => {
  const [heading, hint]: readonly [string, string?] = words.sectionWords[name]
  return { heading, hint, fields: inside }
}

export type DraftChoices = {
  readonly trust: string
  /** Where the trust is: what a child who is getting worse needs first has another name in each nation. */
  readonly nation: keyof typeof words.urgentReviewWords
  readonly today: CalendarDate
  readonly specialties: words.Options
  readonly employers: words.Options
  readonly sites: words.Options
  readonly teams: words.Options
}

/** Everything a request holds, with room for as many treating consultants as asked for. */
export const draftForm = (given: DraftChoices, consultants: number): readonly Section[] => [
  safetySection(given.nation),
  section(
    'about',
    select('routing.tfc', 'Choose a specialty', given.specialties),
    choice('routing.kind', words.kindWords),
    choice('routing.urgency', words.urgencyWords),
    date('routing.decideBy', 'future', given.today),
    choice('routing.mode', words.modeWords),
    select('routing.language', 'No wish', words.optionsOf(words.languageWords)),
  ),
  section('brief', ...fields('prose', 'texts.brief.question', 'texts.brief.background')),
  ...Array.from({ length: consultants }, (_, n) => ({
    heading: `Treating consultant ${n + 1}`,
    fields: consultantFields(n, given),
    ...(n === 0 && { hint: words.consultantsHint }),
    ...(n === consultants - 1 && { more: 'Add another consultant' }),
  })),
  section(
    'avoid',
    ...['unwelcome', 'discussedWith', 'treatedBy'].map((n) => choice(`routing.${n}`, words.peopleAsked, 'asked')),
  ),
  section('sites', field('choices', 'routing.sites', { options: given.sites })),
  section(
    'family',
    date('routing.familyInformedOn', 'past', given.today),
    choice('routing.agreement.basis', words.basisWords),
    date('routing.agreement.on', 'past', given.today),
  ),
  section(
    'identity',
    ...fields('line', 'texts.identity.givenName', 'texts.identity.familyName'),
    date('texts.identity.bornOn', 'birth', given.today),
    field('line', 'texts.identity.nhsNumber'),
  ),
  section(
    'story',
    field('prose', 'texts.narrative.summary', { rows: 8 }),
    field('prose', 'texts.narrative.teamView'),
    field('lines', 'texts.narrative.familyQuestions'),
  ),
]

const safetySection = (nation: DraftChoices['nation']): Section => {
  const { question, help } = words.urgentReviewWords[nation]
  const reviewed = { ...choice('routing.screen.marthasRuleUsed', words.yesNo), label: question }
  return { ...section('safe', choice('routing.screen.deteriorating', words.yesNo), reviewed), hint: help }
}

const consultantFields = (n: number, { trust, employers, teams }: DraftChoices): readonly Field[] => [
  ...fields('line', `texts.brief.team.${n}.name`, `routing.treating.${n}.gmc`),
  choice(`routing.treating.${n}.role`, words.consultantRoles),
  field('select', `routing.treating.${n}.org`, { options: employers, starts: trust }),
  select(`routing.treating.${n}.grade`, 'Not known', words.optionsOf(words.gradeWords)),
  field('asked', `routing.treating.${n}.teams`, { options: words.optionsOf(words.teamsAsked), picks: teams }),
]

/** A case declaration, with what is asked of works beside it; under another name where it is signed once more. */
const declarationSections = (team: readonly Person[], works: readonly WorkToSay[], at: string): readonly Section[] => [
  section('case', ...(['C05', 'C06', 'C13'] as const).map((rule) => choice(`${at}.${rule}`, answersTo(rule)))),
  ...team.map(({ gmc, name }, n) => ({ heading: `You and ${name}`, fields: tiesTo(gmc, `${at}.consultants.${n}`) })),
  section('works', ...works.flatMap(workFields)),
  // One question for each rule on interests; some can be answered by a milder yes.
  section('interests', ...interestRules.map((rule) => choice(`${at}.interests.${rule}`, answersTo(rule)))),
]
const openingSection = (at: string) =>
  section('seen', ...(['C05', 'C12', 'C13'] as const).map((rule) => choice(`${at}.${rule}`, words.yesNoUnsure)))

/** A field that was settled with the network: the one answer that was agreed, and why there is no other. */
const settledIn = (sections: readonly Section[], settled: ReadonlyMap<string, string>): readonly Section[] =>
  sections.map((one) => ({
    ...one,
    fields: one.fields.map((each) => {
      const answer = settled.get(each.name)
      const options = each.options?.filter(([value]) => value === answer)
      return answer === undefined
        ? each
        : { ...each, ...(options && { options }), hint: words.declaredWords.settledHint }
    }),
  }))

/** What is asked once more of somebody whose answers closed a case to them. */
export const againSections = (stage: Stage, team: readonly Person[]): readonly Section[] => [
  { fields: [field('hidden', 'again.stage', { starts: stage })] },
  ...(stage === 'opening' ? [openingSection('again.answers')] : declarationSections(team, [], 'again.declaration')),
]

/** For each question that a clinician left open, the answer agreed with them and how. */
const settleSections = (record: DeclaredHere, team: readonly Person[]): readonly Section[] => [
  { fields: [field('hidden', 'clinician', { starts: record.id })] },
  ...openQuestions(record).map((question, n) => ({
    heading: sayQuestion(question, record.stage, team),
    fields: [
      field('hidden', `settled.${n}.rule`, { starts: question.rule }),
      field('hidden', `settled.${n}.about`, { starts: question.about ?? '' }),
      field('choice', `settled.${n}.answer`, {
        options: settlingAnswers(question.rule).map((answer) => [answer, sayAnswer(question.rule, answer)]),
      }),
      choice(`settled.${n}.how`, words.settledHowWords),
    ],
  })),
]

/** Which of the two answers counts. What only the register leaves open can be asked again and no more. */
const decideSections = ({ id, stands }: DeclaredHere): readonly Section[] => {
  const { firstHelp, askHelp } = words.declaredWords
  const first = ['first-stands', words.decisionWords['first-stands'], firstHelp] as const
  const again = ['ask-again', words.decisionWords['ask-again'], askHelp] as const
  return [
    {
      fields: [
        field('hidden', 'clinician', { starts: id }),
        field('choice', 'decision', { options: stands === 'to-decide' ? [first, again] : [again] }),
      ],
    },
  ]
}

type About = {
  readonly team: readonly Person[]
  readonly familyQuestions: readonly string[]
  readonly works: readonly WorkToSay[]
  /** Who else of the trust holds a role there. */
  readonly colleagues: words.Options
  /** What a clinician signed: one's own, or that which the network is to settle or decide on. */
  readonly record?: DeclaredHere | undefined
}
type Stage = DeclaredHere['stage']
export type WorkToSay = z.infer<typeof workToSay>

/** The fields of each step that needs more than a button: about its treating consultants and its family's questions. */
export const stepForm = (
  step: FormStep,
  { team, familyQuestions, works, colleagues, record }: About,
): readonly Section[] => {
  const settled = settledFields(record, team)
  switch (step) {
    case 'accept':
      return settledIn(declarationSections(team, works, 'declaration'), settled)
    case 'open-pack':
      return settledIn([openingSection('answers')], settled)
    case 'answer-again':
      return []
    case 'settle-declaration':
      return record ? settleSections(record, team) : []
    case 'decide-declaration':
      return record ? decideSections(record) : []
    case 'report':
      return [
        {
          fields: [
            choice('opinion.basis', words.opinionBases),
            field('prose', 'opinion.limits'),
            choice('opinion.diagnosis', words.diagnosisWords),
            choice('opinion.plan', words.planWords),
            field('prose', 'opinion.reasoning', { rows: 12 }),
          ],
        },
        section('answers', ...familyQuestions.map((label, n) => field('prose', `opinion.answers.${n}`, { label }))),
        section('plain', field('prose', 'opinion.plainSummary', { rows: 6 })),
      ]
    case 'decline':
      return [{ fields: [choice('because', words.declineWords)] }]
    case 'withdraw':
      return [{ fields: [choice('because', words.withdrawalWords)] }]
    case 'engage':
      return [{ fields: [choice('familyView', words.familyViewWords)] }]
    case 'close':
      return [{ fields: [choice('outcome', words.outcomeWords)] }]
    case 'restrict':
      return [
        {
          fields: [
            field('prose', 'note.text', { rows: 8 }),
            ...(colleagues.length > 0 ? [field('choices', 'readers', { options: colleagues })] : []),
          ],
        },
      ]
    case 'record-objection':
      return []
  }
}

const workFields = ({ work, name, with: gmc, evidence }: WorkToSay, n: number): readonly Field[] => [
  field('hidden', `works.${n}.with`, { starts: gmc }),
  field('hidden', `works.${n}.evidence`, { starts: evidence }),
  field('choice', `works.${n}.said`, {
    label: `“${work.title}”${work.on === null ? '' : ` (${work.on.slice(0, 4)})`}, with ${name}`,
    options: words.optionsOf(words.workSaidWords),
  }),
]

/** The fields of a declaration that are settled, with the answers agreed. */
const settledFields = (record: DeclaredHere | undefined, team: readonly Person[]): ReadonlyMap<string, string> =>
  new Map(
    (record?.stands === 'settled' ? record.settled : []).flatMap((one): readonly [string, string][] =>
      one.version === record?.counts ? [[fieldOf(one, record.stage, team), one.answer]] : [],
    ),
  )

const tiesTo = (gmc: string, at: string): readonly Field[] => [
  field('hidden', `${at}.gmc`, { starts: gmc }),
  ...(['C07', 'C08', 'C10', 'C12'] as const).map((rule) => choice(`${at}.${rule}`, answersTo(rule))),
]

/** What the register is searched by. */
export const searchForm = (specialties: words.Options): readonly Section[] => [
  { fields: [field('select', 'tfc', { options: specialties })] },
]

/** The fields of each step of a register entry. */
export const entryForm = (step: words.EntryStepName, today: CalendarDate): readonly Section[] => {
  if (step === 'record-works') return [{ fields: [field('file', 'works')] }]
  if (step === 'set-availability')
    return [
      {
        fields: [
          field('number', 'availability.cap'),
          choice('availability.urgencies', words.urgencyWords, 'choices'),
          choice('availability.modes', words.modeWords, 'choices'),
        ],
      },
    ]
  if (step !== 'verify') return []
  const asked = ['licence', 'conditionsAffectScope', 'interimOrder', 'warning']
  return [
    {
      fields: [
        choice('registration.status', words.registrationWords),
        ...asked.map((name) => choice(`registration.${name}`, words.yesNo)),
        date('registration.checkedOn', 'past', today),
        field('lines', 'specialistRegister'),
      ],
    },
  ]
}

/** Why a glass is broken. */
export const glassForm: readonly Section[] = [{ fields: [field('prose', 'reason')] }]

/** What a guardian finds of a broken glass. */
export const reviewForm = (glass: string): readonly Section[] => [
  {
    fields: [
      field('hidden', 'glass', { starts: glass }),
      choice('finding', words.findingWords),
      field('prose', 'note'),
    ],
  },
]

/** Which case a guardian looks up. */
export const auditForm: readonly Section[] = [{ fields: [field('line', 'request')] }]

/** A team that is added to a list. */
export const teamForm: readonly Section[] = [{ fields: [field('line', 'name', { label: 'Name of the team' })] }]

/** To whom a role is granted, of those that one may grant. */
export const grantForm = (roles: words.Options, today: CalendarDate): readonly Section[] => [
  {
    fields: [
      ...fields('line', 'name', 'subject'),
      field(roles.length > 8 ? 'select' : 'choice', 'membership', { options: roles }),
      date('to', 'future', today),
    ],
  },
]
