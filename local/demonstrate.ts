import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { must, parseTrustCode } from '@concord/domain/ids'
import { interestRules } from '@concord/domain/independence/facts'
import { dateAt } from '@concord/domain/time'
import { systemClock } from '@concord/platform/system'
import { z } from 'zod'
import { demoCase, demoOpinion } from './cast/cases.ts'
import { cast } from './cast.ts'
import type { Running } from './open.ts'
import { operatorOf } from './operator.ts'
import { accessToken } from './sign-in.ts'

const reply = z.object({ id: z.string(), tag: z.string() })
const shortlistReply = z.object({
  offerable: z.array(z.object({ id: z.string(), name: z.string(), score: z.int(), toAsk: z.array(z.unknown()) })),
  full: z.array(z.unknown()),
  excluded: z.array(
    z.object({ name: z.string(), findings: z.array(z.object({ rule: z.string(), sentence: z.string() })) }),
  ),
})
const caseReply = z.object({
  status: z.string(),
  identity: z.object({ givenName: z.string() }).nullable(),
  opinion: z.object({ plainSummary: z.string(), plan: z.string() }).nullable(),
  timeline: z.array(z.unknown()),
})
const inboxReply = z.object({ cases: z.array(z.object({ id: z.string(), stage: z.string() })) })

/** A person of the cast, calling the API over HTTP as a program of theirs would. */
const personOf = async ({ consoleUrl, issuer, audience }: Running, subject: string) => {
  const token = await accessToken({ issuer, audience, subject })
  const send = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${consoleUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, content: await answer.json() }
  }
  const must = async (method: string, path: string, body?: object) => {
    const { status, content } = await send(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path} as ${subject}: ${status} ${JSON.stringify(content)}`)
    return content
  }
  return {
    send,
    get: (path: string) => must('GET', path),
    post: (path: string, body: object) => must('POST', path, body),
  }
}
type Person = Awaited<ReturnType<typeof personOf>>

/** What an event implies on somebody else's side comes seconds later: asked for until it is there. */
const until = async <T>(what: string, ask: () => Promise<T | undefined>): Promise<T> => {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await ask()
    if (found !== undefined) return found
    await wait(200)
  }
  throw new Error(`${what} did not come within half a minute`)
}

const inboxStage = (clinician: Person, id: string, stage: string) =>
  until(`The case as ${stage}`, async () =>
    inboxReply.parse(await clinician.get('/v1/inbox')).cases.find((one) => one.id === id && one.stage === stage),
  )

/** Takes one request over HTTP from a draft to its end, says each step, and gives its id; throws when anything is not as it should be. */
export const demonstrate = async (running: Running, say: (line: string) => void): Promise<string> => {
  const as = (subject: string) => personOf(running, subject)
  const [requester, lead, coordinator, elsewhere] = await Promise.all([
    as('requester-bristol'),
    as('eso-lead-bristol'),
    as('coordinator'),
    as('requester-exeter'),
  ])
  const trust = must(parseTrustCode, 'RA7')
  const organisations = await operatorOf(running.whereabouts).organisations()
  const { routing, texts } = demoCase('neurology', { trust, today: dateAt(systemClock.now()), organisations })

  const { id } = reply.parse(await requester.post('/v1/requests', { routing, texts }))
  say(`${organisations.name(trust)} drafts ${id}`)
  const step = (person: Person, path: string, body = {}) => person.post(`/v1/requests/${id}/${path}`, body)
  await step(lead, 'submission')
  say('its ESO lead submits it to the South West network (invented)')
  const { status } = await elsewhere.send('GET', `/v1/requests/${id}`)
  if (status !== 404) throw new Error(`Another trust was answered ${status} for this case`)
  say('another trust of the network asks for it and is told that there is no such request')

  await step(coordinator, 'triage')
  await step(coordinator, 'triage-completion')
  say('the coordinator takes it up and completes triage')
  if (caseReply.parse(await coordinator.get(`/v1/requests/${id}`)).identity)
    throw new Error('The coordinator saw a name')
  await step(coordinator, 'shortlist')
  const { offerable, full, excluded } = shortlistReply.parse(await coordinator.get(`/v1/requests/${id}/shortlist`))
  say(
    `the engine weighs ${offerable.length + full.length + excluded.length} clinicians: ${offerable.length} can be offered, ${full.length} have no free place, ${excluded.length} are excluded by rule`,
  )
  for (const { name, findings } of excluded.slice(0, 3))
    say(`    ${name}: ${findings[0]?.rule}, ${findings[0]?.sentence}`)

  // Of those who can be asked, somebody of the cast, since they have to sign in.
  const chosen = offerable.flatMap((one) => {
    const member = cast.find(({ actsAs }) => actsAs?.endsWith(`/${one.id}`))
    return member ? [{ ...one, subject: member.subject }] : []
  })[0]
  if (!chosen) throw new Error('Nobody of the cast can be offered this request')
  await step(coordinator, 'offers', { clinician: chosen.id })
  say(`it is offered to ${chosen.name} (score ${chosen.score}, ${chosen.toAsk.length} questions still to ask)`)

  const clinician = await as(chosen.subject)
  await inboxStage(clinician, id, 'offered')
  const offered = caseReply.parse(await clinician.get(`/v1/requests/${id}`))
  if (offered.identity) throw new Error('An offered clinician saw a name')
  say('the clinician finds it in the inbox and reads the brief: no name, no pack')
  const no = { C07: 'no', C08: 'no', C10: 'no', C12: 'no' }
  const consultants = routing.treating.map(({ gmc }) => ({ gmc, ...no }))
  const interests = Object.fromEntries(interestRules.map((rule) => [rule, 'no']))
  await step(clinician, 'acceptance', { declaration: { C05: 'no', C06: 'no', C13: 'no', consultants, interests } })
  say('the clinician signs the declaration for this case and accepts')
  await step(requester, 'engagement', { familyView: 'agrees' })
  say('the family agrees, and the trust shares the pack')
  await inboxStage(clinician, id, 'engaged')
  await step(clinician, 'opening', { answers: { C05: 'no', C12: 'no', C13: 'no' } })
  say('the clinician sees the name, answers the close ties once more and opens the pack')
  await step(clinician, 'opinion', { opinion: demoOpinion })
  say('the clinician issues the opinion')
  await step(requester, 'sharing')
  const told = caseReply.parse(await requester.get(`/v1/requests/${id}`))
  if (!told.opinion) throw new Error('The trust cannot read the opinion')
  say(`the trust shares it with the family: the opinion ${told.opinion.plan.replaceAll('-', ' ')} the plan`)
  await step(requester, 'closure', { outcome: 'plan-confirmed' })
  say(`closed after ${told.timeline.length + 1} events, every one on record`)
  say(`“${told.opinion.plainSummary}”`)
  return id
}
