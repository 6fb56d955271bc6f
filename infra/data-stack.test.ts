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

const sealing = { Properties: { EnableKeyRotation: true } }
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
    const [key] = Object.keys(kept.template.findResources('AWS::KMS::Key', sealing))
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

  test('keeps the key of cases, which turns over every year, that of hashes, that of the witness, and its secrets', () => {
    kept.template.resourceCountIs('AWS::KMS::Key', 3)
    kept.template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' })
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

describe('the witness of the audit', () => {
  const only = (type: string) => {
    const [found, ...more] = Object.values(kept.template.findResources(type))
    expect(more).toEqual([])
    return named.parse(found)
  }

  test('keeps each head for ten years, in a mode that nobody can undo', () => {
    expect(only('AWS::S3::Bucket')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3653 } },
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      },
    })
  })

  test('takes no head over another, gives none back, and speaks by TLS alone', () => {
    const { Properties } = only('AWS::S3::BucketPolicy')
    const all = { Effect: 'Deny', Principal: { AWS: '*' } }
    expect(Properties).toMatchObject({
      PolicyDocument: {
        Statement: [
          { ...all, Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { ...all, Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'true' } } },
          { ...all, Action: 's3:DeleteObject' },
        ],
      },
    })
  })

  test('signs with a key of its own that can do nothing else', () => {
    kept.template.hasResourceProperties('AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' })
  })
})

describe('the key of the stage', () => {
  const sealed = z.looseObject({
    KeyPolicy: z.looseObject({ Statement: z.array(z.looseObject({ Effect: z.string(), Action: z.unknown() })) }),
  })
  const [found] = Object.values(kept.template.findResources('AWS::KMS::Key', sealing))
  const denied = sealed
    .parse(named.parse(found).Properties)
    .KeyPolicy.Statement.filter(({ Effect }) => Effect === 'Deny')

  test('neither opens a compartment nor wraps one anew but for whoever’s tags hold its path', () => {
    expect(denied[0]).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      Principal: { AWS: '*' },
      Condition: { Null: { 'kms:EncryptionContext:compartment': 'false' } },
    })
  })

  test('gives no data key of a compartment over to another key', () => {
    expect(denied[1]).toMatchObject({
      Action: 'kms:ReEncryptFrom',
      Principal: { AWS: '*' },
      Condition: {
        Null: { 'kms:EncryptionContext:compartment': 'false' },
        Bool: { 'kms:ReEncryptOnSameKey': 'false' },
      },
    })
  })
})

describe('the key for hashes of children', () => {
  test('makes hashes and can do nothing else, nor turn over: under another nobody would be found', () => {
    kept.template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', EnableKeyRotation: Match.absent() },
    })
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
