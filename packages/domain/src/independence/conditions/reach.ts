// One thing, however long: what each condition's answer can turn on, so that many pairs need not be judged one by one.
import type { OrgCode } from '../../ids.ts'
import type { Asked } from '../for-request.ts'
import type { CandidateSide, Companion, Interests, Pair, PersonId, Post, Related, RequestSide } from '../pair.ts'
import { lookBack, touches, type Window } from '../period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from '../rule.ts'
import { circleOf, partnersOf } from './history.ts'
import { employersOf, placeOf } from './posts.ts'

/** One row among the day's organisations. */
export type Ground<K extends ConditionKind> = Pick<Pair, 'asOf' | 'organisations'> & {
  readonly rule: RuleRow
  readonly condition: ConditionOf<K>
  /** The codes by which an organisation may turn out to be another; null among them if it may be any. */
  readonly codes: Codes
}
export type Codes = (code: OrgCode) => readonly Key[]

/** Whoever it is has to do with everybody. */
export const EVERYBODY = Symbol('everybody')
/** A name the two sides may share. Null is one that nobody knows: it can leave a rule open, and never make it hold. */
export type Key = string | null | typeof EVERYBODY

/** A question about a candidate's places, asked once for all requests that ask it. */
export type Nearness = { readonly name: string; readonly is: (place: OrgCode) => boolean }

/**
 * A pair whose keys meet, or that is near, is judged by itself. Of all others the rule says of a candidate what it says for any
 * request of the same traits: once judged, never again. Keys may be too many, never too few, and traits too fine, never too coarse.
 */
export type Reach<K extends ConditionKind> = {
  /** This holds for a rule that is due as well, and not only of what makes it hold: without it a rule that is due judges each pair. */
  readonly isWholeWhenDue?: true
  /** What of a request decides what the rule says, whoever the candidate. */
  readonly traits?: (asked: Asked) => string
  readonly ofRequest?: (asked: Asked, ground: Ground<K>) => readonly Key[]
  readonly ofCandidate?: (candidate: CandidateSide, ground: Ground<K>) => readonly Key[]
  readonly near?: (asked: Asked) => readonly Nearness[]
  readonly places?: (candidate: CandidateSide, ground: Ground<K>) => readonly OrgCode[]
}

const ofCandidateAlone = { isWholeWhenDue: true } as const

/** What each condition turns on. A new one says so here, or it does not compile. */
export const reaches: { readonly [K in ConditionKind]: Reach<K> } = {
  'post-at-trust': {
    isWholeWhenDue: true,
    traits: ({ request }) => String(request.treating.some(({ org }) => org === null)),
    ofRequest: (asked, { codes }) => {
      const { sure, perhaps } = employersOf(asked)
      return [...sure, ...perhaps].flatMap(codes)
    },
    ofCandidate: ({ posts }, { rule, asOf, codes }) => codesOf(posts, codes, lookBack(rule.lookBackMonths, asOf)),
  },
  'shared-site': {
    isWholeWhenDue: true,
    traits: ({ request }) => String(request.sites && request.sites.length > 0),
    near: ({ request, organisations }) =>
      (request.sites ?? []).map((site) => ({ name: site, is: (place) => organisations.isSameSite(place, site) })),
    places: ({ posts, sitesWorked }) => [
      ...(posts ?? []).flatMap(({ site }) => (site === null || site === 'none' ? [] : site)),
      ...(sitesWorked ?? []).map(({ site }) => site),
    ],
  },
  'same-group': {
    isWholeWhenDue: true,
    near: (asked) =>
      employersOf(asked).sure.map((trust) => ({
        name: trust,
        is: (place) => asked.organisations.isSameGroup(place, trust, asked.asOf).is !== 'no',
      })),
    places: placesHeld,
  },
  'left-trust': {
    isWholeWhenDue: true,
    ofRequest: (asked, { codes }) => employersOf(asked).sure.flatMap(codes),
    ofCandidate: ({ posts }, { codes }) => codesOf(posts, codes),
  },
  'advised-before': {
    traits: ({ request }) => String(request.requester.treatedChild === 'yes'),
    ofRequest: ({ request }) => [...treating(request), ...earlier(request), ...(request.lettersNaming ?? [])],
    ofCandidate: ({ person, isAlso }) => [person, ...isAlso],
  },
  'discussed-before': {
    // What it was for, how urgent it is and who answered for it weigh only where it was discussed.
    ofRequest: ({ request }) => (request.requester.discussed === 'yes' ? [EVERYBODY] : []),
    ofCandidate: ({ discussed }) => (discussed?.answer === 'yes' ? [EVERYBODY] : []),
  },
  'management-tie': {
    ofRequest: ({ request }) => request.treating.flatMap((one) => [one.person, ...withs(one.managementTies)]),
    ofCandidate: ({ person, managementTies }) => [person, ...withs(managementTies)],
  },
  'shared-team': {
    ofRequest: ({ request }) => request.treating.flatMap(({ teams }) => ids(teams)),
    ofCandidate: ({ teams }) => ids(teams),
  },
  neighbour: {
    isWholeWhenDue: true,
    near: (asked) =>
      employersOf(asked).sure.map((trust) => ({
        name: `${asked.request.tfc} ${trust}`,
        is: (place) => asked.organisations.isNeighbour(place, trust, asked.asOf, asked.request.tfc).is !== 'no',
      })),
    places: placesHeld,
  },
  'training-tie': {
    ofRequest: ({ request }) => request.treating.flatMap((one) => [one.person, ...withs(one.trainingTies)]),
    ofCandidate: ({ person, trainingTies }) => [person, ...withs(trainingTies)],
  },
  'below-first-doctor': {
    isWholeWhenDue: true,
    traits: ({ request }) =>
      request.treating
        .map(({ person, role, grade }) => `${person === request.firstOpinionBy} ${role} ${grade}`)
        .join(';'),
  },
  'close-to-consultant': {
    ofRequest: ({ request }) => [
      ...request.treating.flatMap((one) => [one.person, ...withs(one.personalTies)]),
      ...earlier(request),
    ],
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies)],
  },
  'close-to-family': {
    ofRequest: ({ request }) => [...request.family.members, ...withs(request.family.ties)],
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies)],
  },
  'said-at-opening': ofCandidateAlone,
  'shared-business': {
    ofRequest: ({ request }) => [
      ...request.treating.flatMap(({ business }) => companies(business)),
      ...makers(request),
    ],
    ofCandidate: ({ business }) => companies(business),
  },
  'stake-in-maker': {
    ofRequest: ({ request }) => makers(request),
    ofCandidate: ({ business }) => companies(business),
  },
  patent: {
    ofRequest: ({ request }) => ids(request.products),
    ofCandidate: ({ patents }) => (patents ?? []).flatMap(({ product }) => product ?? []),
  },
  'leads-trial': {
    ofRequest: ({ request }) => ids(request.trials),
    ofCandidate: ({ trialRoles }) => (trialRoles ?? []).flatMap(({ trial }) => trial ?? []),
  },
  'would-receive': {
    ofRequest: ({ request }, { codes }) => (request.question?.wouldReceive ?? []).flatMap(codes),
    ofCandidate: ({ posts }, { codes }) => codesOf(posts, codes),
  },
  'paid-for-case': ofCandidateAlone,
  'expert-witness': {
    ofRequest: ({ request }, { codes }) => codes(request.trust),
    ofCandidate: ({ expertWitness }, { codes }) =>
      (expertWitness ?? []).flatMap(({ against }) => (against === null || against === 'none' ? [] : codes(against))),
  },
  'spoke-in-public': {
    ofRequest: ({ request }) => request.spokeInPublic ?? [],
    ofCandidate: ({ person }) => [person],
  },
  advocacy: {
    ofRequest: ({ request }) => ids(request.products),
    ofCandidate: ({ advocacy }) => (advocacy ?? []).flatMap(({ product }) => product ?? []),
  },
  'joint-work': {
    ofRequest: ({ request }) =>
      request.treating.flatMap(({ person, publications, grants }) => [
        `with ${person}`,
        ...(publications ?? []).flatMap(({ sameWork, authors }) => [...sameWork.map(work), ...(authors ?? [])]),
        ...holders(grants),
        ...ids(grants).map(grant),
      ]),
    ofCandidate: ({ person, publications, grants }) => [
      person,
      ...(publications ?? []).flatMap(({ sameWork, authors }) => [
        ...sameWork.map(work),
        ...(authors ?? []).map((author) => `with ${author}`),
      ]),
      ...holders(grants).map((holder) => `with ${holder}`),
      // Each side may know only its own part of a grant.
      ...ids(grants).map(grant),
    ],
  },
  'joint-committee': {
    ofRequest: ({ request }) => request.treating.flatMap(({ committees }) => ids(committees)),
    ofCandidate: ({ committees }) => ids(committees),
  },
  reciprocity: {
    isWholeWhenDue: true,
    ofRequest: (asked, { condition }) => partnersOf(asked, condition.exchanges),
    ofCandidate: ({ person, teams, posts }) => [person, ...ids(teams), ...(posts ?? []).flatMap(placesOf)],
  },
  'closed-circle': {
    isWholeWhenDue: true,
    ofRequest: (asked) => [...circleOf(asked).givers],
    ofCandidate: ({ person }) => [person],
  },
  dispute: {
    ofRequest: ({ request }, { codes }) => [
      ...(request.requester.disputes ?? []).map((one) => one.with ?? EVERYBODY),
      ...treating(request),
      ...request.family.members,
      ...codes(request.trust),
    ],
    ofCandidate: ({ person, disputes }, { organisations, codes }) => [
      person,
      ...(disputes ?? []).flatMap((one) => {
        if (one.with === null) return []
        const org = organisations.codeOf(one.with)
        return org === undefined ? [one.with] : [one.with, ...codes(org)]
      }),
    ],
  },
  recruitment: {
    ofRequest: ({ request }, { codes }) => [
      ...codes(request.trust),
      ...treating(request),
      ...(request.requester.applicants ?? []).flatMap(({ person }) => person ?? []),
    ],
    ofCandidate: (candidate, { codes }) => [candidate.person, ...recruiting(candidate, codes)],
  },
  'outside-role': {
    ofRequest: ({ request }, { codes }) => codes(request.trust),
    ofCandidate: (candidate, { codes }) => outside(candidate, codes),
  },
  'industry-payment': {
    ofRequest: ({ request }) => makers(request),
    ofCandidate: ({ payments }) => companies(payments),
  },
  'associate-interest': {
    ofRequest: ({ request }, { codes }) => [
      ...codes(request.trust),
      ...treating(request),
      ...makers(request),
      ...ids(request.products),
      ...ids(request.trials),
    ],
    ofCandidate: ({ associates }, { codes }) =>
      (associates ?? []).flatMap((one) => [
        ...recruiting(one, codes),
        ...outside(one, codes),
        ...companies(one.business),
        ...companies(one.payments),
        ...(one.patents ?? []).flatMap(({ product }) => product ?? []),
        ...(one.trialRoles ?? []).flatMap(({ trial }) => trial ?? []),
      ]),
  },
  'acting-person': {
    isWholeWhenDue: true,
    traits: ({ request }) =>
      JSON.stringify(
        request.staff?.map((one) => [
          one.isActing !== false,
          one.treatedThisChild,
          one.personalTies?.flatMap(({ with: who, kind }) => (who && request.family.members.includes(who) ? kind : [])),
          ...[one.managementTies, one.trainingTies, one.teams, one.business].map((list) => list === null),
        ]),
      ),
    ofRequest: ({ request }) =>
      (request.staff ?? []).flatMap((one) => (one.isActing === false ? [] : [one.person, ...ofPerson(one)])),
    ofCandidate: (candidate) => [candidate.person, ...ofPerson(candidate)],
  },
  'acting-companion': {
    isWholeWhenDue: true,
    traits: ({ request }) =>
      JSON.stringify([request.advocate, request.interpreter].map((one) => companionship(one, request))),
    ofRequest: ({ request }) =>
      [request.advocate, request.interpreter].flatMap((one) =>
        one === null || one.isActing === false ? [] : [one.person, ...withs(one.personalTies).filter(isKnown)],
      ),
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies).filter(isKnown)],
  },
  'mdt-members': { isWholeWhenDue: true, ofCandidate: ({ members }) => (members === null ? [] : [EVERYBODY]) },
  'standing-declaration': ofCandidateAlone,
  'case-declaration': { traits: ({ request }) => String(request.instructedOn) },
  registration: ofCandidateAlone,
  specialist: {
    isWholeWhenDue: true,
    traits: ({ request }) => `${request.tfc} ${request.registers?.join(';') ?? '?'}`,
  },
  overseas: ofCandidateAlone,
  indemnity: ofCandidateAlone,
  unblinded: { isWholeWhenDue: true, traits: ({ request }) => String(request.isBlinded) },
  full: ofCandidateAlone,
  unwelcome: {
    isWholeWhenDue: true,
    traits: ({ request: { family } }) =>
      `${family.view === 'objects'} ${family.objectsTo === null || family.lossOfConfidenceIn === null}`,
    ofRequest: ({ request: { family } }) => [...(family.objectsTo ?? []), ...(family.lossOfConfidenceIn ?? [])],
    ofCandidate: ({ person, isAlso, posts }) => [person, ...isAlso, ...(posts ?? []).flatMap(({ orgs }) => orgs)],
  },
}

const treating = ({ treating: team }: RequestSide): readonly PersonId[] => team.map(({ person }) => person)

const earlier = ({ firstOpinionBy, earlierOpinions }: RequestSide): readonly PersonId[] =>
  [firstOpinionBy, ...(earlierOpinions ?? []).map(({ by }) => by)].filter(isKnown)

const placesOf = ({ orgs, site }: Post): readonly OrgCode[] =>
  site === null || site === 'none' ? orgs : [...orgs, site]

/** The codes of the posts held in a time, or ever. */
const codesOf = (posts: readonly Post[] | null, codes: Codes, window?: Window): readonly Key[] =>
  (posts ?? []).flatMap((post) => (window && touches(post, window) === 'no' ? [] : placesOf(post).flatMap(codes)))

function placesHeld({ posts }: CandidateSide, { asOf }: Pick<Pair, 'asOf'>): readonly OrgCode[] {
  return (posts ?? []).flatMap((post) => (touches(post, lookBack(null, asOf)) === 'no' ? [] : (placeOf(post) ?? [])))
}

const withs = (ties: readonly { readonly with: PersonId | null }[] | null): readonly (PersonId | null)[] =>
  (ties ?? []).map((tie) => tie.with)
const ids = (list: readonly { readonly id: string }[] | null): readonly string[] => (list ?? []).map(({ id }) => id)
const companies = (list: readonly { readonly company: string | null }[] | null): readonly (string | null)[] =>
  (list ?? []).map(({ company }) => company)
const makers = ({ products }: RequestSide) => (products ?? []).map(({ maker }) => maker)
const holders = (grants: CandidateSide['grants']): readonly string[] =>
  (grants ?? []).flatMap((one) => (one.holders ?? []).flatMap(({ person }) => person ?? []))
const work = (id: string) => `work ${id}`
const grant = (id: string) => `grant ${id}`
const isKnown = <T>(one: T | null): one is T => one !== null

const recruiting = ({ recruitment }: Interests, codes: Codes): readonly Key[] =>
  (recruitment ?? []).flatMap(({ org, with: who }) => [
    ...(org === null ? [] : codes(org)),
    ...(who === null ? [] : [who]),
  ])
const outside = ({ outsideRoles }: Interests, codes: Codes): readonly Key[] =>
  (outsideRoles ?? []).flatMap(({ linkedTrust }) =>
    linkedTrust === null || linkedTrust === 'none' ? [] : codes(linkedTrust),
  )

const ofPerson = ({ personalTies, managementTies, trainingTies, teams, business }: Related): readonly Key[] => [
  ...withs(personalTies),
  ...withs(managementTies),
  ...withs(trainingTies),
  ...ids(teams),
  ...companies(business),
]

/** What an advocate or interpreter is to the treating team and the family: the same whoever the candidate. */
const companionship = (one: Companion | null, request: RequestSide) =>
  one && [
    one.isActing !== false,
    one.isFamilyMember,
    one.personalTies?.flatMap(({ with: who, kind }) => (who === null ? kind : [])) ?? null,
    request.treating.map((other) => [
      one.personalTies?.flatMap(({ with: who, kind }) => (who === other.person ? kind : [])),
      other.personalTies?.flatMap(({ with: who, kind }) => (who === null || who === one.person ? kind : [])),
    ]),
  ]
