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

/** Types and house bans only: Biome owns the text. */
export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/cdk.out/**', '.concord/**', '**/*.mjs'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // TypeScript's noUnusedLocals and Biome say it, and know that a rest drops what it names.
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // In-memory stores and ports are async by contract.
      '@typescript-eslint/require-await': 'off',
      // TypeScript's own noPropertyAccessFromIndexSignature asks for the brackets.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
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
      'no-restricted-syntax': ['error', newDate, hashKeys, environment],
    },
  },
  {
    files: ['packages/store/src/dynamo-tables.ts'],
    // `#pk` is DynamoDB's own way to name an attribute in an expression.
    rules: { 'no-restricted-syntax': ['error', newDate, environment] },
  },
  { files: ['functions/env.ts'], rules: { 'no-restricted-syntax': ['error', newDate, hashKeys] } },
  {
    files: ['**/*.test.ts', '**/*.test.tsx', 'packages/testkit/**'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
)
