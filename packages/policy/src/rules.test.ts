// One thing, however long: for every row what makes it hold and what does not.
import { routeFor } from '@concord/domain/independence/route'
import type { RuleRow } from '@concord/domain/independence/rule'
import { type Finding, type Stage, severities, stages } from '@concord/domain/independence/verdict'
import { addDays, addMonths, type CalendarDate } from '@concord/domain/time'
import { day, neurology, org, today } from '@concord/testkit/facts'
import { aBroker, always, aPair, aTreating, heldAt, judging, type PairOver } from '@concord/testkit/pairs'
import { describe, expect, test } from 'vitest'
import { parseRules } from './rule-row.ts'
import { neverMended, rules } from './rules.ts'

type Weighs = Finding['severity'] | 'silent'
type Example = readonly [story: string, given: PairOver, weighs: Weighs]

const judged = judging(rules)
const rowName = ({ id, settledBy }: Pick<RuleRow, 'id' | 'settledBy'>) => `${id} at ${settledBy}`

/** How heavily a row weighs, once it must be settled. */
const weightsOf = (row: string, given: PairOver): readonly Weighs[] => {
  const { findings } = judged(aPair(given))
  const weights = findings.filter(({ rule, stage }) => rowName({ id: rule, settledBy: stage }) === row)
  return [...new Set(weights.map(({ severity }) => severity))]
}

const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)]
const until = (to: CalendarDate) => ({ from: day('2010-01-01'), to })
const candidate = (over: NonNullable<PairOver['candidate']>): PairOver => ({ candidate: over })
const request = (over: NonNullable<PairOver['request']>): PairOver => ({ request: over })
const treated = (...treating: readonly Parameters<typeof aTreating>[0][]): PairOver =>
  request({ treating: treating.map(aTreating) })
const together = (one: PairOver, other: PairOver): PairOver => ({
  ...one,
  ...other,
  request: { ...one.request, ...other.request },
  candidate: { ...one.candidate, ...other.candidate },
})

const posts = (...some: readonly ReturnType<typeof heldAt>[]) => candidate({ posts: [heldAt('XC1'), ...some] })
const secondAtB = treated({}, { person: 'T2', role: 'treating', org: org('XB1'), posts: [heldAt('XB1')] })
const personal = (...personalTies: NonNullable<NonNullable<PairOver['candidate']>['personalTies']>) =>
  candidate({ personalTies })
const tied = (kind: 'relative' | 'close-friend' | 'former-partner' | 'neighbour' | 'acquaintance', who = 'T1') =>
  personal({ with: who, kind, ...always })
const managed = (kind: 'manages' | 'appraised-by' | 'unsure', who: string, period = always as object) =>
  candidate({ managementTies: [{ with: who, kind, ...always, ...period }] })
const trained = (kind: 'trainee-of' | 'trainer-of' | 'phd-student-of' | 'co-trainee', to: CalendarDate, who = 'T1') =>
  candidate({ trainingTies: [{ with: who, kind, ...until(to) }] })
const teamed = (kind: 'mdt' | 'rota' | 'forum' | 'single-meeting', period = always as object) =>
  candidate({ teams: [{ id: 'team-a', kind, ...always, ...period }] })
const holding = (over: object) =>
  ({
    company: 'CO1',
    kind: 'company',
    role: 'stake',
    sharePercent: 12,
    ...always,
    ...over,
  }) as const
const business = (over: object): PairOver => candidate({ business: [holding(over)] })
const notContested = request({ products: [{ id: 'P1', maker: 'CO1', isContested: false }] })
const patent = candidate({ patents: [{ product: 'P1', isInventor: true, ...always }] })
const trial = (over: object) => candidate({ trialRoles: [{ trial: 'TR1', leads: true, ...always, ...over }] })
const receiving = (kind: 'transfer' | 'elective-surgery' | 'treatment-choice', place = 'XC1') =>
  request({ question: { kind, wouldReceive: [org(place)] } })
const witness = (over: object) =>
  candidate({ expertWitness: [{ matter: 'other', against: org('XA1'), isLikely: true, on: today, ...over }] })
const paper = (id: string, on: CalendarDate, over: object = {}) =>
  ({
    id,
    sameWork: [id],
    kind: 'paper',
    on,
    authorCount: 4,
    authors: ['candidate', 'T1'],
    confirmed: true,
    ...over,
  }) as const
const papers = (...publications: readonly ReturnType<typeof paper>[]) => candidate({ publications })
const grant = (to: CalendarDate, who = 'T1') =>
  candidate({
    grants: [
      {
        id: 'G1',
        holders: [
          { person: 'candidate', ...until(to) },
          { person: who, ...until(today) },
        ],
      },
    ],
  })
const committee = (kind: string, theirs = always as object) =>
  together(
    treated({ committees: [{ id: 'a-college', kind, ...always, ...theirs }] }),
    candidate({ committees: [{ id: 'a-college', kind, ...always }] }),
  )
const opinions = (count: number, over: object = {}): NonNullable<PairOver['history']> =>
  Array.from({ length: count }, (_, at) => ({
    id: `${JSON.stringify(over)}${at}`,
    on: today,
    opinionBy: 'candidate',
    opinionUnit: null,
    requestedBy: 'T1',
    requestingUnit: null,
    requestingOrg: org('XA1'),
    ...over,
  }))
const byOthers = { opinionBy: 'X9', requestedBy: 'X8' }
const dispute = (over: object) => candidate({ disputes: [{ with: 'requester', status: null, ...always, ...over }] })
const applied = (on: CalendarDate) => candidate({ recruitment: [{ org: org('XA1'), with: null, on }] })
const role = (over: object) =>
  candidate({ outsideRoles: [{ linkedTrust: 'none', fundsThisFamily: false, ...always, ...over }] })
const paid = (pounds: number, on: CalendarDate, company = 'CO1') => ({ company, pounds, on })
const associate = (over: object) =>
  candidate({
    associates: [
      {
        isClose: true,
        business: [],
        patents: [],
        trialRoles: [],
        payments: [],
        outsideRoles: [],
        recruitment: [],
        ...over,
      },
    ],
  })
const staffed = (over: object) => request({ staff: [aBroker(over)] })
const companion = (over: object) => ({
  person: 'advocate',
  isActing: true,
  isFamilyMember: false,
  personalTies: [],
  ...over,
})
const board = (count: number, conflicted: number, chair = false): PairOver => ({
  ...request({ opinion: 'mdt' }),
  ...candidate({
    kind: 'mdt',
    members: Array.from({ length: count }, (_, at) => ({
      person: `M${at}`,
      isChair: at === count - 1,
      isConflicted: at < conflicted || (chair && at === count - 1),
      personalTies: [],
      teams: [],
    })),
  }),
})
const resident = candidate({ grade: 'resident' })

// Today is 15 June 2026; what is due at the last stage is due.
const examples: Readonly<Record<string, readonly Example[]>> = {
  'C01 at offer': [
    ['a post there now', posts(heldAt('XA1')), 'BAR'],
    ['an honorary post there', posts(heldAt('XA1', { kind: 'honorary' })), 'BAR'],
    ['bank shifts there that ended 12 months ago to the day', posts(heldAt('XA1', until(day('2025-06-15')))), 'BAR'],
    ['a post that ended the day after that', posts(heldAt('XA1', until(day('2025-06-16')))), 'BAR'],
    ['a post that ended the day before that', posts(heldAt('XA1', until(day('2025-06-14')))), 'silent'],
    ['a locum post that starts today', posts(heldAt('XA1', { kind: 'locum', from: today })), 'BAR'],
    ['a post that starts tomorrow', posts(heldAt('XA1', { from: tomorrow })), 'silent'],
    ['a post at the trust before it merged into this one', posts(heldAt('XA0', until(day('2025-12-31')))), 'BAR'],
    ['a university post on a ward there', posts(heldAt('XU1', { kind: 'academic', site: org('XA101') })), 'BAR'],
    ['a post where another treating consultant is employed', together(posts(heldAt('XB1')), secondAtB), 'BAR'],
    ['the same where nobody else treats', posts(heldAt('XB1')), 'silent'],
    ['a post there of which nobody knows the end', posts(heldAt('XA1', { to: null })), 'UNKNOWN'],
    ['a post there that ends before it starts', posts(heldAt('XA1', { from: today, to: yesterday })), 'UNKNOWN'],
    ['a post at a trust of which nobody knows what became', posts(heldAt('XZ1')), 'UNKNOWN'],
    ['posts that nobody asked about', candidate({ posts: null }), 'UNKNOWN'],
    ['posts confirmed 12 months ago to the day', candidate({ postsConfirmedOn: day('2025-06-15') }), 'silent'],
    ['posts confirmed the day before that', candidate({ postsConfirmedOn: day('2025-06-14') }), 'UNKNOWN'],
    ['the employer of a treating consultant unknown', treated({ org: null, posts: [] }), 'UNKNOWN'],
  ],
  'C02 at offer': [
    ['a visiting clinic on the site', posts(heldAt('XC1', { kind: 'visiting', site: org('XA101') })), 'BAR'],
    [
      'outreach on the site that ends today',
      candidate({ sitesWorked: [{ site: org('XA101'), ...until(today) }] }),
      'BAR',
    ],
    ['the same, ended yesterday', candidate({ sitesWorked: [{ site: org('XA101'), ...until(yesterday) }] }), 'silent'],
    ['the site under its other code', candidate({ sitesWorked: [{ site: org('XA1AA'), ...always }] }), 'BAR'],
    ['another site of the same trust', candidate({ sitesWorked: [{ site: org('XA102'), ...always }] }), 'silent'],
    ['the child seen nowhere yet', together(request({ sites: [] }), candidate({ sitesWorked: null })), 'silent'],
    ['sites nobody asked about', candidate({ sitesWorked: null }), 'UNKNOWN'],
  ],
  'C03 at offer': [
    ['a trust in the same group', posts(heldAt('XG1')), 'MANAGE'],
    ['a trust that announced today to merge with it', posts(heldAt('XM1')), 'MANAGE'],
    ['the same, judged the day before it was announced', { asOf: yesterday, ...posts(heldAt('XM1')) }, 'silent'],
    ['a trust in no group', posts(heldAt('XB1')), 'silent'],
    ['a post in the group that ended yesterday', posts(heldAt('XG1', until(yesterday))), 'silent'],
  ],
  'C04 at offer': [
    ['left 12 months and a day ago', posts(heldAt('XA1', until(day('2025-06-14')))), 'MANAGE'],
    ['left 12 months ago to the day, which is C01', posts(heldAt('XA1', until(day('2025-06-15')))), 'silent'],
    ['left five years ago to the day', posts(heldAt('XA1', until(day('2021-06-15')))), 'MANAGE'],
    ['left five years ago and a day', posts(heldAt('XA1', until(day('2021-06-14')))), 'NOTE'],
    [
      'left the trust of another treating consultant',
      together(posts(heldAt('XB1', until(day('2024-01-01')))), secondAtB),
      'MANAGE',
    ],
    ['left a trust that has nothing to do with it', posts(heldAt('XB1', until(day('2024-01-01')))), 'silent'],
    ['left it on a day that nobody knows', posts(heldAt('XA1', { to: null })), 'UNKNOWN'],
  ],
  'C05 at acceptance': [
    ['the clinician treated the child', candidate({ caseContact: [{ kind: 'treated', child: 'this' }] }), 'BAR'],
    ['was at an MDT about the child', candidate({ caseContact: [{ kind: 'mdt-attendance', child: 'this' }] }), 'BAR'],
    ['gave an earlier opinion', request({ earlierOpinions: [{ by: 'candidate' }] }), 'BAR'],
    ['is named in letters that the trust found', request({ lettersNaming: ['candidate'] }), 'BAR'],
    ['the requester says so', request({ requester: { treatedChild: 'yes' } }), 'BAR'],
    ['treated another child', candidate({ caseContact: [{ kind: 'treated', child: 'other' }] }), 'silent'],
    ['somebody else gave an earlier opinion', request({ earlierOpinions: [{ by: 'X1' }] }), 'silent'],
    ['is not sure', candidate({ caseContact: [{ kind: 'unsure', child: 'this' }] }), 'UNKNOWN'],
  ],
  'C05 at opening': [
    ['remembered when the name is shown', candidate({ opening: { C05: 'yes' } }), 'BAR'],
    ['remembered, though not declared before', candidate({ opening: { C05: 'yes' }, caseContact: [] }), 'BAR'],
    ['no again', {}, 'silent'],
    ['only another question is answered with yes', candidate({ opening: { C12: 'yes' } }), 'silent'],
    ['not sure', candidate({ opening: { C05: 'unsure' } }), 'UNKNOWN'],
  ],
  'C06 at acceptance': [
    [
      'spoken of with a treating doctor',
      candidate({ discussed: { answer: 'yes', with: 'T1', purpose: 'opinion' } }),
      'BAR',
    ],
    ['the requester says so', request({ requester: { discussed: 'yes' } }), 'BAR'],
    [
      'only for the urgency, where nobody answers for it',
      candidate({ discussed: { answer: 'yes', purpose: 'urgency-triage' } }),
      'BAR',
    ],
    [
      'only for the urgency of an immediate request, a clinical lead answering for it',
      {
        urgency: 'U0',
        ...candidate({ discussed: { answer: 'yes', purpose: 'urgency-triage' } }),
        ...request({
          overrides: [{ rule: 'C06', by: 'Dr Lead', role: 'clinical-lead', reason: 'no time', on: today }],
        }),
      },
      'MANAGE',
    ],
    [
      'the same, signed by a clinical lead for tomorrow',
      {
        urgency: 'U0',
        ...candidate({ discussed: { answer: 'yes', purpose: 'urgency-triage' } }),
        ...request({
          overrides: [{ rule: 'C06', by: 'Dr Lead', role: 'clinical-lead', reason: 'no time', on: tomorrow }],
        }),
      },
      'BAR',
    ],
    [
      'the same of a request that could wait',
      {
        urgency: 'U1',
        ...candidate({ discussed: { answer: 'yes', purpose: 'urgency-triage' } }),
        ...request({
          overrides: [{ rule: 'C06', by: 'Dr Lead', role: 'clinical-lead', reason: 'no time', on: today }],
        }),
      },
      'BAR',
    ],
    ['nobody spoke', {}, 'silent'],
    ['nobody spoke of an immediate request', { urgency: 'U0' }, 'silent'],
    ['the requester is not sure', request({ requester: { discussed: 'unsure' } }), 'UNKNOWN'],
  ],
  'C07 at acceptance': [
    ['manages the consultant until today', managed('manages', 'T1', until(today)), 'BAR'],
    ['is appraised by the consultant', managed('appraised-by', 'T1'), 'BAR'],
    [
      'the consultant says that the clinician appraises them',
      treated({ managementTies: [{ with: 'candidate', kind: 'appraised-by', ...always }] }),
      'BAR',
    ],
    ['managed the consultant until yesterday', managed('manages', 'T1', until(yesterday)), 'silent'],
    ['manages somebody else', managed('manages', 'X1'), 'silent'],
    ['not sure how it is', managed('unsure', 'T1'), 'UNKNOWN'],
  ],
  'C08 at acceptance': [
    ['in one MDT until today', teamed('mdt', until(today)), 'BAR'],
    ['on one rota', teamed('rota'), 'BAR'],
    ['in one MDT until yesterday', teamed('mdt', until(yesterday)), 'silent'],
    ['in one MDT from tomorrow', teamed('mdt', { from: tomorrow }), 'silent'],
    ['in another team', candidate({ teams: [{ id: 'team-c', kind: 'team', ...always }] }), 'silent'],
    ['teams nobody asked about', candidate({ teams: null }), 'UNKNOWN'],
  ],
  'C09 at offer': [
    ['in the same region', posts(heldAt('XN1')), 'NOTE'],
    [
      'in the same network, where two centres do the specialty',
      together(posts(heldAt('XW1')), request({ centres: 2 })),
      'MANAGE',
    ],
    ['the same, where three do', together(posts(heldAt('XW1')), request({ centres: 3 })), 'NOTE'],
    ['in another region', {}, 'silent'],
    ['a post in the region that ended yesterday', posts(heldAt('XN1', until(yesterday))), 'silent'],
    ['the same region, the centres uncounted', together(posts(heldAt('XN1')), request({ centres: null })), 'UNKNOWN'],
  ],
  'C10 at acceptance': [
    ['a pupil of the consultant, ten years ago to the day', trained('trainee-of', day('2016-06-15')), 'BAR'],
    ['their doctoral student, the day after that', trained('phd-student-of', day('2016-06-16')), 'BAR'],
    ['a pupil until the day before that', trained('trainee-of', day('2016-06-14')), 'silent'],
    ['taught the consultant', trained('trainer-of', day('2020-01-01')), 'MANAGE'],
    ['trained beside the consultant', trained('co-trainee', day('2020-01-01')), 'MANAGE'],
    [
      'the consultant says they taught the clinician',
      treated({ trainingTies: [{ with: 'candidate', kind: 'trainer-of', ...until(today) }] }),
      'BAR',
    ],
    ['taught somebody else', trained('trainer-of', day('2020-01-01'), 'X1'), 'silent'],
    ['ties nobody asked about', candidate({ trainingTies: null }), 'UNKNOWN'],
  ],
  'C11 at offer': [
    ['a resident after a consultant', resident, 'BAR'],
    [
      'a specialist who is on no specialist register',
      candidate({ grade: 'specialist', specialistRegister: [] }),
      'BAR',
    ],
    ['a specialist on the specialist register', candidate({ grade: 'specialist' }), 'silent'],
    ['a consultant, however new', {}, 'silent'],
    ['a resident as part of an MDT', together(resident, candidate({ role: 'mdt-contributor' })), 'silent'],
    ['a resident after a resident', together(resident, treated({ grade: 'resident' })), 'silent'],
    ['a grade nobody asked about', candidate({ grade: null }), 'UNKNOWN'],
  ],
  'C12 at acceptance': [
    ['a relative of the consultant', tied('relative'), 'BAR'],
    ['a former partner', personal({ with: 'T1', kind: 'former-partner', ...until(yesterday) }), 'BAR'],
    [
      'the consultant says they are friends',
      treated({ personalTies: [{ with: 'candidate', kind: 'close-friend', ...always }] }),
      'BAR',
    ],
    [
      'a friend of whoever gave an earlier opinion',
      together(tied('close-friend', 'X1'), request({ earlierOpinions: [{ by: 'X1' }] })),
      'BAR',
    ],
    ['friends until today', personal({ with: 'T1', kind: 'close-friend', ...until(today) }), 'BAR'],
    ['friends until yesterday', personal({ with: 'T1', kind: 'close-friend', ...until(yesterday) }), 'silent'],
    ['an acquaintance', tied('acquaintance'), 'silent'],
    ['a relative of a stranger', tied('relative', 'X1'), 'silent'],
    ['a tie nobody is sure of', personal({ with: 'T1', kind: 'unsure', ...always }), 'UNKNOWN'],
  ],
  'C12 at opening': [
    ['known when the names are shown', candidate({ opening: { C12: 'yes' } }), 'BAR'],
    ['known, beside what else was known', candidate({ opening: { C05: 'yes', C12: 'yes' } }), 'BAR'],
    ['no again', {}, 'silent'],
    ['only another question is answered with yes', candidate({ opening: { C13: 'yes' } }), 'silent'],
    ['not asked again', candidate({ opening: null }), 'UNKNOWN'],
  ],
  'C13 at acceptance': [
    ['a neighbour of the family', tied('neighbour', 'parent-1'), 'BAR'],
    ['a relative of the child', tied('relative', 'child'), 'BAR'],
    [
      'the family says so',
      request({ family: { ties: [{ with: 'candidate', kind: 'god-parent', ...always }] } }),
      'BAR',
    ],
    ['an acquaintance of a parent', tied('acquaintance', 'parent-1'), 'silent'],
    ['a neighbour until yesterday', personal({ with: 'parent-1', kind: 'neighbour', ...until(yesterday) }), 'silent'],
    ['a neighbour until today', personal({ with: 'parent-1', kind: 'neighbour', ...until(today) }), 'BAR'],
    ['the family was not asked', request({ family: { ties: null } }), 'UNKNOWN'],
  ],
  'C13 at opening': [
    ['known when the name is shown', candidate({ opening: { C13: 'yes' } }), 'BAR'],
    ['known, beside what else was known', candidate({ opening: { C12: 'yes', C13: 'yes' } }), 'BAR'],
    ['no again', {}, 'silent'],
    ['only another question is answered with yes', candidate({ opening: { C05: 'yes' } }), 'silent'],
    ['not sure', candidate({ opening: { C13: 'unsure' } }), 'UNKNOWN'],
  ],
  'C14 at acceptance': [
    ['ten percent of the maker', business({ sharePercent: 10 }), 'BAR'],
    [
      'a practice shared with the consultant until today',
      together(
        business({ company: 'CO9', kind: 'practice', role: 'partner' }),
        treated({ business: [holding({ company: 'CO9', kind: 'practice', role: 'partner', ...until(today) })] }),
      ),
      'BAR',
    ],
    [
      'the same until yesterday',
      together(
        business({ company: 'CO9', kind: 'practice', role: 'partner' }),
        treated({ business: [holding({ company: 'CO9', kind: 'practice', role: 'partner', ...until(yesterday) })] }),
      ),
      'silent',
    ],
    ['a little less than ten percent, which is C15', business({ sharePercent: 9.9 }), 'silent'],
    ['a share through a common fund', business({ kind: 'fund' }), 'silent'],
    ['a share of another firm', business({ company: 'CO2' }), 'silent'],
    ['a share of a size nobody knows', business({ sharePercent: null }), 'UNKNOWN'],
  ],
  'C15 at acceptance': [
    ['a little less than ten percent of the maker', business({ sharePercent: 9.9 }), 'BAR'],
    ['a paid adviser of the maker', business({ role: 'paid', sharePercent: null }), 'BAR'],
    [
      'the same of an option that is not the contested one',
      together(business({ role: 'paid', sharePercent: null }), notContested),
      'MANAGE',
    ],
    ['a paid adviser until yesterday', business({ role: 'paid', sharePercent: null, ...until(yesterday) }), 'silent'],
    ['a paid adviser of another firm', business({ company: 'CO2', role: 'paid' }), 'silent'],
    ['a little of a widely held firm', business({ kind: 'widely-held', sharePercent: 0.1 }), 'silent'],
    ['a share of a size nobody knows', business({ sharePercent: null }), 'UNKNOWN'],
  ],
  'C16 at acceptance': [
    ['invented the contested treatment', patent, 'BAR'],
    [
      'holds a patent on it until today',
      candidate({ patents: [{ product: 'P1', isInventor: false, ...until(today) }] }),
      'BAR',
    ],
    [
      'held one until yesterday',
      candidate({ patents: [{ product: 'P1', isInventor: false, ...until(yesterday) }] }),
      'silent',
    ],
    ['invented it, and gives factual input only', together(patent, candidate({ role: 'factual-input' })), 'NOTE'],
    ['invented what is not contested', together(patent, notContested), 'silent'],
    ['patents nobody asked about', candidate({ patents: null }), 'UNKNOWN'],
  ],
  'C17 at acceptance': [
    ['leads a trial the child could enter', trial({}), 'MANAGE'],
    ['leads it until today', trial(until(today)), 'MANAGE'],
    ['led it until yesterday', trial(until(yesterday)), 'silent'],
    ['takes part without leading it', trial({ leads: false }), 'silent'],
    [
      'leads one the child could not enter',
      together(trial({}), request({ trials: [{ id: 'TR1', childCouldEnter: false }] })),
      'silent',
    ],
    ['trials nobody asked about', candidate({ trialRoles: null }), 'UNKNOWN'],
  ],
  'C18 at acceptance': [
    ['works where the child would be transferred', receiving('transfer'), 'MANAGE'],
    ['works where the operation would be done', receiving('elective-surgery'), 'BAR'],
    ['works elsewhere', receiving('transfer', 'XB1'), 'silent'],
    [
      'worked there until yesterday',
      together(receiving('transfer'), candidate({ posts: [heldAt('XC1', until(yesterday))] })),
      'silent',
    ],
    ['nobody said who would receive it', request({ question: { wouldReceive: null } }), 'UNKNOWN'],
  ],
  'C19 at acceptance': [
    ['paid by a party', candidate({ paidBy: ['party'] }), 'BAR'],
    ['paid by a party beside others', candidate({ paidBy: ['neutral', 'party'] }), 'BAR'],
    ['paid by nobody', {}, 'silent'],
    ['paid by the broker of the opinion', candidate({ paidBy: ['neutral'] }), 'silent'],
    ['paid by nobody knows whom', candidate({ paidBy: ['unknown'] }), 'UNKNOWN'],
  ],
  'C20 at acceptance': [
    ['instructed in this case', witness({ matter: 'this-case', on: null }), 'BAR'],
    ['against this trust, 24 months ago to the day', witness({ on: day('2024-06-15') }), 'MANAGE'],
    ['the day after that', witness({ on: day('2024-06-16') }), 'MANAGE'],
    ['the day before that', witness({ on: day('2024-06-14') }), 'silent'],
    ['against another trust', witness({ against: org('XB1') }), 'silent'],
    ['asked, and said no', witness({ isLikely: false }), 'silent'],
    ['on a day nobody knows', witness({ on: null }), 'UNKNOWN'],
  ],
  'C21 at acceptance': [
    ['spoke in public of this case', candidate({ publicStatements: [{ about: 'this-case' }] }), 'BAR'],
    ['was found to have', request({ spokeInPublic: ['candidate'] }), 'BAR'],
    ['spoke of the topic', candidate({ publicStatements: [{ about: 'topic' }] }), 'silent'],
    ['somebody else was found to have', request({ spokeInPublic: ['X1'] }), 'silent'],
    ['nobody searched', request({ spokeInPublic: null }), 'UNKNOWN'],
  ],
  'C22 at acceptance': [
    ['strong advocacy as the sole opinion', candidate({ advocacy: [{ product: 'P1', strength: 'strong' }] }), 'MANAGE'],
    [
      'the same as one of an MDT',
      candidate({ role: 'mdt-contributor', advocacy: [{ product: 'P1', strength: 'strong' }] }),
      'NOTE',
    ],
    ['balanced writing', candidate({ advocacy: [{ product: 'P1', strength: 'balanced' }] }), 'silent'],
    ['strong on something else', candidate({ advocacy: [{ product: 'P2', strength: 'strong' }] }), 'silent'],
    ['a strength nobody judged', candidate({ advocacy: [{ product: 'P1', strength: null }] }), 'UNKNOWN'],
  ],
  'C23 at acceptance': [
    ['a joint paper three years ago to the day', papers(paper('W1', day('2023-06-15'))), 'MANAGE'],
    ['the day after that', papers(paper('W1', day('2023-06-16'))), 'MANAGE'],
    ['the day before that', papers(paper('W1', day('2023-06-14'))), 'NOTE'],
    [
      'five older papers',
      papers(...['W1', 'W2', 'W3', 'W4', 'W5'].map((id) => paper(id, day('2015-01-01')))),
      'MANAGE',
    ],
    [
      'four, one of them under a second id',
      papers(
        ...['W1', 'W2', 'W3', 'W4'].map((id) => paper(id, day('2015-01-01'))),
        paper('W9', day('2015-01-01'), { sameWork: ['W9', 'W1'] }),
      ),
      'NOTE',
    ],
    ['a grant held together until three years ago to the day', grant(day('2023-06-15')), 'MANAGE'],
    ['until the day before that', grant(day('2023-06-14')), 'NOTE'],
    ['a grant with somebody else', grant(today, 'X1'), 'silent'],
    ['a paper of 30 authors', papers(paper('W1', today, { authorCount: 30 })), 'MANAGE'],
    ['of 31, a consortium', papers(paper('W1', today, { authorCount: 31 })), 'silent'],
    ['a paper that the clinician says is not theirs', papers(paper('W1', today, { confirmed: false })), 'silent'],
    ['one they were not asked about', papers(paper('W1', today, { confirmed: null })), 'UNKNOWN'],
  ],
  'C24 at acceptance': [
    ['on one guideline group', committee('guideline'), 'NOTE'],
    ['on one College committee until today', committee('college-committee', until(today)), 'NOTE'],
    ['until yesterday', committee('college-committee', until(yesterday)), 'silent'],
    ['fellows of one College', committee('fellowship'), 'silent'],
    ['on none', {}, 'silent'],
    [
      'committees of the consultant nobody asked about',
      together(committee('guideline'), treated({ committees: null })),
      'UNKNOWN',
    ],
  ],
  'C25 at offer': [
    ['three opinions for one consultant', { history: opinions(3) }, 'MANAGE'],
    [
      'two in one direction and one in the other',
      { history: [...opinions(2), ...opinions(1, { opinionBy: 'T1', requestedBy: 'candidate' })] },
      'MANAGE',
    ],
    [
      'three between the two units',
      { history: opinions(3, { ...byOthers, opinionUnit: 'XC1', requestingUnit: 'XA1' }) },
      'MANAGE',
    ],
    ['two', { history: opinions(2) }, 'silent'],
    [
      'the third 24 months ago to the day',
      { history: [...opinions(2), ...opinions(1, { on: day('2024-06-15') })] },
      'MANAGE',
    ],
    [
      'the third the day before that',
      { history: [...opinions(2), ...opinions(1, { on: day('2024-06-14') })] },
      'silent',
    ],
    ['the third on a day nobody knows', { history: [...opinions(2), ...opinions(1, { on: null })] }, 'UNKNOWN'],
    [
      'two dated between people, and between their units one dated and two that are not',
      {
        history: [
          ...opinions(2),
          ...opinions(1, { ...byOthers, opinionUnit: 'XC1', requestingUnit: 'XA1' }),
          ...opinions(2, { ...byOthers, opinionUnit: 'XC1', requestingUnit: 'XA1', on: null }),
        ],
      },
      'UNKNOWN',
    ],
    ['no history kept', { history: null }, 'silent'],
  ],
  'C26 at offer': [
    ['two of five opinions of the requester', { history: [...opinions(2), ...opinions(3, byOthers)] }, 'NOTE'],
    ['four of ten', { history: [...opinions(4), ...opinions(6, byOthers)] }, 'NOTE'],
    ['three of ten, which is thirty percent', { history: [...opinions(3), ...opinions(7, byOthers)] }, 'silent'],
    ['two of four', { history: [...opinions(2), ...opinions(2, byOthers)] }, 'silent'],
    [
      'the fifth 24 months ago to the day',
      { history: [...opinions(2), ...opinions(2, byOthers), ...opinions(1, { ...byOthers, on: day('2024-06-15') })] },
      'NOTE',
    ],
    [
      'the fifth the day before that',
      { history: [...opinions(2), ...opinions(2, byOthers), ...opinions(1, { ...byOthers, on: day('2024-06-14') })] },
      'silent',
    ],
    [
      'the fifth on a day nobody knows',
      { history: [...opinions(2), ...opinions(2, byOthers), ...opinions(1, { ...byOthers, on: null })] },
      'UNKNOWN',
    ],
    ['no history kept', { history: null }, 'silent'],
  ],
  'C27 at acceptance': [
    ['a grievance with the trust until today', dispute(until(today)), 'BAR'],
    ['a live complaint of the family', dispute({ with: 'family', status: 'live' }), 'BAR'],
    [
      'the requester says so',
      request({ requester: { disputes: [{ with: 'candidate', status: 'live', ...always }] } }),
      'BAR',
    ],
    ['a grievance until yesterday', dispute(until(yesterday)), 'silent'],
    ['closed', dispute({ status: 'closed' }), 'silent'],
    ['with a stranger', dispute({ with: 'X1' }), 'silent'],
    ['with nobody knows whom', dispute({ with: null }), 'UNKNOWN'],
  ],
  'C28 at acceptance': [
    ['applied there six months ago to the day', applied(day('2025-12-15')), 'MANAGE'],
    ['the day after that', applied(day('2025-12-16')), 'MANAGE'],
    ['the day before that', applied(day('2025-12-14')), 'silent'],
    ['recruits the consultant', candidate({ recruitment: [{ org: null, with: 'T1', on: today }] }), 'MANAGE'],
    ['applied elsewhere', candidate({ recruitment: [{ org: org('XB1'), with: null, on: today }] }), 'silent'],
    ['on a day nobody knows', candidate({ recruitment: [{ org: org('XA1'), with: null, on: null }] }), 'UNKNOWN'],
  ],
  'C29 at acceptance': [
    ['a governor of the requesting trust until today', role({ linkedTrust: org('XA1'), ...until(today) }), 'MANAGE'],
    ['a trustee of a charity that funds the family', role({ fundsThisFamily: true }), 'MANAGE'],
    ['a governor until yesterday', role({ linkedTrust: org('XA1'), ...until(yesterday) }), 'silent'],
    ['a governor of another trust', role({ linkedTrust: org('XB1') }), 'silent'],
    ['a charity nobody asked about', role({ fundsThisFamily: null }), 'UNKNOWN'],
  ],
  'C30 at acceptance': [
    ['GBP 1,000 twelve months ago to the day', candidate({ payments: [paid(1000, day('2025-06-15'))] }), 'MANAGE'],
    ['the day before that', candidate({ payments: [paid(1000, day('2025-06-14'))] }), 'NOTE'],
    ['the day after that', candidate({ payments: [paid(1000, day('2025-06-16'))] }), 'MANAGE'],
    ['GBP 600 and 400 this year', candidate({ payments: [paid(600, today), paid(400, yesterday)] }), 'MANAGE'],
    ['GBP 999', candidate({ payments: [paid(999, today)] }), 'NOTE'],
    ['36 months ago to the day', candidate({ payments: [paid(5000, day('2023-06-15'))] }), 'NOTE'],
    ['the day before that', candidate({ payments: [paid(5000, day('2023-06-14'))] }), 'silent'],
    ['from another firm', candidate({ payments: [paid(5000, today, 'CO2')] }), 'silent'],
    ['a sum nobody knows', candidate({ payments: [{ company: 'CO1', pounds: null, on: today }] }), 'UNKNOWN'],
  ],
  'C31 at acceptance': [
    ['an associate owns a large part of the maker', associate({ business: [holding({ sharePercent: 10 })] }), 'MANAGE'],
    ['an associate leads a trial', associate({ trialRoles: [{ trial: 'TR1', leads: true, ...always }] }), 'NOTE'],
    [
      'an associate applied there six months ago to the day',
      associate({ recruitment: [{ org: org('XA1'), with: null, on: day('2025-12-15') }] }),
      'NOTE',
    ],
    ['a note in own hands is nothing at one remove', associate({ payments: [paid(999, today)] }), 'silent'],
    ['somebody who is not close', associate({ isClose: false, business: [holding({})] }), 'silent'],
    ['associates without interests', associate({}), 'silent'],
    ['associates nobody asked about', candidate({ associates: null }), 'UNKNOWN'],
  ],
  'C32 at offer': [
    [
      'a broker related to the clinician',
      staffed({ personalTies: [{ with: 'candidate', kind: 'relative', ...always }] }),
      'BAR',
    ],
    ['a broker who treated the child', staffed({ treatedThisChild: 'yes' }), 'BAR'],
    [
      'a broker who lives next to the family',
      staffed({ personalTies: [{ with: 'parent-1', kind: 'neighbour', ...always }] }),
      'BAR',
    ],
    [
      'a broker trained by the clinician ten years ago to the day',
      staffed({ trainingTies: [{ with: 'candidate', kind: 'trainee-of', ...until(day('2016-06-15')) }] }),
      'BAR',
    ],
    [
      'until the day before that',
      staffed({ trainingTies: [{ with: 'candidate', kind: 'trainee-of', ...until(day('2016-06-14')) }] }),
      'silent',
    ],
    ['one who does not act', staffed({ isActing: false, treatedThisChild: 'yes' }), 'silent'],
    ['one who knows nobody', {}, 'silent'],
    ['one who was not asked', staffed({ treatedThisChild: null }), 'UNKNOWN'],
  ],
  'C33 at offer': [
    [
      'an advocate related to the clinician',
      request({ advocate: companion({ personalTies: [{ with: 'candidate', kind: 'relative', ...always }] }) }),
      'BAR',
    ],
    [
      'an interpreter of the family',
      request({ interpreter: companion({ person: 'interpreter', isFamilyMember: true }) }),
      'BAR',
    ],
    ['an advocate of the family', request({ advocate: companion({ isFamilyMember: true }) }), 'silent'],
    [
      'an interpreter who does not act',
      request({ interpreter: companion({ isActing: false, isFamilyMember: true }) }),
      'silent',
    ],
    ['an advocate who was not asked', request({ advocate: companion({ personalTies: null }) }), 'UNKNOWN'],
  ],
  'C34 at offer': [
    ['four of nine members', board(9, 4), 'BAR'],
    ['the chair', board(9, 0, true), 'BAR'],
    ['three of nine, a third, who recuse themselves', board(9, 3), 'NOTE'],
    ['nobody', board(9, 0), 'silent'],
    ['no MDT', {}, 'silent'],
    ['members nobody named', { ...request({ opinion: 'mdt' }), ...candidate({ kind: 'mdt' }) }, 'UNKNOWN'],
  ],
  'C35 at offer': [
    ['signed 12 months ago and a day', candidate({ standingDeclaration: day('2025-06-14') }), 'BAR'],
    ['dated tomorrow', candidate({ standingDeclaration: tomorrow }), 'BAR'],
    ['asked for, and not there', candidate({ standingDeclaration: 'unsigned' }), 'BAR'],
    ['signed 12 months ago to the day', candidate({ standingDeclaration: day('2025-06-15') }), 'silent'],
    ['the day after that', candidate({ standingDeclaration: day('2025-06-16') }), 'silent'],
    ['signed today', candidate({ standingDeclaration: today }), 'silent'],
    ['nobody asked', candidate({ standingDeclaration: null }), 'UNKNOWN'],
  ],
  'C35 at acceptance': [
    ['signed the day before asking', candidate({ caseDeclaration: day('2026-06-07') }), 'BAR'],
    ['dated tomorrow', candidate({ caseDeclaration: tomorrow }), 'BAR'],
    ['without a date', candidate({ caseDeclaration: 'unsigned' }), 'BAR'],
    ['signed on the day of asking', candidate({ caseDeclaration: day('2026-06-08') }), 'silent'],
    ['signed today', candidate({ caseDeclaration: today }), 'silent'],
    ['nobody asked', candidate({ caseDeclaration: null }), 'UNKNOWN'],
    ['the day of asking unknown', request({ instructedOn: null }), 'UNKNOWN'],
  ],
  'C36 at offer': [
    ['suspended', candidate({ registration: { status: 'suspended' } }), 'BAR'],
    ['no licence', candidate({ registration: { hasLicence: false } }), 'BAR'],
    ['an interim order', candidate({ registration: { hasInterimOrder: true } }), 'BAR'],
    [
      'conditions on this field until today',
      candidate({ registration: { conditions: [{ affectsScope: true, ...until(today) }] } }),
      'BAR',
    ],
    [
      'until yesterday',
      candidate({ registration: { conditions: [{ affectsScope: true, ...until(yesterday) }] } }),
      'silent',
    ],
    [
      'conditions on another field',
      candidate({ registration: { conditions: [{ affectsScope: false, ...always }] } }),
      'silent',
    ],
    ['a warning', candidate({ registration: { warnings: [always] } }), 'MANAGE'],
    ['checked 12 months ago to the day', candidate({ registration: { checkedOn: day('2025-06-15') } }), 'silent'],
    ['the day before that', candidate({ registration: { checkedOn: day('2025-06-14') } }), 'UNKNOWN'],
    ['the day after that', candidate({ registration: { checkedOn: day('2025-06-16') } }), 'silent'],
    ['never checked', candidate({ registration: null }), 'UNKNOWN'],
  ],
  'C37 at offer': [
    ['on another specialist register', candidate({ specialistRegister: ['dermatology'] }), 'BAR'],
    [
      'last practised 24 months ago and a day',
      candidate({ practice: [{ tfc: neurology, lastOn: day('2024-06-14') }] }),
      'BAR',
    ],
    ['24 months ago to the day', candidate({ practice: [{ tfc: neurology, lastOn: day('2024-06-15') }] }), 'silent'],
    ['the day after that', candidate({ practice: [{ tfc: neurology, lastOn: day('2024-06-16') }] }), 'silent'],
    ['on no register, as part of an MDT', candidate({ role: 'mdt-contributor', specialistRegister: [] }), 'silent'],
    ['practice nobody asked about', candidate({ practice: null }), 'UNKNOWN'],
  ],
  'C38 at offer': [
    ['registered in Ireland', candidate({ registration: { country: 'ireland' } }), 'MANAGE'],
    ['with another regulator', candidate({ registration: { body: 'GDC' } }), 'MANAGE'],
    ['with the GMC in Scotland', candidate({ registration: { country: 'scotland' } }), 'silent'],
    ['with the GMC in the United Kingdom', {}, 'silent'],
    ['nobody knows where', candidate({ registration: { country: null } }), 'UNKNOWN'],
  ],
  'C39 at offer': [
    ['no cover', candidate({ indemnity: { route: 'none' } }), 'BAR'],
    ['cover that lapsed yesterday', candidate({ indemnity: { validTo: yesterday } }), 'BAR'],
    ['an employer who objects', candidate({ indemnity: { employerView: 'objects' } }), 'BAR'],
    ['cover that ends today', candidate({ indemnity: { validTo: today } }), 'silent'],
    ['own cover, no employer to ask', candidate({ indemnity: { route: 'own', employerView: 'not-needed' } }), 'silent'],
    ['cover nobody asked about', candidate({ indemnity: null }), 'UNKNOWN'],
  ],
  'C40 at report': [
    ['read the first opinion before', candidate({ pack: { firstOpinionOpenedAt: '2026-06-10' } }), 'NOTE'],
    ['read it and wrote nothing down', candidate({ pack: { ownViewAt: null } }), 'NOTE'],
    ['read it after', {}, 'silent'],
    [
      'read it where the route was open',
      together(candidate({ pack: { ownViewAt: null } }), request({ isBlinded: false })),
      'silent',
    ],
    ['no log', candidate({ pack: null }), 'UNKNOWN'],
  ],
  'C42 at offer': [
    ['one case more than agreed', candidate({ capacity: { open: 3 } }), 'NOTE'],
    ['a case where none was agreed', candidate({ capacity: { open: 1, cap: 0 } }), 'NOTE'],
    ['as many as agreed', candidate({ capacity: { open: 2 } }), 'silent'],
    ['none in hand', {}, 'silent'],
    ['nothing agreed', candidate({ capacity: { cap: null } }), 'UNKNOWN'],
  ],
  'C43 at offer': [
    ['named by the family', request({ family: { objectsTo: ['candidate'] } }), 'BAR'],
    ['the family has lost confidence', request({ family: { lossOfConfidenceIn: ['X1', 'candidate'] } }), 'BAR'],
    ['the family objects to this clinician', request({ family: { view: 'objects' } }), 'BAR'],
    ['another named', request({ family: { objectsTo: ['X1'] } }), 'silent'],
    ['the family not asked about this one name', request({ family: { view: 'not-asked' } }), 'silent'],
    ['the family was never asked', request({ family: { objectsTo: null } }), 'UNKNOWN'],
  ],
}

for (const [row, list] of Object.entries(examples)) {
  describe(`${row} weighs`, () => {
    test.each(list)('%s', (_, given, weighs) => {
      expect(weightsOf(row, given)).toEqual(weighs === 'silent' ? [] : [weighs])
    })
  })
}

/** What looks back, dated: its weight the day before the boundary, on it and the day after. */
type Dated = (on: CalendarDate, asOf: CalendarDate) => PairOver
const dated: Readonly<Record<string, readonly [Dated, before: Weighs, onward: Weighs]>> = {
  'C01 at offer': [
    (on, asOf) => together(posts(heldAt('XA1', until(on))), candidate({ postsConfirmedOn: asOf })),
    'silent',
    'BAR',
  ],
  'C04 at offer': [(on) => posts(heldAt('XA1', until(on))), 'NOTE', 'MANAGE'],
  'C10 at acceptance': [(on) => trained('trainee-of', on), 'silent', 'BAR'],
  'C20 at acceptance': [(on) => witness({ on }), 'silent', 'MANAGE'],
  'C23 at acceptance': [(on) => papers(paper('W1', on)), 'NOTE', 'MANAGE'],
  'C25 at offer': [(on) => ({ history: opinions(3, { on }) }), 'silent', 'MANAGE'],
  'C26 at offer': [(on) => ({ history: opinions(5, { on }) }), 'silent', 'NOTE'],
  'C28 at acceptance': [applied, 'silent', 'MANAGE'],
  'C30 at acceptance': [(on) => candidate({ payments: [paid(10, on)] }), 'silent', 'NOTE'],
  'C35 at offer': [(on) => candidate({ standingDeclaration: on }), 'BAR', 'silent'],
  'C36 at offer': [(on) => candidate({ registration: { checkedOn: on } }), 'UNKNOWN', 'silent'],
  'C37 at offer': [(on) => candidate({ practice: [{ tfc: neurology, lastOn: on }] }), 'BAR', 'silent'],
}

describe('a row that looks back', () => {
  const looking = rules.filter(({ lookBackMonths }) => lookBackMonths !== null)

  test.each(looking.map((row) => [rowName(row), row] as const))('%s does so to the day', (name, { lookBackMonths }) => {
    const [given, before, onward] = dated[name] ?? []
    if (!given) throw new Error(`${name} looks back, and nothing dated is judged by it`)
    // Leap days apart, a look-back is the same whatever the day it starts from.
    for (const asOf of [today, day('2027-02-28'), day('2028-02-29'), day('2026-12-31')]) {
      const boundary = addMonths(asOf, -(lookBackMonths ?? 0))
      const weighs = [addDays(boundary, -1), boundary, addDays(boundary, 1)].map((on) => {
        const [weight = 'silent'] = weightsOf(name, { asOf, ...given(on, asOf) })
        return weight
      })
      expect(weighs, asOf).toEqual([before, onward, onward])
    }
  })
})

// The stages as the rules name them, and C32 to C34 with the first step at which somebody acts.
const settled: Readonly<Record<Stage, readonly number[]>> = {
  offer: [1, 2, 3, 4, 9, 11, 25, 26, 32, 33, 34, 35, 36, 37, 38, 39, 42, 43],
  acceptance: [5, 6, 7, 8, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 27, 28, 29, 30, 31, 35],
  opening: [5, 12, 13],
  report: [40],
}

describe('the rows', () => {
  test('are one for each rule and stage that the rules name, values among none (C41, C44 being no rules)', () => {
    const named = stages.flatMap((settledBy) =>
      settled[settledBy].map((number) => rowName({ id: `C${String(number).padStart(2, '0')}`, settledBy })),
    )
    expect(rules.map(rowName).toSorted()).toEqual(named.toSorted())
  })

  test.each(rules.map(rowName))('%s has two examples that fire and two that do not', (row) => {
    const list = examples[row] ?? []
    const fires = ([, , weighs]: Example) => severities.some((one) => one === weighs)
    expect(list.filter(fires).length).toBeGreaterThanOrEqual(2)
    expect(list.filter(([, , weighs]) => weighs === 'silent').length).toBeGreaterThanOrEqual(2)
  })

  test.each(rules.map((row) => [rowName(row), row] as const))(
    '%s says where it comes from, and fills its words',
    (_, row) => {
      expect(row.source).toMatch(/S-[A-Z]|\[I\]/)
      const placeholders = `${row.sentence} ${row.familySentence}`.match(/\{[^}]*\}/g) ?? []
      const fillable = row.lookBackMonths === null ? ['{fact}'] : ['{fact}', '{months}']
      expect(placeholders.filter((one) => !fillable.includes(one))).toEqual([])
    },
  )

  test('leave nothing to be filled in, in words for clinicians and families alike', () => {
    for (const [, given] of Object.values(examples).flat()) {
      for (const { sentence, familySentence } of judged(aPair(given)).findings) {
        expect(`${sentence} ${familySentence}`).not.toMatch(/[{}]|null|undefined|\[object/)
        expect(familySentence).not.toMatch(/\b(candidate|T1|C\d\d)\b/)
      }
    }
  })

  test('do not parse with a condition nobody can judge', () => {
    const [first] = rules
    expect(() => parseRules([{ ...first, condition: { kind: 'horoscope' } }])).toThrow()
    expect(() => parseRules([{ ...first, condition: { kind: 'shared-site', more: 1 } }])).toThrow()
    expect(() => parseRules([{ ...first, from: '2024-02-30' }])).toThrow()
  })
})

describe('values and conscience (C41)', () => {
  test('are no fact of a pair, and so cannot weigh', () => {
    expect(JSON.stringify(aPair().candidate)).not.toMatch(/values|conscience|belief|religion/i)
    expect(rules.some(({ id }) => id === 'C41')).toBe(false)
  })
})

describe('the route for when only conflicted experts are left (C44)', () => {
  const signed = [
    { name: 'Dr Lead', role: 'network-clinical-lead' },
    { name: 'Dr Director', role: 'medical-director' },
  ]
  const proof = {
    result: 'none-other',
    on: today,
    hasSecondOpinion: true,
    hasOverseasOpinion: false,
    hasEthicsNote: true,
    approvedBy: signed,
  } as const
  const barredBy = (given: PairOver) => judged(aPair(given))
  const mendable = () => barredBy(posts(heldAt('XA1')))

  test.each([
    ['with a second opinion', proof],
    ['with an overseas opinion', { ...proof, hasSecondOpinion: false, hasOverseasOpinion: true }],
  ])('is open past a mendable bar %s', (_, given) => {
    expect(routeFor(mendable(), given, neverMended)).toBe('open')
  })

  test.each([
    ['others are left', { ...proof, result: 'others-available' }],
    ['the search has no day', { ...proof, on: null }],
    ['neither opinion is arranged', { ...proof, hasSecondOpinion: false }],
    ['there is no ethics note', { ...proof, hasEthicsNote: false }],
    ['one of the two has not signed', { ...proof, approvedBy: signed.slice(1) }],
    ['one person signed as both', { ...proof, approvedBy: signed.map((one) => ({ ...one, name: 'Dr Both' })) }],
    ['nobody signed', { ...proof, approvedBy: null }],
  ] as const)('is closed where %s', (_, given) => {
    expect(routeFor(mendable(), given, neverMended)).toBe('closed')
  })

  test.each(neverMended)('never leads past %s', (rule) => {
    const firing = Object.entries(examples).flatMap(([row, list]) =>
      row.startsWith(rule) ? list.filter(([, , weighs]) => weighs === 'BAR') : [],
    )
    expect(firing.length).toBeGreaterThan(0)
    for (const [story, given] of firing) expect(routeFor(barredBy(given), proof, neverMended), story).toBe('closed')
  })

  test('never leads past what is not known, and is not in question without a bar or a search', () => {
    expect(routeFor(barredBy(candidate({ grade: null })), proof, neverMended)).toBe('closed')
    expect(routeFor(barredBy({}), proof, neverMended)).toBe('none')
    expect(routeFor(mendable(), null, neverMended)).toBe('none')
  })
})
