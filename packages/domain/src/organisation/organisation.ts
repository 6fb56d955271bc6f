import type { OrgCode } from '../ids.ts'
import type { Coordinates } from '../ranking/distance.ts'
import type { CalendarDate } from '../time.ts'

export type OrganisationKind = 'trust' | 'board' | 'site' | 'icb' | 'region'

/** One organisation of the official files. Codes are never reused; records close rather than vanish (S-ODS1). */
export type Organisation = {
  readonly code: OrgCode
  readonly name: string
  readonly kind: OrganisationKind
  readonly country: 'England' | 'Wales'
  /** The NHS England region, of a trust. */
  readonly region: OrgCode | null
  /** The integrated care board, of a trust. */
  readonly icb: OrgCode | null
  /** The trust or board a site belongs to. */
  readonly parent: OrgCode | null
  /** Where a site lies. */
  readonly place: Coordinates | null
  readonly opened: CalendarDate | null
  readonly closed: 'open' | { readonly on: CalendarDate | null }
}

/** What became of an organisation. An unknown successor is null, never none. */
export type Succession = {
  readonly from: OrgCode
  readonly to: OrgCode | null
  readonly on: CalendarDate | null
  readonly source: string
  readonly checked: boolean
}

/** A clinical network that counts for the specialties it names, and for no other (C09). */
export type ClinicalNetwork = {
  readonly code: string
  readonly name: string
  readonly country: string
  readonly specialties: readonly string[]
  readonly members: readonly OrgCode[]
}

/** Trusts under a shared board or chief executive, each still a trust of its own (C03). */
export type TrustGroup = {
  readonly code: string
  readonly name: string
  readonly members: readonly OrgCode[]
  readonly from: CalendarDate | null
  readonly to: CalendarDate | 'ongoing'
  readonly source: string
  readonly checked: boolean
}

/** Everything known of organisations at one import, with the date each file speaks for. */
export type Organisations = {
  readonly version: string
  readonly asOf: readonly {
    readonly file: string
    readonly asOf: string
    readonly source: string
    readonly licence: string
  }[]
  readonly organisations: readonly Organisation[]
  readonly successions: readonly Succession[]
  readonly clinicalNetworks: readonly ClinicalNetwork[]
  readonly groups: readonly TrustGroup[]
}
