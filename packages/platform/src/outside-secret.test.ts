import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, test } from 'vitest'
import { outsideSecret } from './outside-secret.ts'

const content = { oidcClientSecret: 'client', notifyApiKey: 'notify', cookieKey: 'k'.repeat(32) }

/** The secret behind a client that answers once for each call, the last answer for ever. */
const answering = (...answers: readonly (string | Error)[]) => {
  const client = new SecretsManagerClient({ region: 'eu-west-2' })
  const sent: unknown[] = []
  client.send = async (command: { readonly input: unknown }) => {
    const answer = answers[Math.min(sent.length, answers.length - 1)]
    sent.push(command.input)
    if (answer instanceof Error) throw answer
    return { SecretString: answer } as never
  }
  return { secret: outsideSecret({ client, arn: 'arn-of-the-secret' }), sent }
}

describe('what the host keeps secret', () => {
  test('is read once by an instance, however many ask at once', async () => {
    const { secret, sent } = answering(JSON.stringify(content))
    expect(await Promise.all([secret(), secret()])).toEqual([content, content])
    expect(await secret()).toEqual(content)
    expect(sent).toEqual([{ SecretId: 'arn-of-the-secret' }])
  })

  test('is asked for again after a failure', async () => {
    const { secret, sent } = answering(new Error('Not now'), JSON.stringify(content))
    await expect(secret()).rejects.toThrow('Not now')
    expect(await secret()).toEqual(content)
    expect(sent).toHaveLength(2)
  })

  test.each([
    { what: 'is empty', text: '' },
    { what: 'is no JSON', text: 'cookieKey=k' },
    { what: 'has a cookie key that is too short', text: JSON.stringify({ ...content, cookieKey: 'short' }) },
    { what: 'misses a part', text: JSON.stringify({ ...content, notifyApiKey: undefined }) },
  ])('stops whoever needs it when it $what', async ({ text }) => {
    await expect(answering(text).secret()).rejects.toThrow()
  })
})
