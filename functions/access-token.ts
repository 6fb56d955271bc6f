type Claims = Readonly<Record<string, unknown>>

/** What an identity token or a logout token has, and an access token never. */
const marksOfOthers = ['nonce', 'at_hash', 'c_hash', 's_hash', 'events'] as const
/** How issuers that say in a claim what a token is call an access token: Cognito in `token_use`, others in `typ`. */
const said: Readonly<Record<string, readonly string[]>> = { token_use: ['access'], typ: ['at+jwt', 'Bearer'] }

/**
 * Whether a verified token is an access token. The gateway passes on no header, and where the audience is a client's own id it lets
 * identity tokens through too, so that the claims have to say it: those that RFC 9068 demands (`client_id` and `jti`), none that
 * belongs to another kind of token, and no word of being another kind. A token that cannot be told is none.
 */
export const isAccessToken = (claims: Claims): boolean =>
  [claims['client_id'], claims['jti']].every((one) => typeof one === 'string' && one !== '') &&
  marksOfOthers.every((name) => claims[name] === undefined) &&
  Object.entries(said).every(([name, kinds]) => {
    const kind = claims[name]
    return kind === undefined || (typeof kind === 'string' && kinds.includes(kind))
  })
