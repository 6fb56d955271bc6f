import { roles } from '@concord/domain/actor'
import { deadlineSteps } from '@concord/domain/calendar/deadlines'
import { declaredStages } from '@concord/domain/request/declared'
import { statuses } from '@concord/domain/request/request'
import { stepNames } from '@concord/domain/request/transitions'
import { z } from 'zod'
import { breakGlass, finding as reviewed } from './domain/break-glass.ts'
import { clinicianState, entry } from './domain/clinician.ts'
import { urgency } from './domain/facts.ts'
import { acceptance, declared, exclusion, offer, ownAnswers, routingFacts, shortlistRef } from './domain/request.ts'
import { roleHeld } from './domain/role-held.ts'
import * as text from './domain/scalars.ts'
import { listedTeam } from './domain/team.ts'
import { brief, childIdentity, narrative, opinion } from './domain/texts.ts'
import { workToSay } from './domain/works.ts'

// What goes out. Strict, so that a test which reads a reply through its schema fails on a field too many.

const { calendarDate, clinicianId, instant, networkCode, requestId, trustCode } = text
const version = z.int().positive().meta({ description: 'Counts the changes; the ETag says the same in quotes' })
/** Opaque: whether it is the same says whether anything changed that this caller can see, and nothing else. */
const tag = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .meta({
    description: 'Another after each change that this caller can see, and only then; the ETag says the same in quotes',
  })

export const done = z
  .strictObject({ id: z.union([requestId, clinicianId, text.glassId, text.teamId, text.subject]), tag })
  .meta({ id: 'Done', description: 'What was made or changed, and its tag after it' })

const due = z
  .strictObject({ step: z.enum([...deadlineSteps, 'reply']), by: instant })
  .nullable()
  .meta({ description: 'What is waited for, and until when; null once nobody waits' })
const status = z.enum(statuses).meta({ id: 'Status' })

export const worklist = z
  .strictObject({
    rows: z.array(
      z.strictObject({
        id: requestId,
        trust: trustCode,
        status,
        tfc: text.tfc,
        urgency,
        due,
        submittedAt: instant.nullable(),
      }),
    ),
    next: z.string().nullable().meta({ description: 'The cursor of the next page, if there is one' }),
  })
  .meta({ id: 'Worklist' })

const timelineLine = z.strictObject({
  at: instant,
  type: z.string().meta({ examples: ['request.submitted', 'offer.made', 'opinion.reported'] }),
  role: z.enum([...roles, 'system']),
  clinician: clinicianId.nullable(),
})
const ofOthers = { unwelcome: true, discussedWith: true, treatedBy: true } as const

export const caseView = z
  .strictObject({
    id: requestId,
    tag,
    status,
    trust: trustCode,
    network: networkCode,
    routing: routingFacts
      .partial(ofOthers)
      .meta({ description: 'As it was asked; a clinician is not told who else is or is not welcome' }),
    due,
    steps: z.array(z.enum(stepNames)).meta({ description: 'What this caller’s role may do as the request stands' }),
    offers: z.array(offer).meta({ description: 'Open offers, to those who made them and to whom they were made' }),
    acceptance: acceptance.omit({ acceptedBy: true }).nullable(),
    exclusions: z.array(exclusion).meta({ description: 'Who is out for this request: for the network alone' }),
    declarations: z.array(declared).meta({
      description: 'What clinicians signed: to the network all of it, to a clinician their own',
    }),
    shortlist: shortlistRef.nullable(),
    restrictedTo: z.array(text.subject).meta({
      description: 'Who may read what is safeguarding or legal, where something is: for the trust alone',
    }),
    timeline: z.array(timelineLine),
    sameChild: z
      .array(requestId)
      .meta({ description: 'Other requests of the network about the same child: for the network alone' }),
    erasedAt: instant.nullable().meta({ description: 'When the texts were erased: from then on all of them are null' }),
    brief: text.orNull(brief),
    identity: text.orNull(childIdentity),
    narrative: text.orNull(narrative),
    opinion: text.orNull(opinion),
  })
  .meta({ id: 'Case', description: 'One request. A text that is not (or not yet) for this caller is null' })

const finding = z
  .strictObject({
    rule: z.string().meta({ examples: ['C01'] }),
    severity: z.enum(['BAR', 'MANAGE', 'NOTE', 'UNKNOWN']),
    stage: z.enum(['offer', 'acceptance', 'opening', 'report']).meta({ description: 'By when it must be settled' }),
    appliesTo: z.string().meta({ description: 'Whom it is about' }),
    confidence: z.enum(['declared', 'derived', 'unknown']),
    evidence: z.strictObject({
      fact: z.string(),
      whose: z.string(),
      from: z.string().nullable().meta({ description: 'A day, or two days between which it lies' }),
      to: z.string().nullable(),
      source: z.string(),
      asOf: z.string().meta({ description: 'The day the fact speaks for' }),
    }),
    sentence: z.string(),
    familySentence: z.string().meta({ description: 'The same in words for a family' }),
  })
  .meta({ id: 'Finding', description: 'A rule that holds, or (UNKNOWN) a fact without which it cannot be settled' })
const who = { id: clinicianId, name: z.string() }
const stages = z.enum(['offer', 'acceptance', 'opening', 'report'])

const nobodyFits = z
  .strictObject({
    emptiedBy: z.array(z.strictObject({ rule: z.string(), candidates: z.int() })),
    nearest: z.array(
      z.strictObject({
        ...who,
        rules: z.array(z.string()),
        eligibleFrom: calendarDate.nullable().meta({ description: 'The first day, if one can be known' }),
        upon: z.array(z.string()).meta({ description: 'What must be done or known first' }),
      }),
    ),
    elsewhere: z.array(z.strictObject({ network: z.string(), candidates: z.int(), national: z.int() })),
    routes: z.array(
      z.strictObject({
        route: z.enum(['mdt', 'least-conflicted']),
        isOpen: z.boolean(),
        people: z.array(z.strictObject(who)),
        because: z.string(),
      }),
    ),
  })
  .meta({
    id: 'NobodyFits',
    description: 'Which rules emptied the list, who is nearest and from when, and the other routes',
  })

export const shortlist = z
  .strictObject({
    takenAt: instant,
    policyVersion: z.string(),
    offerable: z.array(
      z.strictObject({
        ...who,
        score: z.int(),
        parts: z.record(z.string(), z.int()).meta({ description: 'What the score is made of' }),
        findings: z.array(finding),
        toAsk: z
          .array(z.strictObject({ rule: z.string(), fact: z.string(), by: stages }))
          .meta({ description: 'What the clinician’s declaration will still ask' }),
      }),
    ),
    full: z.array(z.strictObject({ ...who, findings: z.array(finding) })),
    excluded: z.array(z.strictObject({ ...who, findings: z.array(finding) })),
    nobodyFits: text.orNull(nobodyFits).meta({
      description: 'What there is to do when nobody can be asked; null where somebody can',
    }),
  })
  .meta({ id: 'Shortlist', description: 'Every clinician of the specialty once: best first, without a place, or out' })

const openCases = z.int().meta({ description: 'How many cases are in hand' })
const { home, status: standing, givenOn, works } = clinicianState.shape
/** A register entry as it is shown: how many cases are in hand, and not whose. */
export const clinician = z
  .strictObject({ id: clinicianId, home, version, status: standing, entry, openCases, works, givenOn })
  .meta({ id: 'Clinician', description: 'A register entry, with the days on which opinions were given' })

export const jointWorks = z.strictObject({ works: z.array(workToSay) }).meta({
  id: 'JointWorks',
  description: 'What your works show about the treating consultants, for you to confirm or correct',
})

export const ownSigned = z
  .strictObject({ id: requestId, stage: z.enum(declaredStages), signed: z.array(ownAnswers) })
  .meta({ id: 'OwnAnswers', description: 'What you signed for a request that your answers have closed to you' })

export const inbox = z
  .strictObject({
    entry: clinician,
    cases: z.array(
      z.strictObject({
        id: requestId,
        trust: trustCode,
        network: networkCode,
        stage: z.enum(['offered', 'accepted', 'engaged']),
        offeredAt: instant,
        replyBy: instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'Inbox' })

const { cap, urgencies, modes, languages } = entry.shape
export const register = z
  .strictObject({
    clinicians: z.array(z.strictObject({ ...who, home, openCases, cap, urgencies, modes, languages })),
  })
  .meta({ id: 'Register' })

const banded = z.union([z.literal('0-7'), z.int()]).meta({ description: 'Small numbers are one band' })
const release = z.strictObject({
  period: z.string().meta({ examples: ['2026-27'] }),
  requests: banded,
  matched: z.union([banded, z.literal('all-but-0-7')]),
  medianWorkingDays: z.int().nullable().meta({ description: 'From submission to the opinion; null where too few' }),
})
export const releases = z
  .strictObject({ networks: z.array(z.strictObject({ network: networkCode, releases: z.array(release) })) })
  .meta({ id: 'Releases', description: 'Published figures by financial year, newest first' })

export const restricted = z
  .strictObject({ text: text.prose, readers: z.array(text.subject) })
  .meta({ id: 'Restricted', description: 'Safeguarding or legal, and who may read it' })

export const openedCase = z
  .strictObject({
    id: requestId,
    glass: text.glassId,
    until: instant.meta({ description: 'When it shuts again' }),
    brief: text.orNull(brief),
    identity: text.orNull(childIdentity),
    narrative: text.orNull(narrative),
    opinion: text.orNull(opinion),
    restricted: z.string().nullable(),
  })
  .meta({ id: 'OpenedCase', description: 'All that is sealed of a case, under a broken glass' })

const broken = { id: text.glassId, by: breakGlass.shape.by, openedAt: instant, until: instant, reviewBy: instant }
export const toReview = z
  .strictObject({ waiting: z.array(z.strictObject({ ...broken, request: requestId })) })
  .meta({ id: 'ToReview' })

export const glasses = z
  .strictObject({
    id: requestId,
    glasses: z.array(
      z.strictObject({
        ...broken,
        version,
        reason: z.string().nullable().meta({ description: 'Null where it was erased with the texts of the case' }),
        opened: z.array(z.strictObject({ at: instant, did: z.string() })),
        review: z
          .strictObject({ by: text.subject, at: instant, finding: reviewed, note: z.string().nullable() })
          .nullable()
          .meta({ description: 'What a guardian found; null until one has looked' }),
      }),
    ),
  })
  .meta({ id: 'Glasses', description: 'Every time the glass over a case was broken' })

export const whoHasSeen = z
  .strictObject({
    cases: z.array(
      z.strictObject({
        id: requestId,
        lines: z.array(
          z.strictObject({
            at: instant,
            who: z.string().nullable().meta({ description: 'Null where it is not for this guardian to know' }),
            name: z.string().nullable().meta({ description: 'Where the lists of roles that one may see know it' }),
            role: z.string(),
            did: z.string().meta({ examples: ['case.read', 'offer.made'] }),
          }),
        ),
        next: z
          .string()
          .nullable()
          .meta({ description: 'For the page of this case that comes after; null on the last' }),
      }),
    ),
  })
  .meta({ id: 'WhoHasSeen', description: 'Who saw or did what, the latest first, 50 to a page' })

export const teams = z
  .strictObject({ teams: z.array(listedTeam.extend({ isYours: z.boolean() }).meta({ id: 'TeamToChoose' })) })
  .meta({ id: 'Teams', description: '`isYours`: on the list that you keep' })

const { subject: holder, name: heldBy, membership, from, to, reviewBy, endedAt } = roleHeld.shape
export const rolesHeld = z
  .strictObject({
    roles: z.array(
      z.strictObject({
        subject: holder,
        name: heldBy,
        membership,
        from,
        to,
        reviewBy,
        endedAt,
        version,
        lapsesOn: calendarDate,
      }),
    ),
  })
  .meta({ id: 'Roles', description: 'The roles held at an office, those that ended too' })
