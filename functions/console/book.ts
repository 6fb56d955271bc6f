import type { Membership } from '@concord/application/scope'
import { type NetworkCode, parseOrgCode, parseTfc, type TrustCode } from '@concord/domain/ids'
import type { CalendarDate } from '@concord/domain/time'
import { specialties, specialtyOf } from '@concord/policy/specialties'
import type { Names } from '../../web/request.tsx'
import { type Options, roleWords } from '../../web/words.ts'
import type { wire } from '../wiring.ts'

type BookDeps = Pick<ReturnType<typeof wire>, 'organisations' | 'organisationFiles' | 'networks'>

/** What codes are called and what can be chosen, from the documents that every instance rests on. */
export const bookOf = async ({ organisations, organisationFiles, networks }: BookDeps) => {
  const [graph, files, all] = await Promise.all([organisations(), organisationFiles(), networks()])
  const organisation = (code: string) => {
    const org = parseOrgCode(code)
    return org ? graph.name(org) : code
  }
  const network = (code: string) => all.find((one) => one.code === code)?.name ?? code
  const byName = (options: Options): Options => options.toSorted(([, a], [, b]) => a.localeCompare(b))
  const named = (codes: readonly string[]): Options => codes.map((code) => [code, organisation(code)])
  const place = (membership: Membership): string => {
    switch (membership.role) {
      case 'requester':
      case 'eso-lead':
        return organisation(membership.trust)
      case 'coordinator':
      case 'clinical-lead':
        return network(membership.network)
      case 'clinician':
        return network(membership.home)
      case 'commissioner':
        return membership.networks.map(network).join(', ')
      case 'guardian': {
        const { network: of, trust } = membership.watches
        return trust === null ? network(of) : organisation(trust)
      }
      case 'operator':
        return 'this platform'
    }
  }
  return {
    names: {
      organisation,
      network,
      specialty: (code: string) => {
        const tfc = parseTfc(code)
        return (tfc && specialtyOf(tfc)?.name) ?? code
      },
      clinician: () => '',
    } satisfies Names,
    specialties: byName(specialties.map(({ tfc, name }) => [tfc, name])),
    employers: (own: TrustCode): Options => [
      ...named([own]),
      ...byName(
        named(
          files.organisations
            .filter(
              ({ kind, closed, code }) => (kind === 'trust' || kind === 'board') && closed === 'open' && code !== own,
            )
            .map(({ code }) => code),
        ),
      ),
    ],
    trustsOf: (code: NetworkCode) => byName(named(all.find((one) => one.code === code)?.trusts ?? [])),
    nationOf: (trust: TrustCode) => {
      const found = files.organisations.find(({ code }) => code === trust)
      if (!found) throw new Error(`${trust} is in none of the organisations' files`)
      return found.country
    },
    sites: (trust: TrustCode, on: CalendarDate) => byName(named(graph.ownSites(trust, on))),
    roleAt: (membership: Membership) => `${roleWords[membership.role]}, ${place(membership)}`,
    asOf: [...new Set(files.asOf.map(({ source, asOf }) => `${source}, ${asOf}`))].join('; '),
  }
}
export type Book = Awaited<ReturnType<typeof bookOf>>
