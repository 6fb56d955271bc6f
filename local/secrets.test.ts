import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localSecrets, stageKeysIn } from './secrets.ts'
import { wrapping } from './wrapping.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concord-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the secrets of this machine', () => {
  test('are made once, and readable by their owner alone', () => {
    const { stage, ...others } = localSecrets(folder)
    stage.rotate()
    const { stage: again, ...same } = localSecrets(folder)
    expect(same).toEqual(others)
    expect(again.all()).toEqual(stage.all())
    expect(statSync(join(folder, 'keys.json')).mode & 0o077).toBe(0)
  })
})

describe('the key of the stage', () => {
  test('opens by each of its versions what that one wrapped, and wraps by the newest', () => {
    const stage = localSecrets(folder).stage
    const { wrap, open } = wrapping(stage)
    const first = wrap('one', 'pack/a')
    expect(stage.rotate()).toBe(2)
    const second = wrap('two', 'pack/a')
    expect([first.readUInt32BE(), second.readUInt32BE()]).toEqual([1, 2])
    expect([open(first, 'pack/a'), open(second, 'pack/a')]).toEqual(['one', 'two'])
  })

  test('is heard of by a system that runs when another process rotates it', () => {
    const { open, wrap } = wrapping(localSecrets(folder).stage)
    stageKeysIn(folder).rotate()
    const wrapped = wrap('one', 'pack/a')
    expect(wrapped.readUInt32BE()).toBe(2)
    expect(open(wrapped, 'pack/a')).toBe('one')
  })

  test('opens nothing by a version that was thrown away, nor tells it from what was changed', () => {
    const stage = localSecrets(folder).stage
    const { wrap, open } = wrapping(stage)
    const wrapped = wrap('one', 'pack/a')
    const [cut, changed, otherVersion] = [wrapped.subarray(0, -1), Buffer.from(wrapped), Buffer.from(wrapped)]
    changed[20] = (changed[20] ?? 0) ^ 1
    stage.rotate()
    otherVersion.writeUInt32BE(2)
    expect([cut, changed, otherVersion, Buffer.alloc(3)].map((one) => open(one, 'pack/a'))).toEqual(
      Array(4).fill(undefined),
    )
    expect(open(wrapped, 'pack/b')).toBeUndefined()
    expect(stage.retire(1)).toBe('retired')
    expect(open(wrapped, 'pack/a')).toBeUndefined()
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain('"version": 1')
  })

  test('keeps its newest version, and says of one that it has none', () => {
    const stage = localSecrets(folder).stage
    expect([stage.retire(1), stage.retire(7)]).toEqual(['in-use', 'unknown'])
    expect(stage.all()).toHaveLength(1)
  })
})
