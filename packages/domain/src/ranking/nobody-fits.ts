import type { ClinicianId } from '../ids.ts'
import type { Exhaustion } from '../independence/pair.ts'
import { routeFor } from '../independence/route.ts'
import type { ConditionKind, RuleRow } from '../independence/rule.ts'
import type { Assessment, BlockingFindings, Finding } from '../independence/verdict.ts'
import { addDays, addMonths, type CalendarDate, parseDate } from '../time.ts'
import type { Account } from './shortlist.ts'

/** What there is to do when nobody can be asked. */
export type NobodyFits<Id extends string = ClinicianId> = {
  /** How many candidates each rule keeps from being asked, most first. */
  readonly emptiedBy: readonly { readonly rule: string; readonly candidates: number }[]
  /** Who could be asked soonest: from which day, if one can be known, and upon what. */
  readonly nearest: readonly {
    readonly id: Id
    readonly rules: readonly string[]
    readonly eligibleFrom: CalendarDate | null
    readonly upon: readonly string[]
  }[]
  /** The other networks whose clinicians were looked at, and how many of them are listed nationally. */
  readonly elsewhere: readonly { readonly network: string; readonly candidates: number; readonly national: number }[]
  readonly routes: readonly [RouteOut<Id, 'mdt'>, RouteOut<Id, 'least-conflicted'>]
}
export type RouteOut<Id extends string, Name extends string> = {
  readonly route: Name
  readonly isOpen: boolean
  readonly ids: readonly Id[]
  readonly because: string
}

export type Listing<Id extends string = ClinicianId> = {
  readonly id: Id
  readonly network: string | null
  readonly isNational: boolean | null
}

type Ask<Id extends string> = {
  readonly account: Account<Id>
  readonly asOf: CalendarDate
  /** The rows in force on the day. */
  readonly rules: readonly RuleRow[]
  /** Rules that no approval can mend (C44). */
  readonly neverMended: readonly string[]
  readonly exhaustion: Exhaustion | null
  readonly listings: readonly Listing<Id>[]
  /** The network that asks, if it is known. */
  readonly network: string | null
}

/**
 * Says what to do when nobody can be asked today, or nothing where somebody can: a plan, or an exception of the clinician's
 * own, is a small price that can be paid today; to wait for a place is not.
 */
export const nobodyFits = <Id extends string>(ask: Ask<Id>): NobodyFits<Id> | null => {
  const { offered, runnersUp, excluded } = ask.account
  const isAskable = runnersUp.some(({ price }) => price.every(({ kind }) => kind !== 'free-place'))
  if (offered.length > 0 || isAskable) return null

  const rowOf = rowFinder(ask.rules)
  const placeRule = ask.rules.find(({ condition }) => condition.kind === 'full')?.id ?? 'full'
  const out: readonly Out<Id>[] = [
    ...excluded.map(({ id, assessment, blocking }) => ({ id, assessment, blocking, rules: rulesOf(blocking) })),
    ...runnersUp.map(({ id, assessment }) => ({ id, assessment, blocking: null, rules: [placeRule] })),
  ]
  return {
    emptiedBy: tally(out.flatMap(({ rules }) => rules)).map(([rule, candidates]) => ({ rule, candidates })),
    nearest: out
      .map((one) => ({ one, ...eligibility(one, rowOf, ask.asOf) }))
      .toSorted(
        (a, b) =>
          compare(a.eligibleFrom ?? '~', b.eligibleFrom ?? '~') ||
          barsOf(a.one) - barsOf(b.one) ||
          a.one.rules.length - b.one.rules.length ||
          compare(a.one.id, b.one.id),
      )
      .slice(0, NEAREST)
      .map(({ one: { id, rules }, ...when }) => ({ id, rules, ...when })),
    elsewhere: elsewhere(ask),
    routes: [mdtRoute(out, rowOf), leastConflicted(out, ask)],
  }
}

type Out<Id extends string> = {
  readonly id: Id
  readonly assessment: Assessment
  /** None for who only has no free place. */
  readonly blocking: BlockingFindings | null
  readonly rules: readonly string[]
}
type RowOf = (finding: Finding) => RuleRow | undefined

const NEAREST = 10

const rowFinder = (rules: readonly RuleRow[]): RowOf => {
  const rows = new Map(rules.map((row) => [`${row.id} ${row.settledBy}`, row]))
  return ({ rule, stage }) => rows.get(`${rule} ${stage}`)
}

const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].toSorted(compare)

/** The least that must come to pass: the last of the days, unless one of them cannot be known. */
const eligibility = <Id extends string>({ blocking }: Out<Id>, rowOf: RowOf, asOf: CalendarDate) => {
  if (blocking === null) return { eligibleFrom: null, upon: ['a free place'] }
  const each = blocking.map((finding) => mending(finding, rowOf(finding), asOf))
  const days = each.map(({ from }) => from)
  return {
    eligibleFrom: days.includes(null) ? null : (days.toSorted().at(-1) ?? null),
    upon: [...new Set(each.flatMap(({ upon }) => upon ?? []))].toSorted(compare),
  }
}

type Mending = { readonly from: CalendarDate | null; readonly upon: string | null }

/** From when a finding would no longer hold, and upon what, where time alone does not mend it. */
const mending = ({ severity, evidence }: Finding, row: RuleRow | undefined, asOf: CalendarDate): Mending => {
  const kind = row?.condition.kind
  const isUnknown = severity === 'UNKNOWN'
  // What somebody can see to today is counted from today, though it may then turn out otherwise.
  if (kind === 'standing-declaration' || kind === 'case-declaration')
    return {
      from: asOf,
      upon: kind === 'case-declaration' ? 'signing for this case' : 'signing a standing declaration',
    }
  if (kind === 'registration')
    return { from: isUnknown ? asOf : null, upon: 'a new check of the medical register that shows nothing in the way' }
  if (isUnknown) return { from: null, upon: `knowing ${evidence.fact}` }
  if (kind === 'acting-person' || kind === 'acting-companion')
    return { from: asOf, upon: 'somebody else acting in this part' }
  if (kind === 'indemnity') return { from: null, upon: 'cover that is in force, and an employer who permits it' }
  if (row === undefined || !lapsing.includes(row.condition.kind)) return { from: null, upon: null }
  return { from: lapsesOn(evidence.to, row.lookBackMonths), upon: null }
}

/** Conditions that look at times, and so let go by themselves one day: the others hold until somebody mends them. */
const lapsing: readonly ConditionKind[] = [
  'post-at-trust',
  'shared-site',
  'same-group',
  'left-trust',
  'management-tie',
  'shared-team',
  'training-tie',
  'shared-business',
  'expert-witness',
  'joint-work',
  'joint-committee',
  'recruitment',
  'outside-role',
  'industry-payment',
  'leads-trial',
]

/** The first day whose look-back no longer reaches the last day in force; of an end known only roughly, the latest counts. */
const lapsesOn = (to: string | null, months: number | null): CalendarDate | null => {
  const last = to === null ? undefined : parseDate(to.slice(to.indexOf('/') + 1))
  // A day that far ahead is how some write that there is no end.
  if (last === undefined || last >= '9000') return null
  // From the end of a short month a look-back of months reaches the same day more than once.
  let day = addDays(addMonths(last, months ?? 0), 1)
  while (addMonths(day, -(months ?? 0)) <= last) day = addDays(day, 1)
  return day
}

const barsOf = <Id extends string>({ blocking }: Out<Id>) =>
  new Set((blocking ?? []).flatMap(({ severity, rule }) => (severity === 'BAR' ? [rule] : []))).size

const elsewhere = <Id extends string>({ listings, network: own }: Ask<Id>): NobodyFits<Id>['elsewhere'] => {
  const others = listings.flatMap(({ network, isNational }) =>
    network === null || network === own ? [] : [{ network, isNational }],
  )
  return tally(others.map(({ network }) => network)).map(([network, candidates]) => ({
    network,
    candidates,
    national: others.filter((one) => one.network === network && one.isNational === true).length,
  }))
}

/** Whoever is only too junior, or out of the field, to give an opinion alone can give one with others. */
const mdtRoute = <Id extends string>(out: readonly Out<Id>[], rowOf: RowOf): RouteOut<Id, 'mdt'> => {
  const ids = out.flatMap(({ id, blocking }) => {
    const isForMdt = blocking?.every((finding) => {
      const kind = rowOf(finding)?.condition.kind
      return kind === 'below-first-doctor' || kind === 'specialist'
    })
    return isForMdt ? [id] : []
  })
  return {
    route: 'mdt',
    isOpen: ids.length > 0,
    ids: ids.toSorted(compare),
    because:
      ids.length > 0
        ? 'They are kept only from giving the opinion alone: they may contribute to the opinion of an MDT.'
        : 'Nobody is kept only from giving the opinion alone.',
  }
}

/** The one whom the fewest rules bar, all of them such as two people may sign for, and nothing unknown (C44). */
const leastConflicted = <Id extends string>(
  out: readonly Out<Id>[],
  { neverMended, exhaustion }: Pick<Ask<Id>, 'neverMended' | 'exhaustion'>,
): RouteOut<Id, 'least-conflicted'> => {
  const [least] = out
    .flatMap(({ blocking, ...one }) => (blocking === null ? [] : [{ ...one, blocking }]))
    .filter(({ blocking }) => blocking.every(({ severity, rule }) => severity === 'BAR' && !neverMended.includes(rule)))
    .toSorted(
      (a, b) =>
        a.rules.length - b.rules.length ||
        a.blocking.length - b.blocking.length ||
        a.assessment.findings.length - b.assessment.findings.length ||
        compare(a.id, b.id),
    )
  if (!least)
    return {
      route: 'least-conflicted',
      isOpen: false,
      ids: [],
      because: 'Everybody is barred by a rule that no approval can mend, or something about them is not known.',
    }
  const isOpen = routeFor(least.assessment, exhaustion, neverMended) === 'open'
  const barredBy = least.rules.join(', ')
  return {
    route: 'least-conflicted',
    isOpen,
    ids: [least.id],
    because: isOpen
      ? `Barred by ${barredBy}; both have signed, and what has to be arranged is arranged.`
      : `Barred by ${barredBy}. Needs proof that nobody else is left, the network’s clinical lead and the requesting medical director to sign, a second or an overseas opinion, and an ethics note.`,
  }
}

const tally = (names: readonly string[]): readonly (readonly [string, number])[] => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || compare(a, b))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
