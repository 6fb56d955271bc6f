import { parseSubject, type Subject } from '@concord/domain/ids'
import type { Instant } from '@concord/domain/time'
import { calmFetch } from '@concord/platform/calm-fetch'
import { keysAt, type LoggedOut, readLogoutToken } from '@concord/platform/logout-token'
import * as oidc from 'openid-client'
import { momentOf } from '../person.ts'
import { LONGEST_MINUTES } from './sessions.ts'

export type IdentityOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: () => Promise<string>
  readonly consoleUrl: string
}
/** What a sign-in needs when it comes back, kept by the browser meanwhile under our signature. */
export type Begun = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Whether somebody who is signed in was to show once more who they are. */
  readonly again: boolean
}
export type SignedIn = {
  readonly subject: Subject
  readonly name: string
  readonly idToken: string | null
  readonly issuerSession: string | null
  readonly authenticatedAt: Instant | null
}
/** Within how many seconds a sign-in that was asked for again must have happened. */
const JUST_NOW = 120

/** Signing in through the stage's OpenID provider: code flow with PKCE, state and nonce, addresses by discovery. */
export const identityOf = ({ issuer, clientId, clientSecret, consoleUrl }: IdentityOptions) => {
  const url = new URL(issuer)
  const ask = calmFetch((to, { body, ...init }: oidc.CustomFetchOptions) =>
    fetch(to, { ...init, ...(body !== undefined && { body }) }),
  )
  let found: Promise<oidc.Configuration> | undefined
  let keys: ReturnType<typeof keysAt> | undefined
  const provider = () => {
    found ??= clientSecret().then((secret) =>
      oidc.discovery(url, clientId, undefined, oidc.ClientSecretBasic(secret), {
        execute: [
          // A token that came over TLS from the issuer may be taken as it is; its signature is looked at all the same.
          oidc.enableNonRepudiationChecks,
          // Only an issuer that is plain http itself, on one's own machine, is spoken to in the clear.
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out, by its own words.
          ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
        ],
        [oidc.customFetch]: ask,
      }),
    )
    // A provider that was away is asked again by a later call.
    found.catch(() => {
      found = undefined
    })
    return found
  }
  return {
    begin: async (again: boolean): Promise<{ readonly to: string; readonly begun: Begun }> => {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
      const begun = { state, nonce, verifier, again }
      const to = oidc.buildAuthorizationUrl(await provider(), {
        redirect_uri: `${consoleUrl}/sign-in/callback`,
        scope: 'openid profile',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        // Whoever is asked for an age says in the token when they looked: one who is remembered did not sign in just now.
        max_age: String(again ? JUST_NOW : LONGEST_MINUTES * 60),
        ...(again && { prompt: 'login' }),
      })
      return { to: to.href, begun }
    },
    /** Who came back. What the token says of roles is not read: Concord's own memberships say them. */
    finish: async (query: string, { state, nonce, verifier, again }: Begun): Promise<SignedIn | undefined> => {
      const tokens = await oidc.authorizationCodeGrant(
        await provider(),
        new URL(`${consoleUrl}/sign-in/callback${query}`),
        {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          // The issuer says when it looked, and it has to be now.
          ...(again && { maxAge: JUST_NOW }),
        },
      )
      const claims = tokens.claims()
      const subject = claims && parseSubject(claims.sub)
      return (
        subject && {
          subject,
          name: typeof claims['name'] === 'string' ? claims['name'] : subject,
          idToken: tokens.id_token ?? null,
          issuerSession: typeof claims['sid'] === 'string' ? claims['sid'] : null,
          authenticatedAt: claims.auth_time === undefined ? null : momentOf(claims.auth_time),
        }
      )
    },
    /** Whose session the issuer says it ended; nothing for a token that is not such a one. */
    loggedOut: async (token: string, now: () => Instant): Promise<LoggedOut | undefined> => {
      const { jwks_uri: jwks } = (await provider()).serverMetadata()
      if (!jwks) return undefined
      keys ??= keysAt(jwks)
      return readLogoutToken(token, { issuer, clientId, keys, now })
    },
    /** Where the provider ends its own session; a provider without such an address keeps it. */
    signOutUrl: async (idToken: string | null): Promise<string> => {
      const config = await provider()
      if (!config.serverMetadata().end_session_endpoint) return '/'
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${consoleUrl}/`,
        ...(idToken && { id_token_hint: idToken }),
      }).href
    },
  }
}
export type Identity = ReturnType<typeof identityOf>
