import type { OrgCode } from '../ids.ts'
import type { Places } from '../organisation/places.ts'
import type { Answer } from './answer.ts'
import { findingOf, telling, verdictOf } from './assess.ts'
import { type Asked, EVERYBODY, type Ground, type Key, type Reach, reaches } from './conditions/reach.ts'
import { judge } from './judge.ts'
import type { CandidateSide, Pair } from './pair.ts'
import type { Period, Ternary } from './period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'
import { type Finding, isDueAt, type Stage, severities, type VerdictKind } from './verdict.ts'

export type ToAssessMany = Pick<Pair, 'asOf' | 'organisations'> & {
  /** The rows in force on the day. */
  readonly rules: readonly RuleRow[]
  readonly stage: Stage
  readonly requests: readonly Asked[]
  readonly candidates: readonly CandidateSide[]
}

/** The findings on every pair, each kept as one number until somebody reads it. Pairs come request by request. */
export type AssessedMany = {
  /** Where the findings of each pair begin, and after the last pair where they end. */
  readonly offsets: Uint32Array
  /** Row, answer and severity of each finding. */
  readonly refs: Uint32Array
  readonly pairOf: (index: number) => Pair
  readonly verdictOf: (index: number) => VerdictKind
  /** The findings of one pair as they are written, by row and then as its condition answers. */
  readonly inWords: (index: number) => readonly Finding[]
}

/** Weighs every candidate for every request by every rule, as `assess` does one by one: what pairs have in common is judged once. */
export const assessMany = (asGiven: ToAssessMany): AssessedMany => {
  const batch = { ...asGiven, organisations: rememberingPlaces(asGiven.organisations) }
  const { requests, candidates, rules } = batch
  const codes = codesIn(batch)
  const kept = keptFor(requests.length * candidates.length)
  // Rule by rule: request by request, with all rules in turn, took twice as long.
  rules.forEach((rule, row) => {
    const look = lensOf(rule.condition, { rule, row, batch, codes })
    requests.forEach((asked, index) => {
      const first = index * candidates.length
      look(asked, (candidate, ref) => kept.tell(first + candidate, ref))
    })
  })
  const { offsets, refs } = kept.taken()

  const pairOf = (index: number) => {
    const asked = requests[Math.floor(index / candidates.length)]
    const candidate = candidates[index % candidates.length]
    if (!asked || !candidate) throw new Error(`There is no pair ${index}`)
    return joined(asked, candidate, batch)
  }
  const refsOf = (index: number) => refs.subarray(offsets[index], offsets[index + 1])
  return {
    offsets,
    refs,
    pairOf,
    verdictOf: (index) => verdictOf([...refsOf(index)].map((ref) => ({ severity: weightOf(ref) }))),
    inWords: (index) => {
      const pair = pairOf(index)
      const answers = new Map<number, readonly Answer[]>()
      return [...refsOf(index)].map((ref) => {
        const row = ref >>> ROW_FROM
        const rule = rules[row]
        const said = rule && (answers.get(row) ?? found(rule, pair, batch))
        const answer = said?.[(ref >>> ANSWER_FROM) & MOST_ANSWERS]
        if (!rule || !said || !answer) throw new Error(`Row ${row} no longer says of pair ${index} what it said`)
        answers.set(row, said)
        return findingOf(rule, answer, pair)
      })
    },
  }
}

/**
 * The earlier opinions that can bear on a pair: judged by these a pair is what it is by all. Of a history of thousands that is
 * a handful, found at once for everybody who is weighed on the same day.
 */
export const bearingOpinions = (day: Pick<ToAssessMany, 'asOf' | 'organisations' | 'rules'>) => {
  const codes = codesIn(day)
  const readers = day.rules.flatMap((rule) => readerOf(rule.condition, { ...day, rule, codes }) ?? [])
  return (asked: Asked, candidate: CandidateSide): Pair['history'] =>
    asked.history && [...new Set(readers.flatMap((read) => read(asked, candidate) ?? []))]
}

const readerOf = <K extends ConditionKind>(condition: ConditionOf<K>, ground: Omit<Ground<K>, 'condition'>) => {
  const { history }: Reach<K> = reaches[condition.kind]
  const grounded = { ...ground, condition }
  return history && ((asked: Asked, candidate: CandidateSide) => history(asked, grounded, candidate))
}

type Tell = (candidate: number, ref: number) => void
/** Looks through one rule at all candidates of a request. */
type Lens = (asked: Asked, tell: Tell) => void

type Row = { readonly rule: RuleRow; readonly row: number; readonly batch: ToAssessMany; readonly codes: Codes }
type Codes = Ground<ConditionKind>['codes']

/** What a rule says of candidates for all requests of one kind, and of whom that is not known yet. */
type Alike = { readonly whom: number[]; readonly refs: number[]; left: readonly number[] }

const lensOf = <K extends ConditionKind>(condition: ConditionOf<K>, { rule, row, batch, codes }: Row): Lens => {
  const { candidates, stage, asOf, organisations } = batch
  const reach: Reach<K> = reaches[condition.kind]
  const ground: Ground<K> = { rule, condition, asOf, organisations, codes }
  const isDue = isDueAt(rule.settledBy, stage)
  const { always, meeting, nearTo } = indexOf({ candidates, reach, ground, isDue })
  const alikes = new Map<string, Alike>()
  const others = candidates.flatMap((_, index) => (always.includes(index) ? [] : index))
  const nearby = new Map<string, (readonly number[] | undefined)[]>()
  const met = new Int32Array(candidates.length)
  let turn = 0

  const judged = (asked: Asked, index: number, tell: Tell) => {
    const candidate = candidates[index]
    if (!candidate) return
    const history = reach.history ? reach.history(asked, ground, candidate) : asked.history
    found(rule, joined({ ...asked, history }, candidate, batch), batch).forEach((answer, at) => {
      tell(index, refOf({ row, at, severity: severityOf(answer, rule) }))
    })
  }

  return (asked, tell) => {
    turn += 1
    const isMet = (index: number) => met[index] === turn
    meeting(asked, (index) => {
      if (isMet(index)) return
      met[index] = turn
      judged(asked, index, tell)
    })

    const traits = `${reach.holdsBy?.(asked, ground)} ${isDue ? reach.openBy?.(asked, ground) : ''}`
    nearTo(asked, (index, question) => {
      if (isMet(index)) return
      met[index] = turn
      if (question === null) {
        judged(asked, index, tell)
        return
      }
      const known = listed(nearby, `${traits} ${question}`)
      let refs = known[index]
      if (refs === undefined) {
        const told: number[] = []
        judged(asked, index, (_, ref) => void told.push(ref))
        refs = known[index] = told
      }
      for (const ref of refs) tell(index, ref)
    })

    const alike = alikes.get(traits) ?? { whom: [], refs: [], left: others }
    alikes.set(traits, alike)
    if (alike.left.length > 0) {
      for (const index of alike.left) {
        if (isMet(index)) continue
        judged(asked, index, (whom, ref) => {
          alike.whom.push(whom)
          alike.refs.push(ref)
        })
      }
      alike.left = alike.left.filter(isMet)
    }
    const { whom, refs } = alike
    for (let at = 0; at < whom.length; at += 1) {
      const index = whom[at] ?? 0
      if (!isMet(index)) tell(index, refs[at] ?? 0)
    }
  }
}

type Indexed<K extends ConditionKind> = {
  readonly candidates: readonly CandidateSide[]
  readonly reach: Reach<K>
  readonly ground: Ground<K>
  readonly isDue: boolean
}

/** Finds for a request the candidates whose keys meet its own, some of them more than once. */
const indexOf = <K extends ConditionKind>({ candidates, reach, ground, isDue }: Indexed<K>) => {
  // A rule that is not due says nothing of what is unknown.
  const isWhoever = (key: Key) => key === EVERYBODY || (isDue && key === null)
  const [byKey, byPlace] = [new Map<Key, number[]>(), new Map<OrgCode, number[]>()]
  const always: number[] = []
  candidates.forEach((candidate, index) => {
    const keys = new Set(reach.ofCandidate?.(candidate, ground))
    if ([...keys].some(isWhoever)) always.push(index)
    for (const key of keys) listed(byKey, key).push(index)
    for (const place of new Set(reach.places?.(candidate, ground))) listed(byPlace, place).push(index)
  })
  const nearby = new Map<string, readonly number[]>()

  const meeting = (asked: Asked, meet: (index: number) => void) => {
    for (const index of always) meet(index)
    for (const key of reach.ofRequest?.(asked, ground) ?? []) {
      if (isWhoever(key)) for (let index = 0; index < candidates.length; index += 1) meet(index)
      else if (key !== null) for (const index of byKey.get(key) ?? []) meet(index)
    }
  }

  /** Tells who is near, and by which question if it is by one alone. */
  const nearTo = (asked: Asked, meet: (index: number, question: string | null) => void) => {
    const questions = reach.near?.(asked, ground) ?? []
    if (questions.length === 0) return
    const by = new Map<number, string | null>()
    for (const { name, is } of questions) {
      const near = nearby.get(name) ?? [...new Set([...byPlace].flatMap(([place, some]) => (is(place) ? some : [])))]
      nearby.set(name, near)
      for (const index of near) by.set(index, (by.get(index) ?? name) === name && by.get(index) !== null ? name : null)
    }
    for (const [index, question] of by) meet(index, question)
  }
  return { always, meeting, nearTo }
}

const listed = <K, T>(lists: Map<K, T[]>, key: K): T[] => {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

/** A rule's answers on a pair that are findings at the stage, in the order in which its condition gives them. */
const found = (rule: RuleRow, pair: Pair, { rules, stage }: ToAssessMany): readonly Answer[] => {
  const answers = telling(judge(rule, pair, rules), rule, stage)
  return answers.length === 0 || isDueAt(rule.settledBy, stage) ? answers : answers.filter(({ kind }) => kind === 'yes')
}

const joined = ({ request, urgency, history }: Asked, candidate: CandidateSide, batch: ToAssessMany): Pair => ({
  asOf: batch.asOf,
  urgency,
  request,
  candidate,
  organisations: batch.organisations,
  history,
})

const severityOf = (answer: Answer, rule: RuleRow) =>
  answer.kind === 'unknown' ? 'UNKNOWN' : (answer.severity ?? rule.severity)

// Ten bits for the row, twenty for the answer, two for the severity.
const ROW_FROM = 22
const ANSWER_FROM = 2
const MOST_ANSWERS = 2 ** (ROW_FROM - ANSWER_FROM) - 1
const MOST_ROWS = 2 ** (32 - ROW_FROM) - 1
const weights = [...severities, 'UNKNOWN'] as const

const refOf = ({ row, at, severity }: { row: number; at: number; severity: (typeof weights)[number] }) => {
  if (row > MOST_ROWS || at > MOST_ANSWERS) throw new Error(`Answer ${at} of row ${row} has no room in a reference`)
  return ((row << ROW_FROM) | (at << ANSWER_FROM) | weights.indexOf(severity)) >>> 0
}
const weightOf = (ref: number) => weights[ref & (weights.length - 1)] ?? 'UNKNOWN'

/** Keeps findings as they are told, without an object for each, and sorts them by pair in the end. */
const keptFor = (pairs: number) => {
  let [whom, told] = [new Uint32Array(1024), new Uint32Array(1024)]
  let count = 0
  return {
    tell: (pair: number, ref: number) => {
      if (count === told.length) [whom, told] = [wider(whom, count * 2), wider(told, count * 2)]
      whom[count] = pair
      told[count] = ref
      count += 1
    },
    taken: () => {
      const offsets = new Uint32Array(pairs + 1)
      for (let at = 0; at < count; at += 1) bump(offsets, whom[at])
      let end = 0
      for (let pair = 0; pair <= pairs; pair += 1) {
        const many = offsets[pair] ?? 0
        offsets[pair] = end
        end += many
      }
      const refs = new Uint32Array(count)
      const next = offsets.slice()
      for (let at = 0; at < count; at += 1) refs[bump(next, whom[at])] = told[at] ?? 0
      return { offsets, refs }
    },
  }
}

const wider = (list: Uint32Array, length: number) => {
  const wide = new Uint32Array(length)
  wide.set(list)
  return wide
}

/** Counts one up, and gives what it was. */
const bump = (counts: Uint32Array, at = 0): number => {
  const was = counts[at] ?? 0
  counts[at] = was + 1
  return was
}

/** The codes by which an organisation may turn out to be another; one that is open-ended may be any. */
const codesIn = ({ organisations }: Pick<ToAssessMany, 'organisations'>): Codes => {
  const known = new Map<OrgCode, readonly Key[]>()
  return (code) => {
    const had = known.get(code)
    if (had) return had
    const { codes, isOpenEnded } = organisations.keys(code)
    const keys = isOpenEnded ? [...codes, null] : codes
    known.set(code, keys)
    return keys
  }
}

/** Answers about organisations, found again by what was asked: most pairs ask what another asked before. All of one day. */
const rememberingPlaces = (places: Places): Places => {
  const sameTrust = new WeakMap<Period, Known<Ternary>>()
  const today: Known<Ternary> = new Map()
  const groups: Known<ReturnType<Places['isSameGroup']>> = new Map()
  const neighbours = new Map<string | null, Known<ReturnType<Places['isNeighbour']>>>()
  return {
    ...places,
    isSameTrust: (place, trust, on, during) => {
      if (place === trust) return 'yes'
      // Only a site may have belonged to another trust at another time.
      if (places.isTrust(place)) return remembered(today, [place, trust], () => places.isSameTrust(place, trust, on))
      const known = during ? (sameTrust.get(during) ?? new Map<string, Map<string, Ternary>>()) : today
      if (during) sameTrust.set(during, known)
      return remembered(known, [place, trust], () => places.isSameTrust(place, trust, on, during))
    },
    isSameGroup: (a, b, on) => remembered(groups, [a, b], () => places.isSameGroup(a, b, on)),
    isNeighbour: (a, b, on, tfc) => {
      const known = neighbours.get(tfc) ?? new Map<string, Map<string, ReturnType<Places['isNeighbour']>>>()
      neighbours.set(tfc, known)
      return remembered(known, [a, b], () => places.isNeighbour(a, b, on, tfc))
    },
  }
}
type Known<T> = Map<string, Map<string, T>>

const remembered = <T>(known: Known<T>, [a, b]: readonly [string, string], ask: () => T): T => {
  let ofA = known.get(a)
  if (ofA === undefined) {
    ofA = new Map()
    known.set(a, ofA)
  }
  const had = ofA.get(b)
  if (had !== undefined) return had
  const answer = ask()
  ofA.set(b, answer)
  return answer
}
