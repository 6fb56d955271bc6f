import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import { Api } from './constructs/api.ts'
import { CallerRoles } from './constructs/caller-roles.ts'
import { Clock } from './constructs/clock.ts'
import { Console } from './constructs/console.ts'
import { Door } from './constructs/door.ts'
import { EraserRole } from './constructs/eraser-role.ts'
import { Identity } from './constructs/identity.ts'
import type { Holdings } from './constructs/program.ts'
import { React } from './constructs/react.ts'
import { Watch } from './constructs/watch.ts'
import type { StageConfig } from './stage.ts'

export interface ServiceStackProps extends StackProps {
  readonly stage: StageConfig
  readonly holdings: Holdings
}

/** What runs: all of it can be thrown away and deployed again. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, { stage, holdings, ...props }: ServiceStackProps) {
    super(scope, 'Service', props)
    const door = new Door(this, 'Door', stage)
    const api = new Api(this, 'Api', { stage, holdings, door, identity: new Identity(stage) })
    const people = new Console(this, 'Console', { stage, holdings, door })
    new CallerRoles(this, 'Caller', { holdings, programs: [api.program, people.program] })
    const eraser = new EraserRole(this, 'Eraser', holdings)
    const react = new React(this, 'React', { stage, holdings })
    const clock = new Clock(this, 'Clock', { stage, holdings })
    new Watch(this, 'Watch', {
      door,
      functions: { Api: api.program, Console: people.program, React: react.program, Clock: clock.program },
      reader: react.program,
      deadLetters: { React: react.deadLetters, Clock: clock.deadLetters },
      parked: react.parked,
      email: stage.alarmEmail,
    })
    new CfnOutput(this, 'Address', { value: door.address })
    new CfnOutput(this, 'EraserRole', { value: eraser.roleArn })
  }
}
