import { anAssessment } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { mayOffer } from './may-offer.ts'

const places = { openCases: 1, cap: 2 }
const noPlace = { openCases: 2, cap: 2 }

describe('a candidate', () => {
  test.each(['clear', 'note', 'manage'] as const)('whose verdict is %s may be offered the case', (verdict) => {
    expect(mayOffer(anAssessment(verdict), places)).toEqual({ kind: 'offerable' })
  })

  test.each(['barred', 'undetermined'] as const)(
    'whose verdict is %s is excluded by what blocks, full or not',
    (verdict) => {
      const { findings } = anAssessment(verdict)
      const mild = anAssessment('note').findings
      for (const candidate of [places, noPlace])
        expect(mayOffer({ findings: [...mild, ...findings] }, candidate)).toEqual({ kind: 'excluded', findings })
    },
  )

  test.each([noPlace, { openCases: 3, cap: 2 }, { openCases: 0, cap: 0 }, { openCases: 0, cap: null }])(
    'without a free place is full, whatever the verdict: $openCases of $cap',
    (candidate) => {
      for (const verdict of ['clear', 'manage'] as const)
        expect(mayOffer(anAssessment(verdict), candidate)).toEqual({ kind: 'full' })
    },
  )
})
