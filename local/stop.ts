/** Ends the start with one sentence that says what to do; for what a person, not a programmer, can put right. */
export const stop = (sentence: string): never => {
  throw Object.assign(new Error(sentence), { name: 'Stop' })
}

/** Tells a sentence meant for people from a bug. */
export const isStop = (error: unknown): error is Error => error instanceof Error && error.name === 'Stop'
