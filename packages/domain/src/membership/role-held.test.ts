import { at, day } from '@concord/testkit/facts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roles } from '../actor.ts'
import { must, parseSubject } from '../ids.ts'
import { addDays, addMonths } from '../time.ts'
import { decideRole, evolveRole, grantors, holdsOn, lapsesOn, type RoleCommand, type RoleHeld } from './role-held.ts'

const now = at('2026-06-15T09:00:00Z')
const today = day('2026-06-15')
const membership = 'requester@network/network-one/trust/XA1'
const anna = must(parseSubject, 'anna')
const granting: RoleCommand = { type: 'grant', name: 'Anna (invented)', to: null }
const as = (role: (typeof roles)[number], who: string = role) => ({ subject: must(parseSubject, who), role })
const decide = (
  state: RoleHeld | undefined,
  command: RoleCommand,
  over: Partial<Parameters<typeof decideRole>[2]> = {},
) =>
  decideRole(state, command, {
    subject: anna,
    membership,
    role: 'requester',
    holder: null,
    at: now,
    actor: as('eso-lead'),
    ...over,
  })
const after = (state: RoleHeld | undefined, command: RoleCommand, when = now): RoleHeld => {
  const decision = decide(state, command, { at: when })
  if (decision.kind !== 'decided') throw new Error(decision.kind)
  return evolveRole(state, decision.events[0])
}
const held = () => after(undefined, granting)

describe('a role', () => {
  test.each(roles.flatMap((role) => roles.map((by) => ({ role, by }))))(
    'of a $role is given by the right $by',
    ({ role, by }) => {
      const { kind } = decide(undefined, granting, { role, actor: as(by) })
      expect(kind).toBe(grantors[role].includes(by) ? 'decided' : 'role-not-yours')
    },
  )

  test('that watches over leads is no lead’s to give', () => {
    expect(grantors.guardian).toEqual(['operator'])
  })

  test.each(['grant', 'confirm', 'end'] as const)('is never one’s own to %s', (type) => {
    const command = type === 'grant' ? granting : ({ type } as const)
    expect(decide(held(), command, { actor: as('eso-lead', 'anna') })).toEqual({ kind: 'own-role' })
  })

  test('is not given twice', () => {
    expect(decide(held(), granting)).toEqual({ kind: 'held-already' })
  })

  test('that ended holds from that moment on no day, and can be given anew', () => {
    const ended = after(held(), { type: 'end' })
    expect(holdsOn(ended, today)).toBe(false)
    expect(decide(ended, { type: 'confirm' })).toEqual({ kind: 'not-held' })
    expect(holdsOn(after(ended, granting), today)).toBe(true)
  })

  test('that was never given cannot be confirmed or ended', () => {
    expect(decide(undefined, { type: 'confirm' })).toEqual({ kind: 'not-held' })
    expect(decide(undefined, { type: 'end' })).toEqual({ kind: 'not-held' })
  })

  test('that nobody confirms lapses four weeks after its day, and a confirmation makes it hold for another year', () => {
    const one = held()
    expect(one.reviewBy).toBe('2027-06-15')
    expect(holdsOn(one, lapsesOn(one))).toBe(true)
    expect(holdsOn(one, addDays(lapsesOn(one), 1))).toBe(false)
    const confirmed = after(one, { type: 'confirm' }, at('2027-08-01T09:00:00Z'))
    expect(confirmed.reviewBy).toBe(addMonths(day('2027-08-01'), 12))
    expect(holdsOn(confirmed, day('2027-08-01'))).toBe(true)
  })

  test('holds between its days and on no other', () => {
    const around = fc.integer({ min: -400, max: 800 })
    fc.assert(
      fc.property(around, fc.option(around), around, fc.boolean(), (from, to, on, isEnded) => {
        const one = {
          from: addDays(today, from),
          to: to === null ? null : addDays(today, to),
          reviewBy: addMonths(addDays(today, from), 12),
          endedAt: isEnded ? now : null,
        }
        const day = addDays(today, on)
        const isWithin = from <= on && (to === null || on <= to) && day <= lapsesOn(one)
        expect(holdsOn(one, day)).toBe(isWithin && !isEnded)
      }),
    )
  })
})
