import { must, parseOrgCode } from '@concord/domain/ids'
import type { Organisation, Organisations } from '@concord/domain/organisation/organisation'
import { parseDate } from '@concord/domain/time'
import { describe, expect, test } from 'vitest'
import { importOrganisations } from './import-organisations.ts'
import type { OrganisationsRead } from './ports/organisation-files.ts'

const one = (code: string, more: Partial<Organisation> = {}): Organisation => ({
  code: must(parseOrgCode, code),
  name: code,
  kind: 'trust',
  country: 'England',
  region: null,
  icb: null,
  parent: null,
  place: null,
  opened: null,
  closed: 'open',
  ...more,
})
const organisations: Organisations = {
  version: 'v1',
  asOf: [{ file: 'ods-etr.csv', asOf: 'late 2024', source: 'ODS', licence: 'OGL' }],
  organisations: [
    one('RA7'),
    one('RQF', { country: 'Wales' }),
    one('R1C', { closed: { on: must(parseDate, '2024-09-30') } }),
    one('RVY', { closed: { on: null } }),
    one('RA723', { kind: 'site' }),
  ],
  successions: [],
  groups: [],
  clinicalNetworks: [],
}

const memoryReference = () => {
  let kept: Organisations | undefined
  return {
    save: async (next: Organisations) => {
      if (kept?.version === next.version) return 'unchanged' as const
      kept = next
      return 'saved' as const
    },
    kept: () => kept,
  }
}
const found: OrganisationsRead = { kind: 'read', organisations, warnings: [], leftOut: [] }

describe('importing organisations', () => {
  test('keeps them and counts trusts apart from those closed before the trust file', async () => {
    const reference = memoryReference()
    const outcome = await importOrganisations({ read: async () => found, reference })()
    expect(outcome).toMatchObject({
      kind: 'imported',
      version: 'v1',
      asOf: [{ asOf: 'late 2024' }],
      counts: { trusts: 3, closedTrusts: 1, welshTrusts: 1, trustsClosedEarlier: 1, sites: 1 },
    })
    expect(reference.kept()).toBe(organisations)
  })

  test('a second time changes nothing', async () => {
    const run = importOrganisations({ read: async () => found, reference: memoryReference() })
    await run()
    expect(await run()).toMatchObject({ kind: 'unchanged' })
  })

  test('keeps nothing when a row is malformed, and names it', async () => {
    const reference = memoryReference()
    const malformed: OrganisationsRead = {
      kind: 'malformed',
      errors: [{ file: 'icbs.csv', line: 7, problem: 'QXX has no name' }],
    }
    expect(await importOrganisations({ read: async () => malformed, reference })()).toEqual(malformed)
    expect(reference.kept()).toBeUndefined()
  })
})
