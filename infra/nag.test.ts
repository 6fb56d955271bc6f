import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import type { IConstruct } from 'constructs'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { concordApp } from './app.ts'
import { exampleStage } from './stage.ts'

const outdir = mkdtempSync(join(tmpdir(), 'concord-infra-'))
afterAll(() => rmSync(outdir, { recursive: true }))

const concord = (settings: object = {}) =>
  concordApp({ ...exampleStage('example'), ...settings }, { outdir, bundled: false })

/** What the rules find when no acknowledgement counts. */
const findings = (app: App) => {
  const checks = new AwsSolutionsChecks()
  // Each rule asks this first; were it ever named otherwise, every acknowledgement would seem to be without effect.
  Object.assign(checks, { isAcknowledged: () => false })
  return checks
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({ rule: ruleName, path: constructPath })),
    )
}

const acknowledgements = (app: App) =>
  app.node.findAll().flatMap((construct: IConstruct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(z.record(z.string(), z.string()).parse(data)))
      .map(([id, reason]) => ({ rule: id.replace(/^annotation::/i, ''), reason, path: construct.node.path })),
  )

/** Acknowledgements that no finding stands behind, and findings that nobody acknowledged. */
const unmatched = ({ app }: ReturnType<typeof concord>) => {
  const found = findings(app)
  const said = acknowledgements(app)
  const belong = (one: { rule: string; path: string }, finding: { rule: string; path: string }) =>
    one.rule === finding.rule && `${finding.path}/`.startsWith(`${one.path}/`)
  return {
    withoutEffect: said.filter((one) => !found.some((finding) => belong(one, finding))).map(({ rule }) => rule),
    unexplained: found.filter((finding) => !said.some((one) => belong(one, finding))).map(({ rule }) => rule),
  }
}

describe('the rules of AwsSolutions', () => {
  const whole = concord()
  const certificateArn = 'arn:aws:acm:eu-west-2:000000000000:certificate/00000000-0000-0000-0000-000000000000'

  test('are looked at, and find what was acknowledged', () => {
    expect(acknowledgements(whole.app).length).toBeGreaterThan(0)
    expect(findings(whole.app).length).toBeGreaterThan(0)
  })

  test('let the app be synthesised', { timeout: 60_000 }, () => {
    expect(() => whole.app.synth()).not.toThrow()
  })

  test('leave no finding unexplained, and no acknowledgement that explains nothing', () => {
    const withAll = concord({ certificateArn, alarmEmail: 'alarms@example.nhs.uk' })
    for (const app of [whole, withAll]) expect(unmatched(app)).toEqual({ withoutEffect: [], unexplained: [] })
  })

  test('are set aside for a reason, in a sentence', () => {
    for (const { reason } of acknowledgements(whole.app)) expect(reason).toMatch(/^[A-Z].{30,}\.$/)
  })
})

describe('planted in the app', () => {
  test('an acknowledgement without effect is found', () => {
    const planted = concord()
    Validations.of(planted.service).acknowledge({ id: 'AwsSolutions-S1', reason: 'There is no bucket here at all.' })
    expect(unmatched(planted)).toEqual({ withoutEffect: ['AwsSolutions-S1'], unexplained: [] })
  })

  test('a violation is found, and stops the synthesis', { timeout: 60_000 }, () => {
    const planted = concord()
    new Queue(planted.service, 'Planted')
    expect(unmatched(planted).unexplained.toSorted()).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4'])
    expect(() => planted.app.synth()).toThrow('AwsSolutions-SQS4')
  })
})
