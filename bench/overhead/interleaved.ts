import { PerformanceObserver } from 'node:perf_hooks'

/** Something to be timed: what is made ready beforehand is no part of it. */
export type Contender = { readonly name: string; readonly ready: () => () => Promise<unknown> }

/** Times contenders in turn, each round beginning with another, so that whatever the machine does meanwhile happens to all of them. */
export const interleaved = async (contenders: readonly Contender[], rounds: number, warmUp: number) => {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  for (let n = -warmUp; n < rounds; n += 1) {
    const turn = (n + warmUp) % contenders.length
    for (const { name, ready } of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
      const work = ready()
      const began = performance.now()
      await work()
      if (n >= 0) times.get(name)?.push(performance.now() - began)
    }
  }
  return new Map([...times].map(([name, all]) => [name, all.toSorted((a, b) => a - b)]))
}

/** The time below which a part of all lies. */
export const quantile = (sorted: readonly number[] = [], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

/** How long the collector of garbage held everything up, so far. */
export const collecting = () => {
  let total = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) total += duration
  })
  observer.observe({ entryTypes: ['gc'] })
  return () => total
}
