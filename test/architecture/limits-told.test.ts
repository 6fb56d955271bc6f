import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { usualAllowances } from '../../functions/limits.ts'

const told = readFileSync(new URL('../../docs/identity.md', import.meta.url), 'utf8').replaceAll(/\s+/g, ' ')
const said = (name: keyof typeof usualAllowances) => {
  const { burst, eachMs } = usualAllowances[name]
  return { burst, seconds: eachMs / 1000 }
}

// evidence: ASVS 6.1.1
test('docs/identity.md says against what guessing is held, by the very limits there are, and why they lock nobody out', () => {
  const { calls, costly, misses } = { calls: said('calls'), costly: said('costly'), misses: said('misses') }
  expect(told).toContain(`may name ${misses.burst} that are not there, and one more in ${misses.seconds} seconds`)
  expect(told).toContain(`${calls.burst} at once and one more in ${calls.seconds} seconds`)
  expect(told).toContain(`${costly.burst} at once and one more in ${costly.seconds} seconds`)
  expect(told).toContain('count the verified subject alone')
})
