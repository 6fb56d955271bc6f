import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts'
import { type CallerRole, type Tags, tagNames } from '@concord/application/grants'

/** Who a call is made for: the kind of caller, and the paths that are theirs. */
export type CallerSession<Role extends string = CallerRole> = { readonly role: Role; readonly tags: Tags }

const HOUR = 60 * 60
/** How many callers an instance remembers the means of; the one longest unused goes first. */
const MOST_KEPT = 500

/** What an id is made of. A pattern's own signs in a tag would reach further than the tag says. */
const isPlain = (value: string) => /^[\w./-]{1,256}$/.test(value) && !value.includes('..')

/**
 * Credentials that reach what one caller may reach: the caller's role taken on for an hour, with their paths as the session's
 * tags. Nothing is asked of STS before the first call that needs it.
 */
export const callerCredentials =
  <Role extends string>({ client, roleArns }: Roles<Role>) =>
  ({ role, tags }: CallerSession<Role>) =>
  async () => {
    const strange = tagNames.find((name) => !isPlain(tags[name]))
    if (strange) throw new Error(`The tag ${strange} of a session is not made of ids`)
    const { Credentials } = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArns[role],
        RoleSessionName: role,
        DurationSeconds: HOUR,
        Tags: tagNames.map((name) => ({ Key: name, Value: tags[name] })),
      }),
    )
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {}
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) throw new Error('STS gave no credentials')
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    }
  }

type Roles<Role extends string> = { readonly client: STSClient; readonly roleArns: Readonly<Record<Role, string>> }

/** Makes something once for each caller and keeps it: by role and by every tag, since either alone is two people's. */
export const keptForCallers = <T>(make: (session: CallerSession) => T) => {
  const kept = new Map<string, T>()
  return ({ role, tags }: CallerSession): T => {
    const key = JSON.stringify([role, ...tagNames.map((name) => tags[name])])
    const made = kept.get(key) ?? make({ role, tags })
    kept.delete(key)
    kept.set(key, made)
    const [oldest] = kept.size > MOST_KEPT ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return made
  }
}
