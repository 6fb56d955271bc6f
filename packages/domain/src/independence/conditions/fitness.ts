import { type About, each, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Day, Pair } from '../pair.ts'
import { anyOf, both, liesIn, lookBack, not, type Ternary, touches } from '../period.ts'

/** Below the first doctor's grade: consultants are each other's equals, whatever their years in post (C11). */
export const belowFirstDoctor: Judge<'below-first-doctor'> = (pair, { condition }) => {
  const { candidate, request } = pair
  if (!mayBeSole(pair) || candidate.grade === 'consultant') return NOTHING
  const named = request.treating.filter(({ person }) => person === request.firstOpinionBy)
  const leads = request.treating.filter(({ role }) => role === 'lead')
  const first = named.length > 0 ? named : leads.length > 0 ? leads : request.treating
  const firstIsConsultant = first.some(({ grade }) => grade === 'consultant')
  if (!firstIsConsultant && first.every(({ grade }) => grade !== null)) return NOTHING
  if (candidate.grade === null) return [needs(entry(pair, 'the grade'))]
  if (condition.equals.includes(candidate.grade)) {
    if (candidate.specialistRegister === null) return [needs(entry(pair, 'the entries on the specialist register'))]
    if (candidate.specialistRegister.length > 0) return NOTHING
  }
  if (!firstIsConsultant)
    return [needs(() => ({ fact: "the first doctor's grade", whose: 'treating consultant', source: 'request' }))]
  return [holds(entry(pair, candidate.grade.replaceAll('-', ' ')))]
}

/** No standing declaration of interests signed within the look-back; one dated ahead is no signature (C35). */
export const standingDeclaration: Judge<'standing-declaration'> = (pair, { rule }) => {
  const signedOn = pair.candidate.standingDeclaration
  const about = entry(pair, 'a standing declaration of interests, signed and in date')
  if (signedOn === null) return [needs(about)]
  if (signedOn === 'unsigned') return [holds(about)]
  const isValid = liesIn(signedOn, lookBack(rule.lookBackMonths, pair.asOf))
  return whether(not(isValid), () => ({ ...about(), during: { from: signedOn, to: signedOn } }))
}

/** No declaration for this case signed since the clinician was asked, and not ahead of time (C35). */
export const caseDeclaration: Judge<'case-declaration'> = (pair) => {
  const { asOf, candidate, request } = pair
  const about = () => ({
    fact: 'a declaration signed for this case',
    whose: candidate.person,
    source: 'case declaration',
  })
  const signedOn = candidate.caseDeclaration
  if (signedOn === null) return [needs(about)]
  if (signedOn === 'unsigned') return [holds(about)]
  if (request.instructedOn === null)
    return [needs(() => ({ ...about(), fact: 'the day the clinician was asked', source: 'request' }))]
  const isValid = request.instructedOn > asOf ? 'no' : liesIn(signedOn, { from: request.instructedOn, to: asOf })
  return whether(not(isValid), () => ({ ...about(), during: { from: signedOn, to: signedOn } }))
}

/** Not free to practise in this field by the medical register; a check that is too old says nothing for the clinician (C36). */
export const registration: Judge<'registration'> = (pair, { rule, condition }) => {
  const { candidate, asOf } = pair
  const seen = candidate.registration
  const about = (fact: string) => (): About => ({
    fact,
    whose: candidate.person,
    source: 'medical register check',
    asOf: seen?.checkedOn,
  })
  if (seen === null) return [needs(about('the entry on the medical register'))]
  const today = lookBack(null, asOf)
  const known = (is: boolean | null): Ternary => (is === null ? 'unknown' : is ? 'yes' : 'no')
  const isOff: Ternary = seen.status === null ? 'unknown' : seen.status.startsWith('registered') ? 'no' : 'yes'
  return [
    ...whether(isOff, about(isOff === 'yes' ? `registration ${seen.status}` : 'the status of the registration')),
    ...whether(not(known(seen.hasLicence)), about('no licence to practise')),
    ...each(
      seen.conditions,
      (one) => whether(both(known(one.affectsScope), touches(one, today)), about('conditions that affect this field')),
      about('conditions on the registration'),
    ),
    ...whether(known(seen.hasInterimOrder), about('an interim order')),
    ...each(
      seen.warnings,
      (one) => whether(touches(one, today), about('a warning'), { severity: condition.warning }),
      about('warnings on the registration'),
    ),
    ...(seen.isSameName === false ? [needs(about('whose entry it is: the name on the register is another'))] : NOTHING),
    ...(liesIn(seen.checkedOn, lookBack(rule.lookBackMonths, asOf)) === 'yes'
      ? NOTHING
      : [needs(about('a check of the medical register that is not out of date'))]),
  ]
}

/** Not on the specialist register for the field, or out of practice in it (C37). */
export const specialist: Judge<'specialist'> = (pair, { rule }) => {
  const { asOf, candidate, request } = pair
  if (!mayBeSole(pair)) return NOTHING
  const { registers, tfc } = request
  const isListed: Ternary =
    registers === null || candidate.specialistRegister === null
      ? 'unknown'
      : candidate.specialistRegister.some((name) => registers.includes(name))
        ? 'yes'
        : 'no'
  const window = lookBack(rule.lookBackMonths, asOf)
  const practisedOn = (lastOn: Day | 'ongoing' | null): Ternary => {
    if (lastOn === 'ongoing') return 'yes'
    // A day that lies ahead is a slip of the pen, and proves nothing either way.
    return typeof lastOn === 'string' && lastOn > asOf ? 'unknown' : liesIn(lastOn, window)
  }
  const isInPractice: Ternary =
    candidate.practice === null || tfc === null
      ? 'unknown'
      : anyOf(candidate.practice.filter((one) => one.tfc === tfc).map(({ lastOn }) => practisedOn(lastOn)))
  return [
    ...whether(not(isListed), entry(pair, 'the entry on the specialist register for this field')),
    ...whether(not(isInPractice), entry(pair, `practice in this field within ${rule.lookBackMonths} months`)),
  ]
}

/** Registered abroad, or with another regulator: legal and medical director's approval, identity, the regulator's letter (C38). */
export const overseas: Judge<'overseas'> = (pair, { condition }) => {
  const seen = pair.candidate.registration
  const about = entry(pair, 'where, and with whom, the clinician is registered')
  if (seen === null) return [needs(about)]
  const { body, country } = seen
  const isOther = (value: string | null, ours: readonly string[]): Ternary =>
    value === null ? 'unknown' : ours.includes(value) ? 'no' : 'yes'
  const [isOtherBody, isAbroad] = [isOther(body, [condition.body]), isOther(country, condition.countries)]
  const is =
    isOtherBody === 'yes' || isAbroad === 'yes' ? 'yes' : isOtherBody === 'no' && isAbroad === 'no' ? 'no' : 'unknown'
  return whether(is, () => (is === 'yes' ? { ...about(), fact: `registered with ${body}, ${country}` } : about()))
}

/** No cover for giving an opinion, cover that has lapsed, or an employer who objects (C39). */
export const indemnity: Judge<'indemnity'> = (pair) => {
  const cover = pair.candidate.indemnity
  const asks = (fact: string) => needs(entry(pair, fact))
  if (cover === null || cover.route === null) return [asks('the indemnity')]
  if (cover.route === 'none') return [holds(entry(pair, 'no indemnity'))]
  const { validTo, employerView } = cover
  const isCovered = touches({ from: null, to: validTo }, lookBack(null, pair.asOf))
  // From when it runs nobody asks: only whether it still does.
  const hasLapsed = not(isCovered === 'unknown' && typeof validTo === 'string' ? 'yes' : isCovered)
  return [
    ...whether(hasLapsed, () => ({
      ...entry(pair, hasLapsed === 'yes' ? 'indemnity that has lapsed' : 'how long the indemnity lasts')(),
      during: { from: null, to: validTo },
    })),
    ...(employerView === null ? [asks('whether the employer permits it')] : NOTHING),
    ...(employerView === 'objects' ? [holds(entry(pair, 'an employer who objects'))] : NOTHING),
  ]
}

/** More cases in hand than agreed (C42): no verdict on independence. Who has just as many is not offered another either, which `mayOffer` says. */
export const full: Judge<'full'> = (pair) => {
  const { open = null, cap = null } = pair.candidate.capacity ?? {}
  if (cap === null || open === null)
    return [needs(entry(pair, 'how many cases at once were agreed, and how many are in hand'))]
  return open <= cap ? NOTHING : [holds(entry(pair, `${open} cases in hand of ${cap} agreed`))]
}

/** Saw the first opinion before writing down their own, where the route was to be blind to it (C40). */
export const unblinded: Judge<'unblinded'> = ({ candidate, request }) => {
  if (request.isBlinded === false) return NOTHING
  const about = (fact: string) => (): About => ({ fact, whose: candidate.person, source: 'pack open log' })
  if (request.isBlinded === null || candidate.pack === null)
    return [needs(about('when the first opinion and the own view were opened and written'))]
  const { firstOpinionOpenedAt: opened, ownViewAt: written } = candidate.pack
  if (opened === null) return NOTHING
  const isBefore = written === null || opened < written
  return isBefore
    ? [holds(about(`first opinion opened ${opened}, own view ${written ?? 'not written down'}`))]
    : NOTHING
}

// Below a consultant, or out of the field, one can still be part of an MDT's opinion or say what is the case.
const mayBeSole = ({ candidate }: Pair) =>
  candidate.kind === 'person' && (candidate.role === 'sole' || candidate.role === null)

const entry =
  ({ candidate }: Pair, fact: string) =>
  (): About => ({ fact, whose: candidate.person, source: 'register entry' })
