import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { localTemplate, understand } from './template.ts'

const queue = { Type: 'AWS::SQS::Queue' }
const table = { Type: 'AWS::DynamoDB::Table' }
/** What a value of a template comes to, in a stack with a table `Kept` and a queue `Letters`. */
const resolved = (value: unknown, others: readonly unknown[] = []) => {
  const Probe = { Type: 'AWS::Logs::LogGroup', Properties: { value } }
  const template = localTemplate([{ Resources: { Kept: table, Letters: queue, Probe } }, ...others], '/cdk.out')
  return template.all('AWS::Logs::LogGroup')[0]?.properties['value']
}
const exporting = (Name: string, Value: unknown, Resources: object = {}) => ({
  Resources,
  Outputs: { Told: { Value, Export: { Name } } },
})

describe('a value of the template', () => {
  test.each([
    { value: { Ref: 'Kept' }, is: 'kept' },
    { value: { Ref: 'AWS::Partition' }, is: 'aws' },
    { value: { 'Fn::GetAtt': ['Kept', 'Arn'] }, is: 'arn:aws:dynamodb:eu-west-2:000000000000:table/kept' },
    { value: { 'Fn::GetAtt': ['Kept', 'StreamArn'] }, is: 'arn:aws:dynamodb:eu-west-2:000000000000:table/kept/stream' },
    { value: { 'Fn::GetAtt': ['Letters', 'QueueName'] }, is: 'letters' },
    { value: { 'Fn::Join': ['/', ['a', { Ref: 'Kept' }, 'b']] }, is: 'a/kept/b' },
    { value: [{ deep: { Ref: 'Kept' } }, 1, null, true], is: [{ deep: 'kept' }, 1, null, true] },
    { value: { Ref: 'Kept', beside: 'another' }, is: { Ref: 'Kept', beside: 'another' } },
  ])('$value becomes what it is on this machine', ({ value, is }) => {
    expect(resolved(value)).toEqual(is)
  })

  test('that another stack exports is resolved there', () => {
    const other = exporting('other:told', { 'Fn::GetAtt': ['There', 'Arn'] }, { There: queue })
    expect(resolved({ 'Fn::ImportValue': 'other:told' }, [other])).toBe(
      'arn:aws:sqs:eu-west-2:000000000000:queue/there',
    )
  })

  test.each([
    { value: { 'Fn::Sub': '$' + '{Kept}' }, says: 'The template uses Fn::Sub, which the local runner does not know.' },
    { value: { 'Fn::If': ['a', 1, 2] }, says: 'uses Fn::If' },
    { value: { Ref: 'AWS::AccountId' }, says: 'refers to AWS::AccountId' },
    { value: { Ref: 'Gone' }, says: 'refers to Gone' },
    { value: { 'Fn::GetAtt': ['Kept', 'TableId'] }, says: 'asks for TableId of Kept' },
    { value: { 'Fn::ImportValue': 'nobody:told' }, says: 'imports nobody:told' },
  ])('$value stops the runner, which names it', ({ value, says }) => {
    expect(() => resolved(value)).toThrow(says)
  })
})

describe('a template', () => {
  test('with a resource of an unknown type stops the runner, which names both', () => {
    const template = { Resources: { Topic: { Type: 'AWS::MSK::Topic' } } }
    expect(() => localTemplate([template], '.')).toThrow(
      'The template has Topic of type AWS::MSK::Topic, which the local runner does not know.',
    )
  })

  test('with a section of an unknown kind stops the runner, which names it', () => {
    expect(() => localTemplate([{ Resources: {}, Conditions: {} }], '.')).toThrow('Conditions')
  })

  test('that shares an id with another stack stops the runner, which names it', () => {
    expect(() => localTemplate([{ Resources: { Kept: table } }, { Resources: { Kept: table } }], '.')).toThrow('Kept')
  })

  test('tells where the code of a function lies', () => {
    const Metadata = { 'aws:asset:path': 'asset.1' }
    const template = localTemplate([{ Resources: { Run: { Type: 'AWS::Lambda::Function', Metadata } } }], '/cdk.out')
    expect(template.all('AWS::Lambda::Function')).toMatchObject([{ id: 'Run', assetPath: '/cdk.out/asset.1' }])
  })
})

test('a part of the template that this machine cannot act on is named, with what is wrong', () => {
  const shape = z.strictObject({ Timeout: z.number() })
  const properties = { Timeout: 15, Layers: [] }
  expect(() => understand({ id: 'Run', properties }, shape)).toThrow(/cannot run the template's Run: .*Layers/s)
})
