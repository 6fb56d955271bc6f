import { parseClinicianId, parseRequestId } from '@concord/domain/ids'
import { describe, expect, test } from 'vitest'
import { type Aim, bendsOf, couldReach, kinds, nameless, nobodys } from './bends.ts'

const request = 'req_XA1_01999999-0f66-7f8c-9d0e-3f4b8f8f3a11'
const clinician = 'cln_01999999-1d2e-7c4b-8a6f-5e6d7c8b9a01'
const aim: Aim = {
  id: request,
  otherKind: clinician,
  inBody: {
    clinician: 'cln_01999999-5a5a-7c4b-8a6f-5e6d7c8b9a02',
    glass: 'glass_01999999-6b6b-7c4b-8a6f-5e6d7c8b9a03',
  },
  version: 'a-tag-of-a-test',
  cursors: ['bGlzdA', 'b3RoZXI'],
  network: 'network-one',
  trust: 'XA1',
}
const addresses = [
  { method: 'get', path: '/requests/{id}' },
  { method: 'post', path: '/requests/{id}/submit' },
  { method: 'get', path: '/requests' },
  { method: 'post', path: '/requests' },
  { method: 'post', path: '/requests/{id}/offers', hasIdsInBody: true },
] as const
const bentIds = (id: string, otherKind: string) =>
  bendsOf(addresses[0], { ...aim, id, otherKind }).flatMap(({ name, call, isSame }) =>
    call.id === undefined ? [] : [{ name, id: call.id, isSame }],
  )
const ids = [
  { of: 'a request', id: request, otherKind: clinician },
  { of: 'a clinician', id: clinician, otherKind: request },
]
/** What a server would read out of an address, once. */
const readOf = (path: string) => {
  const [, last = ''] = /^\/requests\/([^/]*)$/.exec(new URL(path, 'https://concord.example').pathname) ?? []
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

describe('the ways to bend a call', () => {
  test('come in every kind there is', () => {
    const found = addresses.flatMap((one) => bendsOf(one, aim)).map(({ kind }) => kind)
    expect(new Set(found)).toEqual(new Set(kinds))
  })

  test.each(addresses)('have a name each, the same wherever one aims: $method $path', (address) => {
    const names = bendsOf(address, aim).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(bendsOf(address, nobodys(aim)).map(({ name }) => name)).toEqual(names)
  })

  test.each(ids)('are another way to write the same id of $of only where they say so', ({ id, otherKind }) => {
    const asked = bentIds(id, otherKind)
    expect(asked.filter((one) => readOf(`/requests/${one.id}`) === id).map(({ name }) => name)).toEqual(
      asked.filter(({ isSame }) => isSame).map(({ name }) => name),
    )
  })

  test.each(ids)('make of the id of $of no other that somebody might have, but for a code that begins alike', (one) => {
    const parse = one.id === request ? parseRequestId : parseClinicianId
    const readable = bentIds(one.id, one.otherKind).filter(({ id, isSame }) => !isSame && parse(id))
    const expected = [/^a code or id that begins alike/, /^an id of another kind/]
    expect(readable.filter(({ name }) => !expected.some((kind) => kind.test(name)))).toEqual([])
  })

  test.each(ids)('of $of that could reach anything are those that read as an id', ({ id, otherKind }) => {
    const asked = bendsOf(addresses[0], { ...aim, id, otherKind }).filter((one) => one.call.id !== undefined)
    const readable = asked.filter(({ call }) =>
      [parseRequestId, parseClinicianId].some((parse) => parse(readOf(`/requests/${call.id}`))),
    )
    expect(asked.filter(couldReach).map(({ name }) => name)).toEqual(
      asked.filter((one) => one.isSame || readable.includes(one)).map(({ name }) => name),
    )
  })

  test('aim at something, and at the same where nothing is', () => {
    const elsewhere = nobodys(aim)
    for (const address of addresses)
      for (const [at, { kind, name, call }] of bendsOf(address, aim).entries()) {
        const other = bendsOf(address, elsewhere)[at]
        // A wildcard, the beginning of an id and a version say nothing of which item is meant.
        if (/wildcard|alike|version|key|as it is/.test(kind) || call.id === 'state') continue
        expect(other?.call, name).not.toEqual(call)
      }
  })

  test('leave the same words once both aims are taken out of them', () => {
    const elsewhere = nobodys(aim)
    const plain = (text: string) => nameless(nameless(text, aim), elsewhere)
    for (const address of addresses)
      for (const [at, { name, call }] of bendsOf(address, aim).entries()) {
        const other = bendsOf(address, elsewhere)[at]?.call
        expect(plain(JSON.stringify(call)), name).toBe(plain(JSON.stringify(other)))
        expect(plain(encodeURIComponent(call.id ?? '')), name).toBe(plain(encodeURIComponent(other?.id ?? '')))
      }
  })
})
