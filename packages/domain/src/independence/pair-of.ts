import { daysOf } from '../evidence/published-on.ts'
import { fold } from '../fold.ts'
import type { Places } from '../organisation/places.ts'
import { type CalendarDate, dateAt } from '../time.ts'
import {
  type CandidateFacts,
  type CaseDeclaration,
  type DeclaredTies,
  interestRules,
  type JointWorkSaid,
  type OpeningAnswers,
  type RequestFacts,
} from './facts.ts'
import type { CandidateSide, EarlierOpinion, Pair, Post, Publication, RequestSide, Statement } from './pair.ts'

/** What the platform has on record of one candidate and one request. */
export type Records = {
  readonly asOf: CalendarDate
  readonly request: RequestFacts
  readonly candidate: CandidateFacts
  readonly declaration?: CaseDeclaration | undefined
  readonly opening?: OpeningAnswers | undefined
  /** Opinions that the network brokered before and that can bear on this pair; null where nobody looked. */
  readonly history: readonly EarlierOpinion[] | null
  readonly organisations: Places
  readonly field: Field
}
/** What a policy says of a specialty: the register entries that count for it, folded, and its centres in the United Kingdom. */
export type Field = { readonly registers: readonly string[] | null; readonly centres: number | null }

/** Lays the platform's records before the engine: what no form asks is null, and what the case declaration asks is the clinician's to say. */
export const pairOf = ({
  asOf,
  request,
  candidate,
  declaration,
  opening,
  history,
  organisations,
  field,
}: Records): Pair => ({
  asOf,
  urgency: request.urgency,
  request: { ...requestSide(request, candidate), ...field },
  candidate: {
    ...entrySide(candidate),
    ...caseSide(request, { declaration, opening }),
  },
  organisations,
  history,
})

const requestSide = (request: RequestFacts, candidate: CandidateFacts): Omit<RequestSide, keyof Field> => ({
  trust: request.trust,
  sites: request.sites,
  tfc: request.tfc,
  opinion: 'single',
  isBlinded: false,
  firstOpinionBy: null,
  instructedOn: request.instructedOn,
  // Asked of the clinician, who knows where they would work; so are products and trials, which no form names.
  question: { kind: null, wouldReceive: [] },
  products: [],
  trials: [],
  earlierOpinions: [],
  treating: request.treating.map((one) => ({
    person: one.gmc,
    role: one.role,
    org: one.org,
    grade: one.grade,
    teams: one.teams?.map(({ team, ...rest }) => ({ ...rest, id: team })) ?? null,
    posts: null,
    // A treating consultant is not asked here: the candidate declares for both.
    personalTies: [],
    managementTies: [],
    trainingTies: [],
    business: [],
    publications: [],
    grants: [],
    committees: [],
  })),
  requester: {
    discussed: request.discussedWith === null ? null : request.discussedWith.includes(candidate.gmc) ? 'yes' : 'no',
    discussedFor: null,
    treatedChild: request.treatedBy === null ? null : 'no',
    disputes: [],
    applicants: [],
  },
  lettersNaming: request.treatedBy,
  spokeInPublic: [],
  family: { members: [FAMILY], ties: [], view: null, objectsTo: request.unwelcome, lossOfConfidenceIn: [] },
  staff: [],
  advocate: null,
  interpreter: null,
  // A clinical lead answers for a milder weight by name: such a case goes ahead only once they have signed its plan.
  overrides: [
    {
      rule: 'C06',
      by: 'clinical lead',
      role: 'clinical-lead',
      reason: 'to be signed in the plan',
      on: request.instructedOn,
    },
  ],
  exhaustion: null,
})

const entrySide = (candidate: CandidateFacts) => {
  const { gmc, registration, indemnity, standingDeclarationSignedOn: signedOn } = candidate
  const posts = candidate.posts?.map(({ org, ...post }): Post => ({ ...post, orgs: [org] })) ?? null
  return {
    person: gmc,
    kind: 'person',
    role: 'sole',
    isAlso: [],
    grade: candidate.grade,
    // From when on, nobody recorded: it was in force when the register was looked at.
    registration: registration && {
      body: 'GMC',
      country: 'uk',
      isSameName: true,
      status: registration.status,
      hasLicence: registration.licence,
      conditions: registration.conditionsAffectScope
        ? [{ affectsScope: true, from: registration.checkedOn, to: 'ongoing' }]
        : [],
      hasInterimOrder: registration.interimOrder,
      warnings: registration.warning ? [{ from: registration.checkedOn, to: 'ongoing' }] : [],
      checkedOn: registration.checkedOn,
    },
    specialistRegister: candidate.specialistRegister?.map(fold) ?? null,
    practice: candidate.practice?.map(({ tfc, lastPractisedOn }) => ({ tfc, lastOn: lastPractisedOn })) ?? null,
    indemnity: indemnity && { ...indemnity },
    capacity: { open: candidate.openCases, cap: candidate.cap },
    posts,
    // Signed with the standing declaration, whose age is looked at by itself.
    postsConfirmedOn: signedOn,
    sitesWorked: posts?.every(({ site }) => site !== null) ? [] : null,
    teams: candidate.teams?.map(({ team, ...rest }) => ({ ...rest, id: team })) ?? null,
    personalTies: [],
    managementTies: candidate.managementTies,
    trainingTies: candidate.trainingTies,
    publications: candidate.jointWorks.flatMap((one) => (one.said === 'both' ? [publicationOf(one, gmc)] : [])),
    standingDeclaration: signedOn,
  } as const satisfies Partial<CandidateSide>
}

/** What the clinician confirmed; what they dismissed, or were not shown yet, says nothing. */
const publicationOf = ({ work, with: consultant }: JointWorkSaid, gmc: string): Publication => ({
  id: work.ids[0] ?? work.title,
  sameWork: work.ids.length > 0 ? work.ids : [work.title],
  kind: 'paper',
  on: work.on === null ? null : daysOf(work.on),
  authorCount: work.authorCount,
  authors: [gmc, consultant],
  confirmed: true,
})

const caseSide = (request: RequestFacts, { declaration, opening }: Pick<Records, 'declaration' | 'opening'>) =>
  ({
    caseContact: request.treatedBy === null ? null : [],
    discussed: discussion(declaration),
    said: statements(request, declaration),
    caseDeclaration: declaration ? dateAt(declaration.signedAt) : null,
    opening: opening ?? null,
    ...ASKED_BY_RULE,
  }) as const satisfies Partial<CandidateSide>

// Asked rule by rule in the case declaration, and nowhere collected as lists.
const ASKED_BY_RULE = {
  business: [],
  patents: [],
  trialRoles: [],
  payments: [],
  outsideRoles: [],
  recruitment: [],
  associates: [],
  grants: [],
  committees: [],
  advocacy: [],
  expertWitness: [],
  publicStatements: [],
  disputes: [],
  paidBy: [],
  pack: null,
  members: null,
} as const satisfies Partial<CandidateSide>

/** What the case declaration says, one rule at a time; of the ties, one treating consultant at a time. */
const statements = ({ treating }: RequestFacts, declaration: CaseDeclaration | undefined): CandidateSide['said'] => {
  const once = (answer: Statement['answer'] | undefined) => [{ answer: answer ?? 'unasked', about: null }] as const
  const ofEach = (answerOf: (ties: DeclaredTies) => Statement['answer']) =>
    treating.flatMap(({ gmc }): readonly Statement[] => {
      const said = declaration?.consultants.filter((ties) => ties.gmc === gmc) ?? []
      if (said.length === 0) return [{ answer: 'unasked', about: gmc }]
      return said.map((ties) => ({ answer: answerOf(ties), about: gmc }))
    })
  return {
    C05: once(declaration?.C05),
    C07: ofEach(({ C07 }) => C07),
    C08: ofEach(({ C08 }) => C08),
    C10: ofEach(({ C10 }) => trainingAnswers[C10]),
    C12: ofEach(({ C12 }) => C12),
    C13: once(declaration?.C13),
    ...Object.fromEntries(interestRules.map((rule) => [rule, once(declaration?.interests[rule])])),
  }
}

// A pupil cannot judge the teacher; any other of these ties weighs less.
const trainingAnswers: Readonly<Record<DeclaredTies['C10'], Statement['answer']>> = {
  no: 'no',
  unsure: 'unsure',
  'they-taught-me': 'yes',
  'i-taught-them': 'yes-lighter',
  'trained-together': 'yes-lighter',
}

const discussion = (declaration: CaseDeclaration | undefined): CandidateSide['discussed'] => {
  if (!declaration) return null
  const { C06: said } = declaration
  return said === 'urgency-triage'
    ? { answer: 'yes', with: null, purpose: 'urgency-triage' }
    : { answer: said, with: null, purpose: said === 'yes' ? 'opinion' : null }
}

const FAMILY = 'family'
