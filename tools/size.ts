import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Tests and what serves them, and files of words, data or generated text, whose length says nothing about the code. */
const aside = [
  /\.test\.tsx?$/,
  /^packages\/testkit\//,
  /^(test|bench)\//,
  /^local\/cast(\.ts|\/)/,
  /^packages\/policy\/src\/(rules|specialties|deadlines)\.ts$/,
  /^functions\/(problems|react\/notice-words)\.ts$/,
  /^web\/words/,
]

/** Lines that say something to the machine: neither blank nor wholly comment. */
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length

const roomOf = (file: string) => {
  const [first = '', second = ''] = file.split('/')
  return first === 'packages' ? `${first}/${second}` : file.includes('/') ? first : 'at the top'
}

const words = ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs', '*.cjs']
const files = spawnSync('git', words, { encoding: 'utf8' })
  .stdout.trim()
  .split('\n')
  .filter((file) => existsSync(file) && !aside.some((one) => one.test(file)))
  .map((file) => ({ file, room: roomOf(file), lines: linesOf(file) }))

const sum = (list: readonly { readonly lines: number }[]) => list.reduce((all, { lines }) => all + lines, 0)
const rooms = [...Map.groupBy(files, ({ room }) => room)].toSorted(([a], [b]) => (a < b ? -1 : 1))
console.log('Lines of source (blank lines, comments, tests, words, data and generated files aside)\n')
for (const [room, list] of rooms) console.log(`${String(sum(list)).padStart(7)}  ${room} (${list.length} files)`)
console.log(`${String(sum(files)).padStart(7)}  in all\n\nThe ten longest:`)
for (const { file, lines } of files.toSorted((a, b) => b.lines - a.lines).slice(0, 10))
  console.log(`${String(lines).padStart(7)}  ${file}`)
