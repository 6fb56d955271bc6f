import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { apiClients } from './cast.ts'
import { demoClient } from './identity.ts'

type SignIn = Readonly<Record<'issuer' | 'audience' | 'subject', string>>

/** The access token for the API of an invented person. */
export const accessToken = async (who: SignIn) => (await signedInTokens(who)).access_token

/** Signs an invented person in over HTTP, as a browser would, and gives the tokens. */
export const signedInTokens = async ({ issuer, audience: resource, subject }: SignIn) => {
  const code_verifier = randomBytes(32).toString('base64url')
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url')
  const challenge = { code_challenge, code_challenge_method: 'S256', scope: 'openid', response_type: 'code' }

  const cookies = new Map<string, string>()
  const follow = async (path: string, form?: Record<string, string>) => {
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }
    const post = form && { method: 'POST', body: new URLSearchParams(form) }
    const reply = await fetch(new URL(path, issuer), { headers, redirect: 'manual', ...post })
    for (const [name = '', value = ''] of reply.headers.getSetCookie().map((one) => one.split(/[=;]/, 2)))
      cookies.set(name, value)
    const next = reply.headers.get('location')
    if (next) return next
    throw new Error(`The issuer did not go on with signing in ${subject}: ${reply.status} ${await reply.text()}`)
  }
  const chooser = await follow(`/auth?${new URLSearchParams({ ...demoClient, ...challenge, resource })}`)
  const back = new URL(await follow(await follow(chooser, { subject })))
  const code = back.searchParams.get('code') ?? ''
  const body = new URLSearchParams({ ...demoClient, grant_type: 'authorization_code', code, code_verifier, resource })
  const reply = await fetch(`${issuer}/token`, { method: 'POST', body })
  return z.object({ access_token: z.string(), id_token: z.string() }).parse(await reply.json())
}

/** The access token for the API of an invented program, by its own credentials. */
export const clientToken = async ({ issuer, audience: resource, subject }: SignIn) => {
  const client = apiClients.find((one) => one.subject === subject)
  const authorization = `Basic ${Buffer.from(`${subject}:${client?.secret}`).toString('base64')}`
  const body = new URLSearchParams({ grant_type: 'client_credentials', resource })
  const reply = await fetch(`${issuer}/token`, { method: 'POST', headers: { authorization }, body })
  if (!reply.ok) throw new Error(`The issuer gave ${subject} no token: ${reply.status} ${await reply.text()}`)
  return z.object({ access_token: z.string() }).parse(await reply.json()).access_token
}
