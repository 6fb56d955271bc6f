// One thing, however long: what a line of `assess` may say.
import { z } from 'zod'
import { day, end, id, known, list, orNone, period, said, saidYesNo, text, wholeDay, yes } from './parts.ts'

const post = z.object({
  org: known(id),
  asWritten: known(text),
  site: known(id),
  kind: known(
    z.enum(['substantive', 'honorary', 'bank', 'locum', 'training', 'academic', 'guest-lecture', 'visiting']),
  ),
  title: known(text),
  ended: known(yes),
  via: known(text),
  ...period,
})
const tie = z.object({ with: known(id), withName: known(text), withEmail: known(text), kind: known(text), ...period })
const team = z.object({
  id,
  name: known(text),
  kind: known(z.enum(['team', 'mdt', 'rota', 'transport-service', 'forum', 'single-meeting'])),
  ...period,
})
const business = z.object({
  company: known(id),
  companyName: known(text),
  kind: known(text),
  role: known(text),
  sharePercent: known(z.number().min(0).max(100)),
  ...period,
})
const publication = z.object({
  id,
  title: known(text),
  kind: known(text),
  on: known(day),
  authorCount: known(z.int().positive()),
  authors: list(z.object({ name: known(text), person: known(id), orcid: known(text) }), 10_000),
  candidateConfirmed: known(
    z.union([yes, said.transform((answer) => (answer === 'unsure' ? null : answer === 'yes'))]),
  ),
  sameWorkAs: known(z.union([id.transform((one) => [one]), z.array(id)])),
})
const grant = z.object({
  id,
  title: known(text),
  holders: list(z.object({ person: known(id), ...period })),
})
const committee = z.object({ id, name: known(text), kind: known(text), ...period })

const person = {
  person: id,
  name: known(text),
  alsoKnownAs: list(text),
  gmc: known(text),
  orcid: known(text),
  emails: list(text),
}
const ties = { personalTies: list(tie), managementTies: list(tie), trainingTies: list(tie), business: list(business) }
const works = { publications: list(publication), grants: list(grant), committees: list(committee) }

const treating = z.object({
  ...person,
  role: known(z.enum(['lead', 'treating'])),
  org: known(id),
  grade: known(text),
  consultantSince: known(day),
  posts: list(post),
  teams: list(team),
  ...ties,
  ...works,
})

const staff = z.object({
  ...person,
  role: known(text),
  acting: known(yes),
  posts: list(post),
  teams: list(team),
  ...ties,
  treatedThisChild: known(saidYesNo),
})

/** A person or several, as ids, or as what was found of them. */
const found = z.union([id, z.looseObject({ person: known(id), by: known(id), about: known(text), on: known(day) })])

const request = z.object({
  id: known(id),
  stage: z.enum(['offer', 'acceptance', 'opening', 'report']),
  instructedOn: known(wholeDay),
  requestingOrg: id,
  sites: list(id),
  specialty: z.object({
    tfc: known(id),
    name: known(text),
    registerName: known(text),
    centresInUk: known(z.int().nonnegative()),
    centresInRegion: known(z.int().nonnegative()),
  }),
  opinion: known(z.enum(['single', 'mdt'])),
  blinded: known(yes),
  firstOpinionBy: known(id),
  question: orNone(
    z.object({ kind: known(z.enum(['treatment-choice', 'transfer', 'elective-surgery'])), wouldReceive: list(id) }),
    () => ({ kind: null, wouldReceive: [] }),
  ),
  products: list(z.object({ id, name: known(text), maker: known(id), makerName: known(text), contested: known(yes) })),
  trials: list(z.object({ id, name: known(text), childCouldEnter: known(yes) })),
  previousOpinions: list(z.object({ by: known(id), on: known(day) })),
  treating: z.array(treating).min(1, 'Expected one treating consultant at least').max(100),
  requesterSays: known(
    z.object({
      discussedWithCandidate: known(said),
      discussionPurpose: known(text),
      candidateTreatedChild: known(said),
      disputes: list(z.looseObject({ kind: known(text), with: known(id), status: known(text), ...period })),
      applicants: list(z.object({ person: known(id), on: known(day) })),
    }),
  ),
  recordSearch: orNone(z.object({ lettersNaming: list(found), publicStatements: list(found) }), () => ({
    lettersNaming: [],
    publicStatements: [],
  })),
  family: known(
    z.object({
      members: list(id),
      tiesToCandidate: list(tie.extend({ person: known(id) })),
      view: known(z.enum(['agrees', 'no-objection', 'objects', 'not-asked'])),
      objectsTo: list(id),
      lossOfConfidenceIn: list(id),
      preferences: list(z.unknown()),
    }),
  ),
  staff: list(staff),
  advocate: orNone(
    z.object({
      present: known(yes),
      acting: known(yes),
      person: known(id),
      isFamilyMember: known(yes),
      personalTies: list(tie),
    }),
  ),
  interpreter: orNone(
    z.object({
      needed: known(yes),
      acting: known(yes),
      person: known(id),
      isFamilyMember: known(yes),
      personalTies: list(tie),
    }),
  ),
  urgencyOverrides: list(
    z.object({
      rule: id,
      by: known(z.object({ person: known(id), name: known(text), role: known(text) })),
      reason: known(text),
      on: known(wholeDay),
    }),
  ),
  exhaustion: orNone(
    z.object({
      result: known(z.enum(['others-available', 'none-other'])),
      searchedBy: known(z.unknown()),
      on: known(wholeDay),
      secondOpinionArranged: known(yes),
      overseasArranged: known(yes),
      ethicsNote: known(z.union([yes, text.transform((note) => note.trim() !== '')])),
      approvedBy: list(
        z.union([
          id.transform((role) => ({ person: null, name: null, role })),
          z.object({ person: known(id), name: known(text), role: known(text) }),
        ]),
      ),
    }),
  ),
})

const interests = {
  business: list(business),
  patents: list(z.object({ product: known(id), role: known(text), ...period })),
  trialRoles: list(z.object({ trial: known(id), role: known(text), ...period })),
  industryPayments: list(
    z.object({
      company: known(id),
      companyName: known(text),
      kind: known(text),
      value: known(z.number().nonnegative()),
      on: known(day),
    }),
  ),
  outsideRoles: list(
    z.object({ kind: known(text), body: known(text), linkedTrust: known(id), fundsThisFamily: known(yes), ...period }),
  ),
  recruitment: list(
    z.object({
      kind: known(z.enum(['applied-to', 'recruiting-from'])),
      org: known(id),
      with: known(id),
      on: known(day),
    }),
  ),
}

/** Who may be asked: one clinician, or an MDT. */
export const candidateLine = z.object({
  ...person,
  kind: known(z.enum(['person', 'mdt'])),
  role: known(z.enum(['sole', 'mdt-contributor', 'factual-input'])),
  grade: known(text),
  consultantSince: known(day),
  postsConfirmedOn: known(wholeDay),
  registration: known(
    z.object({
      body: known(text),
      country: known(text),
      number: known(text),
      nameOnRegister: known(text),
      status: known(text),
      licence: known(z.union([yes, saidYesNo.transform((answer) => answer === 'yes')])),
      conditions: list(z.object({ affectsScope: known(yes), ...period })),
      interimOrder: known(yes),
      warnings: list(z.object(period)),
      checkedOn: known(wholeDay),
    }),
  ),
  specialistRegister: list(text),
  practice: list(z.object({ tfc: id, lastPractised: known(z.union([z.literal('ongoing'), day])) })),
  indemnity: orNone(
    z.object({
      route: known(z.enum(['employer', 'own', 'none'])),
      validTo: known(end),
      employerView: known(z.enum(['permits', 'objects', 'not-needed'])),
    }),
    () => ({ route: 'none' as const, validTo: null, employerView: null }),
  ),
  capacity: known(z.object({ open: known(z.int().nonnegative()), cap: known(z.int().nonnegative()) })),
  posts: list(post),
  sitesWorked: list(z.object({ site: known(id), kind: known(text), ...period })),
  teams: list(team),
  personalTies: list(tie),
  managementTies: list(tie),
  trainingTies: list(tie),
  ...interests,
  associates: list(z.object({ closeness: known(text), name: known(text), ...interests })),
  ...works,
  advocacy: list(z.object({ product: known(id), strength: known(z.enum(['strong', 'balanced'])), on: known(day) })),
  expertWitness: list(
    z.object({
      matter: known(z.enum(['this-case', 'other'])),
      against: known(id),
      status: known(text),
      on: known(day),
    }),
  ),
  publicStatements: list(
    z.object({ about: known(z.enum(['this-case', 'other-case', 'topic'])), kind: known(text), on: known(day) }),
  ),
  disputes: list(
    z.object({ kind: known(text), with: known(id), status: known(z.enum(['live', 'closed'])), ...period }),
  ),
  caseContact: list(
    z.object({
      kind: known(z.enum(['treated', 'informal-advice', 'formal-opinion', 'mdt-attendance', 'unsure'])),
      child: known(z.enum(['this', 'other'])),
      on: known(day),
    }),
  ),
  discussedBeforeInstruction: orNone(
    z.object({ answer: known(said), with: known(id), purpose: known(z.enum(['urgency-triage', 'opinion'])) }),
    () => ({ answer: 'no' as const, with: null, purpose: null }),
  ),
  paidForThisCaseBy: list(z.object({ payer: known(text) })),
  standingDeclaration: known(
    z.union([z.literal('none').transform(() => ({ signedOn: null })), z.object({ signedOn: known(day) })]),
  ),
  caseDeclaration: known(
    z.union([z.literal('none').transform(() => ({ signedOn: null })), z.object({ signedOn: known(day) })]),
  ),
  openingAnswers: known(z.object({ C05: known(said), C12: known(said), C13: known(said) })),
  pack: orNone(z.object({ firstOpinionOpenedAt: known(text), ownViewRecordedAt: known(text) }), () => ({
    firstOpinionOpenedAt: null,
    ownViewRecordedAt: null,
  })),
  valuesDisclosure: known(z.unknown()),
  mdt: orNone(
    z.object({
      name: known(text),
      members: list(
        z.object({
          person: known(id),
          name: known(text),
          chair: known(yes),
          conflicted: known(
            z.union([yes, said.transform((answer) => (answer === 'unsure' ? null : answer === 'yes'))]),
          ),
          because: known(text),
          personalTies: list(tie),
          teams: list(team),
        }),
      ),
    }),
  ),
})

const wholeDayOrNone = z.union([z.literal('none'), wholeDay])
const coded = { code: known(id), name: known(text) }
const moved = z.object({ ...coded, on: known(wholeDay) })

const organisation = z.object({
  code: id,
  codeSystem: known(z.enum(['ods', 'gss', 'case'])),
  name: known(text),
  alsoKnownAs: list(text),
  kind: known(z.enum(['trust', 'board', 'site', 'icb', 'university', 'agency', 'host'])),
  parents: list(z.object({ code: known(id), ...period })),
  country: known(text),
  region: known(text),
  regionClaims: list(z.object({ source: known(text), region: known(text) })),
  icb: known(id),
  networks: list(z.object({ ...coded, ...period })),
  networksClaims: list(z.unknown()),
  predecessors: list(moved),
  successors: list(moved),
  groups: list(z.object({ id: known(id), name: known(text), kind: known(text), ...period })),
  mergers: list(
    z.object({
      with: known(id),
      announced: known(wholeDayOrNone),
      effective: known(wholeDayOrNone),
      abandoned: known(z.union([wholeDayOrNone, yes])),
      announcedClaims: list(z.unknown()),
      effectiveClaims: list(z.unknown()),
      abandonedClaims: list(z.unknown()),
    }),
  ),
  sameSiteAs: list(id),
  invented: known(yes),
  ...period,
})

const exchanged = z.object({
  id,
  on: known(day),
  opinionBy: known(id),
  opinionUnit: known(text),
  requestedBy: known(id),
  requestingUnit: known(text),
  requestingOrg: known(id),
})

/** What stands beside the candidate in a line of `assess` and of `rank`. */
export const shared = {
  id,
  asOf: wholeDay,
  urgency: known(z.enum(['U0', 'U1', 'U2', 'U3'])),
  request,
  organisations: z.array(organisation).max(20_000),
  history: list(exchanged, 100_000),
}

/** One line of `concord assess`: what it states is its whole truth. What a later edition of the format adds is read as unknown. */
export const assessLine = z.object({ ...shared, candidate: candidateLine })
export type AssessLine = z.output<typeof assessLine>
export type CandidateLine = z.output<typeof candidateLine>
