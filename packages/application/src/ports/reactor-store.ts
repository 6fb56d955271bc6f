import type { Card } from '@concord/domain/clinician/clinician'
import type { NetworkCode, Subject, Tfc } from '@concord/domain/ids'
import type { ClinicianRef } from '@concord/domain/request/request'
import type { Instant } from '@concord/domain/time'
import type { PLATFORM, RequestPlace } from '../scope.ts'
import type { Exchange, Release } from './store.ts'

/** One stored event as the stream tells it: where it happened, as which one there, and what. */
export type Envelope<Event> = { readonly id: string; readonly pk: string; readonly seq: number; readonly event: Event }

export type CaseEntry = RequestPlace & {
  readonly seq: number
  readonly stage: 'offered' | 'accepted' | 'engaged' | 'over'
  readonly at: Instant
  readonly replyBy: Instant | null
  /** By whose sign-in it was accepted, once it was. */
  readonly acceptedBy: Subject | null
}

/** Something that was noted of a request for figures: when it was submitted, matched, reported. */
export type Fact = {
  readonly network: NetworkCode
  readonly period: string
  readonly request: string
  readonly what: 'submitted' | 'matched' | 'reported'
  readonly at: Instant
}

/** What the platform's own reactors write. Each write is safe to repeat, and an older one never overwrites a newer. */
export type ReactorStore = {
  readonly putCase: (clinician: ClinicianRef, entry: CaseEntry) => Promise<void>
  readonly putCard: (
    listing: { readonly network: NetworkCode | 'national'; readonly tfc: Tfc },
    card: Card & { readonly listed: boolean },
  ) => Promise<void>
  /** Kept for everybody it bears on, or for nobody; what is kept stands. */
  readonly putExchange: (network: NetworkCode, exchange: Exchange) => Promise<void>
  readonly office: (path: string) => Promise<string | undefined>
  readonly wasDone: (network: NetworkCode, key: string) => Promise<boolean>
  readonly markDone: (network: NetworkCode, key: string) => Promise<void>
  readonly park: (parked: Parked) => Promise<void>
  readonly parked: (network: NetworkCode) => Promise<readonly Parked[]>
  readonly unpark: (parked: Parked) => Promise<void>
  /** Of what happened more than once the first counts, whichever is put first. */
  readonly putFact: (fact: Fact) => Promise<void>
  readonly facts: (network: NetworkCode, period: string) => Promise<readonly Fact[]>
  /** A year is released once. */
  readonly putRelease: (release: Release) => Promise<'released' | 'released-before'>
}

/** A reaction that failed three times: kept visibly, its neighbours gone on, until it is replayed. */
export type Parked = {
  readonly network: NetworkCode | typeof PLATFORM
  readonly reaction: string
  readonly envelope: Envelope<unknown>
  readonly because: string
  readonly at: Instant
}
