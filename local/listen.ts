import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { stop } from './stop.ts'

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
  const open = new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  await open.catch(() => stop(`Port ${port} is taken: stop what listens there, or begin at another with --port.`))
  return { stop: () => new Promise((closed) => server.close(closed).closeAllConnections()) }
}

/** Stops with a sentence, before anything is started, when something else already listens where this system wants to. */
export const mustBeFree = async (ports: readonly number[]) => {
  for (const port of ports) await (await listen(port, () => {})).stop()
}
