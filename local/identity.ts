import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type AdapterFactory, type AdapterPayload, type Configuration, errors } from 'oidc-provider'
import type { StageConfig } from '../infra/stage.ts'
import { apiClients, cast } from './cast.ts'
import { listen } from './listen.ts'
import { escapeHtml, page } from './page.ts'

type IdentityOptions = Pick<StageConfig, 'audience' | 'consoleUrl'> & { readonly clientSecret: string }

/** The demo's own client: public, and bound by PKCE as every client is. */
export const demoClient = { client_id: 'concord-demo', redirect_uri: 'http://127.0.0.1/callback' } as const

const personOf = (subject: unknown) => cast.find((person) => person.subject === subject)
const hour = 3600
/** A token for the API is as old as a sign-in just made when it ends: whatever it says, it says for a short time. */
const ACCESS_SECONDS = 15 * 60

/** A real OpenID provider in which signing in is choosing who to be. */
export const startIdentity = async (port: number, options: IdentityOptions) => {
  const provider = new Provider(`http://127.0.0.1:${port}`, await configuration(options))
  const answer = provider.callback()
  return listen(port, async (request, response) => {
    const { method, url = '', headers } = request
    // Nobody is remembered, so that one browser can be one person after another.
    if (url.startsWith('/auth')) headers.cookie = (headers.cookie ?? '').replace(/_session[^;]*;?/g, '')
    if (!url.startsWith('/who/')) return answer(request, response)

    const person = method === 'POST' && personOf(new URLSearchParams(await text(request)).get('subject'))
    const show = (status: number, html: string) =>
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    if (!person) return show(200, chooser)
    const isOver = () =>
      show(400, page('Start again', '<p>This sign-in is over. Go back to Concord and begin again.</p>'))
    return provider.interactionFinished(request, response, { login: { accountId: person.subject } }).catch(isOver)
  })
}

const button = ({ subject, name, about }: Readonly<Record<'subject' | 'name' | 'about', string>>) =>
  `<button name="subject" value="${escapeHtml(subject)}"><strong>${escapeHtml(name)}</strong><br>${escapeHtml(about)}</button>`
const chooser = page('Who are you today?', `<form method="post">${cast.map(button).join('')}</form>`)
const goodbye =
  "<button name='logout' value='yes' form='op.logoutForm'>Sign out</button><script>document.querySelector('button').click()</script>"

const configuration = async ({ audience, consoleUrl, clientSecret }: IdentityOptions): Promise<Configuration> => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), kid: randomBytes(4).toString('hex'), use: 'sig', alg: 'RS256' }
  const claimsOf = (subject: unknown) => {
    const { actsAs } = personOf(subject) ?? {}
    return actsAs ? { acts_as: actsAs } : {}
  }
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    clients: [
      {
        client_id: 'concord-console',
        client_secret: clientSecret,
        redirect_uris: [`${consoleUrl}/sign-in/callback`],
        post_logout_redirect_uris: [consoleUrl, `${consoleUrl}/`],
        backchannel_logout_uri: `${consoleUrl}/signed-out-elsewhere`,
        backchannel_logout_session_required: true,
      },
      { client_id: demoClient.client_id, token_endpoint_auth_method: 'none', redirect_uris: [demoClient.redirect_uri] },
      ...apiClients.map(({ subject, secret }) => ({
        ...{ client_id: subject, client_secret: secret, grant_types: ['client_credentials'] },
        ...{ redirect_uris: [], response_types: [] },
      })),
    ],
    claims: { openid: ['sub', 'acts_as'], profile: ['name'], email: ['email'] },
    // An access token for the API opens no userinfo, so the identity token says it all.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: {
      ...{ AccessToken: ACCESS_SECONDS, ClientCredentials: ACCESS_SECONDS, AuthorizationCode: 60 },
      ...{ Grant: hour, IdToken: hour, Interaction: hour, Session: hour },
    },
    interactions: { url: (_, { uid }) => `/who/${uid}` },
    findAccount: (_, sub) => {
      const { name, email } = personOf(sub) ?? {}
      return name ? { accountId: sub, claims: () => ({ sub, name, email, ...claimsOf(sub) }) } : undefined
    },
    // Invented people consent by being invented.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid profile email')
      grant.addResourceScope(audience, '')
      await grant.save()
      return grant
    },
    // When the person signed in; of a program's token nothing is said, since nobody did.
    extraTokenClaims: ({ oidc: { entities } }, token) => ({
      ...claimsOf('accountId' in token && token.accountId),
      ...(entities.AuthorizationCode?.authTime && { auth_time: entities.AuthorizationCode.authTime }),
    }),
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => {
          if (resource !== audience) throw new errors.InvalidTarget()
          return { scope: '', audience, accessTokenFormat: 'jwt' }
        },
      },
      rpInitiatedLogout: {
        logoutSource: (context, form) => void Object.assign(context, { body: page('Signing out', form + goodbye) }),
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
