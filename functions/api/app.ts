import type { Caller } from '@concord/application/caller'
import type { EntryStep } from '@concord/application/change-clinician'
import type { StepCall, UseCases } from '@concord/application/use-cases'
import type { applyBody, draftBody } from '@concord/contracts/bodies'
import { PROBLEM_TYPE, type Problem } from '@concord/contracts/problem'
import { routes } from '@concord/contracts/routes'
import { type ClinicianId, parseClinicianId, parseRequestId, parseTfc, type RequestId } from '@concord/domain/ids'
import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { broken, problemOf } from '../problems.ts'
import { openApiDocument } from './document.ts'
import { replyOf } from './replies.ts'

export type ApiDeps = {
  readonly useCases: UseCases
  readonly digest: (text: string) => string
  /** Who calls, from the claims that the gateway verified; nobody, where there are none. */
  readonly callerOf: (c: Context) => Promise<Caller | undefined>
  readonly report: (error: unknown) => void
}
type Env = { readonly Variables: { readonly caller: Caller } }

/** A pack is long text, never a file: what is larger is a mistake or worse. */
const LARGEST_BODY = 200 * 1024

/** The API: transport alone. Each route reads its call, asks one use case, and says what came of it. */
export const api = ({ useCases, digest, callerOf, report }: ApiDeps) => {
  const app = new OpenAPIHono<Env>({
    defaultHook: (result, c) =>
      result.success ? undefined : problem(c, unreadable(result.error.issues, result.target)),
  })
  app.onError((error, c) => {
    if (error instanceof SyntaxError || ('status' in error && error.status === 400)) return problem(c, notJson)
    report(error)
    return problem(c, broken)
  })
  app.notFound((c) => problem(c, noSuchPage))
  app.get('/v1/openapi.json', (c) => c.json(openApiDocument(app)))
  app.use('/v1/*', async (c, next) => {
    const caller = await callerOf(c)
    if (!caller) return problem(c, problemOf({ kind: 'not-standing' }))
    c.set('caller', caller)
    c.header('cache-control', 'no-store')
    if (c.req.method !== 'GET' && !c.req.header('content-type')?.startsWith('application/json'))
      return problem(c, notJsonType)
    return next()
  })
  app.use('/v1/*', bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => problem(c, tooLarge) }))

  const asked = (c: Context<Env>, body: unknown) => {
    const ifMatch = c.req.header('if-match')
    const key = c.req.header('idempotency-key') ?? ''
    return {
      once: { key, hash: digest(JSON.stringify([c.req.method, c.req.path, body])) },
      ifMatch: ifMatch ? Number(ifMatch.slice(1, -1)) : null,
    }
  }
  // The body was read by its route's own schema before any of this runs: `Body` says which that is.
  const bodyOf = <Body>(c: Context<Env>): Body => c.req.valid('json' as never)
  /** Registers one route: what its use case said becomes the reply, and replies are checked against their schemas in tests. */
  const on = (
    route: RouteConfig,
    status: 200 | 201,
    ask: (c: Context<Env>) => Promise<Parameters<typeof replyOf>[0]>,
  ) => {
    app.openapi(createRoute(route), async (c: Context<Env>) => {
      const reply = replyOf(await ask(c))
      if (reply.kind === 'problem') return problem(c, reply.problem)
      if (reply.version !== null) c.header('etag', `"${reply.version}"`)
      return c.json(reply.body, status)
    })
  }
  const ofRequest =
    (use: (id: RequestId, c: Context<Env>) => Promise<Parameters<typeof replyOf>[0]>) => async (c: Context<Env>) => {
      const id = parseRequestId(c.req.param('id') ?? '')
      return id ? use(id, c) : ({ kind: 'not-found', what: 'request' } as const)
    }
  const ofClinician =
    (use: (id: ClinicianId, c: Context<Env>) => Promise<Parameters<typeof replyOf>[0]>) => async (c: Context<Env>) => {
      const id = parseClinicianId(c.req.param('id') ?? '')
      return id ? use(id, c) : ({ kind: 'not-found', what: 'clinician' } as const)
    }

  const draft = (c: Context<Env>, revises: RequestId | null) => {
    const body = bodyOf<z.infer<typeof draftBody>>(c)
    return useCases.draft({ ...body, revises, asked: asked(c, body) }, c.var.caller)
  }
  on(routes.draft, 201, (c) => draft(c, null))
  on(
    routes.revise,
    200,
    ofRequest((id, c) => draft(c, id)),
  )
  for (const { step, route } of routes.steps) {
    const take = (id: RequestId, c: Context<Env>) => {
      const body = bodyOf<object>(c)
      return useCases.step(id, { type: step, ...body } as StepCall, asked(c, body), c.var.caller)
    }
    on(route, 200, ofRequest(take))
  }
  on(routes.worklist, 200, (c) => useCases.readWorklist({ cursor: c.req.query('cursor') ?? null }, c.var.caller))
  on(
    routes.readCase,
    200,
    ofRequest((id, c) => useCases.readCase({ id }, c.var.caller)),
  )
  on(
    routes.readShortlist,
    200,
    ofRequest((id, c) => useCases.readShortlist({ id }, c.var.caller)),
  )
  on(routes.own, 200, (c) => useCases.readOwn({}, c.var.caller))

  on(routes.apply, 201, (c) => {
    const body = bodyOf<z.infer<typeof applyBody>>(c)
    return useCases.changeClinician({ id: null, step: { type: 'apply', ...body }, asked: asked(c, body) }, c.var.caller)
  })
  for (const { step, route } of routes.entrySteps) {
    const take = (id: ClinicianId, c: Context<Env>) => {
      const body = bodyOf<object>(c)
      return useCases.changeClinician(
        { id, step: { type: step, ...body } as EntryStep, asked: asked(c, body) },
        c.var.caller,
      )
    }
    on(route, 200, ofClinician(take))
  }
  on(routes.register, 200, async (c) => {
    const tfc = parseTfc(c.req.query('tfc') ?? '')
    return tfc ? useCases.readRegister({ tfc }, c.var.caller) : ({ kind: 'bad-specialty' } as const)
  })
  on(
    routes.readClinician,
    200,
    ofClinician((id, c) => useCases.readClinician({ id }, c.var.caller)),
  )
  on(routes.releases, 200, (c) => useCases.readReleases({}, c.var.caller))
  return app
}

const problem = (c: Context, found: Problem) =>
  c.body(JSON.stringify(found), found.status as 400, { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' })

const own = (status: number, code: string, title: string, detail: string): Problem => ({
  type: `urn:concord:problem:${code}`,
  code,
  title,
  status,
  detail,
})
const notJson = own(400, 'not-json', 'The body is not JSON', 'Send one JSON object.')
const notJsonType = own(
  415,
  'not-json',
  'The body is not JSON',
  'Send content-type: application/json and one JSON object.',
)
const tooLarge = own(
  413,
  'too-large',
  'The body is too large',
  'The longest request is well under 200 KB: send text, and no files.',
)
const noSuchPage = own(404, 'no-such-page', 'There is no such route', 'See /v1/openapi.json for those there are.')

const unreadable = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  target: string,
): Problem => ({
  ...own(400, 'unreadable', 'Something in the call does not read', `See “errors” for each place in the ${target}.`),
  errors: issues.slice(0, 20).map(({ path, message }) => ({ at: `${target}.${path.join('.')}`, problem: message })),
})
