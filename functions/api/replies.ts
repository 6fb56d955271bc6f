import type { UseCases } from '@concord/application/use-cases'
import type { Problem } from '@concord/contracts/problem'
import type { ClinicianId } from '@concord/domain/ids'
import { problemOf } from '../problems.ts'

type Outcome = Awaited<ReturnType<UseCases[keyof UseCases]>> | { readonly kind: 'bad-specialty' }
type Reply =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'reply'; readonly body: Readonly<Record<string, unknown>>; readonly version: number | null }

/** Builds each reply field by field: what a caller is told is written here, and nothing slips out with an object. */
export const replyOf = (outcome: Outcome): Reply => {
  switch (outcome.kind) {
    case 'done':
      return reply({ id: outcome.done.id, version: outcome.done.version }, outcome.done.version)
    case 'worklist':
      return reply({ rows: outcome.page.rows, next: outcome.page.next })
    case 'case': {
      const {
        id,
        version,
        status,
        trust,
        network,
        routing,
        due,
        steps,
        offers,
        acceptance,
        exclusions,
        shortlist,
        timeline,
      } = outcome.view
      const { brief, identity, narrative, opinion } = outcome.view
      return reply(
        {
          id,
          version,
          status,
          trust,
          network,
          routing,
          due,
          steps,
          offers,
          acceptance,
          exclusions,
          shortlist,
          timeline,
          brief,
          identity,
          narrative,
          opinion,
        },
        version,
      )
    }
    case 'shortlist': {
      const { takenAt, policyVersion, result, candidates } = outcome.assessed
      const names = new Map(candidates.map(({ id, entry }) => [id, entry.name]))
      const named = <T extends { readonly id: ClinicianId }>(list: readonly T[]) =>
        list.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }))
      return reply({
        takenAt,
        policyVersion,
        offerable: named(result.offerable),
        full: named(result.full),
        excluded: named(result.excluded),
      })
    }
    case 'own': {
      const { state, cases } = outcome.own
      const rows = cases.map(({ id, trust, network, stage, replyBy, offeredAt }) => ({
        id,
        trust,
        network,
        stage,
        replyBy,
        at: offeredAt,
      }))
      return reply({ entry: state, cases: rows })
    }
    case 'register':
      return reply({
        clinicians: outcome.cards.map(({ id, home, entry, openCases }) => ({
          id,
          home,
          name: entry.name,
          openCases: openCases.length,
          cap: entry.cap,
          urgencies: entry.urgencies,
          modes: entry.modes,
          languages: entry.languages,
        })),
      })
    case 'clinician':
      return reply({ ...outcome.state }, outcome.state.version)
    case 'releases':
      return reply({
        networks: outcome.networks.map(({ network, releases }) => ({
          network,
          releases: releases.map(({ period, figures: { requests, matched, medianWorkingDays } }) => ({
            period,
            requests,
            matched,
            medianWorkingDays,
          })),
        })),
      })
    default:
      return { kind: 'problem', problem: problemOf(outcome) }
  }
}

const reply = (body: Readonly<Record<string, unknown>>, version: number | null = null): Reply => ({
  kind: 'reply',
  body,
  version,
})
