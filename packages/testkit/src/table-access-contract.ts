import type { TableName } from '@concord/application/grants'
import type { Condition, Item, TableAccess } from '@concord/store/table-access'
import { tables as shapes, worklistIndexes } from '@concord/store/tables'
import { describe, expect, test } from 'vitest'

const item = (sk: string, more: Readonly<Record<string, unknown>> = {}): Item => ({ pk: 'some/path', sk, ...more })
const put = (one: Item, when: Condition = { kind: 'none' }, table: TableName = 'records') =>
  ({ kind: 'put', table, item: one, when }) as const
const remove = (sk: string) => ({ kind: 'delete', table: 'records', key: { pk: 'some/path', sk } }) as const

/** What the store asks of a database, whichever it is. Every test is given tables with nothing in them. */
export const tableAccessContract = (name: string, emptyTables: () => TableAccess) =>
  describe(`tables ${name}`, () => {
    const holding = async (...items: readonly Item[]) => {
      const tables = emptyTables()
      for (const one of items) await tables.write([put(one)])
      return tables
    }
    const sortKeys = (items: readonly Item[]) => items.map(({ sk }) => sk)

    test('give back what was put, with its attributes as they were', async () => {
      const whole = item('a', {
        text: 'ö',
        none: null,
        empty: '',
        list: [1, { two: [] }],
        body: new Uint8Array([0, 255]),
      })
      const tables = await holding(whole)
      expect(await tables.get('records', { pk: 'some/path', sk: 'a' })).toEqual(whole)
    })

    test('keep no attribute that is undefined, however deep it lies', async () => {
      const tables = await holding(
        item('a', { gone: undefined, inner: { gone: undefined, list: [{ gone: undefined }] } }),
      )
      const found = await tables.get('records', { pk: 'some/path', sk: 'a' })
      expect(JSON.stringify(found)).not.toContain('gone')
      expect(Object.keys(found ?? {}).toSorted()).toEqual(['inner', 'pk', 'sk'])
    })

    test.each(Object.keys(shapes) as TableName[])('keep the items of %s in a table of its own', async (table) => {
      const tables = emptyTables()
      await tables.write([put(item('a'), { kind: 'none' }, table)])
      for (const other of Object.keys(shapes) as TableName[])
        expect(await tables.query(other, { pk: 'some/path' })).toHaveLength(other === table ? 1 : 0)
    })

    test('find nothing under a key that holds nothing', async () => {
      expect(await emptyTables().get('records', { pk: 'some/path', sk: 'a' })).toBeUndefined()
      expect(await emptyTables().query('records', { pk: 'some/path' })).toEqual([])
    })

    test('hand out copies: changing one changes nothing that is stored', async () => {
      const tables = await holding(item('a', { list: [1] }))
      const [found] = await tables.query('records', { pk: 'some/path' })
      if (Array.isArray(found?.['list'])) found['list'].push(2)
      expect(await tables.get('records', { pk: 'some/path', sk: 'a' })).toEqual(item('a', { list: [1] }))
    })

    describe('asked for a partition', () => {
      const sorted = ['event/1', 'event/2', 'event/3', 'state']
      const filled = () =>
        holding(...['event/2', 'state', 'event/1', 'event/3'].map((sk) => item(sk)), { pk: 'some/path/below', sk: 'a' })

      test('give all of it in the order of its sort keys, and of no other', async () => {
        expect(sortKeys(await (await filled()).query('records', { pk: 'some/path' }))).toEqual(sorted)
      })

      test('give what begins with a prefix', async () => {
        const found = await (await filled()).query('records', { pk: 'some/path', prefix: 'event/' })
        expect(sortKeys(found)).toEqual(['event/1', 'event/2', 'event/3'])
      })

      test('give what stands at a sort key or after it', async () => {
        const tables = await filled()
        const asked = { pk: 'some/path', from: 'event/2' }
        expect(sortKeys(await tables.query('records', asked))).toEqual(['event/2', 'event/3', 'state'])
        expect(sortKeys(await tables.query('records', { pk: 'some/path', from: 'event/20' }))).toEqual([
          'event/3',
          'state',
        ])
      })

      test('give what stands between two sort keys, both of them with it', async () => {
        const asked = { pk: 'some/path', from: 'event/2', to: 'event/3' }
        expect(sortKeys(await (await filled()).query('records', asked))).toEqual(['event/2', 'event/3'])
      })

      test('go on before a given item, back to where it begins', async () => {
        const asked = { pk: 'some/path', from: 'event/2', newestFirst: true, after: item('state') }
        expect(sortKeys(await (await filled()).query('records', asked))).toEqual(['event/3', 'event/2'])
      })

      test('give the newest first when asked, and no more than the limit', async () => {
        const tables = await filled()
        const asked = { pk: 'some/path', prefix: 'event/', newestFirst: true, limit: 2 }
        expect(sortKeys(await tables.query('records', asked))).toEqual(['event/3', 'event/2'])
      })

      test.each([
        { order: 'onwards', newestFirst: false, expected: ['event/3', 'state'] },
        { order: 'backwards', newestFirst: true, expected: ['event/1'] },
      ])('go on $order after a given item', async ({ newestFirst, expected }) => {
        const tables = await filled()
        const found = await tables.query('records', { pk: 'some/path', newestFirst, after: item('event/2') })
        expect(sortKeys(found)).toEqual(expected)
      })

      test('give all of it where it is more than a database hands out at once', async () => {
        const long = 'x'.repeat(300_000)
        const tables = await holding(...['a', 'b', 'c', 'd', 'e'].map((sk) => item(sk, { long })))
        expect(sortKeys(await tables.query('records', { pk: 'some/path' }))).toEqual(['a', 'b', 'c', 'd', 'e'])
        expect(sortKeys(await tables.query('records', { pk: 'some/path', limit: 5 }))).toHaveLength(5)
      })
    })

    describe('asked for a worklist', () => {
      const { network: index, trust } = worklistIndexes
      const listed = (n: number, due: string): Item => ({
        pk: `network/one/request/${n}`,
        sk: 'state',
        worklist: { n },
        [index.partition]: 'network/one/worklist',
        [index.sort]: due,
      })
      const numbers = (items: readonly Item[]) => items.map(({ worklist }) => (worklist as { n: number }).n)

      test('give what is on it, by what is due next', async () => {
        const tables = await holding(listed(1, '2026-03'), listed(2, '2026-01'), listed(3, '2026-02'))
        const found = await tables.query('records', { pk: 'network/one/worklist', index })
        expect(numbers(found)).toEqual([2, 3, 1])
      })

      test('leave out what is on another list, or on none', async () => {
        const tables = await holding(listed(1, '2026-01'), {
          ...listed(2, '2026-02'),
          [index.partition]: 'network/two/worklist',
        })
        await tables.write([put({ pk: 'network/one/request/3', sk: 'state', worklist: { n: 3 } })])
        expect(numbers(await tables.query('records', { pk: 'network/one/worklist', index }))).toEqual([1])
        expect(await tables.query('records', { pk: 'network/one/worklist', index: trust })).toEqual([])
      })

      test('go through it page by page, every item once, where many are due together', async () => {
        const all = [5, 3, 1, 4, 2].map((n) => listed(n, n < 4 ? '2026-01' : '2026-02'))
        const tables = await holding(...all)
        const seen: number[] = []
        for (let after: Item | undefined, pages = 0; pages < 4; pages += 1) {
          const page = await tables.query('records', { pk: 'network/one/worklist', index, limit: 2, after })
          seen.push(...numbers(page))
          const last = page.at(-1)
          after = last && {
            pk: last.pk,
            sk: 'state',
            [index.partition]: 'network/one/worklist',
            [index.sort]: last[index.sort],
          }
        }
        expect(seen.slice(0, 5).toSorted()).toEqual([1, 2, 3, 4, 5])
        expect(seen.slice(3, 5).toSorted()).toEqual([4, 5])
      })
    })

    describe('asked to write', () => {
      type Case = {
        readonly when: Condition
        readonly standing: string
        readonly found: Item | null
        readonly isWritten: boolean
      }
      test.each<Case>([
        { when: { kind: 'none' }, standing: 'nothing', found: null, isWritten: true },
        { when: { kind: 'none' }, standing: 'an item', found: item('a', { version: 1 }), isWritten: true },
        { when: { kind: 'absent' }, standing: 'nothing', found: null, isWritten: true },
        { when: { kind: 'absent' }, standing: 'an item', found: item('a', { version: 1 }), isWritten: false },
        { when: { kind: 'version', is: 1 }, standing: 'nothing', found: null, isWritten: false },
        {
          when: { kind: 'version', is: 1 },
          standing: 'that version',
          found: item('a', { version: 1 }),
          isWritten: true,
        },
        {
          when: { kind: 'version', is: 1 },
          standing: 'another version',
          found: item('a', { version: 2 }),
          isWritten: false,
        },
        { when: { kind: 'version', is: 1 }, standing: 'no version', found: item('a'), isWritten: false },
        { when: { kind: 'newer', attribute: 'seq', than: 2 }, standing: 'nothing', found: null, isWritten: true },
        {
          when: { kind: 'newer', attribute: 'seq', than: 2 },
          standing: 'an older one',
          found: item('a', { seq: 1 }),
          isWritten: true,
        },
        {
          when: { kind: 'newer', attribute: 'seq', than: 2 },
          standing: 'the same one',
          found: item('a', { seq: 2 }),
          isWritten: false,
        },
        {
          when: { kind: 'newer', attribute: 'seq', than: 2 },
          standing: 'a newer one',
          found: item('a', { seq: 3 }),
          isWritten: false,
        },
        {
          when: { kind: 'newer', attribute: 'seq', than: 2 },
          standing: 'one without it',
          found: item('a'),
          isWritten: false,
        },
      ])('$when.kind over $standing: $isWritten, alone and in company alike', async ({ when, found, isWritten }) => {
        const wanted = item('a', { version: 9, seq: 9 })
        for (const company of [[], [put(item('b'))]]) {
          const tables = await holding(...(found ? [found] : []))
          const written = await tables.write([put(wanted, when), ...company])
          const none = company.map(() => null)
          expect(written).toEqual(
            isWritten ? { kind: 'written' } : { kind: 'refused', by: [found ?? 'raced', ...none] },
          )
          const after = await tables.query('records', { pk: 'some/path' })
          expect(after).toEqual(isWritten ? [wanted, ...company.map((one) => one.item)] : found ? [found] : [])
        }
      })

      test('write all or nothing, and name for each write what stood in its way', async () => {
        const tables = await holding(item('b', { version: 3 }), item('c', { version: 5 }))
        const written = await tables.write([
          put(item('a'), { kind: 'absent' }),
          put(item('b', { version: 2 }), { kind: 'version', is: 1 }),
          remove('c'),
          put(item('d', { version: 2 }), { kind: 'version', is: 1 }),
        ])
        expect(written).toEqual({ kind: 'refused', by: [null, item('b', { version: 3 }), null, 'raced'] })
        expect(sortKeys(await tables.query('records', { pk: 'some/path' }))).toEqual(['b', 'c'])
      })

      test('reach over tables in one go', async () => {
        const tables = await holding(item('a'))
        const inSealed = put(item('x'), { kind: 'absent' }, 'sealed')
        expect(await tables.write([put(item('a'), { kind: 'absent' }), inSealed])).toMatchObject({ kind: 'refused' })
        expect(await tables.query('sealed', { pk: 'some/path' })).toEqual([])
        expect(await tables.write([put(item('b'), { kind: 'absent' }), inSealed])).toEqual({ kind: 'written' })
        expect(await tables.query('sealed', { pk: 'some/path' })).toHaveLength(1)
      })

      test('take away an item, alone or in company, and one that is not there without complaint', async () => {
        const tables = await holding(item('a'), item('b'))
        expect(await tables.write([remove('a')])).toEqual({ kind: 'written' })
        expect(await tables.write([remove('a'), remove('b')])).toEqual({ kind: 'written' })
        expect(await tables.query('records', { pk: 'some/path' })).toEqual([])
      })

      test('let one of many win who write from the same version at once', async () => {
        const tables = await holding(item('a', { version: 1 }))
        const all = await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            tables.write([
              put(item('a', { version: 2, by: n }), { kind: 'version', is: 1 }),
              put(item(`event/${n}`), { kind: 'absent' }),
            ]),
          ),
        )
        const winners = all.flatMap(({ kind }, n) => (kind === 'written' ? [n] : []))
        expect(winners).toHaveLength(1)
        const found = await tables.query('records', { pk: 'some/path' })
        expect(sortKeys(found)).toEqual(['a', `event/${winners[0]}`])
        expect(found[0]).toMatchObject({ version: 2, by: winners[0] })
      })
    })
  })
