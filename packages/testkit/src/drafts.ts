import type { Drafted } from '@concord/application/draft-request'
import type { RoutingFacts } from '@concord/domain/request/request'
import type { Opinion } from '@concord/domain/request/texts'
import { aConsultant, day, gmc, org, someRequest } from './facts.ts'

/** Words that stand for a child's in tests: wherever one of them turns up outside the sealed texts, something leaked. */
export const canaries = {
  givenName: 'Quillonia',
  familyName: 'Zweckenberg',
  nhsNumber: '9990100071',
  story: 'canary-of-the-story',
  teamView: 'canary-of-the-team',
  familyQuestion: 'canary-of-the-family',
  question: 'canary-of-the-question',
  background: 'canary-of-the-background',
  opinion: 'canary-of-the-opinion',
  summary: 'canary-of-the-summary',
  restricted: 'canary-of-what-is-restricted',
  glassReason: 'canary-of-why-the-glass-was-broken',
} as const

export const someRouting = (over: Partial<RoutingFacts> = {}): RoutingFacts => {
  const { trust: _, instructedOn: _i, ...facts } = someRequest()
  return {
    ...facts,
    kind: 'treatment-choice',
    mode: 'records',
    language: null,
    decideBy: null,
    familyInformedOn: day('2026-06-10'),
    agreement: { basis: 'parent', on: day('2026-06-10') },
    screen: { deteriorating: false, marthasRuleUsed: false },
    ...over,
  }
}

type DraftOptions = {
  readonly far?: boolean
  /** Another trust of the first network. */
  readonly trust?: 'XB1' | 'XA12'
  readonly routing?: Partial<RoutingFacts>
  readonly texts?: Partial<Drafted['texts']>
}

/** A complete draft of an invented trust: XA1 of the first network or another of it, or XC1 of the second. */
export const aDraft = ({ far = false, trust, routing = {}, texts = {} }: DraftOptions = {}): Drafted => {
  const asks = someRouting({
    ...(far && { treating: [aConsultant({ gmc: gmc(902), org: org('XC1') })], sites: [org('XC101')] }),
    ...(trust && { sites: [org(`${trust}01`)] }),
    ...routing,
  })
  return {
    routing: asks,
    texts: {
      brief: {
        question: canaries.question,
        background: canaries.background,
        team: asks.treating.map((one) => ({ gmc: one.gmc, name: 'Dr Carla Consultant' })),
      },
      identity: {
        givenName: canaries.givenName,
        familyName: canaries.familyName,
        bornOn: day('2019-03-04'),
        nhsNumber: canaries.nhsNumber,
      },
      narrative: { summary: canaries.story, teamView: canaries.teamView, familyQuestions: [canaries.familyQuestion] },
      ...texts,
    },
  }
}

export const anOpinion = (over: Partial<Opinion> = {}): Opinion => ({
  basis: 'records',
  limits: 'The child was not seen.',
  diagnosis: 'agree',
  plan: 'supports-with-changes',
  reasoning: canaries.opinion,
  answers: ['Yes.'],
  plainSummary: canaries.summary,
  ...over,
})
