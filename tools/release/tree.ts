import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { licenceProblem, shippedIn } from './licences.ts'
import { unpinnedIn } from './pins.ts'
import type { ReleaseProblem } from './problem-words.ts'

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

/** What can be seen without a network: every version exact, and every licence of what ships allowed. */
export const problemsInTree = (root: string) => {
  const manifests = ['package.json', ...globSync(['packages/*/package.json', 'tools/*/package.json'], { cwd: root })]
  const parts = shippedIn(json(join(root, 'package-lock.json')))
  const manifestOf = (path: string) => {
    const file = join(root, path, 'package.json')
    return existsSync(file) ? json(file) : undefined
  }
  const problems: readonly ReleaseProblem[] = [
    ...manifests.flatMap((file) => unpinnedIn(file, json(join(root, file)))),
    ...parts.flatMap((part) => licenceProblem(part, manifestOf(part.path)) ?? []),
  ]
  return { problems, manifests: manifests.length, parts: parts.length }
}
