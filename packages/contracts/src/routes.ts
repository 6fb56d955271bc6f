// One thing, however long: every route of the API. What is not in this table is neither served, documented nor tested.
import { createRoute, z } from '@hono/zod-openapi'
import {
  applyBody,
  breakGlassBody,
  breakGlassDemands,
  draftBody,
  entryBodies,
  type PostedEntryStep,
  type PostedRoleStep,
  type PostedStep,
  type PostedTeamStep,
  reviewBody,
  roleBodies,
  stepBodies,
  teamBodies,
} from './bodies.ts'
import { type Demands, FRESH_MINUTES, freshChallenge } from './demands.ts'
import { clinicianId, requestId, tfc, trustCode } from './domain/scalars.ts'
import { PROBLEM_TYPE, problem } from './problem.ts'
import * as replies from './replies.ts'

const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } })
const refused = (description: string) => ({ description, content: { [PROBLEM_TYPE]: { schema: problem } } })
const header = (name: string, description: string, example: string) =>
  z.object({ [name]: z.string().meta({ description, examples: [example] }) })

const nobody = {
  ...refused('No role in force stands behind this token'),
  headers: header('www-authenticate', 'Bearer', 'Bearer'),
}
/** Where somebody has to have signed in just now (RFC 9470). */
const notLately = {
  ...refused(
    `No role in force stands behind this token, or (\`sign-in-again\`) it does not say in \`auth_time\` that a person signed in within ${FRESH_MINUTES} minutes. It is said of every request alike, and nothing was done`,
  ),
  headers: header('www-authenticate', 'Bearer, or what kind of sign-in is wanted', freshChallenge),
}

const refusals = {
  400: refused('Something in the call does not read: the places are named'),
  401: nobody,
  403: refused('Not a step of this role'),
  404: refused('It is not there, or not for this caller: the two are told apart by nothing'),
  409: refused('Not possible as things stand: what stands in the way is named'),
  412: refused('It changed since the tag in If-Match'),
  413: refused('The body is longer than 200 KB'),
  415: refused('The body is not JSON'),
  422: refused('The key was used for another call, or the content cannot be taken'),
  429: {
    ...refused('This subject has called too often, or has asked too often for what is not there'),
    headers: header('retry-after', 'In how many seconds to go on', '20'),
  },
  500: refused('Something broke on our side, and nothing was half done'),
}
const etag = z.object({
  etag: z.string().meta({
    description: 'The tag in quotes, to be sent back in If-Match',
    examples: ['"pVt0fS3vQy1h2nTzq8wXo5LbRk4A"'],
  }),
})

/** What makes a write happen once, and what lets it insist on a version. */
const key = z
  .string({ error: 'Every write needs one: 16 to 64 letters, digits, - or _' })
  .regex(/^[\w-]{16,64}$/, 'Expected 16 to 64 letters, digits, - or _')
  .meta({
    description: 'Made by the caller, new for each new thing asked: the same again repeats the answer and does nothing',
    examples: ['01999999-7e57-4c0d-8a6f-5e6d7c8b9a01'],
  })
const ifMatch = z
  .string()
  .regex(/^"[\w-]{1,64}"$/, 'Expected the ETag of what you last saw, in its quotes')
  .transform((text) => text.slice(1, -1))
  .optional()
  .meta({
    description: 'The ETag the caller last saw: after any change since then that they can see, nothing is done',
    examples: ['"pVt0fS3vQy1h2nTzq8wXo5LbRk4A"'],
  })
const creating = z.object({ 'idempotency-key': key })
const changing = creating.extend({ 'if-match': ifMatch })
const nothing = z.strictObject({})
const paged = z.strictObject({
  cursor: z.string().max(500).optional().meta({ description: 'The `next` of the page before' }),
})
const ofRequest = z.strictObject({ id: requestId })
const ofClinician = z.strictObject({ id: clinicianId })

type Named = {
  readonly path: string
  readonly tag: 'Requests' | 'Register' | 'Clinicians' | 'Figures' | 'Guardians' | 'Roles' | 'Teams'
  readonly operationId: string
  readonly summary: string
}
const described = ({ tag, ...named }: Named) => ({ ...named, tags: [tag], security: [{ signIn: [] }] })

type Writing<Params, Headers, Body> = {
  readonly params: Params
  readonly headers: Headers
  readonly body: Body
  readonly demands?: Demands
}

/** A route that changes something: what the documents say of it, and the one schema through which its calls are read. */
const write = <Params extends z.ZodObject, Headers extends z.ZodObject, Body extends z.ZodType>(
  method: 'post' | 'put',
  { params, headers, body, demands = {}, ...named }: Named & Writing<Params, Headers, Body>,
) => {
  const { 404: absent, ...always } = refusals
  const { tag } = named
  // What is not there yet has no version to insist on, and nobody looks for it.
  const isNew = !('if-match' in headers.shape)
  return {
    status: isNew ? 201 : 200,
    demands,
    reply: replies.done,
    reads: z.object({ params, query: nothing, headers, body }),
    config: createRoute({
      ...described(named),
      method,
      request: { params, headers, body: { required: true, ...json(body) } },
      responses: {
        [isNew ? 201 : 200]: { description: 'Done', headers: etag, ...json(replies.done) },
        ...always,
        ...(demands.isFresh && { 401: notLately }),
        ...((!isNew || tag === 'Roles' || tag === 'Teams' || 'id' in params.shape) && { 404: absent }),
      },
    }),
  }
}

/** A route that changes nothing. */
const get = <Params extends z.ZodObject, Query extends z.ZodObject>({
  params,
  query,
  reply,
  demands = {},
  refuses = [],
  ...named
}: Named &
  Readonly<{
    params: Params
    query: Query
    reply: z.ZodObject
    demands?: Demands
    refuses?: readonly (403 | 409)[]
  }>) => {
  const { 400: unreadable, 401: nobody, 404: absent, 429: tooOften, 500: broken } = refusals
  return {
    status: 200,
    demands,
    reply,
    reads: z.object({ params, query }),
    config: createRoute({
      ...described(named),
      method: 'get',
      request: { params, query },
      responses: {
        200: {
          description: 'What this caller may see',
          ...json(reply),
          ...(('tag' in reply.shape || 'version' in reply.shape) && { headers: etag }),
        },
        400: unreadable,
        401: nobody,
        404: absent,
        ...Object.fromEntries(refuses.map((status) => [status, refusals[status]])),
        429: tooOften,
        500: broken,
      },
    }),
  }
}

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((key): key is K => key in record)

/** Every route of the API. Tests enumerate it, so that none is forgotten. */
export const routes = {
  draft: write('post', {
    path: '/v1/requests',
    operationId: 'draft',
    tag: 'Requests',
    summary: 'Begin a request',
    params: nothing,
    headers: creating,
    body: draftBody,
  }),
  revise: write('put', {
    path: '/v1/requests/{id}',
    operationId: 'revise',
    tag: 'Requests',
    summary: 'Change a draft',
    params: ofRequest,
    headers: changing,
    body: draftBody,
  }),
  steps: keysOf<PostedStep>(stepBodies).map((step) =>
    write('post', {
      path: `/v1/requests/{id}/${stepBodies[step].path}`,
      operationId: step,
      tag: 'Requests',
      summary: stepBodies[step].summary,
      params: ofRequest,
      headers: changing,
      body: stepBodies[step].body,
      demands: stepBodies[step],
    }),
  ),
  worklist: get({
    path: '/v1/requests',
    operationId: 'worklist',
    tag: 'Requests',
    summary: 'The requests of one’s trust or network, what is due first on top, 25 to a page',
    params: nothing,
    query: paged,
    reply: replies.worklist,
    demands: { isCostly: true },
  }),
  readCase: get({
    path: '/v1/requests/{id}',
    operationId: 'read-case',
    tag: 'Requests',
    summary: 'One request, as far as this caller may see it',
    params: ofRequest,
    query: nothing,
    reply: replies.caseView,
  }),
  readShortlist: get({
    path: '/v1/requests/{id}/shortlist',
    operationId: 'read-shortlist',
    tag: 'Requests',
    summary: 'The shortlist last drawn, with every clinician of the specialty accounted for',
    params: ofRequest,
    query: nothing,
    reply: replies.shortlist,
    demands: { isCostly: true },
  }),
  readJointWorks: get({
    path: '/v1/requests/{id}/joint-works',
    operationId: 'read-joint-works',
    tag: 'Clinicians',
    summary: 'Works that bear a treating consultant’s name, to confirm or correct with the acceptance',
    params: ofRequest,
    query: nothing,
    reply: replies.jointWorks,
  }),
  readOwnAnswers: get({
    path: '/v1/requests/{id}/declaration',
    operationId: 'read-own-answers',
    tag: 'Clinicians',
    summary: 'What one signed for a request that these answers have closed: the first, and each after it',
    params: ofRequest,
    query: nothing,
    reply: replies.ownSigned,
  }),
  own: get({
    path: '/v1/inbox',
    operationId: 'inbox',
    tag: 'Clinicians',
    summary: 'A clinician’s own entry and cases at hand',
    params: nothing,
    query: nothing,
    reply: replies.inbox,
  }),
  apply: write('post', {
    path: '/v1/clinicians',
    operationId: 'clinician-apply',
    tag: 'Register',
    summary: 'Enter a clinician’s application',
    params: nothing,
    headers: creating,
    body: applyBody,
  }),
  entrySteps: keysOf<PostedEntryStep>(entryBodies).map((step) =>
    write('post', {
      path: `/v1/clinicians/{id}/${entryBodies[step].path}`,
      operationId: `clinician-${step}`,
      tag: 'Register',
      summary: entryBodies[step].summary,
      params: ofClinician,
      headers: changing,
      body: entryBodies[step].body,
      demands: entryBodies[step],
    }),
  ),
  register: get({
    path: '/v1/clinicians',
    operationId: 'register',
    tag: 'Register',
    summary: 'Who of a specialty is listed: the whole list at once',
    params: nothing,
    query: z.strictObject({ tfc }),
    reply: replies.register,
    demands: { isCostly: true },
  }),
  readClinician: get({
    path: '/v1/clinicians/{id}',
    operationId: 'read-clinician',
    tag: 'Register',
    summary: 'One entry of one’s register',
    params: ofClinician,
    query: nothing,
    reply: replies.clinician,
  }),
  readRestrictedNote: get({
    path: '/v1/requests/{id}/restriction',
    operationId: 'read-restriction',
    tag: 'Requests',
    summary: 'What is safeguarding or legal, for those of the trust who are named',
    params: ofRequest,
    query: nothing,
    reply: replies.restricted,
    refuses: [403],
  }),
  breakGlass: write('post', {
    path: '/v1/requests/{id}/break-glass',
    operationId: 'break-glass',
    tag: 'Requests',
    summary: 'Open a case in an emergency, for an hour: both guardians are told at once',
    params: ofRequest,
    headers: creating,
    body: breakGlassBody,
    demands: breakGlassDemands,
  }),
  readOpenedCase: get({
    path: '/v1/requests/{id}/break-glass',
    operationId: 'read-opened-case',
    tag: 'Requests',
    summary: 'All that is sealed of a case, under a glass that this caller broke within the hour',
    params: ofRequest,
    query: nothing,
    reply: replies.openedCase,
    refuses: [409],
  }),
  readGlasses: get({
    path: '/v1/requests/{id}/reviews',
    operationId: 'read-reviews',
    tag: 'Guardians',
    summary: 'Every time the glass over a case was broken: why, what was opened, what the review found',
    params: ofRequest,
    query: nothing,
    reply: replies.glasses,
  }),
  reviewGlass: write('post', {
    path: '/v1/requests/{id}/reviews',
    operationId: 'review-glass',
    tag: 'Guardians',
    summary: 'Record what a guardian finds of a broken glass that is shut again',
    params: ofRequest,
    headers: creating,
    body: reviewBody,
  }),
  readWhoHasSeen: get({
    path: '/v1/requests/{id}/audit',
    operationId: 'who-has-seen',
    tag: 'Guardians',
    summary: 'Who has seen a case, and did what with it, the latest first',
    params: ofRequest,
    query: paged,
    reply: replies.whoHasSeen,
  }),
  readGlassesToReview: get({
    path: '/v1/reviews',
    operationId: 'to-review',
    tag: 'Guardians',
    summary: 'Broken glasses that nobody has looked at yet, the first due on top',
    params: nothing,
    query: nothing,
    reply: replies.toReview,
  }),
  readRoles: get({
    path: '/v1/roles',
    operationId: 'roles',
    tag: 'Roles',
    summary: 'Who holds which role at one’s own office, or at a trust of one’s network',
    params: nothing,
    query: z.strictObject({ trust: trustCode.optional() }),
    reply: replies.rolesHeld,
  }),
  roleSteps: keysOf<PostedRoleStep>(roleBodies).map((step) =>
    write('post', {
      path: `/v1/${roleBodies[step].path}`,
      operationId: `role-${step}`,
      tag: 'Roles',
      summary: roleBodies[step].summary,
      params: nothing,
      headers: creating,
      body: roleBodies[step].body,
      demands: roleBodies[step],
    }),
  ),
  readTeams: get({
    path: '/v1/teams',
    operationId: 'teams',
    tag: 'Teams',
    summary: 'The teams to choose from: of your trust and its network, or of a trust of your network',
    params: nothing,
    query: z.strictObject({ trust: trustCode.optional() }),
    reply: replies.teams,
  }),
  teamSteps: keysOf<PostedTeamStep>(teamBodies).map((step) =>
    write('post', {
      path: `/v1/${teamBodies[step].path}`,
      operationId: `team-${step}`,
      tag: 'Teams',
      summary: teamBodies[step].summary,
      params: nothing,
      headers: creating,
      body: teamBodies[step].body,
    }),
  ),
  releases: get({
    path: '/v1/releases',
    operationId: 'releases',
    tag: 'Figures',
    summary: 'Published figures',
    params: nothing,
    query: nothing,
    reply: replies.releases,
  }),
} as const
