import { apiBodies } from '@concord/testkit/api-bodies'
import { canaries } from '@concord/testkit/drafts'

const { nhsNumber, ...others } = canaries

/** A body for every write, without the words that are looked for: what a call says itself is no leak. */
export const plainBodies: Readonly<Record<string, object>> = JSON.parse(
  Object.entries(others)
    .reduce((text, [name, word]) => text.replaceAll(word, `invented${name}`), JSON.stringify(apiBodies))
    .replaceAll(`"${nhsNumber}"`, 'null'),
)
