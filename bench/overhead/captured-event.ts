import type { LambdaEvent } from '../../functions/api/lambda.ts'
import { startHttp } from '../../local/http.ts'

type Call = {
  readonly method: string
  readonly path: string
  readonly claims: Readonly<Record<string, string>>
  readonly body?: object
}
const KEY_OF_THE_CALL = '00000000-0000-4000-8000-000000000000'

/**
 * The event that the gateway hands to the function for a call that a client really made over HTTP, its token verified: captured
 * once, and given out with an Idempotency-Key of its own each time.
 */
export const captured = async (port: number, { method, path, claims, body }: Call) => {
  let event: unknown
  const invoke = async (one: unknown) => {
    event = one
    return { kind: 'returned' as const, value: { statusCode: 204 } }
  }
  const gateway = await startHttp(port, [{ key: `${method} /v1/{proxy+}`, invoke, authorise: async () => claims }])
  await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      // As long as tokens are. The gateway has verified it, and nobody behind it reads it.
      authorization: `Bearer ${'x'.repeat(900)}`,
      'user-agent': 'a-client/1.0',
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-proto': 'https',
      ...(body && { 'content-type': 'application/json', 'idempotency-key': KEY_OF_THE_CALL }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  await gateway.stop()
  const text = JSON.stringify(event)
  // The stand-in of the gateway made it a moment ago, and its own tests hold it to the format.
  return (key: string) => JSON.parse(text.replace(KEY_OF_THE_CALL, key)) as LambdaEvent
}
