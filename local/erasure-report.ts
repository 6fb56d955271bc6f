import { type ErasureReason, eraseCase, erasureReasons } from '@concord/application/erase-case'
import type { Erasable } from '@concord/application/ports/case-erasure'
import { type NetworkCode, parseRequestId, parseSubject, type RequestId } from '@concord/domain/ids'
import type { Operator } from './operator.ts'
import { stop } from './stop.ts'

export type ErasureWords = {
  readonly network: NetworkCode
  readonly request: string
  readonly because: string | undefined
  readonly by: string | undefined
  readonly yes: boolean
}

/** Says what an erasure would take away, or takes it away and says what it was. */
export const erasedCase = async (operator: Operator, { network, request, because, by, yes }: ErasureWords) => {
  const id = parseRequestId(request) ?? stop(`“${request}” is no request: such as req_RA7_ and a long number.`)
  const subject = parseSubject(by ?? '') ?? stop('Say who does it, by the subject of your sign-in: --by <subject>.')
  const asked = { network, id, because: reasonOf(because), by: subject, isMeant: yes }
  const outcome = await eraseCase(operator)(asked)
  switch (outcome.kind) {
    case 'not-found':
      return stop(`${network} has no request ${id}. Nothing was erased.`)
    case 'review-waits':
      return stop(
        `The glass over ${id} was broken and ${outcome.reviews} reviews wait: a guardian looks at why first. Nothing was erased.`,
      )
    case 'changed':
      return stop('Somebody wrote into this case again and again meanwhile. Nothing was erased: run it again.')
    case 'would-erase':
      return [
        `Request ${id} of ${network} is ${outcome.found.status}. Erasing it would take away:`,
        ...takenFrom(outcome.found),
        'What stays: the routing facts, what happened when, the figures, and the audit, with this erasure in it.',
        'It cannot be undone once a day has passed. Nothing was done: add --yes where it is meant.',
      ].join('\n')
    case 'erased':
      return [
        `The texts of request ${id} were erased:`,
        ...takenFrom(outcome.found),
        `The table of keys can be recovered to a moment before until ${outcome.finalAt}; from then on it is final.`,
        'It is on record in the audit of the case.',
        ...(operator.here
          ? [
              'On this machine the file of the tables may hold what was erased until it is written over: rotate-key, rewrap and retire-key make it useless.',
            ]
          : []),
      ].join('\n')
    case 'erased-before':
      return `The texts of request ${id} were erased on ${outcome.at}; nothing opens them. ${leftOver(id, outcome.cleared)}`
  }
}

const takenFrom = ({ keys, texts, isFindable, erasedAt }: Erasable) => [
  `  ${keys} data keys, without which nothing of the case opens${erasedAt ? ` (others were erased on ${erasedAt})` : ''}`,
  `  ${texts} sealed texts, every version`,
  `  ${isFindable ? 'the hash by which the child’s other requests are found' : 'no hash of a child: none is noted'}`,
]

const leftOver = (id: RequestId, texts: number) =>
  texts === 0 ? 'Nothing was left of them.' : `${texts} texts that were left of ${id} are gone now too.`

const reasonOf = (text: string | undefined): ErasureReason =>
  erasureReasons.find((one) => one === text) ??
  stop(
    `Say why: --because ${erasureReasons.join(' | ')}. It stays on record, so it is one of these and never says of whom.`,
  )
