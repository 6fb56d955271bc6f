import type { Application } from './clinician/clinician.ts'
import type { CandidateFacts, Registration } from './independence/facts.ts'
import type { RoutingFacts } from './request/request.ts'
import type { NonEmpty } from './result.ts'
import { addMonths, type CalendarDate } from './time.ts'

/** A day that exists and cannot be meant: where it was typed, and the first or last day that could be. */
export type WrongDate = {
  readonly at: string
  readonly because: 'too-early' | 'too-late' | 'before-its-start'
  readonly limit: CalendarDate
}

/** A refusal that names every such day at once. */
export type ImplausibleDates = { readonly kind: 'implausible-dates'; readonly wrong: NonEmpty<WrongDate> }

/** Whoever is older is no child of this service's: long past the day on which children's care ends anywhere. */
const OLDEST_CHILD = 25
/** The family may be told, and agree, before the child is born; no pregnancy is as long as this. */
const BEFORE_BIRTH = 1
const DECISION_AHEAD = 5
/** Somebody's whole working life, and then some: what lies before it is a slip of the pen. */
const WORKING_LIFE = 80
const POST_AHEAD = 2
const END_AHEAD = 30
const CHECK_OLD = 5
const ROLE_AHEAD = 10

type Bounds = { readonly from: CalendarDate; readonly to: CalendarDate }
type Typed = readonly [at: string, on: CalendarDate | null | 'ongoing', within: Bounds]

const years = (on: CalendarDate, count: number) => addMonths(on, 12 * count)
const outside = (typed: readonly Typed[]): readonly WrongDate[] =>
  typed.flatMap(([at, on, { from, to }]): readonly WrongDate[] => {
    if (on === null || on === 'ongoing' || (from <= on && on <= to)) return []
    return on < from ? [{ at, because: 'too-early', limit: from }] : [{ at, because: 'too-late', limit: to }]
  })

type DraftDates = {
  readonly routing: Pick<RoutingFacts, 'familyInformedOn' | 'agreement' | 'decideBy' | 'treating'>
  readonly bornOn: CalendarDate
}
/** The days of a draft that cannot be meant. */
export const wrongInDraft = ({ routing, bornOn }: DraftDates, today: CalendarDate): readonly WrongDate[] => {
  const born = { from: years(today, -OLDEST_CHILD), to: today }
  const isBornThen = born.from <= bornOn && bornOn <= born.to
  const told = { from: years(isBornThen ? bornOn : born.from, -BEFORE_BIRTH), to: today }
  const teams = routing.treating.flatMap(({ teams }, n) => periods(`routing.treating.${n}.teams`, teams, today))
  return [
    ...outside([
      ['routing.decideBy', routing.decideBy, { from: born.from, to: years(today, DECISION_AHEAD) }],
      ['routing.familyInformedOn', routing.familyInformedOn, told],
      ['routing.agreement.on', routing.agreement?.on ?? null, told],
      ['texts.identity.bornOn', bornOn, born],
    ]),
    ...teams,
  ]
}

/** The days of an application to the register that cannot be meant. */
export const wrongInApplication = ({ facts }: Application, today: CalendarDate): readonly WrongDate[] => [
  ...outside(
    (facts.practice ?? []).map(
      ({ lastPractisedOn }, n): Typed => [
        `entry.facts.practice.${n}.lastPractisedOn`,
        lastPractisedOn,
        { from: years(today, -WORKING_LIFE), to: today },
      ],
    ),
  ),
  ...wrongInTies(facts, today, 'entry.facts'),
  ...outside([
    [
      'entry.facts.indemnity.validTo',
      facts.indemnity?.validTo ?? null,
      { from: years(today, -WORKING_LIFE), to: years(today, END_AHEAD) },
    ],
  ]),
]

/** Those of posts, teams and ties. */
export const wrongInTies = (
  {
    posts,
    teams,
    trainingTies,
    managementTies,
  }: Pick<CandidateFacts, 'posts' | 'teams' | 'trainingTies' | 'managementTies'>,
  today: CalendarDate,
  at = 'affiliations',
): readonly WrongDate[] =>
  Object.entries({ posts, teams, trainingTies, managementTies }).flatMap(([name, list]) =>
    periods(`${at}.${name}`, list, today),
  )

/** That of a look at the medical register. */
export const wrongInCheck = ({ checkedOn }: Registration, today: CalendarDate): readonly WrongDate[] =>
  outside([['registration.checkedOn', checkedOn, { from: years(today, -CHECK_OLD), to: today }]])

/** The last day of a role that is given today. */
export const wrongInGrant = (to: CalendarDate | null, today: CalendarDate): readonly WrongDate[] =>
  outside([['to', to, { from: today, to: years(today, ROLE_AHEAD) }]])

type Lasting = { readonly from: CalendarDate | null; readonly to: CalendarDate | 'ongoing' | null }
const periods = (at: string, list: readonly Lasting[] | null, today: CalendarDate): readonly WrongDate[] =>
  (list ?? []).flatMap(({ from, to }, n) => {
    const first = years(today, -WORKING_LIFE)
    const wrong = outside([
      [`${at}.${n}.from`, from, { from: first, to: years(today, POST_AHEAD) }],
      [`${at}.${n}.to`, to, { from: first, to: years(today, END_AHEAD) }],
    ])
    const isBackwards = wrong.length === 0 && from !== null && to !== null && to !== 'ongoing' && to < from
    return isBackwards ? [{ at: `${at}.${n}.to`, because: 'before-its-start', limit: from }] : wrong
  })
