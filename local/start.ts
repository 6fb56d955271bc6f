import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { apiClients, cast } from './cast.ts'
import { home as folder, openConcord } from './open.ts'
import { isStop, stop } from './stop.ts'

const say = (line: string) => console.log(line)

// Heard from the first moment, so that an early Ctrl-C is not lost and a second one hurries nothing.
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('interrupted'))
})

const readWords = () => {
  try {
    const { values } = parseArgs({ options: { fresh: { type: 'boolean' }, port: { type: 'string', default: '4600' } } })
    const basePort = /^\d{4,5}$/.test(values.port) && Number(values.port) < 65_000 ? Number(values.port) : undefined
    return basePort === undefined ? undefined : { basePort, fresh: values.fresh ?? false }
  } catch {
    return undefined
  }
}

const run = async () => {
  const words = readWords() ?? stop('npm start takes --fresh, to begin with nothing kept, and --port with a number.')
  if (!existsSync(folder))
    say(
      "DynamoDB Local, which keeps the tables here, is AWS's, under AWS's own licence: a development dependency, no part of Concord.",
    )
  const system = await openConcord({ folder, ...words, onProgress: say })
  const seconds = process.uptime().toFixed(1)
  say(`\nConcord is ready after ${seconds} seconds, with invented people and cases:  ${system.consoleUrl}`)
  say(`Mail it would have sent:  ${system.mailUrl}\n\nYou can sign in as:`)
  for (const { name, about } of cast) say(`  ${name}: ${about}`)
  say('\nA program can call the API as:')
  for (const { subject, about } of apiClients) say(`  ${subject}: ${about} See docs/api-clients.md.`)
  say('\nCtrl-C stops everything. What was entered is kept; npm start -- --fresh begins again.')
  await interrupted
  say('\nStopping …')
  await system.stop()
}

try {
  await run()
  process.exit(0)
} catch (error) {
  // Ctrl-C ends the parts too, and what they then say of it interests nobody.
  if ((await Promise.race([interrupted, error])) === 'interrupted') process.exit(0)
  console.error(isStop(error) ? error.message : error)
  process.exit(1)
}
