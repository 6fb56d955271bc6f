import fc from 'fast-check'
import { z } from 'zod'

/** As much of JSON Schema as the documents of the API use: an unknown way of saying something generates anything. */
const schema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  minimum: z.int().optional(),
  maximum: z.int().optional(),
  items: z.unknown().optional(),
  minItems: z.int().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
})
type Schema = z.infer<typeof schema>

/** Content that a schema of the document allows, and now and then content that it does not. */
export const fromSchema = (document: unknown) => {
  const resolve = (ref: string): unknown =>
    ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, name) => z.record(z.string(), z.unknown()).parse(at)[name], document)
  const allowed = (unread: unknown): fc.Arbitrary<unknown> => {
    const said = schema.parse(unread)
    if (said.$ref) return allowed(resolve(said.$ref))
    if (said.enum) return fc.constantFrom(...said.enum)
    if (said.anyOf) return fc.oneof(...said.anyOf.map(allowed))
    return fc.oneof(...[said.type ?? 'null'].flat().map((type) => ofType(type, said)))
  }
  const ofType = (type: string, said: Schema): fc.Arbitrary<unknown> => {
    switch (type) {
      case 'string':
        return text(said)
      case 'integer':
        return fc.integer({ min: said.minimum ?? 0, max: said.maximum ?? 50 })
      case 'boolean':
        return fc.boolean()
      case 'array':
        return fc.array(allowed(said.items), {
          minLength: said.minItems ?? 0,
          maxLength: Math.max(said.minItems ?? 0, 2),
        })
      case 'object':
        return fc.record(
          Object.fromEntries(Object.entries(said.properties ?? {}).map(([name, one]) => [name, allowed(one)])),
        )
      default:
        return fc.constant(null)
    }
  }
  return {
    allowed,
    mostlyAllowed: (said: unknown) =>
      fc.oneof({ weight: 3, arbitrary: allowed(said) }, { weight: 1, arbitrary: spoilt(allowed(said)) }),
  }
}

const text = ({ pattern, format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> => {
  if (format === 'date')
    return fc
      .date({ min: new Date('2010-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
  if (pattern) return fc.stringMatching(new RegExp(pattern))
  return fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme' })
}

/** One place of the content replaced, left out or added. */
const spoilt = (content: fc.Arbitrary<unknown>) =>
  fc.tuple(content, fc.nat(), fc.constantFrom('junk', 'gone', 'more'), fc.jsonValue()).map(([whole, at, how, junk]) => {
    const copy: unknown = structuredClone(whole)
    const objects = objectsIn(copy)
    const one = objects[at % Math.max(1, objects.length)]
    if (!one) return junk
    const names = Object.keys(one)
    const name = names[at % Math.max(1, names.length)] ?? 'nothing'
    if (how === 'gone') delete one[name]
    else one[how === 'more' ? 'more' : name] = junk
    return copy
  })

const objectsIn = (value: unknown): readonly Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : []
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
