import type { Problem } from '@concord/contracts/problem'
import { notJson, notJsonType, tooLarge } from '../problems.ts'

/** Reads the one JSON value of a body. A body that says it is larger is not read, and one that is larger is not read to its end. */
export const readJsonBody = async (
  request: Request,
  largest: number,
): Promise<{ readonly json: unknown } | { readonly problem: Problem }> => {
  if (Number(request.headers.get('content-length') ?? 0) > largest) return { problem: tooLarge }
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return { problem: notJsonType }
  const bytes = await bytesOf(request, largest)
  if (!bytes) return { problem: tooLarge }
  try {
    return { json: JSON.parse(bytes.toString('utf8')) as unknown }
  } catch {
    return { problem: notJson }
  }
}

/** The bytes themselves are counted: a header can say anything. */
const bytesOf = async ({ body }: Request, largest: number): Promise<Buffer | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  if (!body) return Buffer.alloc(0)
  // Each chunk of a body is bytes, which the type of a web stream does not say. To leave the loop is to cancel the body.
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength
    if (size > largest) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
