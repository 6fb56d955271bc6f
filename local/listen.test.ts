import { describe, expect, test, vi } from 'vitest'
import { listen, mustBeFree } from './listen.ts'

describe('a port', () => {
  test('that is taken is named, with what to do', async () => {
    const taken = await listen(0, () => {})
    const port = Number(new URL(taken.url).port)
    await expect(mustBeFree([port])).rejects.toThrow(`Port ${port} is taken: stop what listens there`)
    await taken.stop()
    await expect(mustBeFree([port])).resolves.toBeUndefined()
  })
})

test('a bug in answering is shown, and ends that call only', async () => {
  const shown = vi.spyOn(console, 'error').mockImplementation(() => {})
  const server = await listen(0, (request, response) => {
    if (request.url === '/bug') throw new Error('a bug')
    response.end('fine')
  })
  expect((await fetch(`${server.url}/bug`)).status).toBe(500)
  expect(shown).toHaveBeenCalledWith(new Error('a bug'))
  expect(await (await fetch(server.url)).text()).toBe('fine')
  await server.stop()
  shown.mockRestore()
})
