import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { problem } from '@concord/contracts/problem'
import { must, parseSubject } from '@concord/domain/ids'
import { addDays, dateAt } from '@concord/domain/time'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiClients } from '../../local/cast.ts'
import { demonstrate } from '../../local/demonstrate.ts'
import { openConcord } from '../../local/open.ts'
import { accessToken, clientToken } from '../../local/sign-in.ts'

const folder = mkdtempSync(join(tmpdir(), 'concord-journey-'))
const basePort = 5200
const open = () => openConcord({ folder, basePort })
type Concord = Awaited<ReturnType<typeof open>>

let concord: Concord
beforeAll(async () => {
  concord = await open()
})
afterAll(async () => {
  await concord.stop()
  rmSync(folder, { recursive: true, force: true })
})

const statusOf = async (id: string) => {
  const token = await accessToken({ ...concord, subject: 'requester-bristol' })
  const answer = await fetch(`${concord.consoleUrl}/v1/requests/${id}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return { http: answer.status, ...((await answer.json()) as { status?: string; opinion?: unknown }) }
}

describe('the whole system on this machine', () => {
  test('brokers one request from a draft to an opinion, twice over, and keeps the case over a restart', async () => {
    const lines: string[] = []
    await demonstrate(concord, (line) => lines.push(line))
    const id = await demonstrate(concord, (line) => lines.push(line))
    expect(lines.filter((line) => line.startsWith('closed after'))).toHaveLength(2)

    await concord.stop()
    concord = await open()
    expect(await statusOf(id)).toMatchObject({ http: 200, status: 'closed', opinion: { plan: 'supports' } })
  })
})

describe('a program of a trust', () => {
  const [program] = apiClients
  if (!program) throw new Error('The cast has one')
  const { subject, actsAs } = program

  test('drafts a request and reads it, by the very lines of docs/api-clients.md', async () => {
    const text = readFileSync(new URL('../../docs/api-clients.md', import.meta.url), 'utf8')
    const lines = /```sh\n(.*?)```/s.exec(text)?.[1] ?? ''
    const here = lines.replace(':4600', `:${basePort}`).replace(':4601', `:${basePort + 1}`)
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', here])
    expect(stdout.trim().split(/\r?\n/)).toEqual([
      'draft',
      expect.stringMatching(/^www-authenticate: Bearer error="insufficient_user_authentication",.* max_age="900"$/),
    ])
  })

  test('whose membership has ended is refused on the next call, with the token it has', async () => {
    const token = await clientToken({ ...concord, subject })
    const list = async () => {
      const answer = await fetch(`${concord.consoleUrl}/v1/requests`, { headers: { authorization: `Bearer ${token}` } })
      return { status: answer.status, said: await answer.json() }
    }
    expect((await list()).status).toBe(200)
    const { people, clock } = concord.operator
    const today = dateAt(clock.now())
    const over = { membership: actsAs, from: addDays(today, -30), to: addDays(today, -1) }
    await people.grant(must(parseSubject, subject), over)
    const { status, said } = await list()
    expect([status, problem.parse(said).code]).toEqual([401, 'not-signed-in'])
  })
})
