import { routes } from '@concord/contracts/routes'
import { type ClinicianId, must, parseClinicianId, parseRequestId } from '@concord/domain/ids'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf } from '@concord/testkit/call-api'
import { gmc, noTies } from '@concord/testkit/facts'
import { aWorld, declarationFor, type Who, type World } from '@concord/testkit/world'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

type Operation =
  | keyof typeof apiBodies
  | 'worklist'
  | 'read-case'
  | 'read-shortlist'
  | 'read-joint-works'
  | 'read-own-answers'
  | 'inbox'
  | 'register'
  | 'read-clinician'
  | 'releases'
  | 'read-restriction'
  | 'read-opened-case'
  | 'read-reviews'
  | 'who-has-seen'
  | 'to-review'
  | 'roles'
  | 'teams'
type Heard = {
  readonly operation: string
  readonly who: string
  readonly status: number
  readonly expected: number
  readonly problems: readonly string[]
}

const table = Object.values(routes).flat()
const withId = z.object({ id: z.string(), version: z.int().optional(), tag: z.string().optional() })

/** Every step there is, taken over HTTP by whom it belongs to; each reply is held against its strict schema as it comes. */
const everyRoute = async (): Promise<readonly Heard[]> => {
  const world = await aWorld()
  await world.reactorDeps.reactor.putRelease({
    network: world.networks.one,
    period: '2025-26',
    figures: { requests: 30, matched: 'all-but-0-7', medianWorkingDays: 12 },
  })
  const heard: Heard[] = []
  const say = saying(world, heard)
  const clinician = await enrolled(world, say)

  const id = await say('requester', 'draft')
  await say('requester', 'revise', id)
  await say('requester', 'worklist')
  await say('esoLead', 'submit', id)
  await say('coordinator', 'take-up', id)
  await say('coordinator', 'complete-triage', id)
  await say('coordinator', 'shortlist', id)
  await say('coordinator', 'read-shortlist', id)
  const offer = async (request: string) => {
    await say('coordinator', 'offer', request, { clinician })
    await say(clinician, 'read-case', request)
    // Trained together with the lead consultant: to be managed, so that there is a plan to approve.
    const declaration = { ...declarationFor(), consultants: [noTies({ gmc: gmc(901), C10: 'trained-together' })] }
    await say(clinician, 'read-joint-works', request)
    const seen = await world.cases.readJointWorks({ id: must(parseRequestId, request) }, world.as(clinician))
    if (seen.kind !== 'joint-works') throw new Error(seen.kind)
    const works = seen.works.map(({ with: consultant, evidence }) => ({ with: consultant, evidence, said: 'both' }))
    await say(clinician, 'accept', request, { declaration, works })
    return works
  }
  const works = await offer(id)
  await say(clinician, 'inbox')
  await say(clinician, 'clinician-say-works', clinician, { works })
  await say('clinicalLead', 'approve-plan', id)
  await say('esoLead', 'approve-plan', id)
  for (const who of ['requester', 'coordinator', clinician] as const) await say(who, 'read-case', id)
  await say('requester', 'engage', id)
  await say(clinician, 'open-pack', id)
  await say(clinician, 'report', id)
  await say('requester', 'share', id)
  for (const who of ['requester', 'coordinator', clinician] as const) await say(who, 'read-case', id)
  await say('requester', 'close', id)
  await say('requester', 'worklist')
  await say('coordinator', 'worklist')

  const second = await world.aRequestAt('shortlisted', { clinician })
  await offer(second)
  await say('requester', 'record-objection', second)
  await say('requester', 'withdraw', second)
  const third = await world.aRequestAt('offered', { clinician })
  await say(clinician, 'decline', third)
  await say('coordinator', 'read-case', third)
  const fourth = await world.aRequestAt('offered', { clinician })
  const answering = (C08: 'yes' | 'no' | 'unsure') => ({
    ...declarationFor(),
    consultants: [noTies({ gmc: gmc(901), C08 })],
  })
  await say(clinician, 'accept', fourth, { declaration: answering('unsure') })
  for (const who of ['coordinator', clinician] as const) await say(who, 'read-case', fourth)
  await say('coordinator', 'settle-declaration', fourth, { ...apiBodies['settle-declaration'], clinician })
  await say(clinician, 'accept', fourth, { declaration: answering('yes') })
  await say(clinician, 'read-own-answers', fourth)
  await say(clinician, 'answer-again', fourth, { again: { stage: 'acceptance', declaration: answering('no') } })
  await say('coordinator', 'decide-declaration', fourth, { decision: 'ask-again', clinician })
  await say('coordinator', 'read-case', fourth)
  await say('commissioner', 'releases')
  await say('esoLead', 'restrict', third)
  await say('esoLead', 'read-restriction', third)
  const glass = await say('clinicalLead', 'break-glass', third)
  await say('clinicalLead', 'read-opened-case', third)
  await say('guardian', 'to-review')
  world.passMinutes(61)
  await say('trustGuardian', 'read-reviews', third)
  await say('guardian', 'review-glass', third, { ...apiBodies['review-glass'], glass })
  await say('trustGuardian', 'who-has-seen', third)
  for (const change of ['role-grant', 'role-confirm', 'role-end'] as const) await say('esoLead', change)
  await say('esoLead', 'roles')
  for (const change of ['team-add', 'team-rename', 'team-retire', 'team-restore'] as const) await say('esoLead', change)
  await say('requester', 'teams')
  return heard
}

/** A clinician applied for, verified, declared and listed, all over HTTP. */
const enrolled = async (world: World, say: ReturnType<typeof saying>): Promise<ClinicianId> => {
  const id = must(parseClinicianId, await say('coordinator', 'clinician-apply'))
  await world.grant(id)
  await say('coordinator', 'clinician-verify', id)
  await say(id, 'clinician-declare', id)
  await say(id, 'clinician-set-availability', id)
  await say(id, 'clinician-record-affiliations', id)
  await say(id, 'clinician-record-works', id)
  await say('coordinator', 'clinician-list', id)
  await say('coordinator', 'register')
  await say(id, 'clinician-unlist', id)
  await say('coordinator', 'clinician-list', id)
  await say('coordinator', 'read-clinician', id)
  return id
}

const saying = (world: World, heard: Heard[]) => {
  const send = apiOf(world)
  const bodies: Readonly<Record<string, object>> = apiBodies
  return async (who: Who, operation: Operation, id = '', body: object | undefined = bodies[operation]) => {
    const route = table.find(({ config }) => config.operationId === operation)
    if (!route) throw new Error(`No operation ${operation}`)
    const { config, reply, status: expected } = route
    const path = `${config.path.replace('{id}', id)}${operation === 'register' ? '?tfc=421' : ''}`
    const answer = await send(who, config.method.toUpperCase(), path, { ...(body && { body }) })
    const text = await answer.text()
    const read = reply.safeParse(JSON.parse(text))
    const { tag, version } = withId.safeParse(JSON.parse(text)).data ?? {}
    const told = tag ?? version
    const etag = answer.headers.get('etag')
    heard.push({
      operation,
      who,
      status: answer.status,
      expected,
      problems: [
        ...(read.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message} in ${text}`),
        ...(etag === (told === undefined ? null : `"${told}"`) ? [] : [`ETag ${etag} of ${told}`]),
      ],
    })
    await world.settle()
    return withId.safeParse(JSON.parse(text)).data?.id ?? ''
  }
}

describe('every route', () => {
  let heard: readonly Heard[] = []
  beforeAll(async () => {
    heard = await everyRoute()
  })

  // evidence: ASVS 8.2.3, 15.3.1
  test('answers whom it belongs to as it says it does', () => {
    expect(heard.filter(({ status, expected, problems }) => status !== expected || problems.length > 0)).toEqual([])
  })

  test('was asked', () => {
    const asked = new Set(heard.map(({ operation }) => operation))
    expect([...asked].toSorted()).toEqual(table.map(({ config }) => config.operationId).toSorted())
  })
})
