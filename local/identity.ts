import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type AdapterFactory, type AdapterPayload, type Configuration } from 'oidc-provider'
import { listen } from './listen.ts'
import { escapeHtml, page } from './page.ts'

/** Someone invented, whom one can sign in as. */
export type Person = {
  readonly subject: string
  readonly name: string
  readonly about: string
  readonly email: string
  readonly actsAs: string | null
}

export type IdentityOptions = {
  readonly port: number
  readonly cast: readonly Person[]
  readonly audience: string
  readonly consoleUrl: string
  readonly clientSecret: string
}

/** The demo's own client: public, and bound by PKCE as every client is. */
export const demoClient = { client_id: 'concord-demo', redirect_uri: 'http://127.0.0.1/callback' } as const

const minute = 60
const hour = 60 * minute

/** A real OpenID provider in which signing in is choosing who to be. */
export const startIdentity = async (options: IdentityOptions) => {
  const provider = new Provider(`http://127.0.0.1:${options.port}`, await configuration(options))
  const answer = provider.callback()
  return listen(options.port, (request, response) => {
    const { url = '', headers } = request
    if (url.startsWith('/who/')) return choose(provider, options.cast, request, response)
    // Nobody is remembered, so that one browser can be one person after another.
    if (url.startsWith('/auth')) headers.cookie = (headers.cookie ?? '').replace(/_session[^;]*;?/g, '')
    return answer(request, response)
  })
}

const choose = async (
  provider: Provider,
  cast: readonly Person[],
  request: IncomingMessage,
  response: ServerResponse,
) => {
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
  const subject = request.method === 'POST' && new URLSearchParams(await text(request)).get('subject')
  if (interaction && cast.some((person) => person.subject === subject))
    return provider.interactionFinished(request, response, { login: { accountId: String(subject) } })
  response.writeHead(interaction ? 200 : 400, { 'content-type': 'text/html; charset=utf-8' })
  return response.end(
    interaction
      ? chooser(cast)
      : page('Start again', '<p>This sign-in is over. Go back to Concord and begin again.</p>'),
  )
}

const chooser = (cast: readonly Person[]) => {
  const people = cast.map(({ subject, ...person }) => {
    const [name, about] = [person.name, person.about].map(escapeHtml)
    return `<button name="subject" value="${escapeHtml(subject)}"><strong>${name}</strong><br>${about}</button>`
  })
  return page('Who are you today?', `<form method="post">${people.join('')}</form>`)
}

const configuration = async ({ cast, audience, consoleUrl, clientSecret }: IdentityOptions): Promise<Configuration> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const find = (subject: unknown) => cast.find((person) => person.subject === subject)
  const actsAs = (person: Person | undefined) => (person?.actsAs ? { acts_as: person.actsAs } : {})
  const signOut = '<button name="logout" value="yes" form="op.logoutForm">Sign out</button>'
  return {
    adapter: memoryAdapter(),
    jwks: {
      keys: [{ ...(await exportJWK(privateKey)), kid: randomBytes(4).toString('hex'), use: 'sig', alg: 'RS256' }],
    },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    clients: [
      {
        client_id: 'concord-console',
        client_secret: clientSecret,
        redirect_uris: [`${consoleUrl}/sign-in/callback`],
        post_logout_redirect_uris: [consoleUrl, `${consoleUrl}/`],
      },
      { client_id: demoClient.client_id, token_endpoint_auth_method: 'none', redirect_uris: [demoClient.redirect_uri] },
    ],
    claims: { openid: ['sub', 'acts_as'], profile: ['name'], email: ['email'] },
    // An access token for the API opens no userinfo, so the identity token says it all.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { AccessToken: hour, AuthorizationCode: minute, Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
    interactions: { url: (_, { uid }) => `/who/${uid}` },
    findAccount: (_, accountId) => {
      const person = find(accountId)
      if (!person) return undefined
      return {
        accountId,
        claims: () => ({ sub: accountId, name: person.name, email: person.email, ...actsAs(person) }),
      }
    },
    // Invented people consent by being invented.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile email')
      grant.addResourceScope(audience, '')
      await grant.save()
      return grant
    },
    extraTokenClaims: (_, token) => actsAs(find('accountId' in token && token.accountId)),
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt' }),
      },
      rpInitiatedLogout: {
        logoutSource: (context, form) => {
          context.body = page(
            'Signing out',
            `${form}${signOut}<script>document.querySelector('button').click()</script>`,
          )
        },
      },
    },
  }
}

/** Sign-ins last as long as the process; the provider's own memory would warn at every start. */
const memoryAdapter = (): AdapterFactory => {
  const held = new Map<string, AdapterPayload>()
  return (model) => ({
    upsert: async (id, payload) => void held.set(`${model}/${id}`, payload),
    find: async (id) => held.get(`${model}/${id}`),
    findByUid: async (wanted) => [...held.values()].find(({ uid }) => uid === wanted),
    findByUserCode: async () => undefined,
    consume: async (id) => void Object.assign(held.get(`${model}/${id}`) ?? {}, { consumed: Date.now() / 1000 }),
    destroy: async (id) => void held.delete(`${model}/${id}`),
    revokeByGrantId: async (grant) => {
      for (const [key, { grantId }] of held) if (grantId === grant) held.delete(key)
    },
  })
}
