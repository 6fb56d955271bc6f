import { extname } from 'node:path'
import type { Problem } from '@concord/contracts/problem'
import { notForm, notTextFile, tooLarge } from '../problems.ts'

/** The bytes that any form but the one with a file may have. */
const LARGEST_FORM = 200 * 1024
/** More than any page of ours has, and few enough that nothing done for each field takes long. */
const MOST_FIELDS = 2000
/** A form with a file has its seal and the file. */
const MOST_PARTS = 20
/** How browsers call what PubMed and ORCID give; some know no name for it. */
const textTypes = ['', 'text/plain', 'application/json', 'application/octet-stream', 'application/nbib']

/** Under which name it is told how the name of a file ended. */
export const endingOf = (field: string) => `${field}-ending`

type Posted = { readonly form: URLSearchParams } | { readonly refused: Problem }
type Sent = { readonly headers: Headers; readonly body: ReadableStream<Uint8Array> | null }

/** Whether a call says that it brings a file, or more than a form without one may have. */
export const bringsFile = ({ headers }: Pick<Sent, 'headers'>) =>
  boundaryOf(headers) !== undefined || saidLength(headers) > LARGEST_FORM

/** What a form posted; of a file its text and how its name ended, and neither the name nor what else came with it. */
export const formOf = async (
  sent: Sent,
  { largest = LARGEST_FORM, takesFile = false }: { readonly largest?: number; readonly takesFile?: boolean } = {},
): Promise<Posted> => {
  const boundary = boundaryOf(sent.headers)
  if (boundary !== undefined && !takesFile) return { refused: notForm }
  if (saidLength(sent.headers) > largest) return { refused: tooLarge }
  const bytes = await bytesOf(sent.body, largest)
  if (!bytes) return { refused: tooLarge }
  return boundary === undefined ? fieldsIn(bytes) : partsIn(bytes, boundary, sent.headers.get('content-type') ?? '')
}

/** All of a body, or nothing as soon as it is more than may come: the rest is not fetched. */
const bytesOf = async (body: Sent['body'], largest: number): Promise<Buffer | undefined> => {
  if (!body) return Buffer.alloc(0)
  const [reader, chunks] = [body.getReader(), [] as Uint8Array[]]
  let size = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length
    if (size > largest) {
      await reader.cancel()
      return undefined
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks)
}

const saidLength = (headers: Headers) => Number(headers.get('content-length') ?? 0)
const boundaryOf = (headers: Headers) => {
  const type = headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) return undefined
  return /;\s*boundary="?([^";]{1,70})/i.exec(type)?.[1] ?? ''
}

/** The fields are counted before any of them is made out. */
const fieldsIn = (bytes: Buffer): Posted => {
  if (countIn(bytes, '&', MOST_FIELDS) >= MOST_FIELDS) return { refused: tooLarge }
  return { form: new URLSearchParams(bytes.toString('utf8')) }
}

const partsIn = async (bytes: Buffer, boundary: string, type: string): Promise<Posted> => {
  if (boundary === '') return { refused: notForm }
  if (countIn(bytes, `--${boundary}`, MOST_PARTS) >= MOST_PARTS) return { refused: tooLarge }
  const whole = new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so for bodies without end: this one was bounded, and its parts counted.
  const parts = await whole.formData().catch(() => undefined)
  if (!parts) return { refused: notForm }
  const form = new URLSearchParams()
  for (const [name, value] of parts) {
    if (typeof value !== 'string' && !isTextType(value)) return { refused: notTextFile }
    form.append(name, typeof value === 'string' ? value : await value.text())
    if (typeof value !== 'string') form.append(endingOf(name), extname(value.name))
  }
  return { form }
}

/** How often a text stands in the bytes, as far as it matters. */
const countIn = (bytes: Buffer, text: string, enough: number) => {
  let count = 0
  for (let at = bytes.indexOf(text); at >= 0 && count < enough; at = bytes.indexOf(text, at + text.length)) count += 1
  return count
}

const isTextType = ({ type }: Blob) => textTypes.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')
