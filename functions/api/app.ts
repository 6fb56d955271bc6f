import type { Caller } from '@concord/application/caller'
import type { UseCases } from '@concord/application/use-cases'
import { type Demands, freshChallenge } from '@concord/contracts/demands'
import { LARGEST_BIBLIOGRAPHY } from '@concord/contracts/domain/works'
import { PROBLEM_TYPE, type Problem } from '@concord/contracts/problem'
import { routes } from '@concord/contracts/routes'
import { parseSubject } from '@concord/domain/ids'
import type { Instant } from '@concord/domain/time'
import type { createRoute, z } from '@hono/zod-openapi'
import { type Context, Hono } from 'hono'
import { isAccessToken } from '../access-token.ts'
import { apiGuards } from '../guards.ts'
import type { Limits } from '../limits.ts'
import { isFreshToken } from '../person.ts'
import { broken, noSuchRoute, notAccessToken, problemOf, signInAgain, tooMany, unreadable } from '../problems.ts'
import { type Outcome, replyOf } from '../replies.ts'
import { claimsOf } from './claims.ts'
import { openApiDocument } from './document.ts'
import { readJsonBody } from './json-body.ts'

export type ApiDeps = {
  readonly useCases: UseCases
  readonly digest: (text: string) => string
  /** Who calls, from the claims that the gateway verified; nobody, where there are none. */
  readonly callerOf: (claims: Readonly<Record<string, unknown>>) => Promise<Caller | undefined>
  readonly limits: Limits
  readonly clock: { readonly now: () => Instant }
  readonly report: (error: unknown) => void
}
type Route<Read> = {
  readonly config: ReturnType<typeof createRoute>
  readonly status: number
  readonly demands: Demands
  readonly reads: z.ZodType<Read>
}
type Write = {
  readonly headers: { readonly 'idempotency-key': string; readonly 'if-match'?: string | undefined }
  readonly body: unknown
  readonly address: string
}

/** A pack is long text, never a file: what is larger is a mistake or worse. */
const LARGEST_BODY = 200 * 1024
/** But for a clinician's publications, with what JSON wraps around them. */
const LARGEST_WORKS = LARGEST_BIBLIOGRAPHY + 1024 * 1024

/** The API: transport alone. Each route reads its call, asks one use case, and says what came of it. */
export const api = ({ useCases, digest, callerOf, limits, clock, report }: ApiDeps) => {
  const app = new Hono()
  app.onError((error) => {
    report(error)
    return refuse(broken)
  })
  app.notFound(() => refuse(noSuchRoute))
  app.get('/v1/openapi.json', () => answer(openApiDocument()))

  /** Serves one route: how a call of it is read and answered. */
  const on = <Read>(
    { config, status, demands, reads }: Route<Read>,
    ask: (call: Read & { readonly caller: Caller; readonly address: string }) => Promise<Outcome>,
  ) => {
    const namesId = config.path.includes('{id}')
    const largest = config.operationId === 'clinician-record-works' ? LARGEST_WORKS : LARGEST_BODY
    const take = async (c: Context, caller: Caller) => {
      // What only one route takes is read for nobody but those who hold the role: a trip more, for that route alone.
      const most = largest > LARGEST_BODY && !(await caller.standing) ? LARGEST_BODY : largest
      const call = await read(c, reads, most)
      return 'problem' in call
        ? call
        : replyOf(await ask({ ...call.read, caller, address: `${c.req.method} ${c.req.path}` }))
    }
    app.on(config.method, config.getRoutingPath(), async (c) => {
      const claims = claimsOf(c.env)
      // Without a subject that the gateway verified nothing is looked up and nothing of the call is read.
      const subject = typeof claims['sub'] === 'string' ? parseSubject(claims['sub']) : undefined
      if (!subject) return refuse(notStanding)
      if (!isAccessToken(claims)) return refuse(notAccessToken, { 'www-authenticate': 'Bearer error="invalid_token"' })
      const wait = limits.count(subject, { ...demands, namesId })
      if (wait > 0) return refuse(tooMany(wait), { 'retry-after': String(wait) })
      const caller = await callerOf(claims)
      if (!caller) return refuse(notStanding)
      // Before anybody looks whether it is there: the answer tells nothing of that.
      const isLate = demands.isFresh && !isFreshToken(claims, clock.now())
      const [came] = await Promise.allSettled([isLate ? { problem: signInAgain } : take(c, caller)])
      // If the role does not hold, that is the answer, whatever the call would have come to or failed at.
      if (!(await caller.standing)) return refuse(notStanding)
      if (came.status === 'rejected') throw came.reason
      const outcome = came.value
      if ('problem' in outcome) {
        if (namesId && outcome.problem.status === 404) limits.missed(caller.subject)
        return refuse(outcome.problem, isLate ? { 'www-authenticate': freshChallenge } : {})
      }
      return answer(outcome.body, {
        status,
        headers: outcome.tag === null ? {} : { etag: `"${outcome.tag}"` },
      })
    })
  }
  const asked = ({ headers, address, body }: Write) => ({
    once: { key: headers['idempotency-key'], hash: digest(JSON.stringify([address, body])) },
    ifMatch: headers['if-match'] ?? null,
  })

  on(routes.draft, (call) => useCases.draft({ ...call.body, revises: null, asked: asked(call) }, call.caller))
  on(routes.revise, (call) =>
    useCases.draft({ ...call.body, revises: call.params.id, asked: asked(call) }, call.caller),
  )
  for (const step of routes.steps)
    on(step, (call) => useCases.step(call.params.id, call.body, asked(call), call.caller))
  on(routes.worklist, ({ query, caller }) => useCases.readWorklist({ cursor: query.cursor ?? null }, caller))
  on(routes.readCase, ({ params, caller }) => useCases.readCase(params, caller))
  on(routes.readShortlist, ({ params, caller }) => useCases.readShortlist(params, caller))
  on(routes.readJointWorks, ({ params, caller }) => useCases.readJointWorks(params, caller))
  on(routes.readOwnAnswers, ({ params, caller }) => useCases.readOwnAnswers(params, caller))
  on(routes.own, ({ caller }) => useCases.readOwn({}, caller))
  on(routes.apply, (call) => useCases.changeClinician({ id: null, step: call.body, asked: asked(call) }, call.caller))
  for (const step of routes.entrySteps)
    on(step, (call) =>
      useCases.changeClinician({ id: call.params.id, step: call.body, asked: asked(call) }, call.caller),
    )
  on(routes.register, ({ query, caller }) => useCases.readRegister(query, caller))
  on(routes.readClinician, ({ params, caller }) => useCases.readClinician(params, caller))
  on(routes.readRestrictedNote, ({ params, caller }) => useCases.readRestrictedNote(params, caller))
  on(routes.breakGlass, (call) =>
    useCases.breakGlass({ ...call.params, ...call.body, asked: asked(call) }, call.caller),
  )
  on(routes.readOpenedCase, ({ params, caller }) => useCases.readOpenedCase(params, caller))
  on(routes.readGlasses, ({ params, caller }) => useCases.readGlasses(params, caller))
  on(routes.reviewGlass, (call) =>
    useCases.reviewGlass({ ...call.params, ...call.body, asked: asked(call) }, call.caller),
  )
  on(routes.readWhoHasSeen, ({ params, query, caller }) =>
    useCases.readWhoHasSeen({ ...params, cursor: query.cursor ?? null }, caller),
  )
  on(routes.readGlassesToReview, ({ caller }) => useCases.readGlassesToReview({}, caller))
  on(routes.readRoles, ({ query, caller }) => useCases.readRoles({ trust: query.trust ?? null }, caller))
  for (const step of routes.roleSteps)
    on(step, (call) => useCases.changeRole({ step: call.body, asked: asked(call) }, call.caller))
  on(routes.readTeams, ({ query, caller }) => useCases.readTeams({ trust: query.trust ?? null }, caller))
  for (const step of routes.teamSteps)
    on(step, (call) => useCases.changeTeam({ step: call.body, asked: asked(call) }, call.caller))
  on(routes.releases, ({ caller }) => useCases.readReleases({}, caller))
  return app
}

/** Reads a whole call through its route's schema, or says what does not read. */
const read = async <Read>(c: Context, reads: z.ZodType<Read>, largest: number) => {
  const call = { params: c.req.param(), query: c.req.query(), headers: c.req.header() }
  const body = ['GET', 'HEAD'].includes(c.req.method) ? { json: undefined } : await readJsonBody(c.req.raw, largest)
  if ('problem' in body) return body
  const found = reads.safeParse({ ...call, body: body.json })
  if (found.success) return { read: found.data }
  // An id that is none is not there, like any other: it would be odd to say more of it.
  const isLost = found.error.issues.some(({ path }) => path[0] === 'params')
  const what = c.req.path.startsWith('/v1/clinicians') ? 'clinician' : 'request'
  return { problem: isLost ? problemOf({ kind: 'not-found', what }) : unreadable(found.error.issues) }
}

const notStanding = problemOf({ kind: 'not-standing' })

const refuse = (problem: Problem, headers: Headers = {}) =>
  answer(problem, {
    status: problem.status,
    headers: {
      'content-type': PROBLEM_TYPE,
      ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...headers,
    },
  })

type Headers = Readonly<Record<string, string>>
const answer = (
  content: unknown,
  { status, headers }: { readonly status: number; readonly headers: Headers } = { status: 200, headers: {} },
) =>
  new Response(JSON.stringify(content), {
    status,
    headers: {
      ...apiGuards,
      'content-type': 'application/json',
      ...headers,
    },
  })
