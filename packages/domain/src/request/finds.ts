/** One text that leaves the trust before anybody is cleared. Of a person's or a team's name, a word that the child is called too says little. */
export type TextToSearch = { readonly at: string; readonly text: string; readonly holds: 'prose' | 'names' }
/** What of the child a text gives away: certain, or only likely. `around` says of a likely one where it was, so that an answer is for that alone. */
export type Find = {
  readonly at: string
  readonly what: 'name' | 'number' | 'birthday'
  readonly word: string
  readonly isCertain: boolean
  readonly around: readonly string[]
}
