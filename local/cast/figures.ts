/** Invented requests of years that are over: in which working day of the year each came, and how long each step took. Null never happened. */
export type PastRequest = {
  readonly trust: string
  readonly submittedAfterDays: number
  readonly matchedAfterDays: number | null
  readonly reportedAfterDays: number | null
}

const trusts = ['RA7', 'RH8', 'RK9', 'REF', 'RTE', 'RH5'] as const

/** A year of so many requests, spread evenly, every eleventh unmatched and every seventh of the others without a report yet. */
const yearOf = (count: number): readonly PastRequest[] =>
  Array.from({ length: count }, (_, n) => {
    const isMatched = n % 11 !== 10
    const matchedAfterDays = isMatched ? 2 + (n % 6) : null
    return {
      trust: trusts[n % trusts.length] ?? trusts[0],
      submittedAfterDays: Math.floor((n * 340) / count),
      matchedAfterDays,
      reportedAfterDays: isMatched && n % 7 !== 6 ? 9 + ((n * 5) % 14) : null,
    }
  })

/** By financial year. The first is so small that only its band is published. */
export const pastYears: Readonly<Record<string, readonly PastRequest[]>> = {
  '2023-24': yearOf(6),
  '2024-25': yearOf(31),
  '2025-26': yearOf(118),
}
