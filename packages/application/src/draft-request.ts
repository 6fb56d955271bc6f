import { parseChildNumber } from '@concord/domain/child-number'
import { must, parseRequestId, type RequestId } from '@concord/domain/ids'
import { wrongInDraft } from '@concord/domain/plausible'
import { notListedIn } from '@concord/domain/request/not-listed'
import type { RoutingFacts } from '@concord/domain/request/request'
import { type Brief, type ChildIdentity, identityIn, type Narrative } from '@concord/domain/request/texts'
import { isNonEmpty } from '@concord/domain/result'
import { dateAt } from '@concord/domain/time'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
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
    { routing, texts, asked, revises }: Drafted & { readonly asked: Asked; readonly revises: RequestId | null },
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
        const found = identityIn(texts.brief, texts.identity)
        if (found) return { kind: 'brief-names-child', found } as const
        const [hash, ...sealed] = await Promise.all([
          number ? store.hashOfChild(network, number.number) : null,
          brief.seal('question', texts.brief),
          pack.seal('identity', identity),
          pack.seal('narrative', texts.narrative),
        ])
        const sections = sealed.map(({ ref }) => ref)
        const tagKey = deps.ids.secret()
        const command = revises
          ? ({ type: 'revise', routing, sections } as const)
          : ({ type: 'draft', id, network, trust, tagKey, routing, sections } as const)
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

/** Newborns and visitors may have no number; one that is given must be one that can be. */
const numberIn = ({ nhsNumber }: ChildIdentity, { inventedAllowed }: Pick<Deps, 'inventedAllowed'>) =>
  nhsNumber === null ? null : parseChildNumber(nhsNumber, { inventedAllowed })
