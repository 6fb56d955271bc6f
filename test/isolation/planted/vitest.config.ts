import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = join(import.meta.dirname, '../../..')

/** What has to notice a planted bug: the tests that anybody runs on every change, over the copy in which it was planted. */
export default defineConfig({
  root,
  // In a copy `@concord/…` must mean that copy, not the links in node_modules.
  resolve: { alias: [{ find: /^@concord\/([^/]+)\/(.+)$/, replacement: `${root}/packages/$1/src/$2.ts` }] },
  test: {
    include: [
      'test/{isolation,api,hostile}/*.test.ts',
      'packages/{application,store,platform}/src/**/*.test.ts',
      'functions/**/*.test.ts',
      'infra/privileges.test.ts',
    ],
    // Long walks through the whole process say much of it and nothing of who may do what.
    exclude: ['**/*.db.test.ts', '**/node_modules/**', 'packages/application/src/reactions/**'],
    setupFiles: ['test/setup.ts'],
    env: { CONCORD_MATRIX: 'drawn' },
    testTimeout: 60_000,
    bail: 1,
  },
})
