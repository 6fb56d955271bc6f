import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { operatorOf, type Whereabouts } from './operator.ts'
import { seed } from './seed.ts'
import { type SystemOptions, startSystem } from './system.ts'

/** Where `npm start` keeps all that it has. */
export const home = fileURLToPath(new URL('../.concord', import.meta.url))

/** What the other commands need to know of a system that runs. */
export type Running = {
  readonly consoleUrl: string
  readonly issuer: string
  readonly audience: string
  readonly mailUrl: string
  readonly whereabouts: Whereabouts
}

/** Starts the system, fills it once, and says where it is for as long as it runs. */
export const openConcord = async (options: SystemOptions) => {
  const {
    dynamodbUrl,
    cloudUrl,
    sealingKey,
    childKey,
    tableNames,
    witness,
    consoleUrl,
    issuer,
    audience,
    mailUrl,
    ...system
  } = await startSystem(options)
  const note = join(options.folder, 'running.json')
  const stop = async () => {
    rmSync(note, { force: true })
    await system.stop()
  }
  try {
    const whereabouts = {
      stage: 'local',
      tableNames,
      witness,
      local: { dynamodbUrl, cloudUrl, sealingKey, childKey, folder: system.folder },
    }
    const operator = operatorOf(whereabouts)
    await seed(operator, options.onProgress ?? (() => {}))
    const running: Running = { consoleUrl, issuer, audience, mailUrl, whereabouts }
    writeFileSync(note, JSON.stringify(running))
    return { ...running, operator, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The system that runs from a folder, if one does: a note left behind by a crash is told apart by asking. */
export const findRunning = async (folder = home): Promise<Running | undefined> => {
  const note = join(folder, 'running.json')
  if (!existsSync(note)) return undefined
  // Written by openConcord, above, and by nobody else.
  const running = JSON.parse(readFileSync(note, 'utf8')) as Running
  const answers = await fetch(`${running.consoleUrl}/v1/openapi.json`).then(
    ({ ok }) => ok,
    () => false,
  )
  return answers ? running : undefined
}
