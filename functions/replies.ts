import type { UseCases } from '@concord/application/use-cases'
import type { Problem } from '@concord/contracts/problem'
import type { ClinicianState } from '@concord/domain/clinician/clinician'
import { type ClinicianId, trustOf } from '@concord/domain/ids'
import { lapsesOn } from '@concord/domain/membership/role-held'
import { problemOf } from './problems.ts'

export type Outcome = Awaited<ReturnType<UseCases[keyof UseCases]>>
type Reply =
  | { readonly problem: Problem }
  | { readonly body: Readonly<Record<string, unknown>>; readonly tag: string | null }

/** What a caller is told of each outcome. Tests read every reply through its strict schema, so that nothing slips out with an object. */
export const replyOf = (outcome: Outcome): Reply => {
  switch (outcome.kind) {
    case 'done':
      return reply(outcome.done, outcome.done.tag)
    case 'worklist':
      return reply({
        rows: outcome.page.rows.map((row) => ({ ...row, trust: trustOf(row.id) })),
        next: outcome.page.next,
      })
    case 'case':
      return reply(outcome.view, outcome.view.tag)
    case 'shortlist': {
      const { takenAt, policyVersion, result, candidates, nobodyFits } = outcome.assessed
      const names = new Map(candidates.map(({ id, entry }) => [id, entry.name]))
      const named = <T extends { readonly id: ClinicianId }>(list: readonly T[]) =>
        list.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }))
      const [offerable, full, excluded] = [named(result.offerable), named(result.full), named(result.excluded)]
      const nobody = nobodyFits && {
        ...nobodyFits,
        nearest: named(nobodyFits.nearest),
        routes: nobodyFits.routes.map(({ ids, ...route }) => ({ ...route, people: named(ids.map((id) => ({ id }))) })),
      }
      return reply({ takenAt, policyVersion, offerable, full, excluded, nobodyFits: nobody })
    }
    case 'joint-works':
      return reply({ works: outcome.works })
    case 'own-answers':
      return reply({ id: outcome.id, stage: outcome.stage, signed: outcome.signed })
    case 'own':
      return reply({ entry: entryOf(outcome.own.state), cases: outcome.own.cases })
    case 'register':
      return reply({
        clinicians: outcome.cards.map(({ id, home, openCases, entry: { name, cap, urgencies, modes, languages } }) => ({
          ...{ id, home, name, openCases: openCases.length, cap, urgencies, modes, languages },
        })),
      })
    case 'clinician':
      return reply(entryOf(outcome.state), String(outcome.state.version))
    case 'restricted':
      return reply(outcome.note)
    case 'opened-case':
      return reply(outcome.view)
    case 'to-review':
      return reply({ waiting: outcome.waiting })
    case 'glasses':
      return reply({ id: outcome.id, glasses: outcome.glasses })
    case 'who-has-seen':
      return reply({ cases: outcome.cases })
    case 'roles':
      return reply({ roles: outcome.held.map((held) => ({ ...held, lapsesOn: lapsesOn(held) })) })
    case 'teams':
      return reply({ teams: outcome.teams })
    case 'releases':
      return reply({
        networks: outcome.networks.map(({ network, releases }) => ({
          network,
          releases: releases.map(({ period, figures }) => ({ period, ...figures })),
        })),
      })
    default:
      return { problem: problemOf(outcome) }
  }
}

/** How many cases a clinician has in hand is their network's to know, and not whose: they may be another network's. */
const entryOf = ({ id, home, version, status, entry, openCases, works, givenOn }: ClinicianState) => ({
  ...{ id, home, version, status, entry, works, givenOn },
  openCases: openCases.length,
})

const reply = (body: Readonly<Record<string, unknown>>, tag: string | null = null): Reply => ({ body, tag })
