import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { compileInto } from './build.ts'

const port = Number(new URL(inject('dynamoDbUrl')).port)
const answers = (host: string) => {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host, port, timeout: 3_000 })
  for (const [event, isThere] of [
    ['connect', true],
    ['error', false],
    ['timeout', false],
  ] as const)
    socket.once(event, () => {
      socket.destroy()
      resolve(isThere)
    })
  return promise
}
const own = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
const hasJdk17 = spawnSync('javac', ['-version'], { encoding: 'utf8' }).stdout?.startsWith('javac 17')

describe('DynamoDB Local', () => {
  test('answers on loopback', async () => {
    expect(await answers('127.0.0.1')).toBe(true)
  })

  test('answers at no other address of the machine', async () => {
    const reached = await Promise.all(
      own.flatMap(({ internal, address, family, scopeid }) =>
        internal ? [] : [answers(family === 'IPv6' && scopeid ? `${address}%${scopeid}` : address)],
      ),
    )
    expect(reached.filter(Boolean)).toEqual([])
  })

  // Another compiler may write other bytes for the same source.
  test.skipIf(!hasJdk17)('is started by what its source in the tree compiles to', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concord-loopback-'))
    expect(compileInto(folder).stderr).toBe('')
    const [kept, made] = [import.meta.dirname, folder].map((at) => readFileSync(join(at, 'OnLoopback.class')))
    rmSync(folder, { recursive: true })
    expect(made).toEqual(kept)
  })
})
