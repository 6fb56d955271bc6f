import { type Membership, mustBeMembership, parseMembership } from '@concord/application/scope'
import { type PostedRoleStep, roleBodies } from '@concord/contracts/bodies'
import { rolesHeld } from '@concord/contracts/replies'
import { parseTrustCode, type TrustCode } from '@concord/domain/ids'
import { grantors } from '@concord/domain/membership/role-held'
import { type Typed, typed } from '../../web/fields.tsx'
import { grantForm } from '../../web/forms.ts'
import { peoplePage } from '../../web/people.tsx'
import type { Options } from '../../web/words.ts'
import { problemOf } from '../problems.ts'
import { readForm, wrongIn } from './read-form.ts'
import { type Answer, askedOf, doneOf, refusedForm, replied, todayOf, type Visit, type VisitDeps } from './visit.ts'

/** The page of those who hold a role at an office. */
export const peopleVisits = (deps: VisitDeps) => {
  const { useCases, clock } = deps

  const show = async (at: Visit, trust: TrustCode | null, said: Typed = typed()): Promise<Answer> => {
    const { reply, refused } = replied(rolesHeld, await useCases.readRoles({ trust }, at.caller))
    if (!reply) return refused
    const { book, caller } = at
    const { membership } = caller
    return {
      page: peoplePage({
        held: reply.roles,
        called: (text) => {
          const one = parseMembership(text)
          return one ? book.roleAt(one) : text
        },
        grantable: grantableBy(at, trust, reply.roles),
        own: caller.subject,
        trusts: membership.role === 'clinical-lead' ? book.trustsOf(membership.network) : [],
        trust,
        today: todayOf(clock),
        typed: said,
        done: doneOf(at.query('done')),
      }),
    }
  }

  return {
    people: (at: Visit) => show(at, parseTrustCode(at.query('trust') ?? '') ?? null),
    'role-step': async (step: PostedRoleStep, at: Visit): Promise<Answer> => {
      const trust = trustIn(at)
      const read = readForm(roleBodies[step].body, at.form)
      const sections = step === 'grant' ? grantForm(grantableBy(at, trust), todayOf(clock)) : []
      if (read.kind === 'wrong') return show(at, trust, wrongIn(read.issues, sections, at.form))
      const asked = askedOf(deps, at, read.body)
      const outcome = await useCases.changeRole({ step: read.body, asked }, at.caller)
      if (outcome.kind !== 'done') return show(at, trust, refusedForm(at.form, problemOf(outcome), sections))
      return { to: `/people?done=${step}${trust === null ? '' : `&trust=${trust}`}` }
    },
  }
}

/** Whose people the form was about, as the role in it says. */
const trustIn = ({ form, caller: { membership: own } }: Visit): TrustCode | null => {
  const membership = parseMembership(form.get('membership') ?? '')
  return membership && 'trust' in membership && !('trust' in own) ? membership.trust : null
}

/** The roles that this person may grant where they look; of a register, those of its entries that somebody holds. */
const grantableBy = (
  { caller: { membership: own }, book }: Visit,
  trust: TrustCode | null,
  held: readonly { readonly membership: string }[] = [],
): Options => {
  if (!('network' in own)) return []
  const at = 'trust' in own ? own.trust : trust
  const place = `network/${own.network}${at === null ? '' : `/trust/${at}`}`
  const possible: readonly Membership['role'][] = at === null ? ['coordinator'] : ['requester', 'eso-lead']
  const roles = possible.filter((role) => grantors[role].includes(own.role)).map((role) => `${role}@${place}`)
  const clinicians = held.map(({ membership }) => membership).filter((one) => one.startsWith('clinician@'))
  const mayClinicians = grantors.clinician.includes(own.role)
  return [...new Set([...roles, ...(mayClinicians ? clinicians : [])])].map((one) => [
    one,
    book.roleAt(mustBeMembership(one)),
  ])
}
