import { routes } from '@concord/contracts/routes'
import { apiBodies } from '@concord/testkit/api-bodies'
import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { apiOf } from '@concord/testkit/call-api'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { formOf } from '../../functions/console/form-of.ts'

const all = Object.values(routes).flat()
const world = await aWorld()
const send = apiOf(world)
const bodies: Readonly<Record<string, object>> = apiBodies

/** The objects of a schema that would let a field through that nobody reads, by their places; a kind of schema not known here is one. */
const openIn = (schema: unknown, at: string): readonly string[] => {
  if (schema instanceof z.ZodObject) {
    const inside = Object.entries(schema.shape).flatMap(([name, part]) => openIn(part, `${at}.${name}`))
    return schema.def.catchall instanceof z.ZodNever ? inside : [at, ...inside]
  }
  if (schema instanceof z.ZodPipe) return [...openIn(schema.in, at), ...openIn(schema.out, at)]
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return openIn(schema.unwrap(), at)
  if (schema instanceof z.ZodArray) return openIn(schema.element, `${at}[]`)
  if (schema instanceof z.ZodTuple)
    return [...schema.def.items, schema.def.rest].flatMap((item) => (item ? openIn(item, `${at}[]`) : []))
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => openIn(option, at))
  const holdsNothing = [
    z.ZodString,
    z.ZodNumber,
    z.ZodBoolean,
    z.ZodEnum,
    z.ZodLiteral,
    z.ZodNull,
    z.ZodTransform,
    z.ZodUndefined,
  ]
  return holdsNothing.some((kind) => schema instanceof kind) ? [] : [`${at} (unknown to this test)`]
}

/** Copies of a body with a field too many in each object of it in turn. */
const withMore = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value))
    return value.flatMap((one, n) =>
      withMore(one).map((changed) => value.map((old: unknown, m) => (m === n ? changed : old))),
    )
  if (typeof value !== 'object' || value === null) return []
  const deeper = Object.entries(value).flatMap(([name, one]) =>
    withMore(one).map((changed) => ({ ...value, [name]: changed })),
  )
  return [{ ...value, more: 1 }, ...deeper]
}

describe.each(all.map(({ config, reads }) => ({ name: config.operationId ?? '', config, reads })))(
  'the route $name',
  ({ name, config, reads }) => {
    const path = config.path.replace(
      '{id}',
      `${config.path.includes('clinicians') ? 'cln' : 'req_XA1'}_99999999-0000-7000-8000-000000000000`,
    )
    const method = config.method.toUpperCase()

    test('has no object in its schemas that lets something through', () => {
      const shape: Readonly<Record<string, unknown>> = reads.shape
      // Of headers there are always more than one reads.
      const read = Object.entries(shape).filter(([part]) => part !== 'headers')
      expect(read.length).toBeGreaterThan(1)
      expect(read.flatMap(([part, schema]) => openIn(schema, part))).toEqual([])
    })

    test('refuses a parameter that nobody reads', async () => {
      const known = name === 'register' ? '?tfc=421&' : '?'
      const answer = await send(
        'requester',
        method,
        `${path}${known}more=1`,
        method === 'GET' ? {} : { body: bodies[name] },
      )
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'unreadable', errors: [{ at: 'query' }] })
    })

    if (method === 'GET') return

    test('refuses a field too many in any object of its body', async () => {
      const changed = withMore(bodies[name])
      expect(changed.length).toBeGreaterThan(0)
      for (const body of changed) {
        const answer = await send('requester', method, path, { body })
        expect([answer.status, JSON.stringify(await answer.json()).includes('"unreadable"')]).toEqual([400, true])
      }
    })

    const bombs: readonly (readonly [string, string])[] = [
      ['nested a thousand deep', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
      ['nested as deep as its size allows', `${'['.repeat(99_000)}${']'.repeat(99_000)}`],
      ['with a hundred thousand fields', `{${Array.from({ length: 100_000 }, (_, n) => `"a${n}":1`).join(',')}}`],
      ['with a field of the prototype', '{"__proto__":{"isAdmin":true},"constructor":1}'],
    ]
    test.each(bombs)('refuses a body %s in a short answer, soon', { timeout: 10_000 }, async (_, body) => {
      const answer = await send('requester', method, path, { body })
      expect([400, 413]).toContain(answer.status)
      expect((await answer.text()).length).toBeLessThan(10_000)
    })
  },
)

describe('a form of the console', () => {
  const browse = async () => {
    const { browser, reported } = consoleOf(world)
    const there = browser()
    await there.signIn('requester')
    const seal = hiddenIn((await there.get('/requests/new')).html, '/requests/new')
    return { there, seal, reported }
  }

  test.each([
    ['with a name of a hundred thousand parts', { [`${'a.'.repeat(60_000)}b`]: '1' }, 400],
    ['with a list of which the ten-thousandth is filled in', { 'routing.treating.9999.gmc': '9990901' }, 400],
    [
      'with more fields than any page has',
      Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`f${n}`, '1'])),
      413,
    ],
    ['with fields of the prototype', { __proto__: '1', 'constructor.prototype': '1', 'routing.__proto__.x': '1' }, 400],
  ] as const)('%s is refused, and nothing breaks', { timeout: 10_000 }, async (_, fields, status) => {
    const { there, seal, reported } = await browse()
    const reply = await there.post('/requests/new', { ...seal, ...fields })
    expect([reply.status, reported]).toEqual([status, []])
  })
})

describe('the one file that can be brought', () => {
  const posted = (file: File) => {
    const body = new FormData()
    body.append('works', file)
    const request = new Request('https://concord.example/', { method: 'POST', body })
    return formOf(request, { takesFile: true })
  }

  test.each(['', 'text/plain', 'text/plain; charset=utf-8', 'application/json', 'application/octet-stream'])(
    'is read as text when the browser calls it “%s”, and of its name only the ending is heard',
    async (type) => {
      const read = await posted(new File(['PMID- 1'], 'a name of a child.nbib', { type }))
      expect('form' in read && [...read.form]).toEqual([
        ['works', 'PMID- 1'],
        ['works-ending', '.nbib'],
      ])
    },
  )

  test.each([
    'image/png',
    'application/pdf',
    'text/html',
    'image/svg+xml',
    'application/zip',
    'application/x-msdownload',
  ])('is refused when it is %s', async (type) => {
    expect(await posted(new File(['x'], 'x', { type }))).toMatchObject({
      refused: { status: 415, code: 'not-text-file' },
    })
  })

  test('that does not come as a form should is refused and breaks nothing', async () => {
    const { browser, reported } = consoleOf(world)
    const there = browser()
    await there.signIn(await world.aListed(1))
    const answer = await there.ask('/register/x/works', {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: 'no part at all',
    })
    expect([answer.status, reported]).toEqual([400, []])
  })
})
