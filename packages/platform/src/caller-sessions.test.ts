import type { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { type CallerSession, callerCredentials, keptForCallers } from './caller-sessions.ts'

const tags = {
  own: 'network/n/trust/RJ1',
  case: 'none',
  brief: 'none',
  pack: 'none',
  restricted: 'none',
  glass: 'none',
  audit: 'none',
  child: 'none',
  release: 'none',
  fact: 'none',
}
const session: CallerSession = { role: 'trust', tags }
const arns = {
  trust: 'arn:trust',
  network: 'a',
  clinician: 'b',
  commissioner: 'c',
  guardian: 'd',
  operator: 'e',
  named: 'f',
  breaker: 'g',
  steward: 'h',
}

const asking = (Credentials: object | undefined) => {
  const asked: AssumeRoleCommand['input'][] = []
  const client = {
    send: async ({ input }: AssumeRoleCommand) => {
      asked.push(input)
      return { Credentials }
    },
  } as unknown as STSClient
  return { asked, credentials: callerCredentials({ client, roleArns: arns }) }
}
const whole = { AccessKeyId: 'id', SecretAccessKey: 'secret', SessionToken: 'token', Expiration: new Date(0) }

describe('the credentials of a caller', () => {
  test('are the role of their kind for an hour, with every tag', async () => {
    const { asked, credentials } = asking(whole)
    expect(await credentials(session)()).toMatchObject({ accessKeyId: 'id', sessionToken: 'token' })
    expect(asked).toEqual([
      {
        RoleArn: 'arn:trust',
        RoleSessionName: 'trust',
        DurationSeconds: 3600,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      },
    ])
  })

  test.each(['', '*', 'network/*', 'network/?', `\${aws:username}`, 'a/../b', 'a b', 'x'.repeat(257)])(
    'are never asked for with a tag like %j',
    async (own) => {
      const { asked, credentials } = asking(whole)
      await expect(credentials({ ...session, tags: { ...tags, own } })()).rejects.toThrow('own')
      expect(asked).toEqual([])
    },
  )

  test.each(['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'])('are none without %s', async (part) => {
    const { credentials } = asking({ ...whole, [part]: undefined })
    await expect(credentials(session)()).rejects.toThrow('STS gave no credentials')
  })
})

describe('what is kept for callers', () => {
  test('is made once for each role and each tag', () => {
    const made: CallerSession[] = []
    const keep = keptForCallers((one) => made.push(one))
    const others = (['own', 'case', 'brief', 'pack', 'release', 'fact'] as const).map((name) => ({
      role: 'trust' as const,
      tags: { ...tags, [name]: 'else' },
    }))
    const all: readonly CallerSession[] = [session, { ...session, role: 'network' }, ...others]
    for (const one of [...all, ...all]) keep(one)
    expect(made).toEqual(all)
  })

  test('lets the one go that was longest unused', () => {
    const made: string[] = []
    const keep = keptForCallers(({ tags: { own } }) => made.push(own))
    const of = (n: number) => ({ role: 'trust' as const, tags: { ...tags, own: `own/${n}` } })
    for (let n = 0; n < 500; n += 1) keep(of(n))
    keep(of(0))
    keep(of(500))
    keep(of(0))
    keep(of(1))
    expect(made.slice(500)).toEqual(['own/500', 'own/1'])
  })
})
