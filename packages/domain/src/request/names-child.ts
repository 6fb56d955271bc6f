import { passesCheck, systemOf } from '../child-number.ts'
import { folded, readingsOfText, seen, tokensOf } from '../text/folded.ts'
import { birthdayIn } from './birthday-in.ts'
import type { Find, TextToSearch } from './finds.ts'
import type { ChildIdentity } from './texts.ts'
import { isWordToo } from './words-too.ts'

/** Everything that may give the child away: a name, an NHS, CHI or H&C number of whoever it be, the birthday. */
export const identityIn = (texts: readonly TextToSearch[], child: ChildIdentity): readonly Find[] => {
  const names = namesOf(child)
  return texts.flatMap(({ at, text, holds }) => {
    const plain = folded(seen(text))
    const named = namesIn(text, names)
    const finds = [
      ...(holds === 'names' ? amongNames(named, text, names) : named),
      ...numbersIn(plain, child.nhsNumber),
      ...birthdayIn(plain, child.bornOn),
    ]
    return finds.map((find): Find => ({ ...find, at }))
  })
}

type Found = Omit<Find, 'at'>
type Names = {
  readonly given: ReadonlySet<string>
  readonly family: ReadonlySet<string>
  /** Both without a space between. */
  readonly whole: ReadonlySet<string>
  /** Of writing that puts no spaces between words. */
  readonly unspaced: readonly string[]
}

/** What a newborn is called before it has a name, and twins are told apart by. */
const placeholders = new Set(['baby', 'infant', 'boy', 'girl', 'male', 'female', 'twin', 'one', 'two', 'three', 'of'])
// Korean and Burmese too, in which particles are written onto a name.
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Hangul}\p{Script=Myanmar}]/u

const namesOf = ({ givenName, familyName }: ChildIdentity): Names => {
  const [given, family] = [partsOf(givenName), partsOf(familyName)]
  const [ofGiven = [], ofFamily = []] = [givenName, familyName].map((one) => tokensOf(folded(seen(one))))
  const runs = [ofGiven.join(''), ofFamily.join('')]
  const [, last = ''] = runs
  // As files are called: any of the given names, or its first letter, with the family name, and two given names that follow each other.
  const called = ofGiven.filter((one) => !isPlaceholder(one))
  const firsts = [called.join(''), ...called, ...called.map((one) => one.slice(0, 1))].filter((one) => one !== '')
  const besides = called.slice(1).map((one, n) => `${called[n]}${one}`)
  const whole = last === '' ? [] : [...firsts.flatMap((one) => [one + last, last + one]), ...besides]
  return {
    given,
    family,
    whole: new Set(whole),
    unspaced: [...runs, ...whole].filter((one) => [...one].length > 1 && UNSPACED.test(one)),
  }
}

/** The words of a name in every reading, and the name without the spaces in it. */
const partsOf = (name: string): ReadonlySet<string> => {
  const readings = readingsOfText(name)
  const parts = [...readings.flat(), ...readings.filter((one) => !one.some(isPlaceholder)).map((one) => one.join(''))]
  return new Set(parts.filter((one) => [...one].length > 1 && !isPlaceholder(one)))
}
const isPlaceholder = (word: string) => placeholders.has(word)

const isName = (word: string, { given, family, whole }: Names) => given.has(word) || family.has(word) || whole.has(word)
/** The name itself, in the possessive and in the plural. */
const bare = (word: string): readonly string[] => [
  word,
  ...(word.endsWith('s') ? [word.slice(0, -1)] : []),
  ...(word.endsWith('es') ? [word.slice(0, -2)] : []),
]

const namesIn = (text: string, names: Names): readonly Found[] => {
  const readings = readingsOfText(text)
  const finds = new Map<string, Found>()
  for (const words of readings) {
    const here = Map.groupBy(words.keys(), (n) => wordAt(words, n, names))
    for (const [word, places] of here) {
      if (word === undefined || finds.has(word)) continue
      const around = places.map((n) => words.slice(Math.max(0, n - 2), n + 4).join(' '))
      const isCertain =
        !word.includes(' ') && !isWordToo(word) && bare(word).some((one) => isName(one, names) && !isWordToo(one))
      finds.set(word, { what: 'name', word, isCertain, around })
    }
  }
  const run = readings[0]?.join('') ?? ''
  for (const word of names.unspaced)
    if (run.includes(word) && !finds.has(word)) finds.set(word, { what: 'name', word, isCertain: true, around: [] })
  return [...finds.values()]
}

/** A word that is a name of the child, or two that are one when nothing stands between them: that may be chance. */
const wordAt = (words: readonly string[], n: number, names: Names): string | undefined => {
  const [word = '', next = ''] = [words[n], words[n + 1]]
  if (bare(word).some((one) => isName(one, names))) return word
  const isPair = word.length > 1 && next.length > 1 && isName(word + next, names)
  return isPair ? `${word} ${next}` : undefined
}

const TITLES = new Set(['dr', 'mr', 'mrs', 'ms', 'miss', 'mx', 'prof', 'professor', 'sir', 'dame', 'lady', 'lord'])

/** A consultant may share a name with the child, even both: only with a word beside them does it surely say who the child is. */
const amongNames = (finds: readonly Found[], text: string, names: Names): readonly Found[] => {
  const words = readingsOfText(text)[0] ?? []
  const has = (part: ReadonlySet<string>) => finds.some(({ word }) => bare(word).some((one) => part.has(one)))
  const isOther = (word: string) => !TITLES.has(word) && !bare(word).some((one) => isName(one, names))
  const isWhole = finds.some(({ word }) => names.whole.has(word))
  const isSure = (isWhole || (has(names.given) && has(names.family))) && words.some(isOther)
  return finds.map((find) => ({ ...find, isCertain: find.isCertain && isSure }))
}

/** How a number of ten digits is set out; ten digits in other groups are as likely to be measurements. */
const LAYOUTS = new Set(['10', '3-3-4', '6-4', '3-7', '5-5', '2-2-2-4'])

const numbersIn = (text: string, own: string | null): readonly Found[] => {
  const finds = new Map<string, Found>()
  const add = (word: string, isCertain: boolean) => {
    if (!finds.get(word)?.isCertain) finds.set(word, { what: 'number', word, isCertain, around: [word] })
  }
  // The child's own is one however it is taken apart, and inside a longer one too.
  const runs = tokensOf(text.replace(/[^\p{L}\p{N}]/gu, ''))
  if (own !== null && runs.some((run) => run.includes(own))) add(own, true)

  const parts = [...text.matchAll(/\d+|[^\d]+/g)].map(([part]) => part)
  for (const first of parts.keys()) {
    const found = tenDigitsFrom(parts, first)
    if (!found || /^(\d)\1{9}$/.test(found.digits) || !passesCheck(found.digits)) continue
    const isCertain = LAYOUTS.has(found.layout) && found.gaps.size <= 1
    if (isCertain || mayBeIssued(found.digits)) add(found.digits, isCertain)
  }
  return [...finds.values()]
}

/** Ten digits that begin with a run of digits and end with one, if there are such, with little between them. */
const tenDigitsFrom = (parts: readonly string[], first: number) => {
  let [digits, layout] = ['', '']
  const gaps = new Set<string>()
  for (let n = first; n < first + 20 && n < parts.length && digits.length < 10; n += 1) {
    const part = parts[n] ?? ''
    if (/^\d/.test(part)) {
      digits += part
      layout += `${layout && '-'}${part.length}`
    } else if (digits === '' || part.replace(/\s/gu, '').length > 3 || /\p{L}/u.test(part)) return undefined
    else gaps.add(part.trim())
  }
  return digits.length === 10 ? { digits, layout, gaps } : undefined
}

const mayBeIssued = (digits: string) => systemOf(digits) !== 'nhs' || /^(?:[467]|3|999)/.test(digits)
