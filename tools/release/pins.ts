import { z } from 'zod'

const versions = z.record(z.string(), z.string()).default({})
const manifestShape = z.object({
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
  peerDependencies: versions,
  overrides: z.record(z.string(), z.unknown()).default({}),
})
export type Unpinned = {
  readonly kind: 'not-exact'
  readonly file: string
  readonly name: string
  readonly version: string
}

/** One version and no other, of this name or of the one that it goes by in the registry. */
const exact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/

/** What a package.json leaves open: a range, a tag, an address, anything that could be another thing tomorrow. */
export const unpinnedIn = (file: string, manifest: unknown): readonly Unpinned[] => {
  const { overrides, ...groups } = manifestShape.parse(manifest)
  return [...Object.values(groups).flatMap((group) => Object.entries(group)), ...leavesOf(overrides)]
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => ({ kind: 'not-exact', file, name, version }))
}

const leavesOf = (overrides: object): readonly (readonly [string, string])[] =>
  Object.entries(overrides).flatMap(([name, value]: [string, unknown]): readonly (readonly [string, string])[] =>
    typeof value === 'object' && value !== null ? leavesOf(value) : [[name, String(value)]],
  )
