import { type About, type Answer, each, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Associate, Business, Interests, Pair, PersonId } from '../pair.ts'
import { anyOf, both, liesIn, lookBack, not, type Ternary, touches } from '../period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from '../rule.ts'
import type { Severity } from '../verdict.ts'
import { inBusinessWith } from './ties.ts'

/** Whose interests are looked at: the candidate's own, or a close associate's. */
type Holder = {
  readonly pair: Pair
  readonly interests: Interests
  readonly whose: PersonId
  readonly lookBackMonths: number | null
}
type Seeker<K extends ConditionKind> = (holder: Holder, condition: ConditionOf<K>) => readonly Answer[]

const own =
  <K extends ConditionKind>(seek: Seeker<K>): Judge<K> =>
  (pair, { rule, condition }) =>
    seek(
      { pair, interests: pair.candidate, whose: pair.candidate.person, lookBackMonths: rule.lookBackMonths },
      condition,
    )

/** In business with a treating consultant, or owner of a large share in the maker of an option (C14). */
export const sharedBusiness: Judge<'shared-business'> = (pair, { rule, condition }) => [
  ...pair.request.treating.flatMap((other) => inBusinessWith(pair, other, condition.sharePercent)),
  ...largeShare(
    { pair, interests: pair.candidate, whose: pair.candidate.person, lookBackMonths: rule.lookBackMonths },
    condition,
  ),
]

/** A smaller share in the maker of an option, or paid by it (C15). */
const stakeSought: Seeker<'stake-in-maker'> = (holder, { sharePercent, notContested }) =>
  inMaker(holder, (one) => not(isLarge(one, sharePercent)), {
    weigh: (isContested) => (isContested ? null : notContested),
    sharePercent,
  })
export const stakeInMaker = own(stakeSought)

const largeShare: Seeker<'shared-business'> = (holder, { sharePercent }) =>
  inMaker(holder, (one) => isLarge(one, sharePercent), { weigh: () => null, sharePercent })

/** A patent on the contested treatment; who gives only factual input may (C16). */
const patentSought: Seeker<'patent'> = (holder, { notSole }) => {
  const { pair, interests, whose } = holder
  const { products } = pair.request
  const asked = about(whose, 'the patents held')
  // Where nothing is contested, whatever is held says nothing.
  if (products?.every(({ isContested }) => isContested === false)) return NOTHING
  const today = lookBack(null, pair.asOf)
  return listed(interests.patents, asked, (patent) => {
    const isHeld = patent.isInventor ? 'yes' : touches(patent, today)
    const isAtStake: Ternary =
      products === null || patent.product === null
        ? 'unknown'
        : anyOf(products.filter(({ id }) => id === patent.product).map(({ isContested }) => known(isContested)))
    const severity = pair.candidate.role === 'sole' || pair.candidate.role === null ? null : notSole
    return whether(both(isHeld, isAtStake), about(whose, `a patent on ${patent.product}`, patent), { severity })
  })
}
export const patent = own(patentSought)

/** Leads a trial that the child could enter (C17). */
const trialSought: Seeker<'leads-trial'> = ({ pair, interests, whose }) => {
  const { trials } = pair.request
  if (trials?.every(({ childCouldEnter }) => childCouldEnter === false)) return NOTHING
  const today = lookBack(null, pair.asOf)
  return listed(interests.trialRoles, about(whose, 'the trials led'), (role) => {
    const couldEnter: Ternary =
      trials === null || role.trial === null
        ? 'unknown'
        : anyOf(trials.filter(({ id }) => id === role.trial).map(({ childCouldEnter }) => known(childCouldEnter)))
    return whether(
      both(known(role.leads), both(couldEnter, touches(role, today))),
      about(whose, `leads ${role.trial}`, role),
    )
  })
}
export const leadsTrial = own(trialSought)

/** Works where the child, a fee or activity would go if the opinion favours it (C18). */
export const wouldReceive: Judge<'would-receive'> = (pair, { condition }) => {
  const { asOf, candidate, request, organisations } = pair
  const { question } = request
  const asked = about('requester', 'who would receive the child, a fee or activity', undefined, 'request')
  if (question === null || question.wouldReceive === null) return [needs(asked)]
  const { wouldReceive: places, kind } = question
  if (places.length === 0) return NOTHING
  const today = lookBack(null, asOf)
  return listed(candidate.posts, about(candidate.person, 'the posts held'), (post) => {
    const held = [...post.orgs, ...(post.site === null || post.site === 'none' ? [] : [post.site])]
    const isThere = anyOf(
      held.flatMap((one) => places.map((place) => organisations.isSameTrust(one, place, asOf, post))),
    )
    const is = both(touches(post, today), isThere)
    if (is === 'yes' && kind === null) return [needs(asked)]
    const severity = kind === 'elective-surgery' ? null : condition.otherwise
    return whether(
      is,
      about(candidate.person, 'a post where the child, a fee or activity would go', post, 'register entry'),
      { severity },
    )
  })
}

/** Applied for a post there, or recruiting one of theirs (C28). */
const recruitmentSought: Seeker<'recruitment'> = ({ pair, interests, whose, lookBackMonths }) => {
  const { asOf, request, organisations } = pair
  const window = lookBack(lookBackMonths, asOf)
  return listed(interests.recruitment, about(whose, 'applications and recruitment'), ({ org, with: who, on }) => {
    const isThere = org === null ? 'no' : organisations.isSameTrust(org, request.trust, asOf)
    const isTheirs = who !== null && request.treating.some(({ person }) => person === who) ? 'yes' : 'no'
    const is: Ternary = org === null && who === null ? 'unknown' : anyOf([isThere, isTheirs])
    return whether(
      both(is, liesIn(on, window)),
      about(whose, 'an application or a recruitment', on === null ? undefined : { from: on, to: on }),
    )
  })
}
export const recruitment: Judge<'recruitment'> = (pair, asked) => {
  const { asOf, candidate, request } = pair
  const window = lookBack(asked.rule.lookBackMonths, asOf)
  const told = listed(
    request.requester.applicants,
    about('requester', 'who applied to the requesting trust', undefined, 'request'),
    ({ person, on }) =>
      person === candidate.person
        ? whether(
            liesIn(on, window),
            about(
              'requester',
              'an application to the requesting trust',
              on === null ? undefined : { from: on, to: on },
              'request',
            ),
          )
        : NOTHING,
  )
  return [...own(recruitmentSought)(pair, asked), ...told]
}

/** A part in the board, the charity or the funding of the other side (C29). */
const outsideRoleSought: Seeker<'outside-role'> = ({ pair, interests, whose }) => {
  const { asOf, request, organisations } = pair
  const today = lookBack(null, asOf)
  return listed(interests.outsideRoles, about(whose, 'roles outside the post'), (role) => {
    const { linkedTrust, fundsThisFamily } = role
    const isLinked: Ternary =
      linkedTrust === null
        ? 'unknown'
        : linkedTrust === 'none'
          ? 'no'
          : organisations.isSameTrust(linkedTrust, request.trust, asOf)
    return whether(
      both(anyOf([isLinked, known(fundsThisFamily)]), touches(role, today)),
      about(whose, 'a role with the requesting trust, or a charity that funds the family', role),
    )
  })
}
export const outsideRole = own(outsideRoleSought)

/** Money or hospitality from the maker of an option (C30). */
const paymentSought: Seeker<'industry-payment'> = (
  { pair, interests, whose, lookBackMonths },
  { pounds, withinMonths, lesser },
) => {
  const { asOf, request } = pair
  const asked = about(whose, 'payments and hospitality from the makers of the options')
  const { payments } = interests
  if (request.products?.length === 0) return NOTHING
  if (payments === null) return [needs(asked)]
  if (payments.length === 0) return NOTHING
  if (request.products === null) return [needs(about('requester', 'the products at stake', undefined, 'request'))]
  const [whole, recent] = [lookBack(lookBackMonths, asOf), lookBack(withinMonths, asOf)]
  return makersOf(pair).flatMap((maker) => {
    const theirs = payments
      .filter(({ company }) => company === null || company === maker)
      .map((one) => ({ ...one, isTheirs: one.company === null ? ('unknown' as const) : ('yes' as const) }))
      .map((one) => ({
        ...one,
        is: both(one.isTheirs, liesIn(one.on, whole)),
        isRecent: both(one.isTheirs, liesIn(one.on, recent)),
      }))
    const sum = (least: boolean) =>
      theirs.reduce(
        (all, { isRecent, pounds: value }) =>
          all +
          (isRecent === 'yes' || (!least && isRecent === 'unknown')
            ? (value ?? (least ? 0 : Number.POSITIVE_INFINITY))
            : 0),
        0,
      )
    if (sum(true) >= pounds) return [holds(about(whose, `GBP ${sum(true)} from ${maker} in ${withinMonths} months`))]
    const isSome = anyOf(theirs.map(({ is }) => is))
    if (isSome === 'no') return NOTHING
    if (sum(false) >= pounds || isSome === 'unknown') return [needs(about(whose, `what ${maker} paid, and when`))]
    return [holds(about(whose, `a payment from ${maker}`), { severity: lesser })]
  })
}
export const industryPayment = own(paymentSought)

/** A close associate has one of these interests: each weighs a level less than in the candidate's own hands (C31). */
export const associateInterest: Judge<'associate-interest'> = (pair, { condition, inForce }) =>
  listed(pair.candidate.associates, about(pair.candidate.person, 'the interests of close associates'), (associate) => {
    if (associate.isClose === false) return NOTHING
    return inForce
      .filter(({ id }) => condition.rules.includes(id))
      .flatMap((rule) => lowered(heldBy(associate, rule, pair), rule, associate))
  })

const heldBy = (associate: Associate, { condition, lookBackMonths }: RuleRow, pair: Pair): readonly Answer[] => {
  // Whoever the associate is, the interest is the candidate's to declare.
  const holder = { pair, interests: associate, whose: pair.candidate.person, lookBackMonths }
  switch (condition.kind) {
    case 'shared-business':
      return largeShare(holder, condition)
    case 'stake-in-maker':
      return stakeSought(holder, condition)
    case 'patent':
      return patentSought(holder, condition)
    case 'leads-trial':
      return trialSought(holder, condition)
    case 'recruitment':
      return recruitmentSought(holder, condition)
    case 'outside-role':
      return outsideRoleSought(holder, condition)
    case 'industry-payment':
      return paymentSought(holder, condition)
    default:
      throw new Error(`A close associate cannot have ${condition.kind}`)
  }
}

const lowered = (answers: readonly Answer[], rule: RuleRow, { isClose }: Associate): readonly Answer[] =>
  answers.flatMap((answer): readonly Answer[] => {
    const of = () => ({ ...answer.about(), fact: `a close associate: ${answer.about().fact}` })
    if (answer.kind === 'unknown' || isClose === null) return [needs(of)]
    const severity = lower[answer.severity ?? rule.severity]
    return severity === null ? NOTHING : [{ ...answer, severity, about: of }]
  })
const lower: Readonly<Record<Severity, Severity | null>> = { BAR: 'MANAGE', MANAGE: 'NOTE', NOTE: null }

type Stake = {
  readonly sharePercent: number
  readonly weigh: (isContested: boolean) => Severity | null
}

const inMaker = (
  { pair, interests, whose }: Holder,
  counts: (one: Business) => Ternary,
  { weigh, sharePercent }: Stake,
): readonly Answer[] => {
  const { asOf, request } = pair
  if (request.products?.length === 0) return NOTHING
  const today = lookBack(null, asOf)
  return listed(interests.business, about(whose, 'the businesses had a share in or paid by'), (one) => {
    const isHeld = both(touches(one, today), saysSomething(one, sharePercent))
    if (isHeld === 'no') return NOTHING
    if (request.products === null) return [needs(about('requester', 'the products at stake', undefined, 'request'))]
    return request.products.flatMap(({ maker, isContested }) => {
      const isMaker: Ternary = maker === null || one.company === null ? 'unknown' : maker === one.company ? 'yes' : 'no'
      const is = both(isHeld, both(isMaker, counts(one)))
      const words = about(
        whose,
        `${one.role === 'paid' ? 'paid by' : 'a share in'} ${one.company ?? 'a company'}, which makes an option`,
        one,
      )
      // How heavily it weighs turns on whether this option is the contested one.
      const isWeighed = isContested === null && weigh(true) !== weigh(false) ? both(is, 'unknown') : is
      return whether(isWeighed, words, { severity: weigh(isContested ?? true) })
    })
  })
}

const isLarge = ({ role, sharePercent }: Business, from: number): Ternary =>
  sharePercent === null ? (role === 'paid' ? 'no' : 'unknown') : sharePercent >= from ? 'yes' : 'no'

// Small holdings through common funds or in widely held firms say nothing; being paid does, whoever owns the firm.
const saysSomething = ({ kind, role, sharePercent }: Business, from: number): Ternary => {
  if (role === 'paid' || role === 'partner') return 'yes'
  if (kind === 'fund') return 'no'
  if (kind !== 'widely-held') return 'yes'
  return sharePercent === null ? 'unknown' : sharePercent >= from ? 'yes' : 'no'
}

const makersOf = ({ request }: Pair) => [...new Set((request.products ?? []).flatMap(({ maker }) => maker ?? []))]

const known = (is: boolean | null): Ternary => (is === null ? 'unknown' : is ? 'yes' : 'no')

const about =
  (whose: PersonId, fact: string, during?: About['during'], source = 'case declaration') =>
  (): About => ({ fact, whose, source, during })

const listed = <T>(list: readonly T[] | null, asked: () => About, judge: (one: T) => readonly Answer[]) =>
  each(list, judge, asked)
