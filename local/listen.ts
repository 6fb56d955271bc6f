import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createProbe } from 'node:net'
import { stop } from './stop.ts'

const host = '127.0.0.1'

/** Serves on this machine alone until it is stopped; a bug in answering is shown and ends that call only. */
export const listen = async (port: number, answer: (request: IncomingMessage, response: ServerResponse) => unknown) => {
  const server = createServer(async (request, response) => {
    try {
      await answer(request, response)
    } catch (error) {
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const closed = new Promise((resolve) => server.once('close', resolve))
  const halt = () => {
    server.close().closeAllConnections()
    return closed
  }
  return { stop: halt }
}

/** Stops with a sentence when something else already listens where this system wants to. */
export const mustBeFree = async (ports: readonly number[]) => {
  for (const port of ports) {
    const probe = createProbe()
    const isFree = await new Promise((resolve) => {
      probe.once('error', () => resolve(false)).listen(port, host, () => resolve(true))
    })
    probe.close()
    if (!isFree) stop(`Port ${port} is taken: stop what listens there, or choose another with --port ${port + 100}.`)
  }
}
