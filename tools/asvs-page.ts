import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Evidence, evidenceInTree } from './evidence-tags.ts'

const at = (file: string) => new URL(`../${file}`, import.meta.url)
const read = (file: string) => readFileSync(at(file), 'utf8')

const listed = z.strictObject({
  source: z.string(),
  version: z.string(),
  licence: z.string(),
  requirements: z.array(z.strictObject({ id: z.string(), level: z.int(), says: z.string() })),
})
const because = z.string().min(20)
/** What is said of a requirement that no test shows by itself. */
const said = z.record(
  z.string(),
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('config'),
      because,
      file: z.string(),
      readBy: z.strictObject({ file: z.string(), title: z.string() }),
    }),
    z.strictObject({ kind: z.literal('not-applicable'), because }),
    z.strictObject({ kind: z.literal('falls-short'), because }),
  ]),
)

type Said = z.infer<typeof said>[string]
type Row = {
  readonly id: string
  readonly level: number
  readonly says: string
  readonly tests: readonly Evidence[]
  readonly said: Said | undefined
}
type Kind = 'test' | Said['kind'] | 'nothing'

const requirements = listed.parse(JSON.parse(read('test/evidence/asvs.json')))
const words = said.parse(JSON.parse(read('test/evidence/asvs-said.json')))
const { evidence, stray } = evidenceInTree()

/** Each requirement with all that is said of it, by tests and in writing. */
const rows: readonly Row[] = requirements.requirements.map((one) => ({
  ...one,
  tests: evidence.filter(({ ids }) => ids.includes(one.id)),
  said: words[one.id],
}))

// What falls short is not shown, whatever its tests show of it.
const kindOf = ({ tests, said: one }: Row): Kind => one?.kind ?? (tests.length > 0 ? 'test' : 'nothing')

/** What is wrong with the evidence itself, each in a sentence; nothing is, or the page may not be made. */
export const faults = (): readonly string[] => {
  const known = new Set(rows.map(({ id }) => id))
  return [
    ...stray.map(({ file, line, because: why }) => `${file}:${line} ${why}`),
    ...evidence.flatMap(({ file, ids }) =>
      ids.filter((id) => !known.has(id)).map((id) => `${file} names ${id}, which is no requirement of the list`),
    ),
    ...Object.keys(words).flatMap((id) => (known.has(id) ? [] : [`${id} is said something of, and is no requirement`])),
    ...rows.flatMap((row) => (kindOf(row) === 'nothing' ? [`Nothing is said of ${row.id}: ${row.says}`] : [])),
    ...rows.flatMap(({ id, tests, said: one }) =>
      tests.length > 0 && one && one.kind !== 'falls-short' ? [`${id} has a test and is said to be ${one.kind}`] : [],
    ),
    ...rows.flatMap(({ id, said: one }) =>
      one?.kind === 'config' && !isRead(one) ? [`${id} rests on a file or a test that is not there`] : [],
    ),
  ]
}

const isRead = ({ file, readBy }: Extract<Said, { kind: 'config' }>) =>
  existsSync(at(file)) && existsSync(at(readBy.file)) && read(readBy.file).includes(readBy.title)

const kindWords: Readonly<Record<Kind, string>> = {
  test: 'by a test',
  config: 'by a file that a test reads',
  'not-applicable': 'does not apply',
  'falls-short': 'falls short',
  nothing: 'nothing',
}

export const countOf = (kind: Kind) => rows.filter((row) => kindOf(row) === kind).length
const share = (kind: Kind) => `${countOf(kind)} of ${rows.length}`

/** The page of evidence; a test holds the file to the tags and to what is said beside them. */
export const asvsPage = () => `# Evidence towards the OWASP ASVS

By \`npm run asvs\`, from tags in the tests themselves and from \`test/evidence/\`. OWASP ASVS ${requirements.version}: every requirement of level 1, and all of
the chapter on authorisation. This is evidence towards those requirements, gathered by ourselves: it is no claim of conformance, nobody outside the team has
reviewed it, and a test shows no more than it says. What stands in the second column is our own short word for a row; read the requirement itself at
<https://github.com/OWASP/ASVS>.

| | |
|---|---|
${(['test', 'config', 'not-applicable', 'falls-short'] as const).map((kind) => `| ${kindWords[kind]} | ${share(kind)} |`).join('\n')}

| ASVS | In short | Level | Shown | What shows it, or why not |
|---|---|---|---|---|
${rows.map(lineOf).join('\n')}
`

const lineOf = (row: Row) =>
  `| ${[row.id, row.says, row.level, kindWords[kindOf(row)], shownBy(row)].map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`

const shownBy = ({ tests, said: one }: Row) => {
  const named = tests.map(({ file, title }) => `\`${file}\` › ${title}`).join(' · ')
  if (!one) return named
  const rests = one.kind === 'config' ? ` \`${one.file}\`, read by \`${one.readBy.file}\` › ${one.readBy.title}` : ''
  return `${one.because}${rests}${named === '' ? '' : ` Shown in part: ${named}`}`
}
