import type { GlassEvent } from '@concord/domain/break-glass/break-glass'
import type { ClinicianEvent } from '@concord/domain/clinician/decide'
import {
  type ClinicianId,
  must,
  type NetworkCode,
  parseClinicianId,
  parseNetworkCode,
  parseRequestId,
} from '@concord/domain/ids'
import type { RoleEvent } from '@concord/domain/membership/role-held'
import type { AnswersStand } from '@concord/domain/request/declared'
import type { RequestEvent } from '@concord/domain/request/events'
import type { ClinicianRef } from '@concord/domain/request/request'
import type { TeamEvent } from '@concord/domain/team/team'
import { dateAt } from '@concord/domain/time'
import { recordOf } from '../on-record.ts'
import type { CaseEntry, Envelope } from '../ports/reactor-store.ts'
import { mustBeMembership, paths, placeFor, type RequestPlace } from '../scope.ts'
import type { Effect, NoticeWords } from './effects.ts'

export type DomainEvent = RequestEvent | ClinicianEvent | GlassEvent | RoleEvent | TeamEvent
export type Reaction = (envelope: Envelope<DomainEvent>) => readonly Effect[]

/** Whatever an event implies on somebody else's side, as one table: event in, effects out, nothing else touched. */
export const reactions: Readonly<
  Record<'inbox' | 'places' | 'cards' | 'recheck' | 'holders' | 'evidence' | 'notices' | 'facts' | 'audit', Reaction>
> = {
  inbox: (envelope) => onRequest(envelope, inbox),
  places: (envelope) => onRequest(envelope, places),
  cards: (envelope) => onClinician(envelope, (clinician) => [{ kind: 'refresh-cards', ...clinician }]),
  recheck: (envelope) =>
    bearsOnIndependence.includes(envelope.event.type)
      ? onClinician(envelope, (clinician) => [{ kind: 'recheck-cases', ...clinician }])
      : [],
  holders: ({ event }) => (event.type === 'role.granted' ? freedBy(event) : []),
  evidence: (envelope) => onRequest(envelope, evidence),
  notices: (envelope) => {
    if (envelope.event.type === 'glass.broken') return tellGuardians(envelope.event)
    return envelope.event.type === 'role.granted' ? tellOfHolder(envelope.event) : onRequest(envelope, notices)
  },
  facts: (envelope) => onRequest(envelope, facts),
  audit: ({ id, pk, event }) => [
    {
      kind: 'audit',
      entry: { at: event.at, id, about: aboutOf(pk), who: event.by.subject, role: event.by.role, did: event.type },
    },
  ],
}

/** What changes a clinician's record in what independence reads of it: every case in hand is then weighed again. */
const bearsOnIndependence: readonly DomainEvent['type'][] = [
  'clinician.verified',
  'clinician.affiliations-recorded',
  'clinician.declared',
  'clinician.works-said',
] satisfies readonly ClinicianEvent['type'][]

type AtRequest = { readonly place: RequestPlace; readonly event: RequestEvent; readonly seq: number }

const inbox = ({ place, event, seq }: AtRequest): readonly Effect[] => {
  const put =
    (
      stage: 'offered' | 'accepted' | 'engaged' | 'over',
      { replyBy = null, acceptedBy = null }: Partial<Pick<CaseEntry, 'replyBy' | 'acceptedBy'>> = {},
    ) =>
    (clinician: ClinicianRef): Effect => ({
      kind: 'put-case',
      clinician,
      entry: { ...place, seq, stage, at: event.at, replyBy, acceptedBy },
    })
  switch (event.type) {
    case 'offer.made':
      return [put('offered', { replyBy: event.offer.replyBy })(event.offer)]
    case 'offer.accepted':
      return [
        put('accepted', { acceptedBy: event.acceptance.acceptedBy })(event.acceptance),
        ...event.others.map(put('over')),
      ]
    case 'request.engaged':
      return [put('engaged', { acceptedBy: event.acceptedBy })(event.clinician)]
    case 'offer.declined':
    case 'offer.expired':
    case 'request.closed':
      return [put('over')(event.clinician)]
    case 'family.objected':
    case 'pack.closed':
    case 'case.freed':
      return [put('over')(event.released)]
    case 'request.withdrawn':
      return event.ended.map(put('over'))
    default:
      return []
  }
}

const places = ({ place, event }: AtRequest): readonly Effect[] => {
  const released = 'released' in event ? event.released : null
  if (!released) return []
  return [
    {
      kind: 'give-back',
      clinician: released,
      place,
      because: event.type === 'opinion.reported' ? 'given' : 'released',
    },
  ]
}

/** What the independence of later requests is judged by: who gave an opinion to whom. */
const evidence = ({ place, event }: AtRequest): readonly Effect[] =>
  event.type === 'opinion.reported'
    ? [{ kind: 'keep-exchange', place, giver: event.released, on: dateAt(event.at) }]
    : []

/** Who must act next. A notice says that something waits, and where: nothing of the case, not even the specialty. */
const notices = ({ place, event }: AtRequest): readonly Effect[] => {
  const tell = (office: string, words: NoticeWords): Effect => ({
    kind: 'notify',
    office,
    network: place.network,
    words,
    path: `/requests/${place.id}`,
  })
  const trust = paths.trust(place.network, place.trust)
  const network = paths.network(place.network)
  const clinician = ({ home, id }: ClinicianRef) => paths.clinician(home, id)
  switch (event.type) {
    case 'request.submitted':
      return [tell(network, 'submitted')]
    case 'offer.made':
      return [tell(clinician(event.offer), 'offered')]
    case 'offer.accepted':
      return [tell(trust, event.acceptance.approvalsNeeded.length > 0 ? 'plan' : 'accepted'), tell(network, 'accepted')]
    case 'offer.declined':
    case 'offer.expired':
      return [tell(network, 'declined')]
    case 'declaration.signed':
      return toldOfAnswers[event.stands].map((words) => tell(network, words))
    // Where it bars, the decline or the closing that comes with it tells the network; the clinician settled it with them.
    case 'declaration.settled':
      return event.bars.length > 0 ? [] : [tell(clinician(event.clinician), 'settled')]
    case 'declaration.decided':
      return [tell(clinician(event.clinician), 'decided')]
    case 'request.engaged':
      return [tell(clinician(event.clinician), 'engaged')]
    case 'pack.closed':
    case 'family.objected':
      return [tell(network, 'conflict')]
    case 'case.freed':
      return [tell(trust, 'freed'), tell(network, 'freed')]
    case 'clearance.doubted':
      return [tell(network, 'doubted')]
    case 'plan.needed':
      return [tell(trust, 'late-plan'), tell(network, 'late-plan')]
    case 'opinion.reported':
      return [tell(trust, 'reported')]
    case 'request.withdrawn':
      return [
        ...(event.wasSent ? [tell(network, 'withdrawn')] : []),
        ...event.ended.map((one) => tell(clinician(one), 'withdrawn')),
      ]
    default:
      return []
  }
}

type RoleGranted = Extract<RoleEvent, { type: 'role.granted' }>

/** The register entry that somebody holds after somebody else. */
const entryTakenOver = ({ follows, membership }: RoleGranted) => {
  const held = mustBeMembership(membership)
  return follows !== null && held.role === 'clinician' ? held : undefined
}

/** Cases in hand do not go with an entry to its new holder. */
const freedBy = (granted: RoleGranted): readonly Effect[] => {
  const entry = entryTakenOver(granted)
  if (!entry) return []
  const { home, clinician } = entry
  return [{ kind: 'free-cases', home, clinician, holder: granted.subject, since: granted.at }]
}

/** That somebody new holds a register entry: at once, to the clinician at their own address and to the network's guardian. */
const tellOfHolder = (granted: RoleGranted): readonly Effect[] => {
  const entry = entryTakenOver(granted)
  if (!entry) return []
  const { home, clinician } = entry
  return [paths.clinician(home, clinician), paths.guardians(paths.network(home))].map((office) => ({
    kind: 'notify',
    office,
    network: home,
    words: 'holder-changed',
    path: '/',
  }))
}

/** What the network is told of answers that led no further; that they bar, the decline or the closing beside them tells. */
const toldOfAnswers: Readonly<Record<AnswersStand, readonly NoticeWords[]>> = {
  barred: [],
  'to-settle': ['to-settle'],
  'to-decide': ['to-decide'],
  settled: [],
}

/** At once, the trust's guardian, and the network's where the network had received the request. Why is for those to read who review it. */
const tellGuardians = ({
  network,
  trust,
  request,
  wasSent,
}: Extract<GlassEvent, { type: 'glass.broken' }>): readonly Effect[] =>
  [...(wasSent ? [paths.network(network)] : []), paths.trust(network, trust)].map((office) => ({
    kind: 'notify',
    office: paths.guardians(office),
    network,
    words: 'glass-broken',
    path: `/requests/${request}/reviews`,
  }))

const noted = { 'request.submitted': 'submitted', 'offer.accepted': 'matched', 'opinion.reported': 'reported' } as const

const facts = ({ place, event }: AtRequest): readonly Effect[] =>
  event.type === 'request.submitted' || event.type === 'offer.accepted' || event.type === 'opinion.reported'
    ? [{ kind: 'put-fact', place, what: noted[event.type], at: event.at }]
    : []

const onRequest = ({ pk, seq, event }: Envelope<DomainEvent>, react: (at: AtRequest) => readonly Effect[]) => {
  const place = requestPlaceOf(pk)
  return place && isRequestEvent(event) ? react({ place, event, seq }) : []
}

const onClinician = (
  { pk }: Envelope<DomainEvent>,
  react: (place: { readonly home: NetworkCode; readonly clinician: ClinicianId }) => readonly Effect[],
) => {
  const [, home = '', kind, id = ''] = pk.split('/')
  return kind === 'clinician'
    ? react({ home: must(parseNetworkCode, home), clinician: must(parseClinicianId, id) })
    : []
}

const isRequestEvent = (event: DomainEvent): event is RequestEvent =>
  !['clinician.', 'place.', 'glass.', 'role.', 'team.'].some((kind) => event.type.startsWith(kind))

/** The request whose partition a key is, if it is one's. */
const requestPlaceOf = (pk: string): RequestPlace | undefined => {
  const [, network = '', kind, , of, id = ''] = pk.split('/')
  return kind === 'trust' && of === 'request'
    ? placeFor(must(parseNetworkCode, network), must(parseRequestId, id))
    : undefined
}

const aboutOf = (pk: string) => {
  const place = requestPlaceOf(pk)
  if (place) return recordOf(place)
  const [kind, network, ...rest] = pk.split('/')
  // A glass lies over a case, and a list of roles at an office; an entry of a register is its network's.
  if (kind === 'glass') return [network, ...rest].join('/')
  const office = rest.filter((part) => part !== 'team')
  return kind === 'members' ? [network, ...office, 'office'].join('/') : `${network}/office`
}
