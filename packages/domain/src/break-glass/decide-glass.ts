import type { Actor } from '../actor.ts'
import type { GlassId, NetworkCode, RequestId, TrustCode } from '../ids.ts'
import type { SectionRef } from '../request/request.ts'
import { addMinutes, type Instant } from '../time.ts'
import { type BreakGlass, breakers, type GlassEvent, isOpen, type ReviewFinding } from './break-glass.ts'

/** For how long a broken glass opens its case. */
const OPEN_MINUTES = 60

export type GlassCommand =
  | {
      readonly type: 'break'
      readonly id: GlassId
      readonly network: NetworkCode
      readonly trust: TrustCode
      readonly request: RequestId
      readonly wasSent: boolean
      readonly reason: SectionRef
      /** The end of the next working day. */
      readonly reviewBy: Instant
    }
  | { readonly type: 'review'; readonly finding: ReviewFinding; readonly note: SectionRef }

/** Why a glass was not broken, or not reviewed. */
export type GlassRefusal =
  | { readonly kind: 'glass-not-yours'; readonly does: GlassCommand['type']; readonly role: Actor['role'] }
  /** Nobody looks at what they did themselves. */
  | { readonly kind: 'own-glass' }
  | { readonly kind: 'glass-still-open'; readonly until: Instant }
  | { readonly kind: 'glass-reviewed-already' }
export type GlassDecision = { readonly kind: 'decided'; readonly events: readonly [GlassEvent] } | GlassRefusal

/** Decides who breaks a glass and who looks at it afterwards: a guardian who is somebody else, once it is shut again. */
export const decideGlass = (
  state: BreakGlass | undefined,
  command: GlassCommand,
  { at, actor }: { readonly at: Instant; readonly actor: Actor },
): GlassDecision => {
  const notYours = { kind: 'glass-not-yours', does: command.type, role: actor.role } as const
  if (command.type === 'break') {
    if (!breakers.some((role) => role === actor.role)) return notYours
    const { type: _type, ...broken } = command
    const until = addMinutes(at, OPEN_MINUTES)
    return { kind: 'decided', events: [{ type: 'glass.broken', ...broken, until, at, by: actor }] }
  }
  if (actor.role !== 'guardian') return notYours
  if (!state) throw new Error('Only a glass that was broken is reviewed')
  if (actor.subject === state.by.subject) return { kind: 'own-glass' }
  if (state.review) return { kind: 'glass-reviewed-already' }
  // What is read in the minutes left would stand in no review.
  if (isOpen(state, at)) return { kind: 'glass-still-open', until: state.until }
  const { finding, note } = command
  return { kind: 'decided', events: [{ type: 'glass.reviewed', id: state.id, finding, note, at, by: actor }] }
}
