import { day, gmc } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { type Brief, type ChildIdentity, identityIn } from './texts.ts'

const child: ChildIdentity = {
  givenName: 'Zoë Anne-Marie',
  familyName: "O'Quill Ng",
  bornOn: day('2019-03-04'),
  nhsNumber: '999 010 0071',
}
const found = (question: string, over: Partial<ChildIdentity> = {}) =>
  identityIn({ question, background: 'Seizures since infancy.', team: [] }, { ...child, ...over })

describe('a brief gives the child away', () => {
  test.each([
    ['the given name', 'Should Zoë have surgery?', 'zoe'],
    ['it without its diacritics', 'Should Zoe have surgery?', 'zoe'],
    ['it in capitals, at the end of a sentence', 'Surgery for ZOË.', 'zoe'],
    ['it in the possessive', 'Are Zoë’s seizures focal?', 'zoe'],
    ['a part of a double name', 'Should Marie have surgery?', 'marie'],
    ['the family name', 'Should the O’Quill child have surgery?', 'quill'],
  ])('by %s', (_, question, name) => {
    expect(found(question)).toBe(name)
  })

  test('in its background as well', () => {
    const brief: Brief = { question: 'Should the child have surgery?', background: 'Zoë has had seizures.', team: [] }
    expect(identityIn(brief, child)).toBe('zoe')
  })

  test.each(['999 010 0071', '9990100071', '999-010-0071', 'No. 9990100071/2'])('by the NHS number: %s', (written) => {
    expect(found(`The child (${written}) has seizures.`)).toBe('the NHS number')
    expect(found(`The child (${written}) has seizures.`, { nhsNumber: '9990100071' })).toBe('the NHS number')
  })

  test.each([
    '2019-03-04',
    '04/03/2019',
    '4/3/2019',
    '4/03/2019',
    '04.03.2019',
    '4-3-19',
    '4 March 2019',
    '4th March 2019',
    '04 Mar 2019',
    'March 4, 2019',
  ])('by the birthday: %s', (written) => {
    expect(found(`Born ${written}, with seizures.`)).toBe('the date of birth')
  })
})

describe('a brief does not give the child away', () => {
  test.each([
    ['by nothing of the child', 'Should the child have surgery?'],
    ['by a word that merely begins like a name', 'A zoetic mariette quillon.'],
    ['by two letters, which are a word of half the sentences there are', 'Levels in ng per ml.'],
    ['by a date that merely ends like the birthday', 'Seen on 14/3/2019 and on 24.03.2019.'],
    ['by a date of another year', 'Seen on 4/3/2020, and on 4 March 2021.'],
    ['by the month alone', 'Seizures since March 2019.'],
    ['by another number', 'The other child is 999 020 0149.'],
  ])('%s', (_, question) => {
    expect(found(question)).toBeNull()
  })

  test('by what stands for a name until there is one', () => {
    const unnamed = { givenName: 'Baby Girl', familyName: 'Twin Two Okonjo' }
    expect(found('Should this baby girl, the second of two twins, have surgery?', unnamed)).toBeNull()
    expect(found('Should Baby Okonjo have surgery?', unnamed)).toBe('okonjo')
  })

  test('by a number that it has not', () => {
    expect(found('The child has 10 seizures a day.', { nhsNumber: null })).toBeNull()
  })

  test('by the names of the team', () => {
    const team = [{ gmc: gmc(901), name: 'Dr Zoë Quill' }]
    expect(identityIn({ question: 'Should the child have surgery?', background: '', team }, child)).toBeNull()
  })
})
