import { tick } from '@concord/application/tick'
import type { StepCall } from '@concord/application/use-cases'
import { type ClinicianId, must, parseRequestId, type RequestId } from '@concord/domain/ids'
import { aDraft, anOpinion, canaries } from '@concord/testkit/drafts'
import { gmc, openingAnswers } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import {
  aWorld,
  declarationFor,
  done,
  memberships,
  type PathStatus,
  type Who,
  type World,
} from '@concord/testkit/world'
import type { Defence } from './defences.ts'

/** The moments of a case at which who sees what changes; given up is a draft that was withdrawn before it was ever sent. */
export const moments = [
  'draft',
  'given-up',
  'submitted',
  'offered',
  'accepted',
  'engaged',
  'in-review',
  'reported',
  'closed',
  'withdrawn',
] as const
export type Moment = (typeof moments)[number]

/** Clinicians by what became of them on the case; the one who takes it is of another network's register. */
export type Clinicians = Readonly<
  Record<
    'chosen' | 'declined' | 'expired' | 'objectedTo' | 'notNeeded' | 'neverAsked' | 'neverAskedElsewhere',
    ClinicianId
  >
>
export type Story = {
  readonly world: World
  /** Everything in the tables, but for who is signed in. */
  readonly dump: () => string
  readonly id: RequestId
  readonly clinicians: Clinicians
  /** Everybody who has no business with the case, and never had or no longer has. */
  readonly outsiders: readonly (Who | 'nobody')[]
  /** A draft of each of the other trusts, without the words to look for. */
  readonly ownCases: readonly { readonly who: Who; readonly id: RequestId; readonly words: string }[]
}

const brokers: readonly Who[] = ['coordinator', 'clinicalLead']
/** Whose case it is by their role, whatever moment it is. Anybody else of the cast has no business with it: a new role too, until it stands here. */
const concerned: readonly Who[] = [
  ...(['requester', 'esoLead'] as const),
  ...brokers,
  // Those who watch over it see who has seen it, and no word of it.
  ...(['guardian', 'trustGuardian'] as const),
]
const isNamed = (name: string): name is keyof typeof memberships => name in memberships
export const cast: readonly Who[] = Object.keys(memberships).filter(isNamed)

/** One case of XA1 with all that can happen on the way, up to a moment, and the cast around it. */
export const storyUpTo = async (
  moment: Moment,
  { tables = memoryTables(), ...defence }: Defence & { readonly tables?: ReturnType<typeof memoryTables> } = {},
): Promise<Story> => {
  const world = await aWorld({ tables, ...defence })
  const clinicians: Clinicians = {
    declined: await world.aListed(2),
    expired: await world.aListed(3),
    objectedTo: await world.aListed(6),
    notNeeded: await world.aListed(5),
    neverAsked: await world.aListed(4),
    neverAskedElsewhere: await world.aListed(8, { visibility: 'network' }, world.networks.two),
    chosen: await world.aListed(1, {}, world.networks.two),
  }
  const ownCases = await Promise.all(
    (['otherRequester', 'alikeRequester', 'farRequester'] as const).map((who) => draftPlainly(world, who)),
  )
  const colleagues = { unwelcome: [gmc(981)], discussedWith: [gmc(982)], treatedBy: [gmc(983)] }
  const id = await world.aRequestAt('draft', { draft: { routing: colleagues } })
  await tell(world, id, clinicians, moment)
  const { chosen, notNeeded, ...others } = clinicians
  const neverSent = moment === 'draft' || moment === 'given-up'
  return {
    world,
    dump: () =>
      JSON.stringify(tables.all().filter(({ item }) => item['kind'] !== 'session' && !isRefusal(item['did']))),
    id,
    clinicians,
    ownCases,
    outsiders: [
      ...cast.filter((who) => !concerned.includes(who)),
      // What was never sent is no business of the network's.
      ...(neverSent ? brokers : []),
      'nobody',
      ...Object.values(others),
      ...(moment === 'offered' ? [] : [notNeeded]),
      ...(neverSent || moment === 'submitted' || moment === 'closed' || moment === 'withdrawn' ? [chosen] : []),
    ],
  }
}

/** That somebody was refused is put on record, and is no deed. */
const isRefusal = (did: unknown) => typeof did === 'string' && did.startsWith('refused ')

/** How far a case had come that ends by being withdrawn. */
const withdrawnFrom: Partial<Record<Moment, Moment>> = { withdrawn: 'in-review', 'given-up': 'draft' }

const tell = async (world: World, id: RequestId, clinicians: Clinicians, moment: Moment) => {
  const { chosen, declined, expired, objectedTo, notNeeded } = clinicians
  const step = (who: Who, call: Parameters<World['mustStep']>[2]) => world.mustStep(who, id, call)
  const offerTo = (clinician: ClinicianId) => step('coordinator', { type: 'offer', clinician })
  const accept = { type: 'accept', declaration: declarationFor() } as const
  const chapters: readonly (readonly [Moment, () => Promise<unknown>])[] = [
    ['draft', async () => undefined],
    [
      'submitted',
      async () => {
        await step('esoLead', { type: 'submit' })
        await step('requester', { type: 'restrict', note: { text: canaries.restricted }, readers: [] })
      },
    ],
    [
      'offered',
      async () => {
        const broken = { id, reason: canaries.glassReason, asked: world.asked() }
        done(await world.cases.breakGlass(broken, world.as('clinicalLead')))
        await step('coordinator', { type: 'take-up' })
        await step('coordinator', { type: 'complete-triage' })
        await step('coordinator', { type: 'shortlist' })
        await offerTo(declined)
        await step(declined, { type: 'decline', because: 'no-capacity' })
        await offerTo(expired)
        world.passMinutes(7 * 24 * 60)
        await tick(world.deps)()
        await world.settle()
        await offerTo(objectedTo)
        await step(objectedTo, accept)
        await step('requester', { type: 'record-objection' })
        await step('coordinator', { type: 'shortlist' })
        await offerTo(notNeeded)
        await offerTo(chosen)
      },
    ],
    ['accepted', () => step(chosen, accept)],
    ['engaged', () => step('requester', { type: 'engage', familyView: 'agrees' })],
    ['in-review', () => step(chosen, { type: 'open-pack', answers: openingAnswers() })],
    ['reported', () => step(chosen, { type: 'report', opinion: anOpinion() })],
    [
      'closed',
      async () => {
        await step('requester', { type: 'share' })
        await step('requester', { type: 'close', outcome: 'plan-confirmed' })
      },
    ],
  ]
  const last = withdrawnFrom[moment] ?? moment
  for (const [reached, happens] of chapters) {
    await happens()
    if (reached === last) break
  }
  if (withdrawnFrom[moment]) await step('requester', { type: 'withdraw', because: 'resolved' })
}

export const plainWords = 'words of another child'
const draftsOf = {
  otherRequester: { trust: 'XB1' },
  alikeRequester: { trust: 'XA12' },
  farRequester: { far: true },
} as const
/** A draft of somebody else's that says none of the words that are looked for, and some of its own. */
const draftPlainly = async (world: World, who: 'otherRequester' | 'alikeRequester' | 'farRequester') => {
  const words = `${plainWords}, of ${who}`
  const { routing, texts } = aDraft(draftsOf[who])
  const plain = {
    brief: { question: words, background: words, team: [] },
    identity: { ...texts.identity, givenName: 'Otto', familyName: 'Plainwright', nhsNumber: null },
    narrative: { summary: words, teamView: words, familyQuestions: [] },
  }
  const draft = { routing, texts: plain, asked: world.asked(), revises: null }
  return { who, id: must(parseRequestId, done(await world.cases.draft(draft, world.as(who))).id), words }
}

/** How a clinician's business with a case ends: from where, and by whose step. */
const endings = {
  'has declined': ['offered', 'self', { type: 'decline', because: 'no-capacity' }],
  'has declined while another is asked': ['offered', 'self', { type: 'decline', because: 'no-capacity' }],
  'is not needed, another having accepted': ['offered', 'other', { type: 'accept', declaration: declarationFor() }],
  'is objected to by the family': ['accepted', 'requester', { type: 'record-objection' }],
  'found a conflict on opening the pack': [
    'engaged',
    'self',
    { type: 'open-pack', answers: { C05: 'yes', C12: 'no', C13: 'no' } },
  ],
  'is asked in vain, the request being withdrawn': ['offered', 'requester', { type: 'withdraw', because: 'resolved' }],
  'was at work on a request now withdrawn': ['in-review', 'requester', { type: 'withdraw', because: 'resolved' }],
  'has given an opinion on a request now closed': ['shared', 'requester', { type: 'close', outcome: 'plan-confirmed' }],
} as const satisfies Record<string, readonly [PathStatus, 'self' | 'other' | 'requester', StepCall]>

type Ending = keyof typeof endings
export const endingNames = Object.keys(endings).filter((name): name is Ending => name in endings)

/** A case just ended for its clinician, before any reactor has told the inbox so. */
export const storyJustEnded = async (ending: Ending) => {
  const world = await aWorld()
  const [clinician, other] = [await world.aListed(1), await world.aListed(2)]
  const [status, by, call] = endings[ending]
  const id = await world.aRequestAt(status, { clinician, others: ending.includes('another') ? [other] : [] })
  const who = { self: clinician, other, requester: 'requester' } as const
  done(await world.step(who[by], id, call))
  return { world, id, clinician }
}
