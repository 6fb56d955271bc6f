import { type About, each, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Dispute, Pair } from '../pair.ts'
import { anyOf, both, liesIn, lookBack, type Ternary, touches } from '../period.ts'

/** Paid for this case by one of its parties (C19). */
export const paidForCase: Judge<'paid-for-case'> = (pair) =>
  each(
    pair.candidate.paidBy,
    (payer) =>
      whether(
        payer === 'party' ? 'yes' : payer === 'unknown' ? 'unknown' : 'no',
        declared(pair, 'who pays for this case'),
      ),
    declared(pair, 'who pays for this case'),
  )

/** Instructed, or likely to be, as an expert witness in this case or against this trust (C20). */
export const expertWitness: Judge<'expert-witness'> = (pair, { rule, condition }) => {
  const { asOf, request, organisations } = pair
  const window = lookBack(rule.lookBackMonths, asOf)
  const asked = declared(
    pair,
    'whether the clinician is, was or is to be an expert witness in this case or against the trust',
  )
  return each(
    pair.candidate.expertWitness,
    ({ matter, against, isLikely, on }) => {
      if (!isLikely) return NOTHING
      if (matter === 'this-case') return [holds(declared(pair, 'expert witness in this case'))]
      const isAgainst: Ternary =
        against === null
          ? 'unknown'
          : against === 'none'
            ? 'no'
            : organisations.isSameTrust(against, request.trust, asOf)
      const is = both(isAgainst, liesIn(on, window))
      if (matter === null) return [needs(asked)]
      const about = () => ({
        ...declared(pair, 'expert witness against the requesting trust')(),
        during: on === null ? undefined : { from: on, to: on },
      })
      return whether(is, is === 'yes' ? about : asked, { severity: condition.otherCase })
    },
    asked,
  )
}

/** Spoke in public of this case (C21). */
export const spokeInPublic: Judge<'spoke-in-public'> = (pair) => {
  const { candidate, request } = pair
  const asked = declared(pair, 'whether the clinician spoke in public of this case')
  const found = request.spokeInPublic?.includes(candidate.person)
    ? [holds(() => ({ fact: 'a public statement on this case', whose: candidate.person, source: 'record search' }))]
    : request.spokeInPublic === null
      ? [needs(() => ({ ...asked(), whose: 'requester', source: 'record search' }))]
      : NOTHING
  const said = each(
    candidate.publicStatements,
    ({ about }) => whether(about === null ? 'unknown' : about === 'this-case' ? 'yes' : 'no', asked),
    asked,
  )
  return [...found, ...said]
}

/** Strong published advocacy on the contested treatment (C22). Values and conscience are another thing, and never scored (C41). */
export const advocacy: Judge<'advocacy'> = (pair, { condition }) => {
  const { candidate, request } = pair
  const asked = declared(pair, 'published advocacy on the contested treatment')
  const isSole =
    candidate.kind === 'person' &&
    candidate.role !== 'mdt-contributor' &&
    candidate.role !== 'factual-input' &&
    request.opinion !== 'mdt'
  if (request.products?.every(({ isContested }) => isContested === false)) return NOTHING
  return each(
    candidate.advocacy,
    ({ product, strength }) => {
      const isStrong: Ternary = strength === null ? 'unknown' : strength === 'strong' ? 'yes' : 'no'
      const isContested: Ternary =
        product === null || request.products === null
          ? 'unknown'
          : anyOf(
              request.products
                .filter(({ id }) => id === product)
                .map((one) => (one.isContested === null ? 'unknown' : one.isContested ? 'yes' : 'no')),
            )
      return whether(both(isStrong, isContested), asked, { severity: isSole ? null : condition.notSole })
    },
    asked,
  )
}

/** A live complaint, dispute, grievance or lawsuit with the requester, the team or the family (C27). */
export const dispute: Judge<'dispute'> = (pair) => {
  const { candidate, request } = pair
  const asked = declared(pair, 'whether there is a live dispute with the trust, the team or the family')
  const theirs = () => ({ ...asked(), whose: 'requester', source: 'request' })
  const told = each(
    request.requester.disputes,
    (one) => {
      const isTheirs = one.with === null || one.with === candidate.person
      return isTheirs ? whether(isLive(one, pair), () => ({ ...theirs(), during: one })) : NOTHING
    },
    theirs,
  )
  const mine = each(
    candidate.disputes,
    (one) => whether(both(isLive(one, pair), isWithThem(one, pair)), () => ({ ...asked(), during: one })),
    asked,
  )
  return [...mine, ...told]
}

const isLive = ({ status, from, to }: Dispute, { asOf }: Pair): Ternary => {
  if (status !== null) return status === 'live' ? 'yes' : 'no'
  return from === null && to === null ? 'unknown' : touches({ from, to }, lookBack(null, asOf))
}

const isWithThem = ({ with: other }: Dispute, { asOf, request, organisations }: Pair): Ternary => {
  if (other === null) return 'unknown'
  if (['requester', 'family', 'requesting-trust', 'team'].includes(other)) return 'yes'
  if (request.treating.some(({ person }) => person === other) || request.family.members.includes(other)) return 'yes'
  const org = organisations.codeOf(other)
  return org === undefined ? 'no' : organisations.isSameTrust(org, request.trust, asOf)
}

const declared =
  ({ candidate }: Pair, fact: string) =>
  (): About => ({ fact, whose: candidate.person, source: 'case declaration' })
