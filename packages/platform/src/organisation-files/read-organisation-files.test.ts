import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countOrganisations } from '@concord/application/import-organisations'
import { must, parseOrgCode, parseTrustCode } from '@concord/domain/ids'
import { organisationGraph } from '@concord/domain/organisation/graph'
import { parseDate } from '@concord/domain/time'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readOrganisationFiles } from './read-organisation-files.ts'

const official = join(import.meta.dirname, '../../../../data')
const closedEarlier = ['RVY', 'RR1', 'RC1', 'RQ8', 'RDD', 'RNL', 'RXH', 'RA4', 'RD3']

const readOfficial = async () => {
  const outcome = await readOrganisationFiles(official)
  if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome.errors))
  return outcome
}

describe('reading the official files', () => {
  test('counts what the sources count', async () => {
    const { organisations } = await readOfficial()
    expect(countOrganisations(organisations)).toEqual({
      trusts: 210,
      closedTrusts: 5,
      welshTrusts: 3,
      trustsClosedEarlier: 9,
      boards: 7,
      icbs: 42,
      regions: 7,
      sites: 338,
      clinicalNetworks: 15,
      networkMemberships: 159,
      successions: 14,
    })
  })

  test('has no date after 31 December 2024', async () => {
    const { organisations } = await readOfficial()
    const dates = organisations.organisations.flatMap(({ opened, closed }) => [
      opened ?? '',
      closed === 'open' ? '' : (closed.on ?? ''),
    ])
    expect(dates.toSorted().at(-1)).toBe('2024-12-31')
  })

  test('says of each file the day it speaks for, whose it is and under which licence', async () => {
    const { organisations } = await readOfficial()
    expect(organisations.asOf).toHaveLength(9)
    expect(organisations.asOf.find(({ file }) => file === 'ods-etr.csv')).toEqual({
      file: 'ods-etr.csv',
      asOf: 'late 2024 (latest date in it 31 December 2024)',
      source: 'NHS Organisation Data Service',
      licence: 'Open Government Licence v3.0',
    })
  })

  test('warns of the ten rows that point at nine trusts closed earlier, and takes these in as closed, dates unknown', async () => {
    const { organisations, warnings } = await readOfficial()
    expect(warnings).toHaveLength(10)
    expect(new Set(warnings.map(({ problem }) => problem.slice(0, 3)))).toEqual(new Set(closedEarlier))
    const taken = organisations.organisations.filter(({ code }) => closedEarlier.includes(code))
    expect(taken.map(({ closed, opened }) => ({ closed, opened }))).toEqual(
      closedEarlier.map(() => ({ closed: { on: null }, opened: null })),
    )
  })

  test('leaves out the College itself and a membership that stands there twice, and says so', async () => {
    const { organisations, leftOut } = await readOfficial()
    expect(leftOut).toEqual([
      { file: 'paediatric-sites.csv', line: 339, problem: '8HV48 is the Royal College itself, not a site' },
      { file: 'clinical-network-members.csv', line: 97, problem: 'RXP stands in PENNEC already' },
    ])
    expect(organisations.organisations.some(({ code }) => code === '8HV48')).toBe(false)
  })

  test('lets sites in Wales belong to health boards, and Welsh trusts to no English region', async () => {
    const { organisations } = await readOfficial()
    const welsh = organisations.organisations.filter(({ country }) => country === 'Wales')
    const boards = new Set(welsh.filter(({ kind }) => kind === 'board').map(({ code }) => code))
    const sites = welsh.filter(({ kind }) => kind === 'site')
    expect(sites).toHaveLength(28)
    expect(sites.every(({ parent }) => parent !== null && boards.has(parent))).toBe(true)
    expect(welsh.filter(({ kind }) => kind === 'trust').map(({ region, icb }) => [region, icb])).toEqual(
      Array.from({ length: 3 }, () => [null, null]),
    )
  })

  test('keeps an empty successor as unknown, and counts the networks for epilepsy and neurology only', async () => {
    const { organisations } = await readOfficial()
    expect(organisations.successions.find(({ from }) => from === 'RYK')).toMatchObject({ to: null, on: null })
    const graph = organisationGraph(organisations)
    const [trust, on] = [must(parseTrustCode, 'RAJ'), must(parseDate, '2026-11-22')]
    expect(graph.clinicalNetworksOf(trust, '421')).toEqual(['EPEN', 'NTPEN'])
    expect(graph.clinicalNetworksOf(trust, '251')).toEqual([])
    expect(graph.isSameTrust(must(parseOrgCode, 'RQ8'), trust, on)).toBe('yes')
    expect(graph.isSameTrust(must(parseOrgCode, 'RYK'), trust, on)).toBe('unknown')
  })

  test('gives the same version each time', async () => {
    const [first, second] = [await readOfficial(), await readOfficial()]
    expect(first.organisations.version).toMatch(/^[0-9a-f]{16}$/)
    expect(second.organisations).toEqual(first.organisations)
  })
})

describe('a malformed row', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'organisation-files-'))
    await cp(official, folder, { recursive: true })
  })
  afterEach(() => rm(folder, { recursive: true }))

  const edit = async (file: string, change: (text: string) => string) => {
    const path = join(folder, file)
    await writeFile(path, change(await readFile(path, 'utf8')))
    return readOrganisationFiles(folder)
  }
  const swap = (from: string, to: string) => (text: string) => text.replace(from, to)

  test.each([
    { file: 'ods-etr.csv', from: '"Y58"', to: '"Y99"', problem: 'R0D lies in "Y99", which is no region' },
    { file: 'ods-etr.csv', from: '"20241101"', to: '"20241301"', problem: /^G6V2S was opened on "20241301"/ },
    { file: 'ods-etr.csv', from: '"20240930"', to: '"19000101"', problem: 'R1C was closed before it was opened' },
    { file: 'ods-etr.csv', from: '"R0A"', to: '"R0B"', problem: 'R0B stands in this file already' },
    { file: 'ods-etr.csv', from: '"R0A",', to: '', problem: '26 columns where 27 belong' },
    { file: 'ods-etr.csv', from: '"R0A"', to: '"R0"A', problem: /^Invalid Closing Quote/ },
    { file: 'icbs.csv', from: 'QOX', to: 'qox', problem: '"qox" is no ODS code' },
    { file: 'icbs.csv', from: 'ods_code', to: 'code', problem: 'The header is not ods_code,gss_code,name' },
    { file: 'paediatric-sites.csv', from: ',RGT,', to: ',RZZ,', problem: /^RGT01 belongs to "RZZ"/ },
    { file: 'paediatric-sites.csv', from: ',RGT,', to: ',,', problem: /^RGT01 belongs to ""/ },
    { file: 'clinical-network-members.csv', from: 'BRPNF,R1A', to: 'NONET,R1A', problem: /^"NONET" is no network/ },
    { file: 'clinical-network-members.csv', from: 'BRPNF,R1A', to: 'BRPNF,ZZZ', problem: /^"ZZZ" is a member/ },
    { file: 'clinical-networks.csv', from: ',England', to: ',', problem: 'BRPNF lacks its name or its country' },
    { file: 'successions.csv', from: '2024-10-01', to: '2024-02-30', problem: '"2024-02-30" is no day' },
    { file: 'successions.csv', from: 'R1C,RW1', to: 'R1C,RZZ', problem: 'R1C became RZZ, which no file knows' },
    { file: 'successions.csv', from: 'R1C,RW1', to: 'R1C,R1C', problem: 'R1C cannot follow itself' },
    { file: 'successions.csv', from: 'file,no', to: 'file,maybe', problem: 'Checked is yes or no, not "maybe"' },
    { file: 'sources.json', from: '"regions.csv"', to: '"region.csv"', problem: 'It says nothing of regions.csv' },
    { file: 'sources.json', from: '{', to: '', problem: /^Each file needs what, asOf/ },
  ])('of $file ($from → $to) is an error with its line, and nothing is read', async ({ file, from, to, problem }) => {
    const outcome = await edit(file, swap(from, to))
    const said = typeof problem === 'string' ? problem : expect.stringMatching(problem)
    expect(outcome).toEqual({ kind: 'malformed', errors: [{ file, line: expect.any(Number), problem: said }] })
  })

  test('is named by its line in the file, in every file at fault', async () => {
    await edit('regions.csv', swap('Y58,E40000006', 'y58,E40000006'))
    const outcome = await edit('health-boards.csv', swap('7A2,', '7-2,'))
    const errors = outcome.kind === 'malformed' ? outcome.errors.map(({ file, line }) => ({ file, line })) : []
    expect(errors).toEqual([
      { file: 'regions.csv', line: 4 },
      { file: 'health-boards.csv', line: 6 },
    ])
  })

  test('may be a file that is not there, or one with nothing in it', async () => {
    expect(await edit('icbs.csv', () => '')).toMatchObject({
      errors: [{ file: 'icbs.csv', problem: 'The file is empty' }],
    })
    await rm(join(folder, 'icbs.csv'))
    expect(await readOrganisationFiles(folder)).toMatchObject({ errors: [{ problem: 'There is no such file' }] })
  })

  test('is not one that was saved with other line endings, which is no new version either', async () => {
    const before = await readOfficial()
    const after = await edit('ods-etr.csv', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`)
    expect(after).toMatchObject({ kind: 'read', organisations: { version: before.organisations.version } })
  })
})
