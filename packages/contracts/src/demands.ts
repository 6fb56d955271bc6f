/** What a step or a page asks of whoever comes beside their role. The tables of the API and of the console both read it from here. */
export type Demands = {
  /** Taken only from a person who signed in just now. */
  readonly isFresh?: boolean
  /** Weighs or shows much at once, and so is not for asking over and over. */
  readonly isCostly?: boolean
}

/** For how long a sign-in stands for what needs one just made: whatever goes into a child's record under one's name. */
export const FRESH_MINUTES = 15

/** What sign-in is wanted then, for a client to ask its issuer for (RFC 9470). */
export const freshChallenge = `Bearer error="insufficient_user_authentication", error_description="A sign-in just made is wanted", max_age="${FRESH_MINUTES * 60}"`
