import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** A test that says of itself what it is evidence for, as `// evidence: ASVS 8.2.2, 8.4.1` in the line above it. */
export type Evidence = { readonly file: string; readonly title: string; readonly ids: readonly string[] }
/** A tag, and what is wrong with it: it counts for nothing. */
type Stray = { readonly file: string; readonly line: number; readonly because: string }
type Found = { readonly evidence: readonly Evidence[]; readonly stray: readonly Stray[] }

const TAG = /^\s*\/\/ evidence: ASVS (.+)$/
const ALMOST = /^\s*\/\/.*evidence\s*:\s*ASVS/im
const IDS = /^\d+\.\d+\.\d+(, \d+\.\d+\.\d+)*$/

/** The tags of one file of tests, each with the test in the line below. */
export const evidenceIn = (file: string, text: string): Found => {
  const tests = testsIn(file, text)
  const found = text.split('\n').flatMap((words, index): readonly (Evidence | Stray)[] => {
    if (!ALMOST.test(words)) return []
    const line = index + 1
    const ids = TAG.exec(words)?.[1] ?? ''
    if (!IDS.test(ids)) return [{ file, line, because: 'does not read as `// evidence: ASVS 1.2.3, 4.5.6`' }]
    const below = tests.find((one) => one.line === line + 1)
    if (!below) return [{ file, line, because: 'does not stand directly above a test' }]
    if (below.isSkipped) return [{ file, line, because: 'stands above a test that is skipped' }]
    return [{ file, title: below.title, ids: ids.split(', ') }]
  })
  return {
    evidence: found.flatMap((one) => ('ids' in one ? [one] : [])),
    stray: found.flatMap((one) => ('because' in one ? [one] : [])),
  }
}

type Place = { readonly line: number; readonly title: string; readonly isSkipped: boolean }

const testsIn = (file: string, text: string): readonly Place[] => {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const walk = (node: ts.Node, above: Omit<Place, 'line'>): readonly Place[] => {
    const said = ts.isCallExpression(node) && ts.isExpressionStatement(node.parent) ? wordsOf(node.expression) : []
    const [first = '', ...more] = said
    const children = (of: Omit<Place, 'line'>) => {
      const places: Place[] = []
      ts.forEachChild(node, (child) => void places.push(...walk(child, of)))
      return places
    }
    if (!ts.isCallExpression(node) || !['test', 'describe'].includes(first)) return children(above)
    const [title] = node.arguments
    const own = title && ts.isStringLiteralLike(title) ? title.text : (title?.getText() ?? '').replace(/^`|`$/g, '')
    const here = {
      title: above.title === '' ? own : `${above.title} › ${own}`,
      isSkipped: above.isSkipped || more.some((word) => word !== 'each'),
    }
    return [{ ...here, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 }, ...children(here)]
  }
  return walk(source, { title: '', isSkipped: false })
}

/** What a call is named by: `test.skip.each(…)(…)` is test, skip, each. */
const wordsOf = (node: ts.Node): readonly string[] => {
  if (ts.isIdentifier(node)) return [node.text]
  if (ts.isPropertyAccessExpression(node)) return [...wordsOf(node.expression), node.name.text]
  return ts.isCallExpression(node) ? wordsOf(node.expression) : []
}

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = ['packages', 'functions', 'infra', 'local', 'web', 'test']

/** Every tag of the tree. A file that only others' tests run, such as the matrix of isolation, has them too. */
export const evidenceInTree = (): Found => {
  const found = rooms
    .flatMap((room) =>
      readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((at) => `${room}/${at}`),
    )
    .filter((file) => /\.tsx?$/.test(file) && !file.includes('node_modules'))
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const)
    .filter(([, text]) => ALMOST.test(text))
    .map(([file, text]) => evidenceIn(file, text))
  return { evidence: found.flatMap(({ evidence }) => evidence), stray: found.flatMap(({ stray }) => stray) }
}
