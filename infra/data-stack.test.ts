import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyNames, tables } from '@concord/store/tables'
import { Match, Template } from 'aws-cdk-lib/assertions'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { concordApp } from './app.ts'
import { exampleStage } from './stage.ts'

const outdir = mkdtempSync(join(tmpdir(), 'concord-infra-'))
afterAll(() => rmSync(outdir, { recursive: true }))

const dataOf = (retain: boolean) => {
  const { data } = concordApp({ ...exampleStage('example'), retain }, { outdir, bundled: false, checked: false })
  return { stack: data, template: Template.fromStack(data) }
}
const kept = dataOf(true)
const thrownAway = dataOf(false)

const named = z.looseObject({ Properties: z.looseObject({}) })
/** The five tables, found in the template by the name the store gives them. */
const tableOf = (name: string, { template }: typeof kept) => {
  const found = Object.entries(template.findResources('AWS::DynamoDB::Table'))
  const [, table] = found.find(([id]) => id.toLowerCase().startsWith(`tables${name}`)) ?? []
  return named.parse(table)
}

describe('the tables that are kept', () => {
  test('are those of the store and no other', () => {
    kept.template.resourceCountIs('AWS::DynamoDB::Table', Object.keys(tables).length)
    // No rule of cdk-nag looks at a global table, so there is none.
    kept.template.resourceCountIs('AWS::DynamoDB::GlobalTable', 0)
  })

  test.each(Object.entries(tables))(
    'have in %s the keys, the recovery and the stream the store asks for',
    (name, shape) => {
      const { Properties } = tableOf(name, kept)
      expect(Properties).toMatchObject({
        KeySchema: [
          { AttributeName: keyNames.partition, KeyType: 'HASH' },
          { AttributeName: keyNames.sort, KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: true,
          RecoveryPeriodInDays: shape.recoveryDays,
        },
      })
      // The new image alone: what an item was before is nobody's business downstream.
      expect(Properties['StreamSpecification']).toEqual(shape.stream ? { StreamViewType: 'NEW_IMAGE' } : undefined)
    },
  )

  test('can be brought back from 35 days ago, the keys of cases from one', () => {
    const days = Object.fromEntries(Object.entries(tables).map(([name, { recoveryDays }]) => [name, recoveryDays]))
    expect(days).toEqual({ records: 35, sealed: 35, keys: 1, audit: 35, figures: 35 })
  })

  test.each(Object.keys(tables))('are encrypted, %s too, with the key of the stage', (name) => {
    const [key] = Object.keys(kept.template.findResources('AWS::KMS::Key'))
    expect(tableOf(name, kept).Properties['SSESpecification']).toEqual({
      KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] },
      SSEEnabled: true,
      SSEType: 'KMS',
    })
  })
})

describe('a stage that keeps', () => {
  test.each(Object.keys(tables))('lets %s neither be deleted nor go with its stack', (name) => {
    expect(tableOf(name, kept)).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { DeletionProtectionEnabled: true },
    })
  })

  test('keeps its one key, which turns over every year, and its secrets', () => {
    kept.template.resourceCountIs('AWS::KMS::Key', 1)
    kept.template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({ EnableKeyRotation: true, PendingWindowInDays: 30 }),
    })
    kept.template.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' })
  })

  test('cannot have its stack deleted by mistake', () => {
    expect(kept.stack.terminationProtection).toBe(true)
  })
})

describe('a stage that keeps nothing', () => {
  test.each(Object.keys(tables))('takes %s away with its stack', (name) => {
    expect(tableOf(name, thrownAway)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    })
    expect(thrownAway.stack.terminationProtection).toBe(false)
  })
})
