import { freePort } from '@concord/testkit/free-port'
import { describe, expect, test, vi } from 'vitest'
import { listen, mustBeFree } from './listen.ts'

describe('a port', () => {
  test('that is taken is named, with what to do', async () => {
    const port = await freePort()
    const taken = await listen(port, () => {})
    await expect(mustBeFree([port])).rejects.toThrow(`Port ${port} is taken: stop what listens there`)
    await taken.stop()
    await expect(mustBeFree([port])).resolves.toBeUndefined()
  })
})

test('a bug in answering is shown, and ends that call only', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const server = await listen(port, (request, response) => {
    if (request.url === '/bug') throw new Error('a bug')
    response.end('fine')
  })
  expect((await fetch(`${url}/bug`)).status).toBe(500)
  expect(shown).toHaveBeenCalledWith(new Error('a bug'))
  expect(await (await fetch(url)).text()).toBe('fine')
  await server.stop()
  shown.mockRestore()
})
