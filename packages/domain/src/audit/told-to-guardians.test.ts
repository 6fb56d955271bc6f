import { describe, expect, test } from 'vitest'
import { roles } from '../actor.ts'
import { seenBy } from '../request/audiences.ts'
import { caseDeeds, type Guarding, toldOf, toldToGuardians } from './told-to-guardians.ts'

const guardians = ['trust-guardian', 'network-guardian'] as const satisfies readonly Guarding[]
const line = (did: string, role: string) => ({ did, role, who: 'somebody' })
const lines = Object.keys(toldToGuardians).flatMap((did) =>
  [...roles, 'system', 'of-tomorrow'].map((role) => line(did, role)),
)

describe('a line of who saw or did what', () => {
  test.each(guardians)('is told to the %s as the tables say, whatever was done in whichever role', (guardian) => {
    for (const one of lines) {
      const sight = { ...seenBy, ...caseDeeds }[one.did as keyof typeof toldToGuardians][guardian]
      const isNamed = one.role !== 'of-tomorrow' && (sight === 'whole' || one.role !== 'clinician')
      const expected = sight === 'never' ? undefined : { who: isNamed ? 'somebody' : null }
      expect(toldOf(one, guardian), `${one.did} by ${one.role}`).toEqual(expected)
    }
  })

  test('never tells a trust’s guardian which clinician was asked, signed or declined before anybody accepted', () => {
    const early = [
      'offer.declined',
      'offer.read',
      'brief.read',
      'joint-works.read',
      'declaration.read',
      'declaration.signed',
    ]
    for (const did of early) expect(toldOf(line(did, 'clinician'), 'trust-guardian')).toEqual({ who: null })
  })

  test('tells the network’s guardian nothing of the draft and nothing that is restricted', () => {
    for (const did of ['request.drafted', 'request.revised', 'answers.read', 'restricted.noted', 'restricted.read'])
      expect(toldOf(line(did, 'requester'), 'network-guardian')).toBeUndefined()
    expect(toldOf(line('restricted.of-tomorrow', 'requester'), 'network-guardian')).toBeUndefined()
  })

  test.each(guardians)('that no table lists names nobody to the %s', (guardian) => {
    for (const did of ['case.of-tomorrow', 'constructor', '', 'toString x'])
      expect(toldOf(line(did, 'requester'), guardian)).toEqual({ who: null })
  })
})
