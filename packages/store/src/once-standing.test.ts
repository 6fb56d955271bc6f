import { mustBeMembership } from '@concord/application/scope'
import { must, parseSubject } from '@concord/domain/ids'
import { keyVault } from '@concord/testkit/key-vault'
import { memoryTables } from '@concord/testkit/memory-tables'
import { describe, expect, test } from 'vitest'
import { onceStanding } from './once-standing.ts'

const item = { pk: 'network/network-one', sk: 'state' }
const put = { kind: 'put', table: 'records', item, when: { kind: 'none' } } as const

const asked = (standing: Promise<boolean>) => {
  const [tables, vault] = [memoryTables([{ table: 'records', item }]), keyVault()]
  const calls: string[] = []
  const counted = <Args extends readonly unknown[], Answer>(name: string, call: (...args: Args) => Answer) => {
    return (...args: Args): Answer => {
      calls.push(name)
      return call(...args)
    }
  }
  const means = {
    tables: {
      get: counted('get', tables.get),
      query: counted('query', tables.query),
      write: counted('write', tables.write),
    },
    vault: {
      ...vault,
      open: counted('open', vault.open),
      newKey: counted('newKey', vault.newKey),
      keyedHash: counted('keyedHash', vault.keyedHash),
    },
  }
  const membership = mustBeMembership('coordinator@network/network-one')
  return { calls, ...onceStanding(means, { subject: must(parseSubject, 'anna'), membership, standing }) }
}
type Asked = ReturnType<typeof asked>
const works: readonly (readonly [string, (of: Asked) => Promise<unknown>])[] = [
  ['get', ({ tables }) => tables.get('records', item)],
  ['query', ({ tables }) => tables.query('records', { pk: item.pk })],
  ['write', ({ tables }) => tables.write([put])],
  ['newKey', ({ vault }) => vault.newKey('pack/network-one')],
  ['open', ({ vault }) => vault.open(new Uint8Array(), 'pack/network-one')],
  ['keyedHash', ({ vault }) => vault.keyedHash('999 000 0000')],
]

describe('before it is known whether the membership holds', () => {
  test.each(works)('%s gives nothing', async (name, work) => {
    const { promise: standing, resolve } = Promise.withResolvers<boolean>()
    const of = asked(standing)
    let isOver = false
    const done = work(of).then(
      () => undefined,
      (error: unknown) => error,
    )
    void done.then(() => {
      isOver = true
    })
    await new Promise((later) => setTimeout(later, 5))
    expect(isOver).toBe(false)
    // Reads have left, so that they cost no trip more; nothing else has.
    expect(of.calls).toEqual(['get', 'query'].includes(name) ? [name] : [])
    resolve(false)
    expect(await done).toMatchObject({ name: 'NotStandingError' })
    expect(of.calls.filter((one) => !['get', 'query'].includes(one))).toEqual([])
  })
})

test('a read that fails or never ends is nothing to somebody whose membership does not hold', async () => {
  for (const reading of [Promise.reject(new Error('Broken')), Promise.withResolvers<never>().promise]) {
    const broken = { ...memoryTables(), get: () => reading }
    const standing = Promise.resolve(false)
    const asker = { subject: must(parseSubject, 'anna'), membership: { role: 'operator' }, standing } as const
    const { tables } = onceStanding({ tables: broken, vault: keyVault() }, asker)
    await expect(tables.get('records', item)).rejects.toMatchObject({ name: 'NotStandingError' })
  }
})

test('the platform waits for nobody', async () => {
  const means = { tables: memoryTables([{ table: 'records', item }]), vault: keyVault() }
  expect(onceStanding(means, 'platform')).toEqual(means)
})
