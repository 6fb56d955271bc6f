/** Letters that Unicode does not take apart, as they are written where they are not on the keyboard. */
export const SPELT_OUT: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŋ: 'n',
  ı: 'i',
  ŧ: 't',
  ς: 'σ',
}
