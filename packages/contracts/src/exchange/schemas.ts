import { z } from 'zod'
import { assessLine } from './line.ts'
import { rankLine, rankReply } from './rank-line.ts'
import { assessReply, errorReply } from './reply.ts'

const documents = {
  'assess-line': assessLine,
  'assess-reply': z.union([assessReply, errorReply]),
  'rank-line': rankLine,
  'rank-reply': z.union([rankReply, errorReply]),
}

/** The JSON Schemas (2020-12) of what the commands read and write, by name. */
export const schemaDocuments = () =>
  Object.fromEntries(
    Object.entries(documents).map(([name, schema]) => [
      name,
      { title: name, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' }) },
    ]),
  )
