import { parseDate, parseInstant } from '@concord/domain/time'
import { apiOf } from '@concord/testkit/call-api'
import { aWorld, memberships, type Who } from '@concord/testkit/world'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openApiDocument } from '../../functions/api/document.ts'
import { fromSchema } from './from-schema.ts'

const document = JSON.parse(JSON.stringify(openApiDocument()))
const formats = {
  date: (text: string) => parseDate(text) !== undefined,
  'date-time': (text: string) => parseInstant(text) !== undefined,
}
const ajv = new Ajv2020({ strict: false, formats }).addSchema(document, 'api')
const { mostlyAllowed } = fromSchema(document)

const content = z.record(z.string(), z.object({ schema: z.unknown() }))
const operation = z.object({
  operationId: z.string(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: z.unknown() }))
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content, headers: z.record(z.string(), z.unknown()).default({}) })),
})
const operations = Object.entries(z.record(z.string(), z.record(z.string(), operation)).parse(document.paths)).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, one]) => ({ path, method, ...one })),
)
type Operation = (typeof operations)[number]

const compiled = new Map<string, ValidateFunction>()
const validator = (...pointer: readonly string[]) => {
  const parts = ['paths', ...pointer].map((part) => encodeURIComponent(part.replaceAll('/', '~1')))
  const $ref = `api#/${parts.join('/')}`
  const validate = compiled.get($ref) ?? ajv.compile({ $ref })
  compiled.set($ref, validate)
  return validate
}

/** One call: its parameters and its body mostly as the document allows them, by anybody, about anything there is. */
const aCallOf = (one: Operation, ids: readonly string[]) => {
  const { path, parameters, requestBody } = one
  const kind = path.includes('clinicians') ? 'cln' : 'req'
  const named = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, required, schema }) => [
            name,
            fc.option(mostlyAllowed(schema), { freq: required ? 12 : 2, nil: undefined }),
          ]),
      ),
    )
  const body = requestBody?.content['application/json']?.schema
  return fc.record({
    one: fc.constant(one),
    nth: fc.nat(),
    id: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...ids.filter((id) => id.startsWith(kind))) },
      { weight: 1, arbitrary: fc.webSegment() },
    ),
    query: named('query'),
    headers: named('header'),
    body: body ? mostlyAllowed(body) : fc.constant(undefined),
  })
}

const statuses = [
  'draft',
  'submitted',
  'triage',
  'shortlisted',
  'offered',
  'accepted',
  'engaged',
  'in-review',
  'reported',
  'shared',
] as const
/** Cases of every status and clinicians of both networks, for all of the cast to be wrong about. */
const aBusyWorld = async () => {
  const world = await aWorld()
  const clinician = await world.aListed(1, { cap: 12 })
  const clinicians = [clinician, await world.aListed(2, {}, world.networks.two), await world.aListed(3)]
  const requests: string[] = []
  for (const status of statuses) requests.push(await world.aRequestAt(status, { clinician }))
  const reported: unknown[] = []
  const everybody: readonly (Who | 'nobody')[] = ['nobody', ...clinicians, ...whos]
  return { send: apiOf(world, reported), ids: [...requests, ...clinicians], everybody, reported }
}
const isWho = (name: string): name is keyof typeof memberships => name in memberships
const whos = Object.keys(memberships).filter(isWho)

const asText = (value: unknown) =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replace(/[^\x20-\x7e]/g, '?')
const given = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, asText(value)]])),
  )

const misread = z.object({ errors: z.array(z.object({ at: z.string(), problem: z.string() })) })

test('no call draws an answer of which the document does not tell, and what it allows is what is heard', async () => {
  const { send, ids, everybody, reported } = await aBusyWorld()
  const seen = new Map<number, number>()
  const calls = fc.oneof(...operations.map((one) => aCallOf(one, ids)))
  await fc.assert(
    fc.asyncProperty(calls, async ({ one, nth, id, query, headers, body }) => {
      const who = everybody[nth % everybody.length] ?? 'nobody'
      const asked = new URLSearchParams(given(query)).toString()
      const path = `${one.path.replace('{id}', encodeURIComponent(id))}${asked && `?${asked}`}`
      const answer = await send(who, one.method.toUpperCase(), path, {
        body: JSON.stringify(body),
        headers: given(headers),
      })
      seen.set(answer.status, 1 + (seen.get(answer.status) ?? 0))

      const told = one.responses[answer.status]
      const [type = '', ...others] = Object.keys(told?.content ?? {})
      expect({ status: answer.status, type: answer.headers.get('content-type') }).toEqual({
        status: Number(told && answer.status),
        type,
      })
      expect(others).toEqual([])
      for (const name of Object.keys(told?.headers ?? {})) expect(answer.headers.has(name), name).toBe(true)
      const said: unknown = await answer.json()
      const isReply = validator(one.path, one.method, 'responses', String(answer.status), 'content', type, 'schema')
      expect(isReply(said), JSON.stringify(isReply.errors)).toBe(true)
      if (!one.requestBody) return
      const isBody = validator(one.path, one.method, 'requestBody', 'content', 'application/json', 'schema')
      const places = misread.safeParse(said).data?.errors.filter(({ at }) => at.startsWith('body')) ?? []
      if (answer.status < 300) expect(isBody(body)).toBe(true)
      // What only looks like text, being all blanks, the document cannot rule out; nor a date that its neighbours make impossible.
      else if (places.some(({ problem }) => !/^(Too small|Enter a date)/.test(problem)))
        expect(isBody(body), JSON.stringify(places)).toBe(false)
    }),
    { numRuns: fc.readConfigureGlobal().numRuns ?? 1_000 },
  )
  expect(reported).toEqual([])
  // Without these the sample would show nothing but that nonsense is refused.
  for (const status of [200, 201, 400, 401, 403, 404, 409]) expect(seen.get(status), String(status)).toBeGreaterThan(0)
}, 120_000)
