import { z } from 'zod'

/** Licences under which a part may ship with Concord: they ask for a notice, and nothing of what it is joined with. */
const allowed = new Set([
  'MIT',
  'MIT-0',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Unlicense',
])

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().default(false),
      devOptional: z.boolean().default(false),
      link: z.boolean().default(false),
      optional: z.boolean().default(false),
    }),
  ),
})
export type Part = { readonly path: string; readonly version: string; readonly isOptional: boolean }

/** All that ships, by the lockfile: what the product depends on, and what that depends on. */
export const shippedIn = (lockfile: unknown): readonly Part[] =>
  Object.entries(lockShape.parse(lockfile).packages).flatMap(
    ([path, { version = '', dev, devOptional, link, optional }]) =>
      path.startsWith('node_modules/') && !dev && !devOptional && !link
        ? [{ path, version, isOptional: optional }]
        : [],
  )

const manifestShape = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
})
export type LicenceProblem =
  | { readonly kind: 'not-allowed'; readonly part: string; readonly licence: string }
  | { readonly kind: 'no-licence'; readonly part: string }
  | { readonly kind: 'not-installed'; readonly part: string }

/** What stands in the way of shipping a part, by the licence in its own package.json; undefined where it is not installed. */
export const licenceProblem = ({ path, version, isOptional }: Part, manifest: unknown): LicenceProblem | null => {
  const part = `${path.split('node_modules/').at(-1)}@${version}`
  // For another system, and so not in what is built on this one.
  if (manifest === undefined) return isOptional ? null : { kind: 'not-installed', part }
  const { license, licenses } = manifestShape.parse(manifest)
  const licence =
    typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' AND ') ?? '')
  if (licence.trim() === '') return { kind: 'no-licence', part }
  return isAllowed(licence) ? null : { kind: 'not-allowed', part, licence }
}

/** Of a choice one has to be allowed, of several together each; whatever is not plainly so is not allowed. */
const isAllowed = (licence: string): boolean => {
  const plain = licence.trim()
  const inner = /^\(([^()]*)\)$/.exec(plain)?.[1] ?? plain
  if (/[()]/.test(inner)) return false
  return inner.split(/ OR /).some((choice) => choice.split(/ AND /).every((one) => allowed.has(one.trim())))
}
