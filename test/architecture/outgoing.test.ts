import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every file of what is deployed that calls another system, and whence it has the address: none of them comes from a caller. */
const callers: Readonly<Record<string, string>> = {
  'functions/console/identity.ts': 'the issuer of the settings, and what it says of itself',
  'packages/platform/src/logout-token.ts': 'the keys of that issuer',
  'packages/platform/src/notify.ts': 'the address of GOV.UK Notify in the settings',
}
/** The SDK finds AWS by region and account alone. */
const ofAws = /from '@aws-sdk\//

const reaches =
  /\bfetch\s*\(|\bnew (WebSocket|EventSource|XMLHttpRequest)\b|createRemoteJWKSet|from '(openid-client|undici|axios|got|node-fetch|ws|(node:)?(https?|http2|net|tls|dgram|dns|child_process))(\/[^']*)?'/

test('no file of what is deployed calls another system but those named, none with an address that a caller gave', () => {
  const { stdout } = spawnSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'packages', 'functions', 'web'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
  const files = stdout
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('packages/testkit/'))
  expect(files.length).toBeGreaterThan(150)
  const text = new Map(files.map((file) => [file, readFileSync(`${root}${file}`, 'utf8')]))
  const found = files.filter((file) => reaches.test(text.get(file) ?? ''))
  expect(found).toEqual(Object.keys(callers).toSorted())

  const aws = files.filter((file) => ofAws.test(text.get(file) ?? ''))
  expect(
    aws.filter(
      (file) =>
        !/^(functions\/(wiring|[a-z]+\/handler|react\/react-to-records)|packages\/(store|platform)\/)/.test(file),
    ),
  ).toEqual([])
  expect(aws.filter((file) => /endpoint/i.test(text.get(file) ?? ''))).toEqual([])
})
