const only = (name, from, ...to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.(test|db\\.test)\\.tsx?$' },
  to: { pathNot: to },
})
const own = (room) => `^packages/${room}/`
const modules = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`)

/** Which room may import what (README, “The rooms”). A planted violation is caught by test/architecture. */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'tests-stay-in-tests',
      severity: 'error',
      from: { pathNot: ['\\.test\\.tsx?$', '^packages/testkit/', '^test/', '^bench/', '^vitest.config.ts$'] },
      to: { path: ['^packages/testkit/', '\\.test\\.tsx?$'] },
    },
    only('domain-is-pure', own('domain'), own('domain'), ...modules('temporal-polyfill', 'temporal-spec')),
    {
      name: 'one-file-knows-temporal',
      severity: 'error',
      from: { path: '^(packages|functions|web|infra|local)/', pathNot: '^packages/domain/src/time.ts$' },
      to: { path: 'temporal-polyfill' },
    },
    only('policy-is-data', own('policy'), own('policy'), own('domain'), '^data/', ...modules('zod')),
    only('application-knows-only-domain', own('application'), own('application'), own('domain')),
    only(
      'contracts-say-what-crosses-the-wire',
      own('contracts'),
      own('contracts'),
      own('domain'),
      ...modules('zod', '@hono/zod-openapi'),
    ),
    only(
      'the-store-stands-on-ports',
      own('store'),
      own('store'),
      own('application'),
      own('domain'),
      own('contracts'),
      '^(node:)?zlib$',
      ...modules('zod', '@aws-sdk'),
    ),
    {
      name: 'only-the-store-touches-dynamodb',
      severity: 'error',
      from: {
        path: '^(packages|functions|web|infra|local)/',
        // The wiring makes the client, the stream's records come in DynamoDB's form, and an operator reaches the tables from outside.
        pathNot: [
          own('store'),
          own('testkit'),
          '^functions/wiring.ts$',
          '^functions/react/react-to-records.ts$',
          '^local/operator.ts$',
          '\\.test\\.ts$',
        ],
      },
      to: { path: '@aws-sdk/(client-dynamodb|util-dynamodb|lib-dynamodb)' },
    },
    only(
      'platform-stands-on-ports',
      own('platform'),
      own('platform'),
      own('application'),
      own('domain'),
      '^(node:)?(crypto|fs|path)',
      ...modules(
        'zod',
        'jose',
        'csv-parse',
        '@aws-lambda-powertools',
        '@aws-sdk/client-kms',
        '@aws-sdk/client-s3',
        '@aws-sdk/client-secrets-manager',
        '@aws-sdk/client-sts',
      ),
    ),
    {
      name: 'pages-know-contracts-alone',
      severity: 'error',
      from: { path: '^web/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^packages/(application|store|platform|policy)/', '^functions/', '^infra/', '^local/'] },
    },
    {
      name: 'infra-sees-shapes-not-code',
      severity: 'error',
      from: { path: '^infra/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(packages|functions|web|local)/',
        pathNot: '^packages/(store/src/tables|application/src/grants).ts$',
      },
    },
    {
      name: 'nothing-deployed-knows-this-machine',
      severity: 'error',
      from: { path: '^(packages|functions|web|infra)/', pathNot: ['\\.test\\.tsx?$', own('testkit')] },
      to: { path: '^(local|bench|test|tools)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
