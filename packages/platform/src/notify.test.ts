import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { jwtVerify } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { govukNotify } from './notify.ts'

const service = '11111111-2222-4333-8444-555555555555'
const secret = '66666666-7777-4888-8999-000000000000'
const notice = { to: 'office@concord.example', subject: 'Something waits', text: 'Please look.', reference: 'evt_1' }
let stop = () => {}
afterEach(() => stop())

/** A stand-in for GOV.UK Notify that gives one answer and keeps what it was sent. */
const standIn = async (status: number) => {
  const received: { path: string | undefined; authorization: string; body: unknown }[] = []
  const answer = async (request: IncomingMessage) => {
    const { url: path, headers } = request
    received.push({ path, authorization: headers.authorization ?? '', body: JSON.parse(await text(request)) })
  }
  const server = createServer((request, response) => {
    answer(request).then(
      () => response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
      () => response.destroy(),
    )
  })
  stop = () => server.close()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('It listens on a port')
  const account = { template: 'the-template', apiKey: `concord-${service}-${secret}` }
  return { received, notifier: govukNotify({ ...account, url: `http://127.0.0.1:${address.port}` }) }
}

describe('GOV.UK Notify', () => {
  test('is sent a message by the one template, signed for the service of the key', async () => {
    const { received, notifier } = await standIn(201)
    await notifier.send(notice)
    expect(received).toMatchObject([
      {
        path: '/v2/notifications/email',
        body: {
          email_address: 'office@concord.example',
          template_id: 'the-template',
          personalisation: { subject: 'Something waits', text: 'Please look.' },
          reference: 'evt_1',
        },
      },
    ])
    const token = received[0]?.authorization.replace('Bearer ', '') ?? ''
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(secret))
    expect([protectedHeader.alg, payload.iss]).toEqual(['HS256', service])
    expect(JSON.stringify(received)).not.toContain(secret)
  })

  test.each([400, 403, 429, 500])('that answers %s did not take it, and the error says no more', async (status) => {
    const { notifier } = await standIn(status)
    await expect(notifier.send(notice)).rejects.toThrow(new Error(`Notify answered ${status}`))
  })

  test('that is not there did not take it', async () => {
    const { notifier } = await standIn(201)
    stop()
    await expect(notifier.send(notice)).rejects.toThrow()
  })
})
