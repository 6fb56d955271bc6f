// The forms of the console as data: each field is named for its place in the body that the API takes, so one reader serves all.

import type { FormStep } from './routes.ts'
import {
  basisWords,
  consultantRoles,
  declineWords,
  diagnosisWords,
  familyViewWords,
  gradeWords,
  kindWords,
  languageWords,
  modeWords,
  type Options,
  opinionBases,
  optionsOf,
  outcomeWords,
  planWords,
  questions,
  registrationWords,
  urgencyWords,
  withdrawalWords,
  yesNo,
  yesNoUnsure,
} from './words.ts'

export type Field = {
  readonly name: string
  /** `lines` is a list, one on each line; `asked` is one that tells "nobody" apart from "not asked". */
  readonly as: 'line' | 'prose' | 'number' | 'date' | 'choice' | 'choices' | 'select' | 'lines' | 'asked' | 'hidden'
  readonly label: string
  readonly hint?: string
  readonly options?: Options
  readonly rows?: number
  readonly width?: 5 | 10
  /** What stands there before anybody typed. */
  readonly starts?: string
}
export type Section = {
  readonly heading?: string
  readonly hint?: string
  readonly fields: readonly Field[]
  /** A button that adds one more of this section and keeps what was typed. */
  readonly more?: string
}

const choice = (name: string, label: string, words: Readonly<Record<string, string>>, hint?: string): Field => ({
  name,
  label,
  as: 'choice',
  options: optionsOf(words),
  ...(hint && { hint }),
})
const asked = (name: string, label: string, words: Readonly<Record<string, string>>, hint?: string): Field => ({
  ...choice(name, label, words, hint),
  as: 'asked',
})
const people = { '': 'Not asked yet', none: 'Nobody', some: 'Yes: the GMC numbers below' } as const
const unset = (words: string, options: Options): Options => [['', words], ...options]

export type DraftChoices = {
  readonly trust: string
  readonly specialties: Options
  readonly employers: Options
  readonly sites: Options
}

/** Everything a request holds, with room for as many treating consultants as asked for. */
export const draftForm = (
  { trust, specialties, employers, sites }: DraftChoices,
  consultants: number,
): readonly Section[] => [
  {
    heading: 'First: is it safe to wait?',
    hint: 'A child who is getting worse needs Martha’s Rule or your rapid review now. A second opinion must not delay it.',
    fields: [
      choice('routing.screen.deteriorating', 'Is the child getting worse now?', yesNo),
      choice('routing.screen.marthasRuleUsed', 'Was Martha’s Rule or your rapid review used?', yesNo),
    ],
  },
  {
    heading: 'What you would like an opinion on',
    fields: [
      { name: 'routing.tfc', label: 'Specialty', as: 'select', options: unset('Choose a specialty', specialties) },
      choice('routing.kind', 'Kind of question', kindWords),
      choice('routing.urgency', 'Urgency', urgencyWords),
      {
        name: 'routing.decideBy',
        label: 'Day by which a decision is needed, if there is one',
        as: 'date',
        hint: 'For example, 27 3 2027',
      },
      choice('routing.mode', 'How the opinion should be given', modeWords),
      {
        name: 'routing.language',
        label: 'Language the family would like the clinician to speak',
        as: 'select',
        options: unset('No wish', optionsOf(languageWords)),
      },
    ],
  },
  {
    heading: 'The brief',
    hint: 'Those who are asked see this before any conflict is cleared. Write “the child”: no name, no date of birth, no NHS number.',
    fields: [
      { name: 'texts.brief.question', label: 'The question', as: 'prose' },
      {
        name: 'texts.brief.background',
        label: 'Background that somebody needs to say whether they can help',
        as: 'prose',
        rows: 6,
      },
    ],
  },
  ...Array.from(
    { length: consultants },
    (_, n): Section => ({
      heading: `Treating consultant ${n + 1}`,
      ...(n === 0 && {
        hint: 'Name every consultant who treats the child: independence is judged against each of them.',
      }),
      fields: consultantFields(n, trust, employers),
      ...(n === consultants - 1 && { more: 'Add another consultant' }),
    }),
  ),
  {
    heading: 'Whom not to ask',
    hint: 'By GMC number. “Nobody” is an answer; “not asked yet” is none, and the request cannot be sent with it.',
    fields: [
      asked(
        'routing.unwelcome',
        'Is there anyone the family would not want to be asked? They need not say why.',
        people,
      ),
      asked('routing.discussedWith', 'Has the team talked about this case with a clinician elsewhere?', people),
      asked('routing.treatedBy', 'Has anyone elsewhere treated the child or advised before?', people),
    ],
  },
  {
    heading: 'Where the child is seen',
    fields: [
      {
        name: 'routing.sites',
        label: 'Sites of your trust',
        as: 'choices',
        options: sites,
        hint: 'Choose all of them',
      },
    ],
  },
  {
    heading: 'The family',
    fields: [
      { name: 'routing.familyInformedOn', label: 'Day on which the family was told', as: 'date' },
      choice('routing.agreement.basis', 'Agreement to share the record with the clinician', basisWords),
      { name: 'routing.agreement.on', label: 'Day of the agreement', as: 'date' },
    ],
  },
  {
    heading: 'The pack: who the child is',
    hint: 'Sealed. The network never sees it; the clinician does once your trust has shared the pack.',
    fields: [
      { name: 'texts.identity.givenName', label: 'Given name', as: 'line' },
      { name: 'texts.identity.familyName', label: 'Family name', as: 'line' },
      { name: 'texts.identity.bornOn', label: 'Date of birth', as: 'date' },
      { name: 'texts.identity.nhsNumber', label: 'NHS number, if there is one', as: 'line', width: 10 },
    ],
  },
  {
    heading: 'The pack: the story',
    fields: [
      { name: 'texts.narrative.summary', label: 'Clinical summary', as: 'prose', rows: 8 },
      { name: 'texts.narrative.teamView', label: 'The team’s own view', as: 'prose' },
      {
        name: 'texts.narrative.familyQuestions',
        label: 'The family’s questions, in their own words',
        as: 'lines',
        hint: 'One on each line. Each is answered by itself.',
      },
    ],
  },
]

const consultantFields = (n: number, trust: string, employers: Options): readonly Field[] => [
  { name: `texts.brief.team.${n}.name`, label: 'Name', as: 'line' },
  { name: `routing.treating.${n}.gmc`, label: 'GMC number', as: 'line', width: 10 },
  choice(`routing.treating.${n}.role`, 'Part in the child’s care', consultantRoles),
  { name: `routing.treating.${n}.org`, label: 'Employer', as: 'select', options: employers, starts: trust },
  {
    name: `routing.treating.${n}.grade`,
    label: 'Grade',
    as: 'select',
    options: unset('Not known', optionsOf(gradeWords)),
  },
  asked(
    `routing.treating.${n}.teams`,
    'Teams, standing MDTs, rotas and transport services they work in now',
    { '': 'Not asked yet', none: 'None that anyone elsewhere could share', some: 'Yes: the names below' },
    'Written as on the register, since shared ones are found by name.',
  ),
]

export type Person = { readonly gmc: string; readonly name: string }

/** The declaration about one case: of the child first, then of each consultant who treats them. */
const declarationForm = (team: readonly Person[]): readonly Section[] => [
  {
    heading: 'About the child and the case',
    hint: 'You do not know the name yet: answer as far as you can tell. You are asked once more when you see it.',
    fields: [
      choice('declaration.C05', questions.C05, yesNoUnsure),
      choice('declaration.C06', questions.C06, { ...yesNoUnsure, 'urgency-triage': 'Only to judge how urgent it was' }),
      choice('declaration.C13', questions.C13, yesNoUnsure),
    ],
  },
  ...team.map(({ gmc, name }, n): Section => {
    const at = `declaration.consultants.${n}`
    return {
      heading: `You and ${name}`,
      fields: [
        { name: `${at}.gmc`, label: 'GMC number', as: 'hidden', starts: gmc },
        choice(`${at}.C07`, questions.C07, yesNoUnsure),
        choice(`${at}.C08`, questions.C08, yesNoUnsure),
        choice(`${at}.C10`, questions.C10, {
          no: 'No',
          'they-taught-me': 'They taught or supervised me',
          'i-taught-them': 'I taught or supervised them',
          'trained-together': 'We trained together',
          unsure: 'I am not sure',
        }),
        choice(`${at}.C12`, questions.C12, yesNoUnsure),
      ],
    }
  }),
]

const opinionForm = (familyQuestions: readonly string[]): readonly Section[] => [
  {
    fields: [
      choice('opinion.basis', 'What the opinion rests on', opinionBases),
      {
        name: 'opinion.limits',
        label: 'Its limits',
        as: 'prose',
        rows: 3,
        hint: 'What you did not see, and what you are less sure of',
      },
      choice('opinion.diagnosis', 'The diagnosis', diagnosisWords),
      choice('opinion.plan', 'The team’s plan', planWords),
      { name: 'opinion.reasoning', label: 'Findings and reasoning', as: 'prose', rows: 12 },
    ],
  },
  ...(familyQuestions.length === 0
    ? []
    : [
        {
          heading: 'The family’s questions',
          fields: familyQuestions.map(
            (question, n): Field => ({ name: `opinion.answers.${n}`, label: question, as: 'prose' }),
          ),
        },
      ]),
  {
    heading: 'For the family',
    fields: [
      {
        name: 'opinion.plainSummary',
        label: 'Summary in plain words',
        as: 'prose',
        rows: 6,
        hint: 'As you would say it to a child of about ten and their parents',
      },
    ],
  },
]

/** The fields of each step that needs more than a button. */
export const stepForm = (
  step: FormStep,
  team: readonly Person[],
  familyQuestions: readonly string[],
): readonly Section[] => {
  switch (step) {
    case 'accept':
      return declarationForm(team)
    case 'decline':
      return [{ fields: [choice('because', 'Why you decline', declineWords, 'Nothing about other people, please.')] }]
    case 'engage':
      return [{ fields: [choice('familyView', 'What the family says', familyViewWords)] }]
    case 'open-pack':
      return [
        {
          heading: 'Now that you see the names',
          fields: [
            choice('answers.C05', questions.C05, yesNoUnsure),
            choice(
              'answers.C12',
              'Are you a close friend, partner, former partner or relative of a treating consultant?',
              yesNoUnsure,
            ),
            choice(
              'answers.C13',
              questions.C13,
              yesNoUnsure,
              'A yes closes the pack and frees your place; nobody asks why.',
            ),
          ],
        },
      ]
    case 'report':
      return opinionForm(familyQuestions)
    case 'close':
      return [{ fields: [choice('outcome', 'What came of it', outcomeWords)] }]
    case 'withdraw':
      return [{ fields: [choice('because', 'Why the request is withdrawn', withdrawalWords)] }]
    case 'record-objection':
      return []
  }
}

export const availabilityForm: readonly Section[] = [
  {
    fields: [
      { name: 'availability.cap', label: 'Cases at once', as: 'number', hint: '0 means none for now' },
      { name: 'availability.urgencies', label: 'Urgencies taken', as: 'choices', options: optionsOf(urgencyWords) },
      { name: 'availability.modes', label: 'Ways of giving an opinion', as: 'choices', options: optionsOf(modeWords) },
    ],
  },
]

export const verificationForm: readonly Section[] = [
  {
    fields: [
      choice('registration.status', 'Standing on the medical register', registrationWords),
      choice('registration.licence', 'Licence to practise', yesNo),
      choice('registration.conditionsAffectScope', 'Conditions that affect this work', yesNo),
      choice('registration.interimOrder', 'Interim order', yesNo),
      choice('registration.warning', 'Warning', yesNo),
      { name: 'registration.checkedOn', label: 'Day on which you looked', as: 'date' },
      {
        name: 'specialistRegister',
        label: 'Entries on the specialist register',
        as: 'lines',
        hint: 'One on each line, as the register writes them',
      },
    ],
  },
]
