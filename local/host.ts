// Stands in for Lambda's runtime in a thread of its own: loads one bundle and answers invocations.
import { randomUUID } from 'node:crypto'
import { MessagePort, parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'

const invocation = z.object({ event: z.unknown(), deadline: z.number(), port: z.instanceof(MessagePort) })
const { handler }: { readonly handler: (event: unknown, context: object) => unknown } = await import(String(workerData))

parentPort?.on('message', async (message) => {
  const { event, deadline, port } = invocation.parse(message)
  const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() }
  try {
    // What a function returns leaves it as JSON, as on Lambda.
    port.postMessage({ kind: 'returned', value: JSON.parse(JSON.stringify((await handler(event, context)) ?? null)) })
  } catch (error) {
    console.error(error)
    port.postMessage({ kind: 'failed', because: String(error) })
  }
  port.close()
})
