import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Env } from 'hono'

/** The OpenAPI 3.1 document of the API, made of the routes themselves. */
export const openApiDocument = <E extends Env>(app: OpenAPIHono<E>) => {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Concord',
      version: '1',
      description:
        'Brokers external second opinions: a trust asks, a network finds an independent clinician, the clinician declares, accepts and gives an opinion.',
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
  })
  return {
    ...document,
    components: {
      ...document.components,
      securitySchemes: {
        signIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of the stage’s issuer for its audience.',
        },
      },
    },
  }
}
