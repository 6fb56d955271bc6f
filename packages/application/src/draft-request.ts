import { parseChildNumber } from '@concord/domain/child-number'
import { type GmcNumber, must, parseRequestId, type RequestId } from '@concord/domain/ids'
import { wrongInDraft } from '@concord/domain/plausible'
import type { TextToSearch } from '@concord/domain/request/finds'
import { identityIn } from '@concord/domain/request/names-child'
import { notListedIn } from '@concord/domain/request/not-listed'
import { type Answered, questionsOf, settle } from '@concord/domain/request/questions'
import type { RoutingFacts } from '@concord/domain/request/request'
import type { Brief, ChildIdentity, Narrative } from '@concord/domain/request/texts'
import { isNonEmpty } from '@concord/domain/result'
import { dateAt } from '@concord/domain/time'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import { officeOf, placeFor, scopeOf } from './scope.ts'
import { acting } from './tag.ts'
import { type Asked, takeStep } from './take-step.ts'
import { teamsNotListed } from './teams-listed.ts'

export type DraftTexts = { readonly brief: Brief; readonly identity: ChildIdentity; readonly narrative: Narrative }
export type Drafted = { readonly routing: RoutingFacts; readonly texts: DraftTexts }

/** Begins a request, or changes one not yet sent. The texts are sealed; a brief that names the child is refused. */
export const draftRequest =
  (deps: Deps) =>
  async (
    {
      routing,
      texts,
      confirmed = [],
      asked,
      revises,
    }: Drafted & {
      /** The questions that are answered with it: each says that what is asked about is right as it stands. */
      readonly confirmed?: readonly string[]
      readonly asked: Asked
      readonly revises: RequestId | null
    },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (membership.role !== 'requester' && membership.role !== 'eso-lead')
      return { kind: 'not-yours', step: revises ? 'revise' : 'draft', role: membership.role } as const
    const { network, trust } = membership
    const id = revises ?? must(parseRequestId, `req_${trust}_${deps.ids.uuid()}`)
    const place = placeFor(network, id)
    const ownLists = [officeOf(membership), network]
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place,
      asked,
      beside: (store) =>
        Promise.all([
          store.compartment('brief', place),
          store.compartment('pack', place),
          revises ? store.sameChild(place) : null,
          teamsNotListed(deps, teamsIn(routing), { network, mayUse: (office) => ownLists.includes(office) }),
        ]),
      prepare: async (state, [brief, pack, noted, teams], at, store) => {
        if (revises && !state) return { kind: 'not-found', what: 'request' } as const
        const on = dateAt(at)
        const { isSpecialty } = deps.policy(on)
        const lists = { trust, on, isSpecialty, organisations: await deps.organisations() }
        const places = [...notListedIn(routing, lists), ...teams]
        if (isNonEmpty(places)) return { kind: 'not-on-the-list', places } as const
        const number = numberIn(texts.identity, deps)
        if (number && number.kind !== 'read') return { kind: 'nhs-number', because: number.kind } as const
        const wrong = wrongInDraft({ routing, bornOn: texts.identity.bornOn }, on)
        if (isNonEmpty(wrong)) return { kind: 'implausible-dates', wrong } as const
        const identity = { ...texts.identity, nhsNumber: number?.number ?? null }
        const erasedAt = brief.erasedAt ?? pack.erasedAt
        if (erasedAt) return { kind: 'erased', at: erasedAt } as const
        const finds = identityIn(leaving(texts.brief), identity)
        const found = finds.filter(({ isCertain }) => isCertain)
        if (isNonEmpty(found)) return { kind: 'brief-names-child', found } as const
        const questions = questionsOf(deps.digest, { finds, routing, bornOn: identity.bornOn }, on)
        // Unsealed only where there is something to ask, of a draft that can still be changed.
        const kept =
          questions.length > 0 && state?.status === 'draft'
            ? await pack.read('answers', putOnRecord(deps, caller, { about: recordOf(place), did: 'answers.read' }))
            : undefined
        const said = { kept: (kept ?? []) as readonly Answered[], confirmed, by: caller.subject, at } // Sealed by this room under this type.
        const { open, answers, fresh: answered } = settle(questions, said)
        if (isNonEmpty(open)) return { kind: 'to-confirm', questions: open } as const
        const [hash, ...sealed] = await Promise.all([
          number ? store.hashOfChild(network, number.number) : null,
          brief.seal('question', texts.brief),
          pack.seal('identity', identity),
          pack.seal('narrative', texts.narrative),
          ...(answered.length > 0 ? [pack.seal('answers', answers)] : []),
        ])
        const sections = sealed.map(({ ref }) => ref)
        const tagKey = deps.ids.secret()
        const unnamed = routing.treating.flatMap(({ gmc }) => (isNamed(texts.brief, gmc) ? [] : [gmc]))
        const drafted = { routing, sections, unnamed, answered }
        const command = revises
          ? ({ type: 'revise', ...drafted } as const)
          : ({ type: 'draft', id, network, trust, tagKey, ...drafted } as const)
        const before = noted?.hash ?? null
        // A draft is the trust's own: the network finds it from the moment it is sent.
        const child = hash === before ? {} : { child: { place, before, hash, isListed: false } }
        return { kind: 'prepared', command, beside: { sealed, compartments: [brief, pack], ...child } } as const
      },
    })
  }

const teamsIn = ({ treating }: RoutingFacts) =>
  treating.flatMap(({ teams }, n) =>
    (teams ?? []).map(({ team }, m) => ({ at: `routing.treating.${n}.teams.${m}.team`, team })),
  )

const isNamed = ({ team }: Brief, gmc: GmcNumber) => team.some((one) => one.gmc === gmc)

/** Every text that leaves the trust before anybody is cleared, by its place in the body. */
const leaving = ({ question, background, team }: Brief): readonly TextToSearch[] => [
  { at: 'texts.brief.question', text: question, holds: 'prose' },
  { at: 'texts.brief.background', text: background, holds: 'prose' },
  ...team.map(({ name }, n) => ({ at: `texts.brief.team.${n}.name`, text: name, holds: 'names' }) as const),
]

/** Newborns and visitors may have no number; one that is given must be one that can be. */
const numberIn = ({ nhsNumber }: ChildIdentity, { inventedAllowed }: Pick<Deps, 'inventedAllowed'>) =>
  nhsNumber === null ? null : parseChildNumber(nhsNumber, { inventedAllowed })
