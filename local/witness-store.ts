import { createPublicKey, createSign, generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

export type Reply = { readonly status: number; readonly body: string }
type Asked = {
  readonly method: string
  /** What it is about: a bucket's object, or the bucket itself. */
  readonly key: string
  readonly query: URLSearchParams
  readonly ifNoneMatch: string | undefined
  readonly body: string
}

/** The second store and the second key of the audit on this machine: a folder of files and a key file of its own. */
export const localWitness = (folder: string) => {
  const heads = join(folder, 'witness')
  const keyFile = join(folder, 'witness-key.pem')
  mkdirSync(heads, { recursive: true })
  if (!existsSync(keyFile)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(keyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  }
  const key = readFileSync(keyFile)
  return {
    sign: (message: Uint8Array): string => createSign('sha256').update(message).sign(key, 'base64'),
    publicKey: (): string => createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64'),
    /** Answers as S3 does, with the bucket's policy: each object is put once, and none is deleted. */
    answer: ({ method, key: name, query, ifNoneMatch, body }: Asked): Reply => {
      const file = join(heads, basename(name))
      if (method === 'GET' && query.has('versions'))
        return { status: 200, body: listing(heads, query.get('prefix') ?? '') }
      if (method === 'GET')
        return existsSync(file) ? { status: 200, body: readFileSync(file, 'utf8') } : refusal(404, 'NoSuchKey')
      if (method !== 'PUT' || ifNoneMatch !== '*') return refusal(403, 'AccessDenied')
      try {
        writeFileSync(file, body, { flag: 'wx', mode: 0o444 })
        return { status: 200, body: '' }
      } catch {
        return refusal(412, 'PreconditionFailed')
      }
    },
  }
}
export type LocalWitness = ReturnType<typeof localWitness>

export const refusal = (status: number, code: string): Reply => ({
  status,
  body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

const listing = (folder: string, prefix: string) => {
  const [name] = readdirSync(folder)
    .map((file) => `heads/${file}`)
    .filter((one) => one.startsWith(prefix))
    .toSorted()
  const version = name ? `<Version><Key>${name}</Key><VersionId>null</VersionId></Version>` : ''
  return `<ListVersionsResult>${version}</ListVersionsResult>`
}
