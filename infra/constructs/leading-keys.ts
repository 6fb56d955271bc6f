import { type Grant, type Reach, type TableName, tagNames } from '@concord/application/grants'
import { tables } from '@concord/store/tables'
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Tables } from './tables.ts'

/** What may be done with items: just what the store asks. Nothing scans, empties or drops a table. */
const actions = { read: ['GetItem', 'Query'], write: ['PutItem'], erase: ['DeleteItem'] } as const satisfies Record<
  keyof Reach,
  readonly string[]
>

/** A grant as statements of an access policy: in each table, keys that begin by a granted path and no others. */
export const statementsOf = (grant: Grant, all: Tables['all']): readonly PolicyStatement[] =>
  tableNames.flatMap((name) => {
    const { read = [], write = [], erase = [] } = grant[name] ?? {}
    const { tableArn } = all[name]
    const indexes = tables[name].indexes.map((index) => `${tableArn}/index/${index.name}`)
    return [
      ...(read.length > 0 ? [allowing(actions.read, [tableArn, ...indexes], read)] : []),
      ...(write.length > 0 ? [allowing(actions.write, [tableArn], write)] : []),
      ...(erase.length > 0 ? [allowing(actions.erase, [tableArn], erase)] : []),
    ]
  })

const allowing = (does: readonly string[], resources: readonly string[], paths: readonly string[]) =>
  new PolicyStatement({
    actions: does.map((action) => `dynamodb:${action}`),
    resources: [...resources],
    conditions: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': paths.flatMap(insideOf) },
      // Of a call without keys it would be true that all of them are inside.
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  })

/** A path and what lies below it, as patterns in which a caller's tags stand for themselves. */
export const insideOf = (path: string): readonly string[] => {
  const pattern = tagNames.reduce((text, tag) => text.replace(`{${tag}}`, `\${aws:PrincipalTag/${tag}}`), path)
  return [pattern, `${pattern}/*`]
}

/** What hangs on a tag without use would be one place for everybody's: it is refused to all. */
export const refusingUnused = (unused: string, all: Tables['all']) =>
  new PolicyStatement({
    effect: Effect.DENY,
    actions: ['dynamodb:*'],
    resources: tableNames.map((name) => all[name].tableArn),
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [unused, `${unused}/*`] } },
  })

/** The tables' own encryption: usable through DynamoDB alone, so it opens no case. */
export const throughTables = ({ keyArn }: IKey, region: string) =>
  new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } },
  })

export const tableNames = ['records', 'sealed', 'keys', 'audit', 'figures'] as const satisfies readonly TableName[]
