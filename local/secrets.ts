import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** One version of the key of the stage: what it wrapped says by which. */
export type StageKey = { readonly version: number; readonly key: string }
export type LocalSecrets = ReturnType<typeof newSecrets>

const newKey = (version: number): StageKey => ({ version, key: randomBytes(32).toString('base64') })
const newSecrets = () => ({
  stageKeys: [newKey(1)] as readonly StageKey[],
  childKey: randomBytes(32).toString('base64'),
  oidcClientSecret: randomBytes(24).toString('base64url'),
  cookieKey: randomBytes(32).toString('base64url'),
  notifyApiKey: `local-${randomUUID()}-${randomUUID()}`,
})

const fileIn = (folder: string) => join(folder, 'keys.json')
const read = (folder: string): LocalSecrets => {
  if (!existsSync(fileIn(folder))) write(folder, newSecrets())
  // Written by this file, now or at an earlier start.
  return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as LocalSecrets
}
/** In another's place at once: whoever reads meanwhile has the old file or the new, and never half of one. */
const write = (folder: string, secrets: LocalSecrets) => {
  writeFileSync(`${fileIn(folder)}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  renameSync(`${fileIn(folder)}.new`, fileIn(folder))
}

/** The secrets of this machine's own copy: made once, readable by its owner alone, needed to read what is sealed. */
export const localSecrets = (folder: string) => {
  const { stageKeys: _, ...others } = read(folder)
  return { ...others, stage: stageKeysIn(folder) }
}

/** The versions of the key of the stage, the newest last: all open what they wrapped, and the newest wraps. */
export const stageKeysIn = (folder: string) => ({
  all: (): readonly StageKey[] => read(folder).stageKeys,
  /** Adds a version and says which. */
  rotate: (): number => {
    const secrets = read(folder)
    const version = 1 + Math.max(...secrets.stageKeys.map((one) => one.version))
    write(folder, { ...secrets, stageKeys: [...secrets.stageKeys, newKey(version)] })
    return version
  },
  /** Throws a version away for good: whatever only it wrapped opens no more. The newest stays. */
  retire: (version: number): 'retired' | 'in-use' | 'unknown' => {
    const secrets = read(folder)
    if (version === secrets.stageKeys.at(-1)?.version) return 'in-use'
    const stageKeys = secrets.stageKeys.filter((one) => one.version !== version)
    if (stageKeys.length === secrets.stageKeys.length) return 'unknown'
    write(folder, { ...secrets, stageKeys })
    return 'retired'
  },
})
export type StageKeys = ReturnType<typeof stageKeysIn>
