import type { GmcNumber } from '@concord/domain/ids'
import type { Assessment, Finding } from '@concord/domain/independence/verdict'
import {
  aConsultant,
  aDeclaration,
  aPost,
  aStranger,
  assessing,
  at,
  type Case,
  day,
  gmc,
  neurology,
  noTies,
  openingAnswers,
  org,
} from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { parseRules } from './rule-row.ts'
import { rules } from './rules.ts'

const assessed = assessing(rules)

/** How heavily a rule weighs in an assessment: the settled severities, or UNKNOWN. */
const weightOf = ({ findings }: Assessment, rule: string): readonly Finding['severity'][] =>
  findings.filter((finding) => finding.rule === rule).map(({ severity }) => severity)

type Example = readonly [story: string, given: Case, weighs: Finding['severity'] | 'silent']

const registration = aStranger().registration
const indemnity = aStranger().indemnity
const registered = (over: Partial<NonNullable<typeof registration>>): Case =>
  registration ? { candidate: { registration: { ...registration, ...over } } } : {}
const covered = (over: Partial<NonNullable<typeof indemnity>>): Case =>
  indemnity ? { candidate: { indemnity: { ...indemnity, ...over } } } : {}
const post = (...over: Parameters<typeof aPost>): Case => ({ candidate: { posts: [aPost(), aPost(...over)] } })
const there = { org: org('XA1'), site: 'none' } as const
const elsewhere = { org: org('XC1'), site: 'none' } as const
const declared = (over: Parameters<typeof aDeclaration>[0]): Case => ({
  stage: 'acceptance',
  declaration: aDeclaration(over),
})
const tied = (over: Parameters<typeof noTies>[0]): Case => declared({ consultants: [noTies(over)] })
const opened = (over: Parameters<typeof openingAnswers>[0]): Case => ({
  stage: 'opening',
  declaration: aDeclaration(),
  opening: openingAnswers(over),
})
const treatedBy = (treating: ReturnType<typeof aConsultant>, then: Case): Case => ({
  ...then,
  request: { treating: [treating] },
})
const taught = (kind: 'trainee-of' | 'trainer-of', to: string, whom: GmcNumber = gmc(901)): Case => ({
  candidate: { trainingTies: [{ with: whom, kind, from: day('2010-01-01'), to: day(to) }] },
})
const managed = (to: string, whom: GmcNumber = gmc(901)): Case => ({
  candidate: { managementTies: [{ with: whom, kind: 'appraises', from: day('2020-01-01'), to: day(to) }] },
})
const team = (from: string, to: string) => ({ team: 'north-mdt', kind: 'mdt', from: day(from), to: day(to) }) as const
const together = (theirs: ReturnType<typeof team>): Case =>
  treatedBy(aConsultant({ teams: [theirs] }), { candidate: { teams: [team('2020-01-01', '2026-12-31')] } })

// Today is 15 June 2026.
const examples: Readonly<Record<string, readonly Example[]>> = {
  C01: [
    ['a post there now', post(there), 'BAR'],
    ['an honorary post there', post({ ...there, kind: 'honorary' }), 'BAR'],
    [
      'bank shifts there that ended 12 months ago to the day',
      post({ ...there, kind: 'bank', to: day('2025-06-15') }),
      'BAR',
    ],
    ['a post that ended the day after that', post({ ...there, to: day('2025-06-16') }), 'BAR'],
    ['a post that ended the day before that', post({ ...there, to: day('2025-06-14') }), 'silent'],
    ['a post that starts tomorrow', post({ ...there, from: day('2026-06-16') }), 'silent'],
    ['a post that starts today', post({ ...there, from: day('2026-06-15') }), 'BAR'],
    [
      'a post at the trust before it merged into this one',
      post({ ...there, org: org('XA0'), to: day('2025-12-31') }),
      'BAR',
    ],
    ['a university post on a ward there', post({ org: org('XC1'), site: org('XA101'), to: day('2026-01-01') }), 'BAR'],
    [
      'a post where another treating consultant is employed',
      {
        ...post({ ...there, org: org('XB1') }),
        request: { treating: [aConsultant(), aConsultant({ gmc: gmc(902), org: org('XB1'), role: 'treating' })] },
      },
      'BAR',
    ],
    ['a post at a trust that has nothing to do with it', post({ ...there, org: org('XB1') }), 'silent'],
    ['a post there of which nobody knows the end', post({ ...there, to: null }), 'UNKNOWN'],
    [
      'a post there that ends before it starts',
      post({ ...there, from: day('2026-02-01'), to: day('2026-01-01') }),
      'UNKNOWN',
    ],
    ['a post at a closed trust with no known successor', post({ ...there, org: org('XZ1') }), 'UNKNOWN'],
    ['a past post elsewhere of which nobody asked the site', post({ site: null, to: day('2026-01-01') }), 'UNKNOWN'],
    ['posts that nobody asked about', { candidate: { posts: null } }, 'UNKNOWN'],
  ],
  C02: [
    ['a visiting clinic on the site', post({ kind: 'visiting', site: org('XA101') }), 'BAR'],
    [
      'a clinic there whose last day is today',
      post({ kind: 'visiting', site: org('XA101'), to: day('2026-06-15') }),
      'BAR',
    ],
    [
      'a clinic there that ended yesterday',
      post({ kind: 'visiting', site: org('XA101'), to: day('2026-06-14') }),
      'silent',
    ],
    ['a clinic on another site', post({ kind: 'visiting', site: org('XB101') }), 'silent'],
    ['a post without a hospital site', post(elsewhere), 'silent'],
    ['a site nobody asked about', post({ site: null }), 'UNKNOWN'],
  ],
  C05: [
    ['the clinician says so', declared({ C05: 'yes' }), 'BAR'],
    ['the requester says so, already at the offer', { request: { treatedBy: [gmc(1)] } }, 'BAR'],
    ['a treating consultant, already at the offer', treatedBy(aConsultant({ gmc: gmc(1) }), {}), 'BAR'],
    ['remembered when the name is shown', opened({ C05: 'yes' }), 'BAR'],
    ['not sure', declared({ C05: 'unsure' }), 'UNKNOWN'],
    ['the requester was never asked', { ...declared({}), request: { treatedBy: null } }, 'UNKNOWN'],
    ['not asked again at opening', { stage: 'opening', declaration: aDeclaration() }, 'UNKNOWN'],
    ['neither side knows of anything', declared({}), 'silent'],
    ['somebody else treated the child', { ...declared({}), request: { treatedBy: [gmc(2)] } }, 'silent'],
    ['no again at opening', opened({}), 'silent'],
    ['nobody said yet, at the offer', {}, 'silent'],
  ],
  C06: [
    ['discussed before', declared({ C06: 'yes' }), 'BAR'],
    [
      'only to judge the urgency, of an immediate request',
      { ...declared({ C06: 'urgency-triage' }), request: { urgency: 'U0' } },
      'MANAGE',
    ],
    ['only to judge the urgency, of a request that could wait', declared({ C06: 'urgency-triage' }), 'BAR'],
    ['the requester says so, already at the offer', { request: { discussedWith: [gmc(1)] } }, 'BAR'],
    [
      'the requester says so of an immediate request, to what end is still to be said',
      { request: { urgency: 'U0', discussedWith: [gmc(1)] } },
      'silent',
    ],
    [
      'the requester says so of an immediate request and the clinician denies it',
      {
        ...declared({}),
        request: { urgency: 'U0', discussedWith: [gmc(1)] },
      },
      'BAR',
    ],
    ['the requester was never asked', { ...declared({}), request: { discussedWith: null } }, 'UNKNOWN'],
    ['nobody spoke', declared({}), 'silent'],
    ['spoken of with somebody else', { ...declared({}), request: { discussedWith: [gmc(2)] } }, 'silent'],
  ],
  C07: [
    ['declared', tied({ C07: 'yes' }), 'BAR'],
    ['appraises the consultant until today', managed('2026-06-15'), 'BAR'],
    ['appraised the consultant until yesterday', managed('2026-06-14'), 'silent'],
    ['appraises somebody else', managed('2026-12-31', gmc(77)), 'silent'],
    ['not sure', tied({ C07: 'unsure' }), 'UNKNOWN'],
    [
      'one of two consultants left out of the declaration',
      {
        ...declared({}),
        request: { treating: [aConsultant(), aConsultant({ gmc: gmc(902), role: 'treating' })] },
      },
      'UNKNOWN',
    ],
    ['ties nobody asked about', { ...declared({}), candidate: { managementTies: null } }, 'UNKNOWN'],
  ],
  C08: [
    ['declared', tied({ C08: 'yes' }), 'BAR'],
    ['in one MDT until today', together(team('2021-01-01', '2026-06-15')), 'BAR'],
    ['in one MDT until yesterday', together(team('2021-01-01', '2026-06-14')), 'silent'],
    ['in one MDT from tomorrow', together(team('2026-06-16', '2027-01-01')), 'silent'],
    [
      'teams of the consultant nobody asked about',
      treatedBy(aConsultant({ teams: null }), {
        ...declared({}),
        candidate: { teams: [team('2020-01-01', '2026-12-31')] },
      }),
      'UNKNOWN',
    ],
    [
      'in no team at all, whatever the consultant is in',
      treatedBy(aConsultant({ teams: null }), declared({})),
      'silent',
    ],
    ['strangers', declared({}), 'silent'],
  ],
  C10: [
    ['a pupil of the consultant, ten years ago to the day', taught('trainee-of', '2016-06-15'), 'BAR'],
    ['a pupil until the day before that', taught('trainee-of', '2016-06-14'), 'silent'],
    ['taught the consultant', taught('trainer-of', '2020-01-01'), 'MANAGE'],
    ['taught somebody else', taught('trainer-of', '2020-01-01', gmc(77)), 'silent'],
    ['declares a teacher', tied({ C10: 'they-taught-me' }), 'BAR'],
    ['declares a pupil', tied({ C10: 'i-taught-them' }), 'MANAGE'],
    ['not sure', tied({ C10: 'unsure' }), 'UNKNOWN'],
    ['ties nobody asked about', { ...declared({}), candidate: { trainingTies: null } }, 'UNKNOWN'],
  ],
  C11: [
    ['a specialty doctor after a consultant', { candidate: { grade: 'specialty-doctor' } }, 'BAR'],
    [
      'a specialist who is on no specialist register',
      { candidate: { grade: 'specialist', specialistRegister: [] } },
      'BAR',
    ],
    ['a specialist on the specialist register', { candidate: { grade: 'specialist' } }, 'silent'],
    ['a consultant', {}, 'silent'],
    ['a consultant after somebody of unknown grade', treatedBy(aConsultant({ grade: null }), {}), 'silent'],
    [
      'a resident after a specialty doctor',
      treatedBy(aConsultant({ grade: 'specialty-doctor' }), { candidate: { grade: 'resident' } }),
      'silent',
    ],
    [
      'a resident after somebody of unknown grade',
      treatedBy(aConsultant({ grade: null }), { candidate: { grade: 'resident' } }),
      'UNKNOWN',
    ],
    ['a grade nobody asked about', { candidate: { grade: null } }, 'UNKNOWN'],
  ],
  C12: [
    ['declared', tied({ C12: 'yes' }), 'BAR'],
    ['said at opening', opened({ C12: 'yes' }), 'BAR'],
    ['not sure', tied({ C12: 'unsure' }), 'UNKNOWN'],
    ['no', tied({}), 'silent'],
    ['no again', opened({}), 'silent'],
  ],
  C13: [
    ['declared', declared({ C13: 'yes' }), 'BAR'],
    ['said at opening', opened({ C13: 'yes' }), 'BAR'],
    ['not sure at opening', opened({ C13: 'unsure' }), 'UNKNOWN'],
    ['no', declared({}), 'silent'],
    ['no again', opened({}), 'silent'],
  ],
  C35: [
    ['signed 12 months ago to the day', { candidate: { standingDeclarationSignedOn: day('2025-06-15') } }, 'silent'],
    ['signed the day before that', { candidate: { standingDeclarationSignedOn: day('2025-06-14') } }, 'BAR'],
    ['signed today', { candidate: { standingDeclarationSignedOn: day('2026-06-15') } }, 'silent'],
    ['signed tomorrow', { candidate: { standingDeclarationSignedOn: day('2026-06-16') } }, 'BAR'],
    ['never signed', { candidate: { standingDeclarationSignedOn: null } }, 'UNKNOWN'],
    ['no declaration for the case, at the offer', {}, 'silent'],
    ['no declaration for the case, at acceptance', { stage: 'acceptance' }, 'UNKNOWN'],
    ['signed for the case on the day of asking', declared({}), 'silent'],
    ['signed the evening before asking', declared({ signedAt: at('2026-06-14T20:00:00Z') }), 'BAR'],
    [
      'signed before midnight UTC, the next day in London',
      declared({ signedAt: at('2026-06-14T23:30:00Z') }),
      'silent',
    ],
    ['signed tomorrow for the case', declared({ signedAt: at('2026-06-16T10:00:00Z') }), 'BAR'],
    ['the day of asking unknown', { ...declared({}), request: { instructedOn: null } }, 'UNKNOWN'],
  ],
  C36: [
    ['suspended', registered({ status: 'suspended' }), 'BAR'],
    ['no licence', registered({ licence: false }), 'BAR'],
    ['conditions on this field', registered({ conditionsAffectScope: true }), 'BAR'],
    ['an interim order', registered({ interimOrder: true }), 'BAR'],
    ['a warning', registered({ warning: true }), 'MANAGE'],
    ['checked 12 months ago to the day', registered({ checkedOn: day('2025-06-15') }), 'silent'],
    ['checked the day before that', registered({ checkedOn: day('2025-06-14') }), 'UNKNOWN'],
    ['checked tomorrow', registered({ checkedOn: day('2026-06-16') }), 'UNKNOWN'],
    ['checked today', registered({ checkedOn: day('2026-06-15') }), 'silent'],
    ['never checked', { candidate: { registration: null } }, 'UNKNOWN'],
  ],
  C37: [
    ['on another specialist register', { candidate: { specialistRegister: ['Dermatology'] } }, 'BAR'],
    ['on none', { candidate: { specialistRegister: [] } }, 'BAR'],
    [
      'last practised 24 months ago to the day',
      { candidate: { practice: [{ tfc: neurology, lastPractisedOn: day('2024-06-15') }] } },
      'silent',
    ],
    [
      'last practised the day before that',
      { candidate: { practice: [{ tfc: neurology, lastPractisedOn: day('2024-06-14') }] } },
      'BAR',
    ],
    ['never practised in the field', { candidate: { practice: [] } }, 'BAR'],
    [
      'practises tomorrow',
      { candidate: { practice: [{ tfc: neurology, lastPractisedOn: day('2026-06-16') }] } },
      'UNKNOWN',
    ],
    ['a register name written otherwise', { candidate: { specialistRegister: ['  paediatric-NEUROLOGY '] } }, 'silent'],
    ['practice nobody asked about', { candidate: { practice: null } }, 'UNKNOWN'],
    ['a register nobody looked at', { candidate: { specialistRegister: null } }, 'UNKNOWN'],
  ],
  C39: [
    ['no route', covered({ route: 'none' }), 'BAR'],
    ['lapsed yesterday', covered({ validTo: day('2026-06-14') }), 'BAR'],
    ['ends today', covered({ validTo: day('2026-06-15') }), 'silent'],
    ['own cover, no employer to ask', covered({ route: 'own', employerView: 'not-needed' }), 'silent'],
    ['an employer who objects', covered({ employerView: 'objects' }), 'BAR'],
    ['an employer nobody asked', covered({ employerView: null }), 'UNKNOWN'],
    ['an end nobody knows', covered({ validTo: null }), 'UNKNOWN'],
    ['cover nobody asked about', { candidate: { indemnity: null } }, 'UNKNOWN'],
  ],
  C42: [
    ['as many cases as agreed', { candidate: { openCases: 2, cap: 2 } }, 'NOTE'],
    ['more than agreed', { candidate: { openCases: 3, cap: 2 } }, 'NOTE'],
    ['one place left', { candidate: { openCases: 1, cap: 2 } }, 'silent'],
    ['none in hand', {}, 'silent'],
    ['nothing agreed', { candidate: { cap: null } }, 'UNKNOWN'],
  ],
  C43: [
    ['named by the family', { request: { unwelcome: [gmc(1)] } }, 'BAR'],
    ['named among others', { request: { unwelcome: [gmc(2), gmc(1)] } }, 'BAR'],
    ['another named', { request: { unwelcome: [gmc(2)] } }, 'silent'],
    ['nobody named', {}, 'silent'],
    ['the family was never asked', { request: { unwelcome: null } }, 'UNKNOWN'],
  ],
}

for (const [rule, list] of Object.entries(examples)) {
  describe(`${rule} weighs`, () => {
    for (const [story, given, weighs] of list) {
      test(`${weighs}: ${story}`, () => {
        expect([...new Set(weightOf(assessed(given), rule))]).toEqual(weighs === 'silent' ? [] : [weighs])
      })
    }
  })
}

describe('the rows', () => {
  test('each have two examples that fire and two that do not', () => {
    for (const { id } of rules) {
      const list = examples[id] ?? []
      expect(
        list.filter(([, , weighs]) => weighs !== 'silent' && weighs !== 'UNKNOWN').length,
        id,
      ).toBeGreaterThanOrEqual(2)
      expect(list.filter(([, , weighs]) => weighs === 'silent').length, id).toBeGreaterThanOrEqual(2)
    }
  })

  test('do not parse with a condition nobody can judge', () => {
    const [first] = rules
    expect(() => parseRules([{ ...first, condition: { kind: 'horoscope' } }])).toThrow()
    expect(() => parseRules([{ ...first, condition: { kind: 'post-at-trust', more: 1 } }])).toThrow()
    expect(() => parseRules([{ ...first, from: '2024-02-30' }])).toThrow()
  })

  test('leave nothing to be filled in, in words for clinicians and families alike', () => {
    for (const given of Object.values(examples)
      .flat()
      .map(([, one]) => one)) {
      for (const { sentence, familySentence } of assessed(given).findings) {
        expect(`${sentence} ${familySentence}`).not.toMatch(/[{}]|null|undefined/)
        expect(familySentence).not.toMatch(/\d{7}/)
      }
    }
  })
})
