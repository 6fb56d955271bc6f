import type { Subject, TrustCode } from '@concord/domain/ids'
import { decideRole, evolveRole, grantors, type RoleCommand } from '@concord/domain/membership/role-held'
import type { CalendarDate } from '@concord/domain/time'
import { actorOf, type Caller, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord } from './on-record.ts'
import { type Membership, officeOf, parseMembership, scopeOf, stewardScope } from './scope.ts'
import { type Asked, afterCommit, answeredBefore, untilSettled } from './take-step.ts'

/** What a person asks of a list of roles: whose, which, and what with it. */
export type RoleStep = { readonly subject: Subject; readonly membership: string } & (
  | { readonly type: 'grant'; readonly name: string; readonly to: CalendarDate | null }
  | { readonly type: 'confirm' | 'end' }
)

const notFound = { kind: 'not-found', what: 'role' } as const
const notStanding = { kind: 'not-standing' } as const

/** Who holds which role at one's own office: those who ask see whom they may name; a network's lead looks at its trusts' too. */
export const readRoles =
  (deps: Deps) =>
  async ({ trust }: { readonly trust: TrustCode | null }, caller: Caller) => {
    const { membership } = caller
    const office = officeKept(membership, trust)
    if (!office) return notThere(caller, 'role')
    const held = await whileStanding(caller, deps.storeFor(stewardScope(office)).roles(office))
    if (held === 'not-standing') return notStanding
    await putOnRecord(deps, caller, { about: `${officeOf(membership)}/office`, did: 'roles.read' })
    return { kind: 'roles', held } as const
  }

/** Grants, confirms or ends a role: the right person's to do, and nobody's for themselves. Whoever's role ends gets nothing on the next call. */
export const changeRole =
  (deps: Deps) =>
  async ({ step, asked }: Changing, caller: Caller) => {
    const { membership: own } = caller
    const target = parseMembership(step.membership)
    if (!target || !keeps(own, target) || !(await isThere(deps, target, caller))) return notThere(caller, 'role')
    return change(deps, { step, asked, target, keeper: officeOf(own) }, caller)
  }

/** The same by command, for the roles that are an operator's to give. */
export const changeRoleByCommand =
  (deps: Deps) =>
  async ({ step, asked }: Changing, operator: Caller) => {
    const target = parseMembership(step.membership)
    return target ? change(deps, { step, asked, target, keeper: officeOf(target) }, operator) : notFound
  }

type Changing = { readonly step: RoleStep; readonly asked: Asked }
type Change = Changing & { readonly target: Membership; readonly keeper: string }

const change = async (deps: Deps, { step, asked, target, keeper }: Change, caller: Caller) => {
  const store = deps.storeFor(stewardScope(keeper))
  return untilSettled(store, asked, async () => {
    const loaded = await whileStanding(
      caller,
      Promise.all([
        store.once(asked.once.key),
        store.role(step.subject, step.membership),
        target.role === 'clinician' ? store.holder(step.membership) : null,
      ]),
    )
    if (loaded === 'not-standing') return notStanding
    const [before, state, last] = loaded
    if (before) return answeredBefore(before, asked)
    const { subject, membership } = step
    const [actor, at, holder] = [actorOf(caller), deps.clock.now(), last?.held ?? null]
    const about = { subject, membership, role: target.role, holder, at, actor }
    const decision = decideRole(state, commandOf(step), about)
    if (decision.kind !== 'decided') return decision
    const [event] = decision.events
    const next = evolveRole(state, event)
    const done = { id: subject, tag: String(next.version) }
    // To end what somebody held earlier changes nothing about who holds the entry now.
    const isOfHolder = event.type === 'role.granted' || !holder || holder.subject === subject
    const holderBefore = target.role === 'clinician' && isOfHolder ? (last?.version ?? 0) : null
    const committed = await store.commit({
      role: { office: officeOf(target), before: state?.version ?? 0, state: next, event, holderBefore },
      once: { record: asked.once, done },
    })
    return afterCommit(committed, asked, done)
  })
}

const commandOf = (step: RoleStep): RoleCommand =>
  step.type === 'grant' ? { type: 'grant', name: step.name, to: step.to } : { type: step.type }

/** Whose office is this caller's to look after; of a network's trusts only where they keep some of its roles. */
const officeKept = (membership: Membership, trust: TrustCode | null): string | undefined => {
  const sees = membership.role === 'requester' || Object.values(grantors).some((by) => by.includes(membership.role))
  if (!sees || !('network' in membership)) return undefined
  const own = officeOf(membership)
  if (trust === null || own.endsWith(`/${trust}`)) return own
  return membership.role === 'clinical-lead' ? `${own}/${trust}` : undefined
}

/** Whether a role lies at the caller's own office, or at a trust of it. Whose it is to grant is the domain's to say. */
const keeps = (own: Membership, target: Membership) => {
  const [mine, office] = [officeOf(own), officeOf(target)]
  return 'network' in own && (office === mine || office.startsWith(`${mine}/`))
}

/** Whether there is what the role is at: a trust of the network, an entry of its register. */
const isThere = async (deps: Deps, target: Membership, { membership: own }: Caller): Promise<boolean> => {
  if ('trust' in target) return (await deps.trustsOf(target.network)).includes(target.trust)
  if (target.role !== 'clinician') return true
  const isBroker = own.role === 'coordinator' || own.role === 'clinical-lead'
  return isBroker && (await deps.storeFor(scopeOf(own)).clinician(target.home, target.clinician)) !== undefined
}
