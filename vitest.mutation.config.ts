import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const packages = join(import.meta.dirname, 'packages')

/** What is run against each mutant: the tests that stand beside the engine, with few samples of each property, so that one mutant is cheap. */
export default defineConfig({
  // Mutants live in a copy of the tree, and `@concord/…` must mean that copy, not the links in node_modules.
  resolve: { alias: [{ find: /^@concord\/([^/]+)\/(.+)$/, replacement: `${packages}/$1/src/$2.ts` }] },
  test: {
    include: ['packages/domain/src/{independence,ranking}/**/*.test.ts'],
    // They judge thousands of pairs at a time, and what they are about is not among what is changed.
    exclude: ['**/assess-many*.test.ts'],
    setupFiles: ['test/setup.ts'],
    env: { CONCORD_SEED: '1', CONCORD_MUTANTS: 'yes' },
    // The tests share nothing but pure functions, and one worker for all of them halves the time of a mutant.
    isolate: false,
  },
})
