import { draftBody, stepBodies } from '@concord/contracts/bodies'
import { aDraft, anOpinion, someRouting } from '@concord/testkit/drafts'
import { day } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type DraftChoices, draftForm, entryForm, type Section, stepForm } from '../../web/forms.ts'
import { formSteps } from '../../web/routes.ts'
import { readForm, rowsIn, typedFrom, wrongIn } from './read-form.ts'

const posted = (text: string) => new URLSearchParams(text)
const bodyOf = (schema: z.ZodType, text: string) => {
  const read = readForm(schema, posted(text))
  return read.kind === 'read' ? read.body : read.issues
}
const today = day('2026-06-15')
const choices: DraftChoices = {
  nation: 'England',
  trust: 'XA1',
  specialties: [],
  employers: [],
  sites: [],
  teams: [],
  today,
}

describe('a posted form', () => {
  test.each(['', 'again.stage=three', 'again.stage=two&again.stage.deep=one', 'again=two'])(
    'of no shape there is, “%s”, is refused at its place',
    (form) => {
      const schema = z.object({
        again: z.discriminatedUnion('stage', [z.strictObject({ stage: z.literal('two') })]),
      })
      expect(bodyOf(schema, form)).toMatchObject([{ path: ['again', 'stage'] }])
    },
  )

  test.each([
    {
      what: 'a name with dots lies as deep as it says',
      schema: z.object({ a: z.object({ b: z.string() }) }),
      form: 'a.b=c',
      body: { a: { b: 'c' } },
    },
    {
      what: 'three inputs make a date',
      schema: z.object({ on: z.string() }),
      form: 'on.day=7&on.month=3&on.year=2027',
      body: { on: '2027-03-07' },
    },
    {
      what: 'a date left empty is none',
      schema: z.object({ on: z.string().nullable() }),
      form: 'on.day=&on.month=&on.year=',
      body: { on: null },
    },
    {
      what: 'yes and no are true and false',
      schema: z.object({ a: z.boolean(), b: z.boolean() }),
      form: 'a=yes&b=no',
      body: { a: true, b: false },
    },
    { what: 'a number is one', schema: z.object({ cap: z.int() }), form: 'cap=3', body: { cap: 3 } },
    {
      what: 'lines make a list',
      schema: z.object({ list: z.array(z.string()) }),
      form: 'list=one%0D%0A%0D%0A two ',
      body: { list: ['one', 'two'] },
    },
    {
      what: 'checkboxes of one name make a list',
      schema: z.object({ list: z.array(z.string()) }),
      form: 'list=a&list=b',
      body: { list: ['a', 'b'] },
    },
    {
      what: 'one of several shapes is read by the word that tells them apart',
      schema: z.object({
        again: z.discriminatedUnion('stage', [
          z.strictObject({ stage: z.literal('one'), is: z.boolean() }),
          z.strictObject({ stage: z.literal('two'), cap: z.int() }),
        ]),
      }),
      form: 'again.stage=two&again.cap=3&again.is=yes',
      body: { again: { stage: 'two', cap: 3 } },
    },
    {
      what: 'no checkbox at all makes an empty list',
      schema: z.object({ list: z.array(z.string()) }),
      form: '',
      body: { list: [] },
    },
    {
      what: 'nobody is an empty list',
      schema: z.object({ who: z.array(z.string()).nullable() }),
      form: 'who-is=none&who=9990001',
      body: { who: [] },
    },
    {
      what: 'not asked is no list',
      schema: z.object({ who: z.array(z.string()).nullable() }),
      form: 'who-is=&who=',
      body: { who: null },
    },
    {
      what: 'an object left empty is none',
      schema: z.object({ a: z.object({ b: z.string() }).nullable() }),
      form: 'a.b=',
      body: { a: null },
    },
    {
      what: 'what no schema asks for is left out',
      schema: z.strictObject({ a: z.string() }),
      form: 'a=b&token=t&__proto__.x=y',
      body: { a: 'b' },
    },
  ])('in which $what', ({ schema, form, body }) => {
    expect(bodyOf(schema, form)).toEqual(body)
  })

  test('that says “yes” and names nobody is refused, never taken for nobody', () => {
    expect(readForm(draftBody, typedWith('routing.unwelcome', 'some')).kind).toBe('wrong')
  })

  test('with an empty last row reads as if the row had not been offered', () => {
    const schema = z.object({ rows: z.array(z.object({ a: z.string() })) })
    expect(bodyOf(schema, 'rows.0.a=x&rows.1.a=')).toEqual({ rows: [{ a: 'x' }] })
  })

  test('with an answer left empty is refused, not shortened', () => {
    const opinion = typedFrom({ opinion: anOpinion() })
    opinion.delete('opinion.answers')
    opinion.set('opinion.answers.0', 'Yes.')
    opinion.set('opinion.answers.1', '')
    expect(readForm(stepBodies.report.body, opinion)).toMatchObject({
      kind: 'wrong',
      issues: [{ path: ['opinion', 'answers', 1] }],
    })
  })

  test('with rows far apart fills no memory', () => {
    expect(rowsIn(posted('rows.999999.a=x'), 'rows')).toBeLessThan(100)
    expect(bodyOf(z.object({ rows: z.array(z.object({ a: z.string() })) }), 'rows.999999.a=x')).toEqual({ rows: [] })
  })
})

describe('what is known already', () => {
  test('reads back as what it was', () => {
    const { routing, texts } = aDraft({ routing: { decideBy: null, unwelcome: null, discussedWith: [] } })
    const treating = routing.treating.map((one) => ({ ...one, teams: null }))
    const read = readForm(draftBody, typedFrom({ routing: { ...routing, treating }, texts }))
    expect(read).toEqual({ kind: 'read', body: { routing: { ...routing, treating }, texts, confirmed: [] } })
  })
})

describe('what is wrong with a form', () => {
  const wrong = (form: URLSearchParams) => {
    const read = readForm(draftBody, form)
    return read.kind === 'wrong' ? wrongIn(read.issues, draftForm(choices, 1), form).errors : []
  }

  test('is said once for each field, in the order of the page', () => {
    const errors = wrong(new URLSearchParams())
    expect(errors[0]).toEqual({
      at: 'routing.screen.deteriorating',
      label: 'Is the child getting worse now?',
      problem: 'Choose one',
    })
    expect(new Set(errors.map(({ at }) => at)).size).toBe(errors.length)
    const order = draftForm(choices, 1).flatMap(({ fields }) => fields.map(({ name }) => name))
    expect(errors.map(({ at }) => order.indexOf(at))).toEqual(
      errors.map(({ at }) => order.indexOf(at)).toSorted((a, b) => a - b),
    )
  })

  test.each([
    {
      field: 'texts.identity.bornOn',
      parts: { '.day': '31', '.month': '2', '.year': '2019' },
      problem: 'The day must be a number from 1 to 28, since February 2019 has no more',
    },
    {
      field: 'texts.identity.bornOn',
      parts: { '.day': '', '.month': '', '.year': '' },
      problem: 'Enter a date, such as 6 5 2019',
    },
    { field: 'routing.treating.0.gmc', parts: { '': '12' }, problem: expect.stringContaining('Expected a GMC number') },
    { field: 'texts.identity.givenName', parts: { '': 'x'.repeat(201) }, problem: 'At most 200 characters' },
    { field: 'routing.unwelcome', parts: { '-is': 'some', '': '' }, problem: 'Name them, or choose another answer' },
  ])('in $field is “$problem”', ({ field, parts, problem }) => {
    const form = typedFrom(known())
    for (const [part, value] of Object.entries(parts)) form.set(`${field}${part}`, value)
    expect(wrong(form)).toEqual([expect.objectContaining({ at: field, problem })])
  })
})

describe('the forms', () => {
  const sections: readonly Section[] = [
    ...draftForm(choices, 2),
    ...formSteps.flatMap((step) =>
      stepForm(step, {
        team: [{ gmc: '9990901', name: 'Dr Invented' }],
        familyQuestions: ['Why?'],
        works: [],
        colleagues: [],
      }),
    ),
    ...entryForm('verify', today),
    ...entryForm('set-availability', today),
  ]
  test('have words for each of their fields', () => {
    const fields = sections.flatMap((section) => section.fields)
    expect(fields.filter(({ label, name }) => label === name)).toEqual([])
  })
})

const known = () => {
  const { texts } = aDraft()
  const routing = someRouting()
  return { routing: { ...routing, treating: routing.treating.map((one) => ({ ...one, teams: null })) }, texts }
}
const typedWith = (name: string, is: string) => {
  const form = typedFrom(known())
  form.delete(name)
  form.set(`${name}-is`, is)
  return form
}

describe('what a child who is getting worse needs first', () => {
  test.each([
    ['England', /Martha’s Rule/],
    ['Wales', /health board’s rapid review/],
  ] as const)('is called in %s what it is called there', (nation, words) => {
    const [safe] = draftForm({ ...choices, nation }, 1)
    const said = [safe?.hint ?? '', ...(safe?.fields.map(({ label }) => label) ?? [])].join(' ')
    expect(said).toMatch(words)
    expect(/Martha/.test(said)).toBe(nation === 'England')
  })
})
