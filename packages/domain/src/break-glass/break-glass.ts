import type { Actor } from '../actor.ts'
import type { GlassId, NetworkCode, RequestId, Subject, TrustCode } from '../ids.ts'
import type { SectionRef } from '../request/request.ts'
import type { Instant } from '../time.ts'

/** What a guardian can find of a glass that was broken. */
export const reviewFindings = ['justified', 'not-justified', 'to-follow-up'] as const
export type ReviewFinding = (typeof reviewFindings)[number]

/** Who may break the glass: the network's clinical lead, or the trust's lead for second opinions. */
export const breakers = ['clinical-lead', 'eso-lead'] as const
export type Breaker = (typeof breakers)[number]

export type GlassReview = {
  readonly by: Subject
  readonly at: Instant
  readonly finding: ReviewFinding
  readonly note: SectionRef
}

/** One case opened in an emergency, by one person and for an hour. Why stands sealed; here it is only named. */
export type BreakGlass = {
  readonly id: GlassId
  readonly version: number
  readonly network: NetworkCode
  readonly trust: TrustCode
  readonly request: RequestId
  /** Whether the network had received the request by then: if not, the trust's guardian alone reviews it. */
  readonly wasSent: boolean
  readonly by: { readonly subject: Subject; readonly role: Breaker }
  readonly openedAt: Instant
  readonly until: Instant
  readonly reason: SectionRef
  readonly reviewBy: Instant
  readonly review: GlassReview | null
}

type Happened =
  | ({ readonly type: 'glass.broken' } & Pick<
      BreakGlass,
      'id' | 'network' | 'trust' | 'request' | 'wasSent' | 'until' | 'reason' | 'reviewBy'
    >)
  | {
      readonly type: 'glass.reviewed'
      readonly id: GlassId
      readonly finding: ReviewFinding
      readonly note: SectionRef
    }
/** One thing that happened to a glass. */
export type GlassEvent = Happened & { readonly at: Instant; readonly by: Actor }

/** What an event makes of a glass. */
export const evolveGlass = (state: BreakGlass | undefined, event: GlassEvent): BreakGlass => {
  switch (event.type) {
    case 'glass.broken': {
      const { type: _type, at, by, ...broken } = event
      if (by.role !== 'clinical-lead' && by.role !== 'eso-lead') throw new Error(`Nobody breaks a glass as ${by.role}`)
      return { ...broken, version: 1, by: { subject: by.subject, role: by.role }, openedAt: at, review: null }
    }
    case 'glass.reviewed': {
      const { at, by, finding, note } = event
      if (!state || by.role === 'system') throw new Error('A glass is reviewed by somebody, once it was broken')
      return { ...state, version: state.version + 1, review: { by: by.subject, at, finding, note } }
    }
  }
}

/** Whether what a glass opened still lies open. */
export const isOpen = ({ until }: Pick<BreakGlass, 'until'>, now: Instant) => now < until
