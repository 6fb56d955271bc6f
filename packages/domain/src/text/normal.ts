type Form = 'NFC' | 'NFD' | 'NFKC' | 'NFKD'

/**
 * A text in one of Unicode's normal forms, in time that grows with its length. Marks on one letter are put in order pair by pair, so
 * 200 KB of them alone would take half a minute: after thirty, as in the Stream-Safe Text Format (UAX #15), the rest of a run is dropped.
 */
export const normal = (text: string, form: Form): string => text.replace(/(\p{M}{30})\p{M}+/gu, '$1').normalize(form)
