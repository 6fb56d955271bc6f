import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { govukNotify } from '@concord/platform/notify'
import { freePort } from '@concord/testkit/free-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMailDrop } from './mail-drop.ts'

const [service, secret] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const notice = {
  to: 'office@concord.example',
  subject: 'A request <waits>',
  text: 'Please take it up.',
  reference: 'evt_1',
}
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const folder = mkdtempSync(join(tmpdir(), 'concord-mail-'))
let drop: Awaited<ReturnType<typeof startMailDrop>> | undefined
beforeAll(async () => {
  drop = await startMailDrop(port, { folder, apiKey: `local-${service}-${secret}` })
})
afterAll(async () => {
  await drop?.stop()
  rmSync(folder, { recursive: true })
})
const notify = (apiKey: string, template = 'one') => govukNotify({ url, template, apiKey })
const shown = async () => (await fetch(url)).text()

describe('the mail drop', () => {
  test('is empty at first, and says so on a page that no real service has', async () => {
    expect(await shown()).toContain('Invented people and cases')
    expect(await shown()).not.toContain('<article>')
  })

  test('shows what Concord would have sent: whom to, the subject and the text', async () => {
    await notify(`local-${service}-${secret}`).send(notice)
    const page = await shown()
    expect(page).toContain('To office@concord.example')
    expect(page).toContain('<pre>Please take it up.</pre>')
    expect(page).toContain('A request &#60;waits&#62;')
    expect(page).not.toContain('<waits>')
  })

  test('shows the newest first', async () => {
    await notify(`local-${service}-${secret}`).send({ ...notice, text: 'The second.' })
    const page = await shown()
    expect(page.indexOf('The second.')).toBeLessThan(page.indexOf('Please take it up.'))
  })

  test.each([
    { whose: 'another secret', apiKey: `local-${service}-33333333-3333-4333-8333-333333333333` },
    { whose: 'another service', apiKey: `local-33333333-3333-4333-8333-333333333333-${secret}` },
  ])('takes nothing signed for $whose', async ({ apiKey }) => {
    await expect(notify(apiKey).send({ ...notice, text: 'Never shown.' })).rejects.toThrow('403')
    expect(await shown()).not.toContain('Never shown.')
  })

  test('takes nothing without an address', async () => {
    await expect(notify(`local-${service}-${secret}`).send({ ...notice, to: 'the office' })).rejects.toThrow('400')
  })
})
