import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { listen } from './listen.ts'
import { escapeHtml, page } from './page.ts'

const words = z.object({ subject: z.string(), text: z.string() })
const emailShape = z.looseObject({ email_address: z.email(), template_id: z.string(), personalisation: words })
const mailShape = emailShape.extend({ at: z.string() })

/** Speaks as much of GOV.UK Notify as Concord uses, and shows the messages instead of sending them. */
export const startMailDrop = (port: number, { folder, apiKey }: { folder: string; apiKey: string }) => {
  const file = join(folder, 'mail.ndjson')
  return listen(port, async (request, response) => {
    const { method, url, headers } = request
    if (method === 'POST' && url === '/v2/notifications/email') {
      const email = emailShape.safeParse(await json(request))
      const status = !(await isSigned(headers.authorization, apiKey)) ? 403 : email.success ? 201 : 400
      if (status === 201) appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...email.data })}\n`)
      return response
        .writeHead(status)
        .end(JSON.stringify({ id: randomUUID(), status_code: status, errors: email.error }))
    }
    if (url !== '/') return response.writeHead(404).end()
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').toReversed() : []
    const mails = lines.map((line) => article(mailShape.parse(JSON.parse(line))))
    const said = '<p>What Concord would have sent, newest first. Nothing leaves this machine.</p>'
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    return response.end(page('Mail drop', said + mails.join('')))
  })
}

const article = ({ at, email_address, personalisation }: z.infer<typeof mailShape>) => {
  const [to, subject, text] = [email_address, personalisation.subject, personalisation.text].map(escapeHtml)
  return `<article><h2>${subject}</h2><p>To ${to}, ${at}</p><pre>${text}</pre></article>`
}

/** Notify's tokens: made by the caller, of the service's id, with the secret that ends the API key. */
const isSigned = (authorization = '', apiKey: string) => {
  const rules = { issuer: apiKey.slice(-73, -37), algorithms: ['HS256'], maxTokenAge: 30, clockTolerance: 30 }
  const verified = jwtVerify(authorization.replace('Bearer ', ''), Buffer.from(apiKey.slice(-36)), rules)
  return verified.then(Boolean, () => false)
}
