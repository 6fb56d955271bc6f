import { demonstrate } from './demonstrate.ts'
import { findRunning, home, openConcord } from './open.ts'
import { isStop } from './stop.ts'

const began = performance.now()
const say = (line: string) => console.log(`${((performance.now() - began) / 1000).toFixed(2).padStart(7)} s  ${line}`)

/** The system that runs, left running; or one of its own, ended again. */
const borrow = async () => {
  const found = await findRunning()
  return found ? { ...found, stop: async () => {} } : openConcord({ folder: home, basePort: 4600, onProgress: say })
}

try {
  const running = await borrow()
  try {
    const id = await demonstrate(running, say)
    console.log(`\nSee it at ${running.consoleUrl}/requests/${id}. Invented people and cases.`)
  } finally {
    await running.stop()
  }
  process.exit(0)
} catch (error) {
  console.error(isStop(error) ? error.message : error)
  process.exit(1)
}
