import { text } from 'node:stream/consumers'
import { listen } from '../listen.ts'
import { decide, type Principal } from './evaluate.ts'
import { accessRequests } from './item-calls.ts'
import { accessKeyIn, OWNER, type Principals } from './principals.ts'

type Gate = {
  readonly dynamodbUrl: string
  readonly principals: Principals
  readonly arnOf: (table: string) => string
  readonly onDenied: (line: string) => void
}

/** What IAM would say to a call of DynamoDB: nothing, or why it is refused. */
const refusalOf = (
  { principals, arnOf }: Pick<Gate, 'principals' | 'arnOf'>,
  principal: Principal,
  operation: string,
  body: unknown,
): string | undefined => {
  const statements = principals.statementsOf(principal)
  const refused = accessRequests(operation, body, arnOf).find(
    (request) => decide(statements, request, principal.tags) !== 'allowed',
  )
  return refused && `${principal.role} is not authorized to perform ${refused.action} on ${refused.resource}`
}

/** Stands in front of DynamoDB Local, which knows no access policies, and holds every call to those of the templates. */
export const startGate = (port: number, gate: Gate) =>
  listen(port, async (request, response) => {
    const [body, accessKey] = [await text(request), accessKeyIn(request.headers.authorization)]
    const operation = String(request.headers['x-amz-target']).replace(/^DynamoDB_\d+\./, '')
    const principal = gate.principals.principalOf(accessKey)
    const refused =
      accessKey === OWNER
        ? undefined
        : principal
          ? refusalOf(gate, principal, operation, JSON.parse(body))
          : 'The security token included in the request is invalid'
    if (refused) {
      gate.onDenied(refused)
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
      response.end(JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', message: refused }))
      return
    }
    // DynamoDB Local asks for a signature and looks at none.
    const headers = { 'x-amz-target': String(request.headers['x-amz-target']), authorization: SIGNED }
    const answer = await fetch(gate.dynamodbUrl, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-amz-json-1.0' },
      body,
    })
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(await answer.text())
  })

const SIGNED = `AWS4-HMAC-SHA256 Credential=${OWNER}/20260101/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=0`
