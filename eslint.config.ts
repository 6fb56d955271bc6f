import tseslint from 'typescript-eslint'

const clockOfItsOwn = [
  { object: 'Date', property: 'now', message: 'Time comes from the clock port: tests and replays depend on it.' },
]
const newDate = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Time comes from the clock port: tests and replays depend on it.',
}
const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in functions/env.ts alone.',
}
const hashKeys = {
  selector: 'TemplateElement[value.raw=/#/]',
  message: 'Keys are paths: # can stand in no session tag, and keys are built in keys.ts alone.',
}

const normalising = {
  selector: "CallExpression[callee.property.name='normalize']",
  message:
    'A caller’s text is normalised by domain/src/text/normal.ts alone: a long run of marks takes half a minute otherwise.',
}

/** Types and house bans only: Biome owns the text. */
export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/cdk.out/**', '.concord/**', '**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // Where a default stands, it was meant: the rest of a union that a table, and not this switch, has to cover.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // TypeScript's noUnusedLocals and Biome say it, and know that a rest drops what it names.
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // In-memory stores and ports are async by contract.
      '@typescript-eslint/require-await': 'off',
      // TypeScript's own noPropertyAccessFromIndexSignature asks for the brackets.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: ['URLSearchParams', 'Error'] },
      ],
      // Servers, processes and ports call back without waiting, and their callbacks are async here.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      // Constructs are classes because the CDK's are, and some of them only call super.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
    },
  },
  {
    files: ['packages/*/src/**/*.ts', 'functions/**/*.ts', 'web/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts', '**/*.test.tsx', 'packages/testkit/**', 'packages/platform/src/system.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockOfItsOwn],
      'no-restricted-syntax': ['error', newDate, environment, normalising],
    },
  },
  {
    files: ['packages/store/src/**/*.ts', 'packages/application/src/**/*.ts'],
    // `#pk` is DynamoDB's own way to name an attribute in an expression.
    ignores: ['**/*.test.ts', 'packages/store/src/dynamo-tables.ts'],
    rules: { 'no-restricted-syntax': ['error', newDate, environment, normalising, hashKeys] },
  },
  {
    files: ['functions/env.ts', 'packages/domain/src/text/normal.ts'],
    rules: { 'no-restricted-syntax': ['error', newDate] },
  },
  {
    // The CDK types its filters, and Node its workers and child processes, as any; a signal is aborted from elsewhere.
    files: ['infra/**', 'local/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
    },
  },
  {
    // Replies are JSON of whatever shape; the assertions say which.
    files: ['**/*.test.ts', '**/*.test.tsx', 'packages/testkit/**', 'test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
)
