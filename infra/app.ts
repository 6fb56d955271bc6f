import { App, Tags, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { DataStack } from './data-stack.ts'
import { ServiceStack } from './service-stack.ts'
import type { StageConfig } from './stage.ts'

export interface AppOptions {
  readonly outdir?: string
  /** Off in assertion tests, which look at the templates and not at the code. */
  readonly bundled?: boolean
  /** Off where a machine runs its own copy and speed counts. */
  readonly checked?: boolean
}

/** The whole of Concord's cloud for one stage: what is kept, and what runs. */
export const concordApp = (stage: StageConfig, { outdir, bundled = true, checked = true }: AppOptions = {}) => {
  const app = new App({
    analyticsReporting: false,
    ...(outdir && { outdir }),
    // The CLI sets this one; the local runner finds a function's bundle by it.
    context: { 'aws:cdk:enable-asset-metadata': true, ...(!bundled && { 'aws:cdk:bundling-stacks': [] }) },
  })
  const env = { account: stage.account, region: stage.region }
  const data = new DataStack(app, stage, { env, stackName: `concord-${stage.name}-data` })
  const service = new ServiceStack(app, {
    env,
    stackName: `concord-${stage.name}-service`,
    stage,
    holdings: data.holdings,
  })
  Tags.of(app).add('concord:stage', stage.name)
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return { app, data, service }
}
