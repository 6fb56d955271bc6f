import { describe, expect, test } from 'vitest'
import { isAccessToken } from './access-token.ts'

/** As the gateway gives claims on: all of them as text. */
const dates = { iat: '1750000000', exp: '1750000900', auth_time: '1750000000' }
const rfc9068 = {
  iss: 'https://issuer.example',
  aud: 'urn:concord:api',
  sub: 'anna',
  client_id: 'c',
  jti: 'j',
  ...dates,
}
const identity = { iss: 'https://issuer.example', aud: 'c', sub: 'anna', ...dates }
const cognito = {
  access: { token_use: 'access', sub: 'anna', client_id: 'c', jti: 'j', scope: 'openid', version: '2', ...dates },
  identity: { token_use: 'id', aud: 'c', sub: 'anna', jti: 'j', at_hash: 'h', 'cognito:username': 'anna', ...dates },
}

describe('an access token', () => {
  test.each([
    ['as RFC 9068 has it', rfc9068],
    ['of a program', { ...rfc9068, sub: 'c' }],
    ['of Cognito', cognito.access],
    ['whose issuer says its type in a claim', { ...rfc9068, typ: 'Bearer' }],
  ])('%s is one', (_, claims) => {
    expect(isAccessToken(claims)).toBe(true)
  })

  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['nothing at all', {}],
    ['an identity token', identity],
    ['an identity token with a nonce and an id of its own', { ...identity, nonce: 'n', jti: 'j', client_id: 'c' }],
    ['an identity token with the hash of its access token', { ...rfc9068, at_hash: 'h' }],
    ['an identity token with the hash of its code', { ...rfc9068, c_hash: 'h' }],
    ['an identity token of Cognito', cognito.identity],
    ['one of Cognito that names its client like an access token', { ...cognito.access, token_use: 'id' }],
    ['one whose use is not said in words', { ...cognito.access, token_use: true }],
    ['one that says it is an identity token', { ...rfc9068, typ: 'ID' }],
    ['one that says it is a refresh token', { ...rfc9068, typ: 'Refresh' }],
    ['a logout token', { ...rfc9068, events: '[http://schemas.openid.net/event/backchannel-logout]' }],
    ['one that names no client', { ...rfc9068, client_id: undefined }],
    ['one that names its client by azp alone', { ...rfc9068, client_id: undefined, azp: 'c' }],
    ['one without an id of its own', { ...rfc9068, jti: undefined }],
    ['one whose id is empty', { ...rfc9068, jti: '' }],
  ])('%s is none', (_, claims) => {
    expect(isAccessToken(claims)).toBe(false)
  })
})
