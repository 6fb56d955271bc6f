import { day } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { passesCheck } from '../child-number.ts'
import { identityIn } from './names-child.ts'
import type { ChildIdentity } from './texts.ts'

const child: ChildIdentity = {
  givenName: 'Zoë Anne-Marie',
  familyName: "O'Quillan Ng",
  bornOn: day('2019-03-04'),
  nhsNumber: '9990100071',
}
const finds = (text: string, over: Partial<ChildIdentity> = {}, holds: 'prose' | 'names' = 'prose') =>
  identityIn([{ at: 'here', text, holds }], { ...child, ...over })
const surely = (text: string, over: Partial<ChildIdentity> = {}) =>
  finds(text, over).flatMap(({ what, isCertain }) => (isCertain ? [what] : []))
const likely = (text: string, over: Partial<ChildIdentity> = {}) =>
  finds(text, over).flatMap(({ what, isCertain }) => (isCertain ? [] : [what]))

describe('a brief gives the child away', () => {
  test.each([
    ['the given name', 'Should Zoë have surgery?', 'zoe'],
    ['it without its diacritics', 'Should Zoe have surgery?', 'zoe'],
    ['it in capitals, at the end of a sentence', 'Surgery for ZOË.', 'zoe'],
    ['it in the possessive', 'Are Zoë’s seizures focal?', 'zoe'],
    ['the possessive without an apostrophe', 'Are Zoes seizures focal?', 'zoes'],
    ['a part of a double name', 'Should Marie have surgery?', 'marie'],
    ['a double name in one', 'Should AnneMarie have surgery?', 'annemarie'],
    ['a name across the end of a line', 'Should Anne-\n marie have surgery?', 'annemarie'],
    ['the family name', 'Should the O’Quillan child have surgery?', 'quillan'],
    ['the family in the plural', 'The Quillans wish to know.', 'quillans'],
    ['both names in one', 'See ZoeQuillan.pdf', 'zoequillan'],
  ])('by %s', (_, question, word) => {
    const over = word === 'zoequillan' ? { givenName: 'Zoë', familyName: 'Quillan' } : {}
    expect(finds(question, over)).toContainEqual(expect.objectContaining({ what: 'name', word, isCertain: true }))
  })

  // Whoever names a file runs names together, and some languages write a particle onto a name.
  test.each([
    ['See ZoeQuillan.pdf', { familyName: 'Quillan' }],
    ['See QuillanZoe.pdf', { familyName: 'Quillan' }],
    ['See zquillan.pdf', { familyName: 'Quillan' }],
    ['ZoeAnne has fits', {}],
    ['JosephXu', { givenName: 'Joseph Paul', familyName: 'Xu' }],
    ['지우는 아프다', { givenName: '지우', familyName: '김' }],
    ['NHS no 943  -  476  -  5919', {}],
    ['NHS no 943\n\n\n\n476 5919', {}],
  ])('by %s', (text, over) => {
    expect(surely(text, over)).not.toEqual([])
  })

  test('is asked whether “Li” is lithium', () => {
    const over = { givenName: 'Li', familyName: 'Wen' }
    expect([surely('Li level 0.6', over), likely('Li level 0.6', over)]).toEqual([[], ['name']])
  })

  // Report 05, with the child of each line: each was taken once, and is to be refused.
  test.each([
    ['Lucja has focal seizures.', {}],
    ['The OWzorek child has focal seizures.', {}],
    ['The O Wzorek child has focal seizures.', {}],
    ['The Strauss child', { familyName: 'Strauß' }],
    ['The Strauß child', { familyName: 'Strauss' }],
    ['The Mueller child', { familyName: 'Müller' }],
    ['The Muller child', { familyName: 'Müller' }],
    ['The Müller child', { familyName: 'Mueller' }],
    ['Born on the 4th of May 2018.', {}],
    ['Born 2018 May 4', {}],
    ['DOB 2018-May-04', {}],
    ['DOB 04052018', {}],
    ['DOB 20180504', {}],
    ['DOB 4May2018', {}],
    ['DOB 04–05–2018', {}],
    ['DOB 04\u201105\u20112018', {}],
    ["Born 4 May '18", {}],
    ['DOB 04_05_2018', {}],
    ['NHS no 999.010.0071', {}],
    ['NHS no 999–010–0071', {}],
    ['NHS no 999\u2011010\u20110071', {}],
    ['NHS no 999\u200d010\u200d0071', {}],
    ['NHS no 999/010/0071', {}],
    ['NHS no 999 010 0071', { nhsNumber: null }],
    ['Jo Li has focal seizures.', { givenName: 'Jo', familyName: 'Li' }],
  ])('as in “%s”', (text, over) => {
    const lucja = { givenName: 'Łucja', familyName: "O'Wzorek", bornOn: day('2018-05-04') }
    expect(surely(text, { ...lucja, ...over })).not.toEqual([])
  })

  test.each([
    ['Sørvig', 'Sorvig'],
    ['Sørvig', 'Soervig'],
    ['Þórdís', 'Thordis'],
    ['Đặng', 'Dang'],
    ['Yıldız', 'Yildiz'],
    ['Æbelø', 'Aebelo'],
    ['Œuvrard', 'Oeuvrard'],
    ['Ｚｏｅｙａ', 'Zoeya'],
    ['Zo\u200dey\u00ada', 'Zoeya'],
    ["D'Arcyn", 'D`Arcyn'],
    ["D'Arcyn", 'DARCYN'],
    ['Jean-Lucien', 'Jean‑Lucien'],
    ['李小龙', '孩子李小龙病了'],
  ])('who is called %s, by %s', (familyName, text) => {
    expect(surely(`The child is ${text}.`, { familyName })).toContain('name')
  })

  test.each(['999 010 0071', '9990100071', '999-010-0071', 'No. 9990100071/2', '9 9 9 0 1 0 0 0 7 1', '٩٩٩٠١٠٠٠٧١'])(
    'by its number: %s',
    (written) => {
      expect(surely(`The child (${written}) has seizures.`)).toEqual(['number'])
    },
  )

  test('by any valid number, whoever’s it is, and a CHI number too', () => {
    expect(surely('The other child is 999 020 0149.')).toEqual(['number'])
    const chi = Array.from({ length: 100 }, (_, n) => `04031900${String(n).padStart(2, '0')}`).find(passesCheck) ?? ''
    expect(surely(`CHI ${chi}`, { nhsNumber: null, bornOn: day('2011-01-01') })).toEqual(['number'])
    expect(surely(`CHI ${chi.slice(0, 6)} ${chi.slice(6)}`, { nhsNumber: null, bornOn: day('2011-01-01') })).toEqual([
      'number',
    ])
  })

  test.each([
    ...['2019-03-04', '04/03/2019', '4/3/2019', '4/03/2019', '04.03.2019', '4-3-19', '4 March 2019', '4th March 2019'],
    ...['04 Mar 2019', 'March 4, 2019', '4. 3. 2019', 'Monday the 4th of March, 2019', '2019: 4 March', '0403 2019'],
    ...['040319', '190304', '4march19', '2019-03-04T09:00'],
  ])('by the birthday: %s', (written) => {
    expect(surely(`Born ${written}, with seizures.`)).toEqual(['birthday'])
  })
})

describe('a brief does not give the child away', () => {
  test.each([
    ['by nothing of the child', 'Should the child have surgery?'],
    ['by a word that merely begins like a name', 'A zoetic mariette quillanon.'],
    ['by a date that merely ends like the birthday', 'Seen on 14/3/2019 and on 24.03.2019.'],
    ['by a date of another year', 'Seen on 4/3/2020, and on 4 March 2021.'],
    ['by the month alone', 'Seizures since March 2019.'],
    ['by ten digits that are no number', 'Reference 9990100072, blood pressure 120/80, 110/70, 15.'],
  ])('%s', (_, question) => {
    expect(finds(question)).toEqual([])
  })

  test('by what stands for a name until there is one', () => {
    const unnamed = { givenName: 'Baby Girl', familyName: 'Twin Two Okonjo' }
    expect(finds('Should this baby girl, the second of two twins, have surgery?', unnamed)).toEqual([])
    expect(surely('Should Baby Okonjo have surgery?', unnamed)).toEqual(['name'])
  })

  test('by a number that it has not', () => {
    expect(finds('The child has 10 seizures a day.', { nhsNumber: null })).toEqual([])
  })
})

describe('what is only likely is a question', () => {
  test.each([
    ['a name that is a word', 'The child may need surgery.', { givenName: 'May' }],
    ['one in the possessive', 'We ask for the team’s will.', { givenName: 'Will' }],
    ['two letters that are a unit', 'Levels in ng per ml.', {}],
    ['two words that are one name together', 'I am in doubt, but be lla.', { givenName: 'Bella' }],
    ['a form of a verb', 'The child has seizures.', { familyName: 'Ha' }],
  ])('%s', (_, text, over) => {
    expect([surely(text, over), likely(text, over)]).toEqual([[], ['name']])
  })

  test('a day that may be another: the month first, or doses in a row', () => {
    expect([surely('Seen on 3/4/2019.'), likely('Seen on 3/4/2019.')]).toEqual([[], ['birthday']])
    expect([surely('Doses of 4, 3, 19 mg.'), likely('Doses of 4, 3, 19 mg.')]).toEqual([[], ['birthday']])
  })

  test('ten digits in groups that a number is not set out in', () => {
    expect([surely('99 90 200 149'), likely('99 90 200 149')]).toEqual([[], ['number']])
  })

  test('says where it was, so that an answer holds for that alone', () => {
    const [one, other] = [finds('She may rest.', { givenName: 'May' }), finds('Is May well?', { givenName: 'May' })]
    expect(one[0]?.around).not.toEqual(other[0]?.around)
    expect(finds('She may rest. More.', { givenName: 'May' })[0]?.word).toBe('may')
  })

  test.each([
    ['Dr Zoë Example', []],
    ['Dr Zoë Quillan', []],
    ['Dr Example, for Zoë Quillan', ['name', 'name']],
    ['Dr Example, 999 010 0071', ['number']],
  ])('a consultant called %s may share a name with the child', (text, sure) => {
    expect(finds(text, {}, 'names').flatMap(({ what, isCertain }) => (isCertain ? [what] : []))).toEqual(sure)
    expect(finds(text, {}, 'names')).not.toEqual([])
  })
})

// That no pattern here works in squares is counted in test/hostile; here, that nothing is cut short.
describe('a text of 200 KB', () => {
  test.each(['.', '-', "'", '1', '1 ', 'a', 'a ', '-\n', 'ü', '\u0301', '\u200d', '4.', 'may '])(
    'of %j still gives the child away at its end',
    (filler) => {
      expect(surely(`${filler.repeat(200 * 1024)} Zoë`)).toContain('name')
    },
  )
})
