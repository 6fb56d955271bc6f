import type { Notifier } from '@concord/application/ports/outside'
import { SignJWT } from 'jose'

type NotifyAccount = {
  readonly url: string
  readonly template: string
  /** `name-<service id>-<secret>`, each id a uuid, as GOV.UK Notify gives it out. */
  readonly apiKey: string
}

const UUID = 36

/** GOV.UK Notify: one template with a subject and a text, both written here. */
export const govukNotify = ({ url, template, apiKey }: NotifyAccount): Notifier => {
  const secret = apiKey.slice(-UUID)
  const service = apiKey.slice(-UUID * 2 - 1, -UUID - 1)
  return {
    send: async ({ to, subject, text, reference }) => {
      const token = await new SignJWT({})
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(service)
        .setIssuedAt()
        .sign(new TextEncoder().encode(secret))
      const reply = await fetch(`${url}/v2/notifications/email`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          email_address: to,
          template_id: template,
          personalisation: { subject, text },
          reference,
        }),
        signal: AbortSignal.timeout(10_000),
      })
      if (!reply.ok) throw new Error(`Notify answered ${reply.status}`)
    },
  }
}
