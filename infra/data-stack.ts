import { Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { ChildKey } from './constructs/child-key.ts'
import { OutsideSecret } from './constructs/outside-secret.ts'
import type { Holdings } from './constructs/program.ts'
import { SealingKey } from './constructs/sealing-key.ts'
import { Tables } from './constructs/tables.ts'
import { Witness } from './constructs/witness.ts'
import type { StageConfig } from './stage.ts'

/** What is kept: the keys, the tables, the witness of the audit, the secrets shared with others. */
export class DataStack extends Stack {
  readonly holdings: Holdings

  constructor(scope: Construct, stage: StageConfig, props: StackProps) {
    super(scope, 'Data', { ...props, terminationProtection: stage.retain })
    const { retain } = stage
    const key = new SealingKey(this, 'Key', { stage: stage.name, retain })
    const childKey = new ChildKey(this, 'Child', { stage: stage.name, retain })
    const outside = new OutsideSecret(this, 'Outside', { retain })
    const tables = new Tables(this, 'Tables', { key, retain })
    const witness = new Witness(this, 'Witness', stage)
    this.holdings = { key, childKey, outside, tables: tables.all, witness }
  }
}
