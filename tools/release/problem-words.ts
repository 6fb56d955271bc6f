import { z } from 'zod'
import type { LicenceProblem } from './licences.ts'
import type { Unpinned } from './pins.ts'

export type ReleaseProblem =
  | Unpinned
  | LicenceProblem
  | { readonly kind: 'signatures-not-checked' }
  | { readonly kind: 'signature-does-not-hold'; readonly part: string; readonly how: string }
  | { readonly kind: 'no-bill-of-materials'; readonly said: string }

/** What is wrong with a release, and what to do about it. */
export const problemWords = (problem: ReleaseProblem): string => {
  switch (problem.kind) {
    case 'not-exact':
      return `${problem.file}: ${problem.name} is “${problem.version}”. Write the one version that was tested.`
    case 'not-allowed':
      return `${problem.part} is under “${problem.licence}”, which may not ship with Concord. Do without it, or make it a development dependency if nothing of it ships.`
    case 'no-licence':
      return `${problem.part} names no licence in its package.json: without one nobody may ship it.`
    case 'not-installed':
      return `${problem.part} is in the lockfile and not installed, so its licence was not read. Run npm ci first.`
    case 'signatures-not-checked':
      return 'The signatures of the packages could not be checked: the registry or the roots of trust that npm asks (tuf-repo-cdn.sigstore.dev) cannot be reached from here. Run it where they can; --offline goes without, and the release is then not checked in full.'
    case 'signature-does-not-hold':
      return `The registry's signature of ${problem.part} is ${problem.how}: delete what is installed, run npm ci, and do not release before it holds.`
    case 'no-bill-of-materials':
      return `npm could not write the bill of materials: ${problem.said}`
  }
}

const part = z.object({ name: z.string(), version: z.string() })
const signed = z.object({ invalid: z.array(part), missing: z.array(part) })

/** What `npm audit signatures --json` answered: whatever is not a plain list of what it found means that nothing was checked. */
export const signatureProblems = (json: string): readonly ReleaseProblem[] => {
  const read = signed.safeParse(parsed(json))
  if (!read.success) return [{ kind: 'signatures-not-checked' }]
  return Object.entries(read.data).flatMap(([how, parts]) =>
    parts.map(({ name, version }) => ({ kind: 'signature-does-not-hold', part: `${name}@${version}`, how }) as const),
  )
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
