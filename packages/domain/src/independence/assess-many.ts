import type { OrgCode } from '../ids.ts'
import type { Answer } from './answer.ts'
import { findingOf, telling, verdictOf } from './assess.ts'
import { type Codes, EVERYBODY, type Ground, type Key, type Reach, reaches } from './conditions/reach.ts'
import type { Asked } from './for-request.ts'
import { judge } from './judge.ts'
import type { CandidateSide, Pair } from './pair.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'
import { type Finding, isDueAt, type Stage, severities, type VerdictKind } from './verdict.ts'

export type ToAssessMany = Pick<Pair, 'asOf' | 'organisations'> & {
  /** The rows in force on the day. */
  readonly rules: readonly RuleRow[]
  readonly stage: Stage
  readonly requests: readonly Pick<Pair, 'request' | 'urgency' | 'history'>[]
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
export const assessMany = (batch: ToAssessMany): AssessedMany => {
  const { asOf, organisations, candidates, rules } = batch
  const requests = batch.requests.map(
    ({ request, urgency, history }): Asked => ({ asOf, urgency, request, organisations, history }),
  )
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
    return { ...asked, candidate }
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

type Tell = (candidate: number, ref: number) => void
/** Looks through one rule at all candidates of a request. */
type Lens = (asked: Asked, tell: Tell) => void

type Row = { readonly rule: RuleRow; readonly row: number; readonly batch: ToAssessMany; readonly codes: Codes }

/** What a rule says of candidates for all requests of one kind, and of whom that is not known yet. */
type Alike = { readonly whom: number[]; readonly refs: number[]; left: readonly number[] }

const lensOf = <K extends ConditionKind>(condition: ConditionOf<K>, { rule, row, batch, codes }: Row): Lens => {
  const { candidates, stage, asOf, organisations } = batch
  const reach: Reach<K> = reaches[condition.kind]
  const isDue = isDueAt(rule.settledBy, stage)
  const ground: Ground<K> = { rule, condition, asOf, organisations, codes }
  const meeting = meetingIn({ candidates, reach, ground, isDue })
  const alikes = new Map<string, Alike>()
  const met = new Int32Array(candidates.length)
  let turn = 0

  const judged = (asked: Asked, index: number, tell: Tell) => {
    const candidate = candidates[index]
    if (!candidate) return
    found(rule, { ...asked, candidate }, batch).forEach((answer, at) => {
      tell(index, refOf({ row, at, severity: severityOf(answer, rule) }))
    })
  }

  return (asked, tell) => {
    turn += 1
    meeting(asked, (index) => {
      if (met[index] === turn) return
      met[index] = turn
      judged(asked, index, tell)
    })

    const traits = reach.traits?.(asked) ?? ''
    const alike = alikes.get(traits) ?? { whom: [], refs: [], left: candidates.map((_, index) => index) }
    alikes.set(traits, alike)
    if (alike.left.length > 0) {
      for (const index of alike.left) {
        if (met[index] === turn) continue
        judged(asked, index, (whom, ref) => {
          alike.whom.push(whom)
          alike.refs.push(ref)
        })
      }
      alike.left = alike.left.filter((index) => met[index] === turn)
    }
    const { whom, refs } = alike
    for (let at = 0; at < whom.length; at += 1) {
      const index = whom[at] ?? 0
      if (met[index] !== turn) tell(index, refs[at] ?? 0)
    }
  }
}

type Indexed<K extends ConditionKind> = {
  readonly candidates: readonly CandidateSide[]
  readonly reach: Reach<K>
  readonly ground: Ground<K>
  readonly isDue: boolean
}

/** Finds for a request the candidates whose keys meet its own or who are near it, some of them more than once. */
const meetingIn = <K extends ConditionKind>({ candidates, reach, ground, isDue }: Indexed<K>) => {
  // A rule that is not due says nothing of what is unknown.
  const isWhoever = (key: Key) => key === EVERYBODY || (isDue && key === null)
  const everybody = candidates.map((_, index) => index)
  if (isDue && !reach.isWholeWhenDue) return (_: Asked, meet: (index: number) => void) => everybody.forEach(meet)

  const [byKey, byPlace] = [new Map<Key, number[]>(), new Map<OrgCode, number[]>()]
  const always: number[] = []
  candidates.forEach((candidate, index) => {
    const keys = new Set(reach.ofCandidate?.(candidate, ground))
    if ([...keys].some(isWhoever)) always.push(index)
    for (const key of keys) listed(byKey, key).push(index)
    for (const place of new Set(reach.places?.(candidate, ground))) listed(byPlace, place).push(index)
  })
  const nearby = new Map<string, readonly number[]>()

  return (asked: Asked, meet: (index: number) => void) => {
    always.forEach(meet)
    for (const key of reach.ofRequest?.(asked, ground) ?? []) {
      if (isWhoever(key)) everybody.forEach(meet)
      else if (key !== null) byKey.get(key)?.forEach(meet)
    }
    for (const { name, is } of reach.near?.(asked) ?? []) {
      const near = nearby.get(name) ?? [...byPlace].flatMap(([place, some]) => (is(place) ? some : []))
      nearby.set(name, near)
      near.forEach(meet)
    }
  }
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
