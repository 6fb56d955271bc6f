import { dateAt } from '../../time.ts'
import { type About, type Answer, type Facts, holds, type Judge, needs, whether } from '../answer.ts'
import { lookBack, type Ternary } from '../period.ts'

/** Below the first doctor's grade: consultants are each other's equals, whatever their years in post (C11). */
export const belowFirstDoctor: Judge<'below-first-doctor'> = (facts, { condition }) => {
  const { candidate, request } = facts
  if (candidate.grade === 'consultant') return []
  const leads = request.treating.filter(({ role }) => role === 'lead')
  const first = leads.length > 0 ? leads : request.treating
  const firstIsConsultant = first.some(({ grade }) => grade === 'consultant')
  if (!firstIsConsultant && first.every(({ grade }) => grade !== null)) return []
  if (candidate.grade === null) return [needs(entry(facts, 'the grade'))]
  const onRegister = candidate.specialistRegister
  if (condition.equals.includes(candidate.grade)) {
    if (onRegister === null) return [needs(entry(facts, 'the entries on the specialist register'))]
    if (onRegister.length > 0) return []
  }
  if (!firstIsConsultant)
    return [needs({ fact: "the first doctor's grade", whose: 'treating consultant', source: 'request' })]
  return [holds(entry(facts, candidate.grade.replaceAll('-', ' ')))]
}

/** No standing declaration of interests signed within the look-back; one dated ahead is no signature (C35). */
export const standingDeclaration: Judge<'standing-declaration'> = (facts, { rule }) => {
  const signedOn = facts.candidate.standingDeclarationSignedOn
  if (signedOn === null) return [needs(entry(facts, 'a signed standing declaration of interests'))]
  const window = lookBack(rule.lookBackMonths, facts.asOf)
  const isValid = window.from <= signedOn && signedOn <= window.to
  return isValid
    ? []
    : [holds({ ...entry(facts, 'the standing declaration of interests'), from: signedOn, to: signedOn })]
}

/** No declaration for this case signed since the clinician was asked, and not ahead of time (C35). */
export const caseDeclaration: Judge<'case-declaration'> = (facts) => {
  const { asOf, candidate, declaration, request } = facts
  const about = { fact: 'a declaration signed for this case', whose: candidate.gmc, source: 'case declaration' }
  if (declaration === undefined) return [needs(about)]
  if (request.instructedOn === null)
    return [needs({ ...about, fact: 'the day the clinician was asked', source: 'request' })]
  const signedOn = dateAt(declaration.signedAt)
  const isValid = request.instructedOn <= signedOn && signedOn <= asOf
  return isValid ? [] : [holds({ ...about, from: signedOn, to: signedOn })]
}

/** Not free to practise in this field by the medical register; a check that is too old says nothing for the clinician (C36). */
export const registration: Judge<'registration'> = (facts, { rule, condition }) => {
  const { candidate, asOf } = facts
  const about = (fact: string): About => ({ fact, whose: candidate.gmc, source: 'medical register check' })
  const seen = candidate.registration
  if (seen === null) return [needs(about('the entry on the medical register'))]
  const window = lookBack(rule.lookBackMonths, asOf)
  const dated = (fact: string): About => ({ ...about(fact), from: seen.checkedOn, to: seen.checkedOn })
  const isCurrent = window.from <= seen.checkedOn && seen.checkedOn <= window.to
  return [
    ...when(seen.status !== 'registered', holds(dated(`registration ${seen.status}`))),
    ...when(!seen.licence, holds(dated('no licence to practise'))),
    ...when(seen.conditionsAffectScope, holds(dated('conditions that affect this field'))),
    ...when(seen.interimOrder, holds(dated('an interim order'))),
    ...when(seen.warning, holds(dated('a warning'), { severity: condition.warning })),
    ...when(!isCurrent, needs(dated('a current check of the medical register'))),
  ]
}

/** Not on the specialist register for the field, or out of practice in it (C37). */
export const specialist: Judge<'specialist'> = (facts, { rule, condition }) => {
  const { asOf, candidate, request } = facts
  const field = condition.specialties.find(({ tfc }) => tfc === request.tfc)
  const registers = field?.registers.map(folded)
  const isListed: Ternary =
    registers === undefined || candidate.specialistRegister === null
      ? 'unknown'
      : candidate.specialistRegister.some((name) => registers.includes(folded(name)))
        ? 'yes'
        : 'no'
  const window = lookBack(rule.lookBackMonths, asOf)
  const practised = candidate.practice
    ?.filter(({ tfc }) => tfc === request.tfc)
    .map(({ lastPractisedOn }) => lastPractisedOn)
  const isInPractice: Ternary =
    practised === undefined
      ? 'unknown'
      : practised.some((on) => window.from <= on && on <= window.to)
        ? 'yes'
        : practised.some((on) => on > window.to)
          ? 'unknown'
          : 'no'
  return [
    ...whether(opposite(isListed), entry(facts, 'the entry on the specialist register for this field')),
    ...whether(opposite(isInPractice), entry(facts, `practice in this field within ${rule.lookBackMonths} months`)),
  ]
}

/** No cover for giving an opinion, cover that has lapsed, or an employer who objects (C39). */
export const indemnity: Judge<'indemnity'> = (facts) => {
  const { asOf, candidate } = facts
  const cover = candidate.indemnity
  if (cover === null) return [needs(entry(facts, 'the indemnity'))]
  if (cover.route === 'none') return [holds(entry(facts, 'no indemnity'))]
  const { validTo, employerView } = cover
  return [
    ...when(validTo === null, needs(entry(facts, 'how long the indemnity lasts'))),
    ...when(
      validTo !== null && validTo !== 'ongoing' && validTo < asOf,
      holds({ ...entry(facts, 'indemnity that has lapsed'), to: validTo }),
    ),
    ...when(employerView === null, needs(entry(facts, 'whether the employer permits it'))),
    ...when(employerView === 'objects', holds(entry(facts, 'an employer who objects'))),
  ]
}

/** As many other cases in hand as agreed: not offered another, and no verdict on independence (C42). */
export const full: Judge<'full'> = (facts) => {
  const { cap, openCases } = facts.candidate
  if (cap === null) return [needs(entry(facts, 'how many cases at once were agreed'))]
  return openCases < cap ? [] : [holds(entry(facts, `${openCases} cases in hand of ${cap} agreed`))]
}

const entry = ({ candidate }: Facts, fact: string): About => ({ fact, whose: candidate.gmc, source: 'register entry' })

const when = (is: boolean, answer: Answer): readonly Answer[] => (is ? [answer] : [])

const opposite = (is: Ternary): Ternary => (is === 'yes' ? 'no' : is === 'no' ? 'yes' : 'unknown')

// Registers are typed by hand: case, spaces, punctuation and diacritics do not make a different name.
const folded = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
