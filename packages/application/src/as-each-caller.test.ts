import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { asEachCaller } from './as-each-caller.ts'

const started = async () => {
  const world = await aWorld({ tables: memoryTables() })
  const ended = { ...world.as('requester'), standing: Promise.resolve(false) }
  return { world, ended, call: asEachCaller(world.deps) }
}

describe('somebody whose membership does not hold', () => {
  test('hears of no failure', async () => {
    const { ended, call } = await started()
    const broken = call('broken', () => async () => Promise.reject<{ readonly kind: 'fine' }>(new Error('Broken')))
    expect(await broken(ended)).toEqual({ kind: 'not-standing' })
  })

  test('is answered so by a use case that never asks', async () => {
    const { ended, call } = await started()
    expect(await call('careless', () => async () => ({ kind: 'case' }))(ended)).toEqual({ kind: 'not-standing' })
  })

  test('puts nothing on record but that they were refused', async () => {
    const { world, ended, call } = await started()
    const eager = call('eager', ({ audit, clock }) => async () => {
      const entry = { at: clock.now(), id: 'eager', about: 'network-two/office', who: 'x', role: 'x', did: 'x' }
      await audit.put(entry)
      return { kind: 'fine' }
    })
    expect(await eager(ended)).toEqual({ kind: 'not-standing' })
    expect(await world.deps.auditChain.auditOf('network-two/office')).toEqual([])
    const own = await world.deps.auditChain.auditOf('network-one/XA1/office')
    expect(own.map(({ entry }) => entry['did'])).toEqual(['refused eager not-standing'])
  })
})

test('a failure of a call by somebody whose membership holds goes on as it is', async () => {
  const { world, call } = await started()
  const broken = call('broken', () => async () => Promise.reject<{ readonly kind: 'fine' }>(new Error('Broken')))
  await expect(broken(world.as('requester'))).rejects.toThrow('Broken')
})
