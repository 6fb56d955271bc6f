const REST_MS = 5_000

type Ask<Init> = (url: string, init: Init) => Promise<Response>

/**
 * Asks somebody else's server, and after it failed leaves it alone for five seconds: whoever floods us with what makes us ask cannot
 * make us flood the one we ask, nor wait for it each time.
 */
export const calmFetch = <Init>(ask: Ask<Init>, now: () => number = () => performance.now()): Ask<Init> => {
  let restsUntil = Number.NEGATIVE_INFINITY
  return async (url, init) => {
    if (now() < restsUntil) throw new Error('It did not answer a moment ago, and is left alone')
    const rest = () => {
      restsUntil = now() + REST_MS
    }
    const answer = await ask(url, init).catch((error: unknown) => {
      rest()
      throw error
    })
    if (answer.status >= 500) rest()
    return answer
  }
}
