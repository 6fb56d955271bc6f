import { readFileSync } from 'node:fs'
import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp'
import ts from 'typescript'
import type { Pattern } from './steps.ts'

export type Found = Pattern & { readonly where: string }

/** Every pattern that a file has as a literal, and every place where one is made of text. */
export const patternsIn = (file: string): { readonly literals: readonly Found[]; readonly made: readonly string[] } => {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const [literals, made]: [Found[], string[]] = [[], []]
  const walk = (node: ts.Node) => {
    const where = () => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      literals.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), where: where() })
    }
    if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') made.push(where())
    ts.forEachChild(node, walk)
  }
  walk(tree)
  return { literals, made }
}

/** What a pattern is worst at: each character it reads, alone and by turns, and what it nearly matches, over and over. */
export const worstFor = ({ source, flags }: Pattern, length: number): readonly string[] => {
  const tree = new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  })
  const characters = new Set<string>()
  const read = (node: AST.Character | AST.CharacterClass | AST.CharacterSet) => {
    // A class is read as one; what it is made of is not read by itself.
    if (node.parent?.type === 'Alternative' || node.parent?.type === 'Quantifier')
      characters.add(oneOf(node.raw, flags))
  }
  visitRegExpAST(tree, { onCharacterEnter: read, onCharacterClassEnter: read, onCharacterSetEnter: read })
  const few = [...characters].slice(0, 8)
  const begun = tree.alternatives.map(({ elements }) => elements.map((one) => sampleOf(one, flags)).join(''))
  const rows = [...few, ...few.slice(1).map((one, n) => `${few[n]}${one}`), ...begun.filter((one) => one.length > 1)]
  const long = (row: string) => row.repeat(Math.ceil(length / row.length)).slice(0, length)
  // What never ends a match comes last, so that all that was read is to be given back.
  const tails = [...rows.map(long), ...begun.flatMap((one) => few.map((row) => `${one}${long(row)}`))]
  return [...new Set(tails)].flatMap((one) => [`${one}\u0000`])
}

const pool = [...'a1. -_/\\"\'@:;,A[](){}<>=+*?!&', '\n', '\t', 'é', '\u0301', '\u0000', '中']
/** A character that a class reads. */
const oneOf = (raw: string, flags: string) => {
  const is = new RegExp(`^(?:${raw})$`, flags.replace(/[gyd]/g, ''))
  return pool.find((one) => is.test(one)) ?? [...raw].at(-1) ?? 'a'
}

/** The shortest text that a part matches, once. */
const sampleOf = (node: AST.Element, flags: string): string => {
  switch (node.type) {
    case 'Character':
    case 'CharacterClass':
    case 'CharacterSet':
    case 'ExpressionCharacterClass':
      return oneOf(node.raw, flags)
    case 'Group':
    case 'CapturingGroup':
      return (node.alternatives[0]?.elements ?? []).map((one) => sampleOf(one, flags)).join('')
    case 'Quantifier':
      return sampleOf(node.element, flags).repeat(Math.max(1, node.min))
    case 'Backreference':
    case 'Assertion':
      return ''
  }
}
