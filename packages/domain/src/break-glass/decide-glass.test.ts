import { at } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { roles } from '../actor.ts'
import { must, parseGlassId, parseNetworkCode, parseRequestId, parseSubject, parseTrustCode } from '../ids.ts'
import { addMinutes } from '../time.ts'
import { type BreakGlass, evolveGlass, isOpen } from './break-glass.ts'
import { decideGlass, type GlassCommand } from './decide-glass.ts'

const now = at('2026-06-15T09:00:00Z')
const section = (name: string) => ({ compartment: 'glass', section: name, version: 1, hash: '0'.repeat(64) }) as const
const breaking: GlassCommand = {
  type: 'break',
  id: must(parseGlassId, 'glass_00000000-0000-7000-8000-000000000001'),
  network: must(parseNetworkCode, 'network-one'),
  trust: must(parseTrustCode, 'XA1'),
  request: must(parseRequestId, 'req_XA1_00000000-0000-7000-8000-000000000001'),
  wasSent: true,
  reason: section('reason'),
  reviewBy: at('2026-06-16T16:00:00Z'),
}
const reviewing: GlassCommand = { type: 'review', finding: 'justified', note: section('review') }
const as = (role: (typeof roles)[number], who: string = role) => ({ subject: must(parseSubject, who), role })
const broken = (): BreakGlass => {
  const decision = decideGlass(undefined, breaking, { at: now, actor: as('clinical-lead', 'ruth') })
  if (decision.kind !== 'decided') throw new Error(decision.kind)
  return evolveGlass(undefined, decision.events[0])
}
const later = addMinutes(now, 60)

describe('a glass', () => {
  test.each(roles)('is broken by a lead and nobody else: %s', (role) => {
    const { kind } = decideGlass(undefined, breaking, { at: now, actor: as(role) })
    expect(kind).toBe(role === 'clinical-lead' || role === 'eso-lead' ? 'decided' : 'glass-not-yours')
  })

  test('opens its case for an hour, and not a moment longer', () => {
    expect(isOpen(broken(), addMinutes(now, 59))).toBe(true)
    expect(isOpen(broken(), later)).toBe(false)
  })

  test.each(roles)('is looked at by a guardian and nobody else: %s', (role) => {
    const { kind } = decideGlass(broken(), reviewing, { at: later, actor: as(role) })
    expect(kind).toBe(role === 'guardian' ? 'decided' : 'glass-not-yours')
  })

  test('is never looked at by the person who broke it, whatever else they are', () => {
    expect(decideGlass(broken(), reviewing, { at: later, actor: as('guardian', 'ruth') })).toEqual({
      kind: 'own-glass',
    })
  })

  test('is looked at once it is shut, so that nothing opened is left out', () => {
    const decision = decideGlass(broken(), reviewing, { at: addMinutes(now, 59), actor: as('guardian') })
    expect(decision).toEqual({ kind: 'glass-still-open', until: later })
  })

  test('is looked at once', () => {
    const first = decideGlass(broken(), reviewing, { at: later, actor: as('guardian') })
    if (first.kind !== 'decided') throw new Error(first.kind)
    const reviewed = evolveGlass(broken(), first.events[0])
    expect(reviewed).toMatchObject({ version: 2, review: { by: 'guardian', finding: 'justified', at: later } })
    expect(decideGlass(reviewed, reviewing, { at: later, actor: as('guardian', 'another') })).toEqual({
      kind: 'glass-reviewed-already',
    })
  })
})
