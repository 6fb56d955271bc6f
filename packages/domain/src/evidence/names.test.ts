import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, isSameName, mayBeSameName } from './names.ts'

describe('a name', () => {
  test.each([
    ['ADA  BEISPIEL', 'Ada Beispiel'],
    ['Dr. Ada Beispiel', 'Ada Beispiel'],
    ['Professor Dame Ada Beispiel', 'Ada Beispiel'],
    ['Prof Dr Ada Beispiel', 'Ada Beispiel'],
    ['PROF ADA LI', 'Ada Li'],
    ['Lord Beispiel', 'Beispiel'],
    ['Beispiel, Dr Ada', 'Ada Beispiel'],
    ['Ada Beispiel, FRCPCH', 'Ada Beispiel'],
    ['Ada Beispiel, M.D., PhD', 'Ada Beispiel'],
    ['Beispiel, Ada, MBE', 'Ada Beispiel'],
    ['Ada Beispiel Jr', 'Ada Beispiel'],
    ['Zoë Müßig-Łęcka', 'Zoe Mussig Lecka'],
    ['Søren Ærø', 'Soren Aero'],
    ['Đorđe Þórsson', 'Dorde Thorsson'],
    ['İpek Işık', 'Ipek Isik'],
    ['Siobhán O’Neill', "Siobhan O'Neill"],
    ['Siobhán O´Neill', 'Siobhan ONeill'],
    ['Jean-Luc Muster', 'Jean Luc Muster'],
    ['ΓΙΩΡΓΟΣ Δοκιμής', 'Γιώργος Δοκιμησ'],
    ['王 伟', '王　伟'],
  ])('%j is the same as %j', (one, other) => {
    expect(isSameName(one, other)).toBe(true)
    expect(foldName(one)).toBe(foldName(other))
  })

  test.each([
    ['Ada Beispiel', 'Eda Beispiel'],
    ['Ann Ewing', 'Anne Wing'],
    ['Lord J', 'J'],
    ['Ada Beispiel', ''],
    ['', ''],
    ['…', ' '],
  ])('%j is not the same as %j', (one, other) => {
    expect(isSameName(one, other)).toBe(false)
  })

  test('of a million titles is folded without ado', () => {
    expect(foldName('Dr '.repeat(1_000_000)).length).toBeLessThan(500)
  })
})

describe('a cited author', () => {
  test.each([
    ['Ada Beispiel', 'Beispiel, Ada'],
    ['Ada Beispiel', 'Beispiel, Ada B'],
    ['Dr Ada Berta Beispiel', 'Beispiel, Ada'],
    ['Ada Berta Beispiel', 'Ada B. Beispiel'],
    ['Ada Beispiel', 'ADA BEISPIEL'],
    ['Beispiel, Ada', 'Ada Beispiel'],
    ['Jean-Luc Muster', 'Muster, Jeanluc'],
    ['Ludwig van der Berg', 'van der Berg, Ludwig'],
    ['Ludwig van der Berg', 'Vanderberg, Ludwig'],
    ['Ludwig van der Berg', 'Berg, Ludwig van der'],
    ['Sean O Neill', "O'Neill, Seán"],
    ['Ada Muster-Beispiel', 'Muster Beispiel, Ada'],
    ['Martin King', 'King, Martin L Jr'],
    ['Suharto', 'Suharto'],
    ['王 伟', '王 伟'],
  ])('is by full names the person: %j, cited %j', (full, cited) => {
    expect(mayBeSameName(full, cited)).toBe('yes')
  })

  test.each([
    ['Ada Beispiel', 'Beispiel A'],
    ['Ada Beispiel', 'Beispiel AB'],
    ['Ada Berta Clara Beispiel', 'Beispiel AC'],
    ['Ada Beispiel', 'BEISPIEL AB'],
    ['Ada Beispiel', 'A. B. Beispiel'],
    ['Ada Beispiel', 'AB Beispiel'],
    ['Ada Beispiel', 'Beispiel, AB'],
    ['Ada Beispiel', 'Beispiel A Jr'],
    ['A Beispiel', 'Beispiel, Ada'],
    ['Ludwig van der Berg', 'van der Berg L'],
    ['Ludwig van der Berg', 'Berg LV'],
    ['Ana de Silva', 'Silva A'],
    ['Friedrich von Muster', 'von Muster F'],
    ["Seán O'Neill", 'ONeill S'],
    ['Ada Muster-Beispiel', 'Muster-Beispiel A'],
    ['Ada Muster-Beispiel', 'Beispiel AM'],
    ['Ada Muster Beispiel', 'Muster Beispiel A'],
    ['Jean-Luc Muster', 'Muster JL'],
    ['Jean-Luc Muster', 'Muster J'],
    ['Jean-Luc Muster', 'Muster J-L'],
    ['Þóra Muster', 'Muster Þ'],
    ['John Lord', 'Lord J'],
    ['Suharto', 'Suharto S'],
    ['Ada Beispiel', 'Beispiel'],
    ['Chris Muster', 'Muster, Christopher'],
    ['Mohamed Muster', 'Muster, Mohammad'],
    ['Wang Li', 'Li W'],
  ])('may be the person by initials: %j, cited %j', (full, cited) => {
    expect(mayBeSameName(full, cited)).toBe('maybe')
  })

  test.each([
    ['Ada Beispiel', 'Beispiel B'],
    ['Ada Beispiel', 'Beispiele A'],
    ['Ada Beispiel', 'Beispiel, Anna'],
    ['Jane Smith', 'Smith, Joan'],
    ['Ada Berta Beispiel', 'Beispiel AC'],
    ['Ada Berta Beispiel', 'Beispiel, Ada Clara'],
    ['Ada Beispiel', 'Muster-Beispiel A'],
    ['Li Wa', 'Li WA'],
    ['Ada Beispiel', ''],
    ['', 'Beispiel A'],
    ['', ''],
    ['Ada Beispiel', ', Ada'],
    ['Ada Beispiel', `${'Ada '.repeat(13)}Beispiel`],
  ])('is not the person: %j, cited %j', (full, cited) => {
    expect(mayBeSameName(full, cited)).toBe('no')
  })

  test('is by initials the person whose initials they are, and whichever of two is asked about, the answer is one', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{2,8}$/)
    fc.assert(
      fc.property(word, word, word, (given, middle, family) => {
        const full = `${given} ${middle} ${family}`
        for (const cited of [`${family} ${given[0] ?? ''}${middle[0] ?? ''}`, `${family}, ${given} ${middle}`]) {
          expect(mayBeSameName(full, cited)).not.toBe('no')
          expect(mayBeSameName(cited, full)).toBe(mayBeSameName(full, cited))
        }
      }),
      runs(100),
    )
  })

  test('is read from any text', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(text, text, (full, cited) => {
        expect(['yes', 'maybe', 'no']).toContain(mayBeSameName(full, cited))
      }),
      runs(200),
    )
  })
})
