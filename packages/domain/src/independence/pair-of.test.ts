import {
  aConsultant,
  aDeclaration,
  aJointWork,
  aPost,
  aStranger,
  day,
  gmc,
  inventedOrganisations,
  neurology,
  noTies,
  openingAnswers,
  org,
  someRequest,
  today,
} from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import type { CandidateFacts, CaseDeclaration, RequestFacts } from './facts.ts'
import { pairOf, type Records } from './pair-of.ts'

type Given = Partial<Omit<Records, 'request' | 'candidate'>> & {
  readonly request?: Partial<RequestFacts>
  readonly candidate?: Partial<CandidateFacts>
}
const laid = ({ request, candidate, ...over }: Given = {}) =>
  pairOf({
    asOf: today,
    organisations: inventedOrganisations,
    field: { registers: ['paediatricneurology'], centres: 28 },
    history: null,
    ...over,
    request: someRequest(request),
    candidate: aStranger(candidate),
  })

describe('what the platform has on record', () => {
  test('is laid before the engine as a whole: what no form asks is not asked, and what is not at stake is none', () => {
    const { organisations, ...pair } = laid()
    expect(organisations).toBe(inventedOrganisations)
    expect(pair).toEqual({
      asOf: today,
      urgency: 'U2',
      history: null,
      request: {
        trust: 'XA1',
        sites: ['XA101'],
        tfc: neurology,
        registers: ['paediatricneurology'],
        centres: 28,
        opinion: 'single',
        isBlinded: false,
        firstOpinionBy: null,
        instructedOn: today,
        question: { kind: null, wouldReceive: [] },
        products: [],
        trials: [],
        earlierOpinions: [],
        treating: [
          {
            person: gmc(901),
            role: 'lead',
            org: 'XA1',
            grade: 'consultant',
            teams: [],
            posts: null,
            personalTies: [],
            managementTies: [],
            trainingTies: [],
            business: [],
            publications: [],
            grants: [],
            committees: [],
          },
        ],
        requester: { discussed: 'no', discussedFor: null, treatedChild: 'no', disputes: [], applicants: [] },
        lettersNaming: [],
        spokeInPublic: [],
        family: { members: ['family'], ties: [], view: null, objectsTo: [], lossOfConfidenceIn: [] },
        staff: [],
        advocate: null,
        interpreter: null,
        overrides: [
          { rule: 'C06', by: 'clinical lead', role: 'clinical-lead', reason: 'to be signed in the plan', on: today },
        ],
        exhaustion: null,
      },
      candidate: {
        person: gmc(1),
        kind: 'person',
        role: 'sole',
        isAlso: [],
        grade: 'consultant',
        registration: {
          body: 'GMC',
          country: 'uk',
          isSameName: true,
          status: 'registered',
          hasLicence: true,
          conditions: [],
          hasInterimOrder: false,
          warnings: [],
          checkedOn: '2026-06-01',
        },
        specialistRegister: ['paediatrics', 'paediatricneurology'],
        practice: [{ tfc: neurology, lastOn: '2026-06-01' }],
        indemnity: { route: 'employer', validTo: 'ongoing', employerView: 'permits' },
        capacity: { open: 0, cap: 2 },
        posts: [{ orgs: ['XC1'], site: 'XC101', kind: 'substantive', from: '2015-01-01', to: 'ongoing' }],
        postsConfirmedOn: '2026-01-10',
        sitesWorked: [],
        teams: [],
        personalTies: [],
        managementTies: [],
        trainingTies: [],
        publications: [],
        standingDeclaration: '2026-01-10',
        caseContact: [],
        discussed: null,
        said: Object.fromEntries(
          ['C05', 'C07', 'C08', 'C10', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C20', 'C21', 'C22']
            .concat(['C23', 'C24', 'C27', 'C28', 'C29', 'C30', 'C31'])
            .map((rule) => [
              rule,
              [{ answer: 'unasked', about: ['C07', 'C08', 'C10', 'C12'].includes(rule) ? gmc(901) : null }],
            ]),
        ),
        caseDeclaration: null,
        opening: null,
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
      },
    })
  })

  test('stays unknown where nobody asked', () => {
    const asked = {
      specialistRegister: null,
      practice: null,
      posts: null,
      teams: null,
      registration: null,
      indemnity: null,
      managementTies: null,
      trainingTies: null,
      standingDeclarationSignedOn: null,
    }
    expect(laid({ candidate: asked }).candidate).toMatchObject({
      specialistRegister: null,
      practice: null,
      posts: null,
      sitesWorked: null,
      teams: null,
      registration: null,
      indemnity: null,
      managementTies: null,
      trainingTies: null,
      standingDeclaration: null,
      postsConfirmedOn: null,
    })
    const request = {
      treatedBy: null,
      discussedWith: null,
      unwelcome: null,
      treating: [aConsultant({ teams: null })] as const,
    }
    const pair = laid({ request })
    expect(pair.candidate.caseContact).toBeNull()
    expect(pair.request).toMatchObject({
      lettersNaming: null,
      requester: { discussed: null, treatedChild: null },
      family: { objectsTo: null },
      treating: [{ teams: null }],
    })
  })

  test.each([
    ['with the candidate among others', [gmc(2), gmc(1)], 'yes'],
    ['with others', [gmc(2)], 'no'],
  ])('says whether the team spoke of the case %s', (_, discussedWith, discussed) => {
    expect(laid({ request: { discussedWith } }).request.requester.discussed).toBe(discussed)
  })

  test('names its teams by id, and each consultant’s own', () => {
    const team = { team: 'one', kind: 'mdt', from: day('2020-01-01'), to: 'ongoing' } as const
    const pair = laid({ candidate: { teams: [team] }, request: { treating: [aConsultant({ teams: [team] })] } })
    const named = [{ id: 'one', kind: 'mdt', from: '2020-01-01', to: 'ongoing' }]
    expect([pair.candidate.teams, pair.request.treating[0]?.teams]).toEqual([named, named])
  })

  test('has what the medical register showed in force since it was looked at', () => {
    const registration = {
      status: 'suspended',
      licence: false,
      conditionsAffectScope: true,
      interimOrder: true,
      warning: true,
      checkedOn: day('2026-05-01'),
    } as const
    const since = { from: '2026-05-01', to: 'ongoing' }
    expect(laid({ candidate: { registration } }).candidate.registration).toMatchObject({
      status: 'suspended',
      hasLicence: false,
      conditions: [{ affectsScope: true, ...since }],
      hasInterimOrder: true,
      warnings: [since],
    })
  })

  test.each([
    ['all asked about', [aPost(), aPost({ site: 'none' })], []],
    ['one nobody asked about', [aPost(), aPost({ site: null })], null],
    ['no posts at all', [], []],
  ])('knows of no site beside those of the posts, where their sites are %s', (_, posts, sitesWorked) => {
    expect(laid({ candidate: { posts } }).candidate.sitesWorked).toEqual(sitesWorked)
  })

  test('has the publications that the clinician confirmed, and no others', () => {
    const { work } = aJointWork()
    const bare = aJointWork({ work: { ...work, ids: [], title: 'Without an id', on: null } })
    const jointWorks = [aJointWork(), aJointWork({ said: 'not-mine' }), bare]
    expect(laid({ candidate: { jointWorks } }).candidate.publications).toEqual([
      {
        id: 'pmid:90000001',
        sameWork: ['pmid:90000001'],
        kind: 'paper',
        on: { earliest: '2025-03-01', latest: '2025-03-31' },
        authorCount: 4,
        authors: [gmc(1), gmc(901)],
        confirmed: true,
      },
      {
        id: 'Without an id',
        sameWork: ['Without an id'],
        kind: 'paper',
        on: null,
        authorCount: 4,
        authors: [gmc(1), gmc(901)],
        confirmed: true,
      },
    ])
  })
})

describe('what the clinician declares for the case', () => {
  const declared = (declaration: Partial<CaseDeclaration>, request: Partial<RequestFacts> = {}) =>
    laid({ declaration: aDeclaration(declaration), request }).candidate

  test('is signed on the day of its signature, and answers every rule that is asked', () => {
    const { caseDeclaration, said } = declared({ C05: 'unsure', C13: 'yes' })
    expect(caseDeclaration).toBe('2026-06-15')
    expect(said).toMatchObject({
      C05: [{ answer: 'unsure', about: null }],
      C13: [{ answer: 'yes', about: null }],
      C14: [{ answer: 'no', about: null }],
      C31: [{ answer: 'no', about: null }],
    })
  })

  test('answers for each treating consultant, and leaves open whom it forgot', () => {
    const treating = [aConsultant(), aConsultant({ gmc: gmc(902) })] as const
    const consultants = [noTies({ C07: 'yes', C08: 'unsure', C12: 'yes' })]
    const of = (answer: string) => [
      { answer, about: gmc(901) },
      { answer: 'unasked', about: gmc(902) },
    ]
    expect(declared({ consultants }, { treating }).said).toMatchObject({
      C07: of('yes'),
      C08: of('unsure'),
      C10: of('no'),
      C12: of('yes'),
    })
  })

  test.each([
    ['no', 'no'],
    ['unsure', 'unsure'],
    ['they-taught-me', 'yes'],
    ['i-taught-them', 'yes-lighter'],
    ['trained-together', 'yes-lighter'],
  ] as const)('weighs training by who taught whom: %s is %s', (C10, answer) => {
    expect(declared({ consultants: [noTies({ C10 })] }).said['C10']).toEqual([{ answer, about: gmc(901) }])
  })

  test.each([
    ['urgency-triage', { answer: 'yes', with: null, purpose: 'urgency-triage' }],
    ['yes', { answer: 'yes', with: null, purpose: 'opinion' }],
    ['no', { answer: 'no', with: null, purpose: null }],
    ['unsure', { answer: 'unsure', with: null, purpose: null }],
  ] as const)('tells what a talk was for: %s', (C06, discussed) => {
    expect(declared({ C06 }).discussed).toEqual(discussed)
  })

  test('is joined by the answers at opening, and by what was brokered before', () => {
    const opening = openingAnswers({ C12: 'yes' })
    const pair = laid({ opening, history: [] })
    expect(pair.candidate.opening).toEqual(opening)
    expect(pair.history).toEqual([])
    expect(pair.request.sites).toEqual([org('XA101')])
  })
})
