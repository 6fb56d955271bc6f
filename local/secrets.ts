import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type LocalSecrets = ReturnType<typeof newSecrets>

const newSecrets = () => ({
  stageKey: randomBytes(32).toString('base64'),
  childKey: randomBytes(32).toString('base64'),
  oidcClientSecret: randomBytes(24).toString('base64url'),
  cookieKey: randomBytes(32).toString('base64url'),
  notifyApiKey: `local-${randomUUID()}-${randomUUID()}`,
})

/** The secrets of this machine's own copy: made once, readable by its owner alone, needed to read what is sealed. */
export const localSecrets = (folder: string): LocalSecrets => {
  const file = join(folder, 'keys.json')
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(newSecrets(), null, 2), { mode: 0o600 })
  // Written by the line above, now or at an earlier start.
  return JSON.parse(readFileSync(file, 'utf8')) as LocalSecrets
}
