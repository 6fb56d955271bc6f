import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A file of the look, by its name in the address. */
export type Assets = (name: string, acceptEncoding: string | undefined) => Response | undefined

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

/** The files beside the bundle, read once; a name that is not among them, however it is written, is none. */
export const assetsIn = (folder: string): Assets => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) in types)
  const files = new Map(
    names.map((name) => {
      const bytes = readFileSync(join(folder, name))
      return [name.replaceAll('\\', '/'), { bytes, zipped: gzipSync(bytes) }]
    }),
  )
  return (name, acceptEncoding) => {
    const file = files.get(name)
    if (!file) return undefined
    const isZipped = acceptEncoding?.includes('gzip') ?? false
    return new Response(isZipped ? file.zipped : file.bytes, {
      headers: {
        'content-type': types[extname(name)] ?? '',
        'cache-control': 'public, max-age=3600',
        vary: 'accept-encoding',
        ...(isZipped && { 'content-encoding': 'gzip' }),
      },
    })
  }
}
