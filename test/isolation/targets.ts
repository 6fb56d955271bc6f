import { UNUSED } from '@concord/application/grants'
import type { OnceRecord } from '@concord/application/ports/store'
import {
  type Membership,
  mustBeMembership,
  officeOf,
  paths,
  placeFor,
  type RequestPlace,
  scopeOf,
  stewardScope,
} from '@concord/application/scope'
import { tagFor } from '@concord/application/tag'
import { must, parseNetworkCode, parseSubject, type RequestId } from '@concord/domain/ids'
import { sha256 } from '@concord/platform/system'
import { encodeCursor } from '@concord/store/cursor'
import { keys, worklistPk } from '@concord/store/keys'
import { onceKeyOf } from '@concord/store/once-key'
import { worklistIndexes } from '@concord/store/tables'
import type { Aim } from './bends.ts'
import { type Address, type Answer, type Anybody, type Call, readsOf, words, wordsIn } from './matrix.ts'
import { cast, type Moment, type Story } from './story.ts'
import type { UndoableTables } from './undoable.ts'

/** Something that is somebody's: a case or an entry that calls aim at, or what lies behind the lists. */
export type Target = {
  readonly name: string
  readonly of: 'request' | 'clinician' | 'lists'
  readonly id: string
  readonly isFor: (who: Anybody) => boolean
  readonly aimOf: (who: Anybody) => Aim
  /** What of it is theirs to read by an address all the same. */
  readonly isOpenTo?: (who: Anybody, address: Pick<Address, 'name'>) => boolean
  /** Who is tried on it. */
  readonly whos: readonly Anybody[]
}

const NO_GLASS = 'glass_99999999-0000-7000-8000-000000000000'
/** Figures that say whose they are. */
const figures = { 'network-one': 71_111, 'network-two': 72_222, 'network-one-east': 73_333 } as const

/** All that somebody could come to who should not, in a story as it stands. */
export const targetsIn = async (told: Story, tables: UndoableTables, moment: Moment) => {
  const { world, clinicians, ownCases } = told
  const everybody: readonly Anybody[] = [...cast, ...Object.values(clinicians), 'nobody']
  const held = new Map(everybody.map((who) => [who, who === 'nobody' ? undefined : world.as(who).membership]))
  const membershipOf = (who: Anybody): Membership | undefined => held.get(who)
  for (const [network, requests] of Object.entries(figures)) {
    const [code, period] = [must(parseNetworkCode, network), '2024-25']
    const release = { network, period, figures: { requests, matched: requests, medianWorkingDays: 9 } }
    const item = { ...keys.release(code, period), kind: 'release', release }
    await tables.write([{ kind: 'put', table: 'figures', item, when: { kind: 'none' } }])
  }

  const homeOf = (who: Anybody) => {
    const membership = membershipOf(who)
    const network = membership && 'network' in membership ? membership.network : undefined
    return { network, trust: membership && 'trust' in membership ? membership.trust : undefined }
  }
  /** Guardians are told who has seen a case they watch over, and no word of it. */
  const watches = (who: Anybody, network: string, trust: string) => {
    const membership = membershipOf(who)
    if (membership?.role !== 'guardian') return false
    const { watches: place } = membership
    return place.network === network && (place.trust === null || place.trust === trust)
  }
  const placed = [
    { who: 'requester' as const, id: told.id },
    ...ownCases.map(({ who, id }): { readonly who: Anybody; readonly id: RequestId } => ({ who, id })),
  ].map(({ who, id }) => {
    const { network, trust } = homeOf(who)
    if (!network || !trust) throw new Error(`${who} has no trust`)
    return { id, network, trust, place: placeFor(network, id) }
  })
  const lists = await Promise.all(
    placed.map(async ({ network, trust, place }) => {
      const item = await tables.get('records', keys.request(place))
      const sort = String(item?.[worklistIndexes.trust.sort])
      const cursorOf = (path: string) => encodeCursor(sort, worklistPk(path), sha256)
      return {
        network,
        trust,
        ofTrust: cursorOf(paths.trust(network, trust)),
        ofNetwork: cursorOf(paths.network(network)),
      }
    }),
  )
  const cursorsFor = (who: Anybody) => {
    const home = homeOf(who)
    const foreign = lists.flatMap(({ network, trust, ofTrust, ofNetwork }) => [
      ...(home.network === network && home.trust === trust ? [] : [ofTrust]),
      ...(home.network === network && home.trust === undefined ? [] : [ofNetwork]),
    ])
    return [...new Set(foreign)]
  }
  const glasses = await Promise.all(
    placed.map(({ place }) => tables.query('records', { pk: paths.glass(place), prefix: 'state/' })),
  )
  const glass = glasses.flat()[0]?.sk.replace('state/', '')
  /** What a body could name that is not this caller's: an entry of a register that is not theirs to know, a glass that they do not watch over. */
  const inBodyFor = (who: Anybody): Aim['inBody'] => ({
    clinician: homeOf(who).network === 'network-two' ? clinicians.neverAsked : clinicians.neverAskedElsewhere,
    glass: glass !== undefined && !watches(who, 'network-one', 'XA1') ? glass : NO_GLASS,
  })
  /** The tag by which its own people insist on what they saw. */
  const tagOfEntry = async (key: { readonly pk: string; readonly sk: string }) =>
    String((await tables.get('records', key))?.['version'])
  const tagOfRequest = async (place: RequestPlace) => {
    const membership = mustBeMembership(`requester@network/${place.network}/trust/${place.trust}`)
    const state = await world.deps.storeFor(scopeOf(membership)).request(place)
    if (!state) throw new Error(`${place.id} is there`)
    return tagFor(world.deps, { ...world.as('requester'), membership }, state)
  }

  const few: readonly Anybody[] = [
    ...cast,
    clinicians.chosen,
    clinicians.neverAsked,
    clinicians.neverAskedElsewhere,
    'nobody',
  ]

  const requests = await Promise.all(
    placed.map(async ({ id, network, trust, place }): Promise<Target> => {
      const version = await tagOfRequest(place)
      const isTold = id === told.id
      const isFor = (who: Anybody) =>
        isTold
          ? !told.outsiders.includes(who)
          : (homeOf(who).network === network && homeOf(who).trust === trust) || watches(who, network, trust)
      return {
        name: `the case of ${trust}`,
        of: 'request',
        id,
        isFor,
        aimOf: (who) => ({
          ...{ id, otherKind: clinicians.neverAsked, inBody: inBodyFor(who), version },
          ...{ cursors: cursorsFor(who), network, trust },
        }),
        whos: isTold ? everybody : few,
      }
    }),
  )
  const entries = await Promise.all(
    (
      [
        ['network-one', clinicians.neverAsked],
        ['network-two', clinicians.neverAskedElsewhere],
      ] as const
    ).map(async ([home, id]): Promise<Target> => {
      const network = must(parseNetworkCode, home)
      const version = await tagOfEntry(keys.clinician(network, id))
      return {
        name: `an entry of ${network}`,
        of: 'clinician',
        id,
        isFor: (who) => {
          const membership = membershipOf(who)
          const isBroker = membership?.role === 'coordinator' || membership?.role === 'clinical-lead'
          return who === id || (isBroker && membership.network === network)
        },
        aimOf: (who) => ({
          ...{ id, otherKind: told.id, inBody: inBodyFor(who), version },
          ...{ cursors: cursorsFor(who), network, trust: 'XA1' },
        }),
        whos: few,
      }
    }),
  )
  /** Lists are tried with what others could ask of theirs: each by whoever has no part in that trust or network. */
  const behindLists = placed.map(({ network, trust }): Target => {
    const isForeign = (who: Anybody) => {
      const home = homeOf(who)
      return home.network !== network || (home.trust !== undefined && home.trust !== trust)
    }
    return {
      name: `the lists of ${trust}`,
      of: 'lists',
      id: told.id,
      isFor: () => false,
      aimOf: (who) => ({
        id: told.id,
        otherKind: clinicians.neverAsked,
        inBody: inBodyFor(who),
        version: '1',
        cursors: cursorsFor(who),
        network,
        trust,
      }),
      // A clinician of the network's register chooses from the teams of its trusts.
      isOpenTo: (who, { name }) => {
        const membership = membershipOf(who)
        return /^(get )?teams$/.test(name) && membership?.role === 'clinician' && membership.home === network
      },
      whos: everybody.filter((who) => isForeign(who) && !watches(who, network, trust)),
    }
  })

  const reads = readsOf(told, moment)
  const seesFigures = (who: Anybody, network: string) => {
    const membership = membershipOf(who)
    if (membership?.role === 'commissioner') return membership.networks.some((one) => one === network)
    return homeOf(who).network === network
  }
  const items = [...requests, ...entries]
  /** Whatever is in an answer and not for who asked. What was asked for by its id may be repeated. */
  const leaksIn = ({ status, headers, body }: Answer, who: Anybody, call: Call): readonly string[] => {
    const text = `${status} ${JSON.stringify(headers)} ${body}`
    const isAskedFor = (id: string) =>
      [call.id, call.inBody?.clinician ?? ''].some((one) => one.toLowerCase().includes(id.slice(-12)))
    return [
      ...wordsIn({ status, headers, body: text })
        .filter((word) => !reads.get(who)?.includes(word))
        .map((word) => words[word]),
      ...ownCases.flatMap((one) =>
        requests.some((target) => target.id === one.id && target.isFor(who)) || !text.includes(one.words)
          ? []
          : [one.words],
      ),
      ...items.flatMap(({ id, isFor }) => {
        // Who of another network is listed nationally is no secret to a network.
        const isSecret = id !== clinicians.neverAsked || cast.every((one) => one !== who)
        return isSecret && !isFor(who) && !isAskedFor(id) && text.includes(id) ? [id] : []
      }),
      ...Object.entries(figures).flatMap(([network, count]) =>
        !seesFigures(who, network) && text.includes(String(count)) ? [`${network}: ${count}`] : [],
      ),
    ]
  }
  /** Where somebody keeps once-records, and in whose name: in the scope of their role, and in that of the list of roles at their office. */
  const keepersOf = (who: Anybody, subject: string = who) => {
    const membership = membershipOf(who)
    if (!membership) return []
    const asker = { subject: must(parseSubject, subject), membership, standing: Promise.resolve(true) }
    return [scopeOf(membership), stewardScope(officeOf(membership))].map((scope) => ({ scope, asker }))
  }
  /** Has everybody else use a key, each where their once-records are kept, a colleague in the very same role too, and have it answered once more. */
  const othersUse = async (who: Anybody, key: string, record: OnceRecord) => {
    const others = everybody.filter((one) => one !== who).flatMap((one) => keepersOf(one))
    const one = new Map(others.map((keeper) => [keeper.scope.once, keeper]))
    for (const { scope, asker } of [...one.values(), ...keepersOf(who, 'a-colleague')]) {
      if (scope.once === UNUSED) continue
      const item = { ...keys.once(scope.once, onceKeyOf(sha256, asker, key)), kind: 'once', ...record }
      await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
      await world.deps.storesOf(asker)(scope).once(key)
    }
  }
  return { items, targets: [...items, ...behindLists], everybody, leaksIn, othersUse }
}
export type Targets = Awaited<ReturnType<typeof targetsIn>>
