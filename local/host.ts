// Stands in for Lambda's runtime in a process of its own: loads one bundle and answers invocations.
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const message = z.object({ call: z.string(), event: z.unknown(), deadline: z.number() })
const loaded: Promise<{ readonly handler: (event: unknown, context: object) => unknown }> = import(
  pathToFileURL(process.argv[2] ?? '').href
)

process.on('message', async (raw) => {
  const { call, event, deadline } = message.parse(raw)
  try {
    const { handler } = await loaded
    const functionName = process.env['AWS_LAMBDA_FUNCTION_NAME']
    const context = { awsRequestId: call, functionName, getRemainingTimeInMillis: () => deadline - Date.now() }
    process.send?.({ call, value: await handler(event, context) })
  } catch (error) {
    console.error(error)
    process.send?.({ call, error: String(error) })
  }
})

// Ctrl-C reaches this process too; it goes when the runner says so, or is gone itself.
process.on('SIGINT', () => {})
for (const over of ['disconnect', 'error']) process.on(over, () => process.exit())
