import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { z } from 'zod'

const content = z.object({
  oidcClientSecret: z.string().min(1),
  notifyApiKey: z.string().min(1),
  cookieKey: z.string().min(32),
})

/** What the host keeps secret: the console's client secret and cookie key, and the account at Notify. Read once per instance. */
export const outsideSecret = ({ client, arn }: { readonly client: SecretsManagerClient; readonly arn: string }) => {
  let reading: Promise<z.infer<typeof content>> | undefined
  return () => {
    reading ??= client
      .send(new GetSecretValueCommand({ SecretId: arn }))
      .then(({ SecretString }) => content.parse(JSON.parse(SecretString ?? '')))
    // A failed read is tried again by the next call rather than kept.
    reading.catch(() => {
      reading = undefined
    })
    return reading
  }
}
