import { type About, type Answer, type Facts, holds, type Judge, needs, whether } from '../answer.ts'
import type { DeclaredTies, TeamMembership, TreatingConsultant } from '../facts.ts'
import { lookBack, touches, touchTogether, type Window } from '../period.ts'

/** Directs, employs, appraises or answers for a treating consultant, or the other way round (C07). */
export const managementTie: Judge<'management-tie'> = (facts, { rule }) => {
  const window = lookBack(rule.lookBackMonths, facts.asOf)
  const fact =
    'whether either of the clinician and a treating consultant directs, employs, appraises or answers for the other'
  const ties = facts.candidate.managementTies
  if (ties === null) return [needs({ ...registered(facts), fact }), ...declaredOf(facts, 'C07', fact)]
  return [
    ...ties.flatMap(({ with: other, kind, from, to }) =>
      treats(facts, other)
        ? whether(touches({ from, to }, window), { ...registered(facts), fact: `${spaced(kind)} ${other}`, from, to })
        : [],
    ),
    ...declaredOf(facts, 'C07', fact),
  ]
}

/** In the same clinical team, standing MDT, rota or transport service as a treating consultant, at the same time (C08). */
export const sharedTeam: Judge<'shared-team'> = (facts, { rule, condition }) => {
  const window = lookBack(rule.lookBackMonths, facts.asOf)
  const counts = ({ kind }: TeamMembership) => condition.teams.includes(kind)
  const fact = 'whether the clinician shares a clinical team, MDT, rota or transport service with a treating consultant'
  const mine = facts.candidate.teams?.filter(counts) ?? null
  return [
    ...facts.request.treating.flatMap(({ gmc, teams }) =>
      sharedBy(mine, teams?.filter(counts) ?? null, {
        window,
        mine: { ...registered(facts), fact },
        theirs: { fact, whose: gmc, source: 'request' },
      }),
    ),
    ...declaredOf(facts, 'C08', fact),
  ]
}

type Sides = { readonly window: Window; readonly mine: About; readonly theirs: About }
type Memberships = readonly TeamMembership[] | null

// Who is in no team shares none, so the other side need not be known.
const sharedBy = (mine: Memberships, theirs: Memberships, sides: Sides): readonly Answer[] => {
  if (mine?.length === 0 || theirs?.length === 0) return []
  if (mine === null) return [needs(sides.mine)]
  if (theirs === null) return [needs(sides.theirs)]
  return mine.flatMap((membership) =>
    theirs
      .filter(({ team }) => team === membership.team)
      .flatMap((other) => {
        const about = {
          ...sides.mine,
          fact: `${spaced(membership.kind)} ${membership.team}, with ${sides.theirs.whose}`,
        }
        return whether(
          touchTogether(membership, other, sides.window),
          { ...about, from: membership.from, to: membership.to },
          { confidence: 'derived' },
        )
      }),
  )
}

/** Taught, trained or supervised one another: a pupil cannot judge the teacher (C10). */
export const trainingTie: Judge<'training-tie'> = (facts, { rule, condition }) => {
  const window = lookBack(rule.lookBackMonths, facts.asOf)
  const fact = 'whether the clinician and a treating consultant taught, trained or supervised one another'
  const ties = facts.candidate.trainingTies
  const weigh = (isPupil: boolean) => ({ severity: isPupil ? null : condition.otherwise })
  const registeredTies = ties?.flatMap(({ with: other, kind, from, to }) =>
    treats(facts, other)
      ? whether(
          touches({ from, to }, window),
          { ...registered(facts), fact: `${spaced(kind)} ${other}`, from, to },
          weigh(condition.pupil.includes(kind)),
        )
      : [],
  ) ?? [needs({ ...registered(facts), fact })]
  const declaredTies = facts.request.treating.flatMap((consultant) => {
    const said = saidOf(facts, consultant).map(({ C10 }) => C10)
    const about = { fact, whose: consultant.gmc, source: 'case declaration' }
    if (said.length === 0) return [needs(about)]
    return said.flatMap((one) => {
      if (one === 'no') return []
      return one === 'unsure'
        ? [needs(about)]
        : [holds({ ...about, fact: trainingWords[one] }, weigh(one === 'they-taught-me'))]
    })
  })
  return [...registeredTies, ...declaredTies]
}

/** A close friend, partner or relative of a treating consultant (C12). */
export const closeToConsultant: Judge<'close-to-consultant'> = (facts) =>
  declaredOf(facts, 'C12', 'whether the clinician is a close friend, partner or relative of a treating consultant')

const trainingWords: Readonly<Record<Exclude<DeclaredTies['C10'], 'no' | 'unsure'>, string>> = {
  'they-taught-me': 'pupil of the treating consultant',
  'i-taught-them': 'teacher of the treating consultant',
  'trained-together': 'trained together with the treating consultant',
}

const declaredOf = (facts: Facts, question: 'C07' | 'C08' | 'C12', fact: string): readonly Answer[] =>
  facts.request.treating.flatMap((consultant) => {
    const said = saidOf(facts, consultant).map((ties) => ties[question])
    const is = said.includes('yes') ? 'yes' : said.length === 0 || said.includes('unsure') ? 'unknown' : 'no'
    return whether(is, { fact, whose: consultant.gmc, source: 'case declaration' })
  })

const saidOf = ({ declaration }: Facts, { gmc }: TreatingConsultant): readonly DeclaredTies[] =>
  declaration?.consultants.filter((ties) => ties.gmc === gmc) ?? []

const treats = ({ request }: Facts, gmc: string) => request.treating.some((consultant) => consultant.gmc === gmc)

const registered = ({ candidate }: Facts) => ({ whose: candidate.gmc, source: 'register entry' })

const spaced = (kind: string) => kind.replaceAll('-', ' ')
