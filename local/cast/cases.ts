import type { Drafted } from '@concord/application/draft-request'
import { must, type OrgCode, parseOrgCode, parseTfc, type TrustCode } from '@concord/domain/ids'
import type { OrganisationGraph } from '@concord/domain/organisation/graph'
import type { RoutingFacts } from '@concord/domain/request/request'
import type { Opinion } from '@concord/domain/request/texts'
import { addDays, type CalendarDate, parseDate } from '@concord/domain/time'
import { inventedName } from './names.ts'
import { inventedGmc } from './register.ts'

type Told = {
  readonly tfc: string
  readonly kind: RoutingFacts['kind']
  readonly urgency: RoutingFacts['urgency']
  readonly mode: RoutingFacts['mode']
  readonly child: {
    readonly givenName: string
    readonly familyName: string
    readonly bornOn: string
    readonly nhsNumber: string
  }
  readonly question: string
  readonly background: string
  readonly summary: string
  readonly teamView: string
  readonly familyQuestions: readonly string[]
}

/** The children and the questions of the demo. Nobody of them exists; the NHS numbers are of the range kept for tests. */
const told = {
  neurology: {
    tfc: '421',
    kind: 'treatment-choice',
    urgency: 'U2',
    mode: 'records',
    child: { givenName: 'Ivy', familyName: 'Samplewood', bornOn: '2019-03-04', nhsNumber: '999 010 0071' },
    question: 'Would epilepsy surgery be worth assessing for now, or should a fourth medicine be tried first?',
    background:
      'A seven-year-old with focal seizures from the left temporal region, several a week on three medicines. Imaging shows a small area that may be dysplasia. The team and the family agree that a fresh mind would help.',
    summary:
      'First seizure at four. Levetiracetam, then carbamazepine, then clobazam were added, each at full dose for four months or longer. Video telemetry last month recorded three habitual seizures with left temporal onset. Development is on track; school is missed about one day a week.',
    teamView: 'The team leans towards a surgical assessment and would like to hear what speaks against it.',
    familyQuestions: ['What would you do first if she were in your clinic?', 'What happens if we wait a year?'],
  },
  gastroenterology: {
    tfc: '251',
    kind: 'diagnosis',
    urgency: 'U3',
    mode: 'records',
    child: { givenName: 'Noor', familyName: 'Exampleton', bornOn: '2014-09-21', nhsNumber: '999 020 0149' },
    question: 'Do the biopsies and the course fit one diagnosis, or should two be treated?',
    background:
      'A twelve-year-old with abdominal pain and poor growth for two years. Findings point in two directions, and the treatments differ.',
    summary:
      'Endoscopy twice, the second with patchy inflammation. Enteral nutrition helped for a while. Weight has crossed two centiles.',
    teamView: 'The team is undecided and has told the family so.',
    familyQuestions: ['Is there a test we have not had?'],
  },
  respiratory: {
    tfc: '258',
    kind: 'treatment-choice',
    urgency: 'U1',
    mode: 'video',
    child: { givenName: 'Jago', familyName: 'Testermann', bornOn: '2021-01-30', nhsNumber: '999 030 0216' },
    question: 'Is long-term ventilation at home the right next step, and from when?',
    background: 'A five-year-old with a neuromuscular condition and three admissions this year with chest infections.',
    summary:
      'Overnight oximetry shows dips most nights. Cough assistance was begun in the spring. The family lives an hour away.',
    teamView: 'The team would begin within weeks, and wants the plan looked at before it starts.',
    familyQuestions: ['Could this be tried for some nights first?', 'Who would we ring at night?'],
  },
} as const satisfies Record<string, Told>

export type CaseName = keyof typeof told

type Setting = { readonly trust: TrustCode; readonly today: CalendarDate; readonly organisations: OrganisationGraph }

/** A case of the demo as its trust would write it down. The lead consultant is on the register too, so one rule at least fires. */
export const demoCase = (name: CaseName, { trust, today, organisations }: Setting): Drafted => {
  const { tfc, kind, urgency, mode, child, question, background, ...narrative }: Told = told[name]
  const lead = leads[name]
  const sites: readonly OrgCode[] = organisations.sitesOf(trust).slice(0, 2)
  return {
    routing: {
      kind,
      mode,
      urgency,
      tfc: must(parseTfc, tfc),
      language: null,
      decideBy: null,
      familyInformedOn: addDays(today, -2),
      agreement: { basis: 'parent', on: addDays(today, -1) },
      screen: { deteriorating: false, marthasRuleUsed: false },
      sites,
      treating: [
        { gmc: inventedGmc(lead), role: 'lead', org: must(parseOrgCode, trust), grade: 'consultant', teams: [] },
      ],
      unwelcome: [],
      discussedWith: [],
      treatedBy: [],
    },
    texts: {
      brief: { question, background, team: [{ gmc: inventedGmc(lead), name: `Dr ${inventedName(lead)}` }] },
      identity: { ...child, bornOn: must(parseDate, child.bornOn) },
      narrative,
    },
  }
}

/** The consultant who treats, as the nth of the invented register: in the neurological case one of Bristol's own. */
const leads: Readonly<Record<CaseName, number>> = { neurology: 8, gastroenterology: 38, respiratory: 66 }

/** The opinion that ends the demo. */
export const demoOpinion: Opinion = {
  basis: 'records',
  limits:
    'I have read the records and the telemetry report and have not met the child. I have not seen the images myself.',
  diagnosis: 'agree',
  plan: 'supports',
  reasoning:
    'Three medicines at full dose have not brought freedom from seizures, and a fourth rarely does. The findings agree with one another. An assessment commits nobody to an operation, and waiting has costs of its own.',
  answers: [
    'I would ask for a surgical assessment now, and keep the medicines as they are meanwhile.',
    'A year’s wait would probably mean a year of seizures. It would not close the door.',
  ],
  plainSummary:
    'I agree with what the doctors found. I think it is a good time to find out whether an operation could help. Finding out does not mean that you have to say yes.',
}
