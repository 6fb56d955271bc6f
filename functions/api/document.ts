import { routes } from '@concord/contracts/routes'
import { OpenAPIHono } from '@hono/zod-openapi'
import examples from './examples.json' with { type: 'json' }

/** The OpenAPI 3.1 document of the API, made of the routes themselves. */
export const openApiDocument = () => {
  const described = new OpenAPIHono()
  for (const { config } of Object.values(routes).flat()) described.openAPIRegistry.registerPath(config)
  const document = described.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Concord',
      version: '1',
      description: [
        'Brokers external second opinions: a trust asks, a network finds an independent clinician, the clinician declares, accepts and gives an opinion.',
        'Who calls is in the token alone. Its claim `acts_as` names one of the roles that its subject holds at Concord; without the claim, the subject’s one role acts. A role that has ended is refused on the next call. A program gets its token by client credentials: its subject is its own client id, it holds roles as a person does, and what a person has to do (a route that says `sign-in-again`) it cannot.',
        'Every refusal is a problem (RFC 9457) with a permanent `code`. An unknown route or method is a 404. What is not for a caller is not there for them, in the same words. The gateway in front answers in its own words to a token it cannot verify (401), to too many calls of everybody together (429) and where no answer comes (503).',
        'The `pattern` of an NHS, CHI, H&C, GMC or ODS code is the form in which Concord keeps it and answers with it. A code that you send may have spaces, dashes or joiners between its characters and may be in lower case.',
        'Days are days in the United Kingdom, moments are in UTC. Null is “nobody asked”, an empty list is “asked, and there is none”.',
      ].join('\n\n'),
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
  })
  const signIn = {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the stage’s issuer for its audience.',
  }
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]): [string, object] => {
    const example = Object.entries(examples).find(([of]) => of === name)?.[1]
    return [name, example ? { ...schema, examples: [example] } : schema]
  })
  return { ...document, components: { schemas: Object.fromEntries(schemas), securitySchemes: { signIn } } }
}
