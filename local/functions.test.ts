import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { startFunctions } from './functions.ts'

const folder = mkdtempSync(join(tmpdir(), 'concord-functions-'))
mkdirSync(join(folder, 'logs'))
const bundles = {
  echo: `export const handler = async (event, context) => {
    if (event.break) throw new RangeError('as asked')
    if (event.hang) while (true) {}
    if (event.leave) process.exit(0)
    console.log('said', event.say)
    return { event, left: context.getRemainingTimeInMillis() > 0, env: process.env, none: undefined }
  }`,
  broken: `throw new Error('cannot be loaded')`,
}
const resource = ([name, code]: [string, string]) => {
  const assetPath = join(folder, name)
  mkdirSync(assetPath)
  writeFileSync(join(assetPath, 'index.mjs'), code)
  const Environment = { Variables: { STAGE: 'local' } }
  const properties = { Handler: 'index.handler', Timeout: 3, Role: `arn:aws:iam::0:role/${name}role`, Environment }
  return { id: `${name}Function0123ABCD`, name, arn: `arn:${name}`, assetPath, properties }
}
const resources = Object.entries(bundles).map(resource)
const endpoints = {
  DYNAMODB: 'http://127.0.0.1:1',
  KMS: 'http://127.0.0.1:2',
  S3: 'http://127.0.0.1:2',
  SECRETS_MANAGER: 'http://127.0.0.1:2',
  STS: 'http://127.0.0.1:2',
}
const { find, stop } = startFunctions({ all: () => resources }, folder, endpoints)
afterAll(async () => {
  await stop()
  rmSync(folder, { recursive: true })
})
const echo = find('echo')

describe('a function of the template', { timeout: 20_000 }, () => {
  test('answers with what its handler returns', async () => {
    const outcome = await echo({ say: 'hello' })
    expect(outcome).toMatchObject({ kind: 'returned', value: { event: { say: 'hello' }, left: true } })
    expect(outcome).not.toHaveProperty('value.none')
  })

  test('sees the environment of the template and where the cloud is, and nothing of this machine', async () => {
    expect(await echo({})).toMatchObject({
      value: {
        env: {
          STAGE: 'local',
          AWS_LAMBDA_FUNCTION_NAME: 'echo',
          AWS_REGION: 'eu-west-2',
          AWS_ACCESS_KEY_ID: 'echorole',
          AWS_SECRET_ACCESS_KEY: 'local',
          AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1',
          AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:2',
          AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2',
          AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://127.0.0.1:2',
          AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:2',
        },
      },
    })
    expect(await echo({})).not.toHaveProperty('value.env.PATH')
  })

  test('is found by its name and by its ARN, and nobody else is', async () => {
    expect(await find('arn:echo')({})).toMatchObject({ kind: 'returned' })
    expect(() => find('nobody')).toThrow('nobody, which is not one of its functions')
  })

  test('that throws has failed, and goes on', async () => {
    expect(await echo({ break: true })).toEqual({ kind: 'failed', because: 'RangeError: as asked' })
    expect(await echo({})).toMatchObject({ kind: 'returned' })
  })

  test('that takes too long is ended, and begun anew', async () => {
    expect(await echo({ hang: true })).toEqual({ kind: 'timed-out', because: 'Task timed out after 3 seconds' })
    expect(await echo({})).toMatchObject({ kind: 'returned' })
  })

  test('that leaves has failed, and is begun anew', async () => {
    expect(await echo({ leave: true })).toEqual({ kind: 'failed', because: 'The function ended' })
    await vi.waitFor(async () => expect(await echo({})).toMatchObject({ kind: 'returned' }), { timeout: 5000 })
  })

  test('whose code cannot be loaded fails every call', async () => {
    expect(await find('broken')({})).toEqual({ kind: 'failed', because: 'The function ended' })
    expect(await find('broken')({})).toEqual({ kind: 'failed', because: 'The function ended' })
    await vi.waitFor(() =>
      expect(readFileSync(join(folder, 'logs', 'broken.log'), 'utf8')).toContain('cannot be loaded'),
    )
  })

  test('writes what it says into a log of its own', async () => {
    await vi.waitFor(() => expect(readFileSync(join(folder, 'logs', 'echo.log'), 'utf8')).toContain('said hello'))
  })
})
