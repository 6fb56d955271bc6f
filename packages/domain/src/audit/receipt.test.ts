import { evidenceOf, hashes, history, nothing, of, signed, type Tenant, tenants } from '@concord/testkit/ledgers'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Receipt, receiptOf, verifyReceipt } from './receipt.ts'

const minutes = fc.array(fc.array(fc.constantFrom(...tenants), { maxLength: 5 }), { minLength: 1, maxLength: 6 })
const receiptIn = (all: readonly (readonly Tenant[])[], tenant: string, k: number) => {
  const ledger = history(all).at(-1) ?? nothing
  const { links, entries, heads } = evidenceOf(ledger, tenant, [])
  const entry = entries[k]?.entry
  const receipt = entry && receiptOf({ tenant, seq: k + 1 }, { links, heads, entry }, hashes)
  const witnessed = signed(heads).find(({ head }) => head.number === receipt?.head.number)
  return { receipt, witnessed, ledger }
}

describe('the receipt of an entry', () => {
  test('holds for each entry of each tenant, by what the witness keeps of its head', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...tenants), fc.nat(30), (all, tenant, n) => {
        const length = all.flat().filter((one) => one === tenant).length
        fc.pre(length > 0)
        const { receipt, witnessed } = receiptIn(all, tenant, n % length)
        if (!receipt) throw new Error('There is no receipt')
        const holds = { kind: 'holds', tenant, seq: (n % length) + 1, head: witnessed?.head.number }
        expect(verifyReceipt(receipt, witnessed, hashes)).toEqual(holds)
        // It names no other entry, says nothing of other tenants, and of its own chain no more than that minute's.
        for (const other of tenants)
          if (other !== tenant) expect(JSON.stringify(receipt)).not.toMatch(new RegExp(`"${other}["/]`))
        expect(receipt.after.length).toBeLessThan(5)
        expect(receipt.after.every((one) => /^[0-9a-f]{64}$/.test(one))).toBe(true)
      }),
      runs(100),
    )
  })

  const { receipt, witnessed, ledger } = receiptIn([['north'], ['north', 'south', 'north']], 'north', 1)
  if (!receipt) throw new Error('There is no receipt')
  const changes: readonly (readonly [string, Receipt, string])[] = [
    ['an entry that says another thing', { ...receipt, entry: { ...receipt.entry, who: 'x' } }, 'entry'],
    [
      'an entry of another tenant',
      { ...receipt, entry: { ...receipt.entry, about: 'south/office' } },
      'another-tenant',
    ],
    ['an entry by another name', { ...receipt, link: { ...receipt.link, entry: 'north/office 1' } }, 'entry'],
    ['another place in the chain', { ...receipt, link: { ...receipt.link, seq: 1 } }, 'link'],
    ['another tenant’s chain', { ...receipt, link: { ...receipt.link, tenant: 'south' } }, 'another-tenant'],
    ['a link left out', { ...receipt, after: [] }, 'root'],
    ['another way up', { ...receipt, way: [] }, 'root'],
    ['another moment', { ...receipt, head: { ...receipt.head, number: 1 } }, 'head'],
  ]
  test.each(changes)('does not hold with %s', (_, changed, because) => {
    expect(verifyReceipt(changed, witnessed, hashes)).toEqual({ kind: 'broken', because })
  })

  test('does not hold without a witness, with one that signed nothing, and with another head than it keeps', () => {
    const not = { kind: 'not-witnessed', head: 2 }
    expect(verifyReceipt(receipt, undefined, hashes)).toEqual(not)
    expect(verifyReceipt(receipt, witnessed && { ...witnessed, isSigned: false }, hashes)).toEqual(not)
    expect(verifyReceipt(receipt, signed(ledger.heads)[0], hashes)).toEqual(not)
  })

  test('is not given before a head has the entry', () => {
    const [first, second] = history([['north'], ['north']])
    const entry = of(second?.entries ?? {}, 'north')[1]?.entry ?? {}
    const published = { links: of(second?.links ?? {}, 'north'), heads: first?.heads ?? [], entry }
    expect(receiptOf({ tenant: 'north', seq: 2 }, published, hashes)).toBeUndefined()
  })
})
