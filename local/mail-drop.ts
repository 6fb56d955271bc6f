import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { listen } from './listen.ts'
import { escapeHtml, page } from './page.ts'

const emailShape = z.object({
  email_address: z.email(),
  template_id: z.string(),
  personalisation: z.record(z.string(), z.coerce.string()).default({}),
  reference: z.string().optional(),
})
const mailShape = emailShape.extend({ at: z.string() })

/** Speaks as much of GOV.UK Notify as Concord uses, and shows the messages instead of sending them. */
export const startMailDrop = (port: number, folder: string, apiKey: string) => {
  const file = join(folder, 'mail.ndjson')

  const take = async (authorization: string | undefined, input: unknown) => {
    if (!(await isSigned(authorization, apiKey))) return refusal(403, 'AuthError', 'Invalid token: API key not found')
    const read = emailShape.safeParse(input)
    if (!read.success) return refusal(400, 'ValidationError', z.prettifyError(read.error))
    appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...read.data })}\n`)
    return { status_code: 201, id: randomUUID(), reference: read.data.reference ?? null }
  }

  return listen(port, async (request, response) => {
    if (request.method === 'POST' && request.url === '/v2/notifications/email') {
      const reply = await take(request.headers.authorization, await json(request))
      return response.writeHead(reply.status_code, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
    }
    if (request.url !== '/') return response.writeHead(404).end()
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').toReversed() : []
    const said = '<p>What Concord would have sent, newest first. Nothing leaves this machine.</p>'
    const mails = lines.map((line) => article(mailShape.parse(JSON.parse(line))))
    return response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(page('Mail drop', said + mails.join('')))
  })
}

const refusal = (status_code: number, error: string, message: string) => ({ status_code, errors: [{ error, message }] })

const article = ({
  at,
  email_address,
  personalisation: { subject = 'A message', body = '', ...others },
}: z.infer<typeof mailShape>) => {
  const rest = Object.entries(others).map(([name, value]) => `${name}: ${value}`)
  const text = [body, ...rest].join('\n')
  return `<article><h2>${escapeHtml(subject)}</h2><p>To ${escapeHtml(email_address)}, ${at}</p><pre>${escapeHtml(text)}</pre></article>`
}

/** Notify's tokens: made by the caller, of the service's id, with the secret that ends the API key. */
const isSigned = (authorization: string | undefined, apiKey: string) => {
  const rules = { issuer: apiKey.slice(-73, -37), algorithms: ['HS256'], maxTokenAge: 30, clockTolerance: 30 }
  const verified = jwtVerify(authorization?.replace('Bearer ', '') ?? '', Buffer.from(apiKey.slice(-36)), rules)
  return verified.then(Boolean, () => false)
}
