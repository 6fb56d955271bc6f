import { at, day, neurology } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { calendars, parseCalendars } from './calendar.ts'
import { policyFor } from './current-policy.ts'
import { specialties, specialtyOf } from './specialties.ts'

describe('the policy in force', () => {
  const policy = policyFor('england-and-wales')(day('2026-06-15'))

  test('has every rule from C01 to C43 but C41: values are never scored', () => {
    const ids = new Set(policy.rules.map(({ id }) => id))
    const all = Array.from({ length: 43 }, (_, n) => `C${String(n + 1).padStart(2, '0')}`)
    expect(all.filter((id) => !ids.has(id))).toEqual(['C41'])
    expect(ids.size).toBe(42)
  })

  test('sets the targets of an urgent request and the time to answer an offer', () => {
    const targets = policy.deadlines('U1', at('2026-06-12T14:00:00Z'))
    expect(targets.map(({ step }) => step)).toEqual([
      'acknowledge',
      'triage',
      'shortlist',
      'accept',
      'verbal',
      'report',
      'share',
    ])
    expect(targets[0]?.by).toBe('2026-06-15T10:00:00.000Z')
    expect(policy.replyBy('U2', at('2026-06-12T14:00:00Z'))).toBe('2026-06-16T16:00:00.000Z')
    expect(policy.deadlines('U3', at('2026-06-12T14:00:00Z')).some(({ step }) => step === 'verbal')).toBe(false)
  })

  test('is none before the first rule', () => {
    expect(() => policyFor('scotland')(day('2020-01-01'))).toThrow('2020-01-01')
  })
})

describe('the calendars', () => {
  test('are those of three jurisdictions, which differ', () => {
    expect(calendars['england-and-wales'].holidays.has('2026-04-06')).toBe(true)
    expect(calendars.scotland.holidays.has('2026-04-06')).toBe(false)
    expect(calendars['northern-ireland'].holidays.has('2026-03-17')).toBe(true)
    expect(calendars.scotland.years).toEqual(new Set(['2024', '2025', '2026', '2027']))
  })

  test('do not come from a file that is not one of bank holidays', () => {
    expect(() => parseCalendars({ scotland: { events: [{ date: '2026-02-30' }] } })).toThrow()
  })
})

describe('the specialties', () => {
  test('are the paediatric treatment functions, each once, with a register that satisfies them', () => {
    expect(specialties).toHaveLength(48)
    expect(new Set(specialties.map(({ tfc }) => tfc)).size).toBe(48)
    expect(specialties.every(({ registers }) => registers.length > 0)).toBe(true)
    expect(specialtyOf(neurology)).toMatchObject({ name: 'Paediatric Neurology', from: null, to: 'ongoing' })
    expect(specialties.find(({ name }) => name === 'Paediatric Epilepsy')?.from).toBe('2013-04-01')
  })
})
