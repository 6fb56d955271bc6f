import { z } from 'zod'
import type { AccessRequest } from './evaluate.ts'

const attribute = z.looseObject({ S: z.string().optional() })
const item = z.record(z.string(), attribute)
const call = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().nullish(),
  Key: item.optional(),
  Item: item.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: item.default({}),
  TransactItems: z.array(z.record(z.string(), z.unknown())).default([]),
})

/** What a call of DynamoDB asks in IAM's eyes: an action on a table or an index, with the partition keys it is about. */
export const accessRequests = (
  operation: string,
  body: unknown,
  arnOf: (table: string) => string,
): readonly AccessRequest[] => {
  const read = call.parse(body)
  const { TableName = '', IndexName, Key, Item, TransactItems } = read
  const about = (action: string, pk: string | undefined, resource = arnOf(TableName)): AccessRequest => ({
    action: `dynamodb:${action}`,
    resource,
    context: pk === undefined ? {} : { 'dynamodb:LeadingKeys': [pk] },
  })
  switch (operation) {
    case 'GetItem':
    case 'DeleteItem':
      return [about(operation, Key?.['pk']?.S)]
    case 'PutItem':
      return [about(operation, Item?.['pk']?.S)]
    case 'Query':
      return [about(operation, partitionIn(read), IndexName ? `${arnOf(TableName)}/index/${IndexName}` : undefined)]
    case 'TransactWriteItems':
      return TransactItems.flatMap((one) =>
        Object.entries(one).flatMap(([kind, inner]) => accessRequests(`${kind}Item`, inner, arnOf)),
      )
    default:
      return [about(operation, undefined)]
  }
}

/** The partition key that a query names: `#pk = :pk`, as the store writes it. Any other form names none. */
const partitionIn = ({ KeyConditionExpression = '', ExpressionAttributeValues }: z.infer<typeof call>) => {
  const [, value = ''] = /^#pk = (:\w+)(?: AND |$)/.exec(KeyConditionExpression) ?? []
  return ExpressionAttributeValues[value]?.S
}
