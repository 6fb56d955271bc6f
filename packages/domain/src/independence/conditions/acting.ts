import { type Answer, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Companion, Member, Pair, PersonalKind, PersonId, Staff } from '../pair.ts'
import { lookBack, type Ternary } from '../period.ts'
import type { ConditionOf } from '../rule.ts'
import { closeBetween, inBusinessWith, managedBetween, teamedWith, trainedBetween } from './ties.ts'

/** A broker, ESO lead or approver who acts, and stands to the candidate or the family as no candidate may (C32). */
export const actingPerson: Judge<'acting-person'> = (pair, { condition }) =>
  (pair.request.staff ?? []).flatMap((staff) =>
    staff.isActing === false ? NOTHING : concerning(staff.person, actingTies(pair, staff, condition)),
  )

const actingTies = (
  pair: Pair,
  staff: Staff,
  { kinds, trainingMonths }: ConditionOf<'acting-person'>,
): readonly Answer[] => {
  const { asOf } = pair
  const training = { window: lookBack(trainingMonths, asOf), weigh: () => null }
  const treated = { fact: 'whether they ever treated this child', whose: staff.person, source: STATED }
  const is: Ternary =
    staff.treatedThisChild === null || staff.treatedThisChild === 'unsure' ? 'unknown' : staff.treatedThisChild
  return [
    ...whether(is, () => treated),
    ...withFamily(pair, staff, kinds),
    ...spokenFor(pair, staff, (one, other) => [
      ...closeBetween(one, other, kinds),
      ...managedBetween(one, other),
      ...trainedBetween(one, other, training),
      ...teamedWith(one, other, { window: lookBack(null, asOf), kinds: ['team', 'mdt', 'rota', 'transport-service'] }),
      ...inBusinessWith(one, other, LARGE_SHARE),
    ]),
  ]
}

/** A family's advocate, or an interpreter, who acts and is close to the other side; or who interprets for their own family (C33). */
export const actingCompanion: Judge<'acting-companion'> = (pair, { condition }) => {
  const { advocate, interpreter } = pair.request
  return [
    ...companion(pair, advocate, condition.kinds),
    ...companion(pair, interpreter, condition.kinds),
    ...(interpreter && interpreter.isActing !== false
      ? concerning(interpreter.person, ofFamily(interpreter))
      : NOTHING),
  ]
}

const companion = (pair: Pair, one: Companion | null, kinds: readonly PersonalKind[]): readonly Answer[] => {
  if (one === null || one.isActing === false) return NOTHING
  const fact = 'whether they are close to the clinician or the treating team'
  if (one.personalTies === null)
    return concerning(one.person, [needs(() => ({ fact, whose: one.person, source: STATED }))])
  const team = [pair.candidate, ...pair.request.treating]
  // Either may have said so: the clinician's and the team's own ties to them count as well.
  const said = team.flatMap((other) => {
    const theirs = closeTo(other.personalTies ?? [], (who) => who === one.person, kinds)
    const ours = closeTo(one.personalTies ?? [], (who) => who === other.person, kinds)
    return [...theirs, ...ours].map((is) => ({ is, other: other.person }))
  })
  return concerning(
    one.person,
    said.flatMap(({ is, other }) =>
      whether(is, () => ({ fact: `close to ${other}`, whose: one.person, source: STATED })),
    ),
  )
}

const ofFamily = ({ isFamilyMember, person }: Companion): readonly Answer[] =>
  whether(isFamilyMember === null ? 'unknown' : isFamilyMember ? 'yes' : 'no', () => ({
    fact: 'a member of the family interprets',
    whose: person,
    source: 'case roles',
  }))

/** More of an MDT than it may lose, or its chair, is conflicted; a minority recuses itself, and that is recorded (C34). */
export const mdtMembers: Judge<'mdt-members'> = (pair, { condition }) => {
  const { kind, members } = pair.candidate
  const about = (fact: string) => () => ({ fact, whose: 'mdt', source: 'MDT roll' })
  if (members === null) return kind === 'mdt' ? concerning('mdt', [needs(about('the members of the MDT'))]) : NOTHING
  const judged = members.map((member) => ({ ...member, is: conflicted(pair, member, condition.kinds) }))
  const sure = judged.filter(({ is }) => is === 'yes')
  const open = judged.filter(({ is }) => is === 'unknown')
  const isTooMany = (count: number) => count * condition.most.in > condition.most.of * members.length
  const chairs = (list: typeof judged) => list.filter(({ isChair }) => isChair !== false)
  if (sure.some(({ isChair }) => isChair === true)) return concerning('mdt', [holds(about('the chair is conflicted'))])
  if (isTooMany(sure.length))
    return concerning('mdt', [holds(about(`${sure.length} of ${members.length} members are conflicted`))])
  const couldBeOut =
    isTooMany(sure.length + open.length) || chairs(open).length > 0 || sure.some(({ isChair }) => isChair === null)
  if (couldBeOut || members.length === 0)
    return concerning('mdt', [needs(about('which members of the MDT are conflicted, and who chairs'))])
  return sure.length > 0
    ? concerning('mdt', [
        holds(about(`${sure.length} of ${members.length} members recuse themselves`), { severity: condition.minority }),
      ])
    : open.length > 0
      ? concerning('mdt', [needs(about('which members of the MDT are conflicted'))])
      : NOTHING
}

const conflicted = (
  { asOf, request }: Pair,
  { isConflicted, person, personalTies, teams }: Member,
  kinds: readonly PersonalKind[],
): Ternary => {
  if (isConflicted === true) return 'yes'
  const today = lookBack(null, asOf)
  const ties = request.treating.flatMap((other) => [
    ...closeTo(personalTies ?? [], (who) => who === other.person, kinds),
    ...closeTo(other.personalTies ?? [], (who) => who === person, kinds),
    ...teamedWith({ candidate: { person, teams: teams ?? [] } }, other, {
      window: today,
      kinds: ['team', 'mdt', 'rota', 'transport-service'],
    }).map((answer): Ternary => (answer.kind === 'yes' ? 'yes' : 'no')),
  ])
  if (ties.includes('yes')) return 'yes'
  return isConflicted === null || ties.includes('unknown') ? 'unknown' : 'no'
}

const closeTo = (
  ties: readonly { readonly with: PersonId | null; readonly kind: PersonalKind | null }[],
  is: (who: PersonId) => boolean,
  kinds: readonly PersonalKind[],
): readonly Ternary[] =>
  ties.flatMap(({ with: who, kind }) => {
    if (who !== null && !is(who)) return []
    if (who === null || kind === null || kind === 'unsure') return ['unknown']
    return kinds.includes(kind) ? ['yes'] : []
  })

/** Between the acting person and the candidate, on the word of either: what one of them settled need not be asked of the other. */
const spokenFor = (
  { candidate, ...pair }: Pair,
  staff: Staff,
  ask: (pair: Pair, other: Staff) => readonly Answer[],
): readonly Answer[] => {
  const mine = {
    ...candidate,
    personalTies: candidate.personalTies ?? (staff.personalTies && []),
    managementTies: candidate.managementTies ?? (staff.managementTies && []),
    trainingTies: candidate.trainingTies ?? (staff.trainingTies && []),
    teams: candidate.teams ?? (staff.teams && []),
    business: candidate.business ?? (staff.business && []),
  }
  return ask({ ...pair, candidate: mine }, staff)
}

const withFamily = ({ request }: Pair, staff: Staff, kinds: readonly PersonalKind[]): readonly Answer[] => {
  const about = () => ({
    fact: 'whether they are close to the child or the family',
    whose: staff.person,
    source: STATED,
  })
  if (staff.personalTies === null) return [needs(about)]
  return closeTo(staff.personalTies, (who) => request.family.members.includes(who), kinds).flatMap((is) =>
    whether(is, about),
  )
}

const concerning = (person: PersonId, answers: readonly Answer[]): readonly Answer[] =>
  answers.map((answer) => ({ ...answer, appliesTo: person }))

const STATED = 'their own statement'
// Between persons a business counts however small the share, unless it is widely held.
const LARGE_SHARE = 10
