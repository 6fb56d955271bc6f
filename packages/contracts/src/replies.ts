import { roles } from '@concord/domain/actor'
import { deadlineSteps } from '@concord/domain/calendar/deadlines'
import { statuses } from '@concord/domain/request/request'
import { stepNames } from '@concord/domain/request/transitions'
import { z } from 'zod'
import { clinicianState } from './domain/clinician.ts'
import { acceptance, exclusion, offer, routingFacts, shortlistRef } from './domain/request.ts'
import { brief, childIdentity, narrative, opinion } from './domain/texts.ts'

// What goes out. Strict, so that a test which reads a reply through its schema fails on a field too many.

export const done = z.strictObject({ id: z.string(), version: z.int() })

const due = z.strictObject({ step: z.enum([...deadlineSteps, 'reply']), by: z.string() }).nullable()
const status = z.enum(statuses)

export const worklist = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      status,
      tfc: z.string(),
      urgency: z.string(),
      due: z.strictObject({ step: z.string(), by: z.string() }).nullable(),
      submittedAt: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})

export const caseView = z.strictObject({
  id: z.string(),
  version: z.int(),
  status,
  trust: z.string(),
  network: z.string(),
  routing: routingFacts,
  due,
  steps: z.array(z.enum(stepNames)),
  offers: z.array(offer),
  acceptance: acceptance.nullable(),
  exclusions: z.array(exclusion),
  shortlist: shortlistRef.nullable(),
  timeline: z.array(
    z.strictObject({
      at: z.string(),
      type: z.string(),
      role: z.enum([...roles, 'system']),
      clinician: z.string().nullable(),
    }),
  ),
  brief: brief.nullable(),
  identity: childIdentity.nullable(),
  narrative: narrative.nullable(),
  opinion: opinion.nullable(),
})

const evidence = z.strictObject({
  fact: z.string(),
  whose: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  source: z.string(),
})
const finding = z.strictObject({
  rule: z.string(),
  severity: z.string(),
  confidence: z.string(),
  evidence,
  sentence: z.string(),
  familySentence: z.string(),
})
const who = { id: z.string(), name: z.string() }

export const shortlist = z.strictObject({
  takenAt: z.string(),
  policyVersion: z.string(),
  offerable: z.array(
    z.strictObject({
      ...who,
      score: z.int(),
      parts: z.record(z.string(), z.int()),
      findings: z.array(finding),
      toAsk: z.array(z.strictObject({ rule: z.string(), fact: z.string(), by: z.string() })),
    }),
  ),
  full: z.array(z.strictObject({ ...who, findings: z.array(finding) })),
  excluded: z.array(z.strictObject({ ...who, findings: z.array(finding) })),
})

export const inbox = z.strictObject({
  entry: clinicianState,
  cases: z.array(
    z.strictObject({
      id: z.string(),
      trust: z.string(),
      network: z.string(),
      stage: z.enum(['offered', 'accepted', 'engaged']),
      replyBy: z.string().nullable(),
      at: z.string(),
    }),
  ),
})

export const clinician = clinicianState
export const register = z.strictObject({
  clinicians: z.array(
    z.strictObject({
      ...who,
      home: z.string(),
      openCases: z.int(),
      cap: z.int(),
      urgencies: z.array(z.string()),
      modes: z.array(z.string()),
      languages: z.array(z.string()),
    }),
  ),
})

const banded = z.union([z.literal('0-7'), z.int()])
export const releases = z.strictObject({
  networks: z.array(
    z.strictObject({
      network: z.string(),
      releases: z.array(
        z.strictObject({
          period: z.string(),
          requests: banded,
          matched: banded,
          medianWorkingDays: z.int().nullable(),
        }),
      ),
    }),
  ),
})
