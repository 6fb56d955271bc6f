import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demonstrate } from '../../local/demonstrate.ts'
import { openConcord } from '../../local/open.ts'
import { accessToken } from '../../local/sign-in.ts'

const folder = mkdtempSync(join(tmpdir(), 'concord-journey-'))
const open = () => openConcord({ folder, basePort: 5200 })
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
