import { anEntry, evidenceOf, found, hashes, history, nothing, of, signed, tenants } from '@concord/testkit/ledgers'
import { begun } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import { PLANTED, tampers } from '@concord/testkit/tampers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameOf } from './entry.ts'
import { headAfter } from './head.ts'
import { verify } from './verify.ts'

const minutes = fc.array(fc.array(fc.constantFrom(...tenants), { minLength: 0, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
})

describe('what nobody touched', () => {
  test('verifies for every tenant, however much of the witness is looked at', () => {
    fc.assert(
      fc.property(minutes, fc.constantFrom(...tenants), fc.boolean(), (all, tenant, onlyLast) => {
        const ledger = history(all).at(-1) ?? nothing
        const witnessed = signed(onlyLast ? ledger.heads.slice(-1) : ledger.heads)
        const chained = all.flat().filter((one) => one === tenant).length
        expect(verify(evidenceOf(ledger, tenant, witnessed), hashes)).toEqual({
          kind: 'holds',
          chained,
          countersigned: chained,
          waiting: 0,
        })
      }),
      runs(100),
    )
  })

  test('verifies while entries wait, while a head waits for its witness, and before there is any', () => {
    const [first, second] = history([['north'], ['north', 'south']])
    if (!first || !second) throw new Error('There are two minutes')
    const waiting = found(anEntry('north', 900), true)
    const entries = { ...second.entries, north: [...of(second.entries, 'north'), waiting] }
    expect(verify(evidenceOf({ ...second, entries }, 'north', signed(first.heads)), hashes)).toEqual({
      kind: 'holds',
      chained: 2,
      countersigned: 1,
      waiting: 1,
    })
    expect(verify(evidenceOf(first, 'north', []), hashes)).toMatchObject({ countersigned: 0 })
    expect(verify(evidenceOf(nothing, 'north', []), hashes)).toMatchObject({ kind: 'holds', chained: 0 })
  })

  test('gives no head for a minute in which nothing was chained', () => {
    const [first, second] = history([['north'], []])
    expect(second?.heads).toEqual(first?.heads)
    expect(headAfter(undefined, { at: begun, moved: [] }, hashes)).toBeUndefined()
  })
})

const tampering = fc.record({
  minutes,
  tenant: fc.constantFrom(...tenants),
  k: fc.nat(1_000),
  j: fc.nat(1_000),
  back: fc.nat(1_000),
  onlyLast: fc.boolean(),
})
const kinds = Object.keys(tampers)

describe('a tampering is found, and the first that does not hold is named:', () => {
  // Five hundred in all, and ten thousand in full.
  test.each(kinds)('%s', (how) => {
    fc.assert(
      fc.property(tampering, ({ minutes: all, tenant, k, j, back, onlyLast }) => {
        const after = history(all)
        const ledger = after.at(-1) ?? nothing
        const length = of(ledger.links, tenant).length
        fc.pre(length > 0)
        const earlier = [nothing, ...after][back % after.length] ?? nothing
        const other = tenants.find((one) => one !== tenant && of(ledger.links, one).length > 0)
        const tampered = tampers[how]?.({ ledger, earlier, other }, tenant, { k: k % length, j: j % length })
        fc.pre(tampered !== undefined)
        if (!tampered) return
        const witnessed = signed(onlyLast ? ledger.heads.slice(-1) : ledger.heads)
        const verdict = verify(evidenceOf(tampered.ledger, tenant, witnessed), hashes)
        if (verdict.kind !== 'broken') throw new Error('It was not found')
        expect(tampered.faults).toContain(verdict.fault)
        const { at } = tampered
        if (at === null || verdict.from === null || verdict.to === null) {
          expect(verdict).toMatchObject({ from: at, to: at, entry: nameOf(anEntry(tenant, PLANTED)) })
          return
        }
        expect(verdict.from).toBeLessThanOrEqual(at)
        expect(verdict.to).toBeGreaterThanOrEqual(at)
        // Where no head is away and the witness’s are all looked at, the first is among what was chained in one minute.
        if (!onlyLast && !/heads?$/.test(how)) expect(verdict.to - verdict.from).toBeLessThan(4)
      }),
      runs(Math.ceil(500 / kinds.length)),
    )
  })

  test('in the witness’s own store: a head that its key did not sign', () => {
    const ledger = history([['north'], ['north']]).at(-1) ?? nothing
    const witnessed = signed(ledger.heads).map((one, n) => ({ ...one, isSigned: n === 0 }))
    expect(verify(evidenceOf(ledger, 'north', witnessed), hashes)).toMatchObject({
      fault: 'unsigned',
      from: 2,
      head: 2,
    })
  })
})
