import { createRoute, z } from '@hono/zod-openapi'
import { applyBody, draftBody, entryBodies, type PostedEntryStep, type PostedStep, stepBodies } from './bodies.ts'
import { PROBLEM_TYPE, problem } from './problem.ts'
import * as replies from './replies.ts'

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } })
const refused = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problem } } })

const refusals = {
  400: refused('Something in the call does not read: the places are named'),
  401: refused('No role in force stands behind this token'),
  403: refused('Not a step of this role'),
  404: refused('Not here for this caller'),
  409: refused('Not possible as things stand: what stands in the way is named'),
  412: refused('It changed since the version in If-Match'),
  415: refused('The body is not JSON'),
  422: refused('The key was used for another call, or the content cannot be taken'),
}

/** Every write carries a key that makes it once; a version may be insisted on. */
const writeHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\w-]{16,64}$/, 'Expected 16 to 64 letters, digits, - or _')
    .openapi({
      description:
        'Made by the caller, new for each new thing asked; the same again repeats the answer and does nothing twice.',
    }),
  'if-match': z
    .string()
    .regex(/^"\d+"$/, 'Expected a version in quotes, such as "3"')
    .optional()
    .openapi({ description: 'The ETag the caller last saw.' }),
})

const security = [{ signIn: [] }]
const requestParams = z.object({
  id: z.string().max(80).openapi({ example: 'req_RA7_6f9f1a52-0f66-4f8c-9d0e-3f4b8f8f3a11' }),
})
const clinicianParams = z.object({ id: z.string().max(80) })

const write = <P extends string>(config: {
  method: 'post' | 'put'
  path: P
  summary: string
  tag: string
  params?: z.ZodObject
  body: z.ZodType
  status: 200 | 201
  operationId: string
}) =>
  createRoute({
    method: config.method,
    path: config.path,
    summary: config.summary,
    operationId: config.operationId,
    tags: [config.tag],
    security,
    request: {
      ...(config.params && { params: config.params }),
      headers: writeHeaders,
      // Without `required`, a call with no body skips validation and the code behind it sees {}.
      body: { required: true, ...json(config.body) },
    },
    responses: { [config.status]: { description: 'Done, and what it now is', ...json(replies.done) }, ...refusals },
  })

const get = <P extends string>(config: {
  path: P
  summary: string
  tag: string
  operationId: string
  params?: z.ZodObject
  query?: z.ZodObject
  reply: z.ZodType
}) => {
  const { 400: wrong, 401: nobody, 404: absent } = refusals
  return createRoute({
    method: 'get',
    path: config.path,
    summary: config.summary,
    operationId: config.operationId,
    tags: [config.tag],
    security,
    request: { ...(config.params && { params: config.params }), ...(config.query && { query: config.query }) },
    responses: {
      200: { description: 'What this caller may see', ...json(config.reply) },
      400: wrong,
      401: nobody,
      404: absent,
    },
  })
}

const stepSummaries: Readonly<Record<PostedStep, string>> = {
  submit: 'Submit a draft to the network',
  'take-up': 'Take a request up for triage',
  'complete-triage': 'Complete triage: matching begins',
  shortlist: 'Run the independence engine over every clinician of the specialty',
  offer: 'Offer the request to a clinician who is offerable on the shortlist',
  accept: 'Declare and accept, before anything names the child',
  decline: 'Decline an offer',
  'approve-plan': 'Approve the plan by which a finding is managed',
  'record-objection': 'Record that the family objects to the clinician',
  engage: 'Record the family’s view and share the pack',
  'open-pack': 'Answer the close ties once more with the names seen, and open the pack',
  report: 'Issue the written opinion',
  share: 'Record that the opinion was shared with the family',
  close: 'Record the outcome and close',
  withdraw: 'Withdraw the request',
}
const entrySummaries: Readonly<Record<PostedEntryStep, string>> = {
  verify: 'Record what the GMC register showed',
  list: 'List a verified clinician',
  unlist: 'Take a clinician off the listings',
  'set-availability': 'Set capacity, urgencies and modes',
  'record-affiliations': 'Record posts, teams and ties, with their dates',
  declare: 'Sign the standing declaration',
}

const stepRoute = (step: PostedStep) =>
  write({
    method: 'post',
    path: `/v1/requests/{id}/${stepBodies[step].path}`,
    summary: stepSummaries[step],
    operationId: step,
    tag: 'Requests',
    params: requestParams,
    body: stepBodies[step].body,
    status: 200,
  })
const entryRoute = (step: PostedEntryStep) =>
  write({
    method: 'post',
    path: `/v1/clinicians/{id}/${entryBodies[step].path}`,
    summary: entrySummaries[step],
    operationId: `clinician-${step}`,
    tag: 'Register',
    params: clinicianParams,
    body: entryBodies[step].body,
    status: 200,
  })

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((key): key is K => key in record)

/** Every route of the API. Tests enumerate it, so that none is forgotten. */
export const routes = {
  draft: write({
    method: 'post',
    path: '/v1/requests',
    summary: 'Begin a request',
    operationId: 'draft',
    tag: 'Requests',
    body: draftBody,
    status: 201,
  }),
  revise: write({
    method: 'put',
    path: '/v1/requests/{id}',
    summary: 'Change a draft',
    operationId: 'revise',
    tag: 'Requests',
    params: requestParams,
    body: draftBody,
    status: 200,
  }),
  steps: keysOf<PostedStep>(stepBodies).map((step) => ({ step, route: stepRoute(step) })),
  worklist: get({
    path: '/v1/requests',
    summary: 'The requests of one’s trust or network, what is due first on top',
    operationId: 'worklist',
    tag: 'Requests',
    query: z.object({ cursor: z.string().max(500).optional() }),
    reply: replies.worklist,
  }),
  readCase: get({
    path: '/v1/requests/{id}',
    summary: 'One request, as far as this caller may see it',
    operationId: 'read-case',
    tag: 'Requests',
    params: requestParams,
    reply: replies.caseView,
  }),
  readShortlist: get({
    path: '/v1/requests/{id}/shortlist',
    summary: 'The shortlist last drawn, with every clinician of the specialty accounted for',
    operationId: 'read-shortlist',
    tag: 'Requests',
    params: requestParams,
    reply: replies.shortlist,
  }),
  own: get({
    path: '/v1/inbox',
    summary: 'A clinician’s own entry and cases at hand',
    operationId: 'inbox',
    tag: 'Clinicians',
    reply: replies.inbox,
  }),
  apply: write({
    method: 'post',
    path: '/v1/clinicians',
    summary: 'Enter a clinician’s application',
    operationId: 'clinician-apply',
    tag: 'Register',
    body: applyBody,
    status: 201,
  }),
  entrySteps: keysOf<PostedEntryStep>(entryBodies).map((step) => ({ step, route: entryRoute(step) })),
  register: get({
    path: '/v1/clinicians',
    summary: 'Who of a specialty is listed',
    operationId: 'register',
    tag: 'Register',
    query: z.object({ tfc: z.string().max(3) }),
    reply: replies.register,
  }),
  readClinician: get({
    path: '/v1/clinicians/{id}',
    summary: 'One entry of one’s register',
    operationId: 'read-clinician',
    tag: 'Register',
    params: clinicianParams,
    reply: replies.clinician,
  }),
  releases: get({
    path: '/v1/releases',
    summary: 'Published figures',
    operationId: 'releases',
    tag: 'Figures',
    reply: replies.releases,
  }),
} as const
