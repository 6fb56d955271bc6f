import { extname } from 'node:path'
import type { Problem } from '@concord/contracts/problem'
import type { HonoRequest } from 'hono'
import { notForm, notTextFile, tooLarge } from '../problems.ts'

/** More than any page of ours has, and few enough that nothing done for each field takes long. */
const MOST_FIELDS = 2000
/** How browsers call what PubMed and ORCID give; some know no name for it. */
const textTypes = ['', 'text/plain', 'application/json', 'application/octet-stream', 'application/nbib']

/** Under which name it is told how the name of a file ended. */
export const endingOf = (field: string) => `${field}-ending`

/** What a form posted; of a file its text and how its name ended, and neither the name nor what else came with it. */
export const formOf = async (
  request: Pick<HonoRequest, 'header' | 'text' | 'formData'>,
): Promise<{ readonly form: URLSearchParams } | { readonly refused: Problem }> => {
  const form = new URLSearchParams()
  if (/^multipart\/form-data\s*;/i.test(request.header('content-type') ?? '')) {
    const parts = await request.formData().catch(() => undefined)
    if (!parts) return { refused: notForm }
    for (const [name, value] of parts) {
      if (typeof value !== 'string' && !isTextType(value)) return { refused: notTextFile }
      form.append(name, typeof value === 'string' ? value : await value.text())
      if (typeof value !== 'string') form.append(endingOf(name), extname(value.name))
    }
  } else for (const [name, value] of new URLSearchParams(await request.text())) form.append(name, value)
  return form.size > MOST_FIELDS ? { refused: tooLarge } : { form }
}

const isTextType = ({ type }: Blob) => textTypes.includes(type.split(';')[0]?.trim().toLowerCase() ?? '')
