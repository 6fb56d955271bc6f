import { defineConfig } from 'vitest/config'

const setupFiles = ['test/setup.ts']
const everywhere = ['packages/**', 'functions/**', 'infra/**', 'local/**', 'web/**', 'test/**', 'tools/**']
const named = (ending: string) => everywhere.map((room) => `${room}/*${ending}`)
const isolation = ['test/isolation/*.test.ts']

/** The suites: what needs nothing, who may come to what, what needs DynamoDB Local, and what needs the whole system on this machine. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: named('.test.{ts,tsx}'),
          exclude: [...named('.db.test.ts'), ...isolation, 'test/journeys/**', '**/node_modules/**', '**/cdk.out/**'],
          setupFiles,
          // A full run tries two thousand of everything, and a machine may have other things to do.
          testTimeout: process.env['CONCORD_FULL'] ? 300_000 : 30_000,
        },
      },
      {
        // By themselves, so that the whole matrix can be run without the rest.
        test: {
          name: 'isolation',
          include: isolation,
          setupFiles,
          testTimeout: process.env['CONCORD_FULL'] ? 300_000 : 60_000,
        },
      },
      {
        test: {
          name: 'db',
          include: named('.db.test.ts'),
          exclude: ['**/node_modules/**'],
          setupFiles,
          globalSetup: ['packages/testkit/src/dynamodb-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journeys/*.test.ts'],
          setupFiles,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
