import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OrganisationsRead, RowProblem } from '@concord/application/ports/organisation-files'
import type { OrgCode } from '@concord/domain/ids'
import type { ClinicalNetwork, Organisation, Succession } from '@concord/domain/organisation/organisation'
import { isNonEmpty } from '@concord/domain/result'
import { type Found, onceEach, type RowReader, readTable, repeats, type Table, type TableShape } from './csv.ts'
import * as rows from './shapes.ts'
import { readSources, SOURCES } from './sources.ts'

const { shapes } = rows
const FILES = Object.values(shapes).map(({ file }) => file)

/** Reads the official files of a folder. One malformed row and nothing is read: half a country helps nobody. */
export const readOrganisationFiles = async (folder: string): Promise<OrganisationsRead> => {
  const texts = await textsOf(folder, [...FILES, SOURCES])
  const absent = [...FILES, SOURCES].filter((file) => !texts.has(file)).map(noSuchFile)
  if (isNonEmpty(absent)) return { kind: 'malformed', errors: absent }

  const table = <T extends object>(shape: TableShape, read: RowReader<T>) =>
    readTable(shape, texts.get(shape.file) ?? '', read)

  // In three rounds, for a row that points at a malformed one is not itself at fault.
  const sources = readSources(texts.get(SOURCES) ?? '', FILES)
  const regions = onceEach(table(shapes.regions, rows.readNamed('region', 'England')), codeOf)
  const icbs = onceEach(table(shapes.icbs, rows.readNamed('icb', 'England')), codeOf)
  const boards = onceEach(table(shapes.boards, rows.readNamed('board', 'Wales')), codeOf)
  const networks = onceEach(table(shapes.networks, rows.readClinicalNetwork), codeOf)
  const successions = table(shapes.successions, rows.readSuccession)
  const inLists = problemsOf(sources, regions, icbs, boards, networks, successions)
  if (isNonEmpty(inLists)) return { kind: 'malformed', errors: inLists }

  const trusts = onceEach(
    table(shapes.trusts, rows.readTrust({ regions: codesOf(regions), icbs: codesOf(icbs) })),
    codeOf,
  )
  if (isNonEmpty(trusts.problems)) return { kind: 'malformed', errors: trusts.problems }

  const listed = new Map([...valuesOf(boards), ...valuesOf(trusts)].map((one) => [one.code, one]))
  const closedEarlier = closedBefore(successions, listed)
  const owners = new Map([...listed, ...closedEarlier])
  const sites = onceEach(table(shapes.sites, rows.readSite(owners)), codeOf)
  const groups = table(shapes.groups, rows.readGroup(owners))
  const members = table(shapes.members, rows.readMembership(codesOf(networks), owners))
  const dangling = remarks(successions, ({ from, to }) =>
    to === null || owners.has(to) ? undefined : `${from} became ${to}, which no file knows`,
  )
  const inRest = [...problemsOf(sites, members, groups), ...dangling]
  if (isNonEmpty(inRest)) return { kind: 'malformed', errors: inRest }

  const content = {
    asOf: sources.asOf,
    organisations: [
      ...[regions, icbs, boards, trusts].flatMap(valuesOf),
      ...closedEarlier.values(),
      ...valuesOf(sites),
    ],
    successions: valuesOf(successions),
    groups: valuesOf(groups),
    clinicalNetworks: valuesOf(networks).map(withMembers(valuesOf(members))),
  }
  const earlier = (code: OrgCode | null) => {
    const trust = code === null ? undefined : closedEarlier.get(code)
    return trust && `${trust.code} closed before the trust file was made: taken in as closed, dates unknown`
  }
  const membersAgain = repeats(members, ({ network, member }) => `${network} ${member}`)
  return {
    kind: 'read',
    // The version is of what was read out, not of the bytes: other line endings make no new version.
    organisations: { version: hashOf(content), ...content },
    warnings: [
      ...remarks(sites, ({ parent }) => earlier(parent)),
      ...remarks(members, ({ member }) => earlier(member)),
    ],
    leftOut: [
      ...sites.leftOut,
      ...remarks(membersAgain, ({ network, member }) => `${member} stands in ${network} already`),
    ],
  }
}

/** Predecessors that no file lists any more: trusts of which only the closing is known. */
const closedBefore = (successions: Table<Succession>, listed: ReadonlyMap<string, Organisation>) => {
  const codes = new Set(valuesOf(successions).map(({ from }) => from))
  const earlier = [...codes].filter((code) => !listed.has(code))
  return new Map(earlier.map((code) => [code, rows.closedTrust(code)]))
}

const withMembers = (memberships: readonly rows.Membership[]) => (network: ClinicalNetwork) => {
  const own = memberships.filter((membership) => membership.network === network.code)
  return { ...network, members: [...new Set(own.map(({ member }) => member))] }
}

/** What is to be said of some rows of a table, each with its line. */
const remarks = <T>({ file, found }: Pick<Table<T>, 'file' | 'found'>, sentence: (value: T) => string | undefined) =>
  found.flatMap(({ line, value }): RowProblem[] => {
    const problem = sentence(value)
    return problem === undefined ? [] : [{ file, line, problem }]
  })

const noSuchFile = (file: string): RowProblem => ({ file, line: 1, problem: 'There is no such file' })
const codeOf = <Code extends string>({ code }: { readonly code: Code }) => code
const valuesOf = <T>({ found }: { readonly found: readonly Found<T>[] }) => found.map(({ value }) => value)
const codesOf = (table: Table<{ readonly code: string }>) => new Set(valuesOf(table).map(codeOf))
const problemsOf = (...tables: readonly { readonly problems: readonly RowProblem[] }[]) =>
  tables.flatMap(({ problems }) => problems)
const hashOf = (content: object) => createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)

const textsOf = async (folder: string, files: readonly string[]) => {
  const texts = new Map<string, string>()
  for (const file of files) {
    try {
      texts.set(file, await readFile(join(folder, file), 'utf8'))
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isMissing) throw error
    }
  }
  return texts
}
