import { vi } from 'vitest'

/** Takes down all that is written or logged from now on, in every form in which a word could stand, until mocks are restored. */
export const listenToLogs = (logged: string[]) => {
  const write = (text: unknown) => {
    logged.push(String(text))
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(write)
  vi.spyOn(process.stderr, 'write').mockImplementation(write)
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, level).mockImplementation((...said) => {
      logged.push(said.map(String).join(' '), JSON.stringify(said))
    })
}
