import type { Places } from '../organisation/places.ts'
import type { Pair } from './pair.ts'

/** The side of a pair that many candidates share. */
export type Asked = Omit<Pair, 'candidate'>
/** What of it is reckoned with. */
export type Read = Pick<Pair, 'asOf' | 'request' | 'organisations' | 'history'>

/** Reckons once what all candidates of a request share. Kept only until another request comes: a register has thousands of them. */
export const forRequest = <T>(reckon: (asked: Read) => T) => {
  const latest = new WeakMap<Places, Omit<Read, 'organisations'> & { readonly value: T }>()
  return ({ asOf, request, organisations, history }: Read): T => {
    const had = latest.get(organisations)
    if (had?.request === request && had.asOf === asOf && had.history === history) return had.value
    const value = reckon({ asOf, request, organisations, history })
    latest.set(organisations, { asOf, request, history, value })
    return value
  }
}
