import { type CallerRole, callerGrants, callerRoles, tagNames, UNUSED } from '@concord/application/grants'
import { Duration, Stack } from 'aws-cdk-lib'
import {
  ArnPrincipal,
  CompositePrincipal,
  type IRole,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam'
import { Construct } from 'constructs'
import { insideOf, refusingUnused, statementsOf, throughTables } from './leading-keys.ts'
import type { Holdings, Program } from './program.ts'

interface CallerRolesProps {
  readonly holdings: Holdings
  /** The functions that act for callers. */
  readonly programs: readonly Program[]
}

/**
 * One role for each kind of caller. A function takes it on for one caller, with their paths as the tags of the session: then it
 * reaches what the caller may reach and nothing else, whatever its code asks.
 */
export class CallerRoles extends Construct {
  constructor(scope: Construct, id: string, { holdings, programs }: CallerRolesProps) {
    super(scope, id)
    const functions = programs.flatMap(({ role }) => role ?? [])
    for (const name of callerRoles) {
      const role = this.roleOf(name, holdings, functions)
      for (const program of programs) {
        program.addEnvironment(`ROLE_${name.toUpperCase()}`, role.roleArn)
        program.allow(['sts:AssumeRole', 'sts:TagSession'], [role.roleArn])
      }
    }
  }

  private roleOf(name: CallerRole, { tables, key, childKey }: Holdings, functions: readonly IRole[]) {
    const tagged = Object.fromEntries(tagNames.map((tag) => [`aws:RequestTag/${tag}`, 'false']))
    const principals = functions.map(
      (one) =>
        new SessionTagsPrincipal(
          new PrincipalWithConditions(new ArnPrincipal(one.roleArn), {
            // Every tag and no other: one that is missing would leave a pattern unfilled.
            Null: tagged,
            'ForAllValues:StringEquals': { 'aws:TagKeys': [...tagNames] },
          }),
        ),
    )
    const role = new Role(this, name.charAt(0).toUpperCase() + name.slice(1), {
      assumedBy: new CompositePrincipal(...principals),
      maxSessionDuration: Duration.hours(1),
    })
    const grant = callerGrants[name]
    for (const statement of statementsOf(grant, tables)) role.addToPolicy(statement)
    role.addToPolicy(refusingUnused(UNUSED, tables))
    role.addToPolicy(throughTables(key, Stack.of(this).region))
    const { read = [], write = [] } = grant.keys ?? {}
    for (const [action, paths] of [
      ['kms:Decrypt', read],
      ['kms:GenerateDataKey', write],
    ] as const)
      if (paths.length > 0)
        role.addToPolicy(
          new PolicyStatement({
            actions: [action],
            resources: [key.keyArn],
            conditions: {
              StringLike: { 'kms:EncryptionContext:compartment': paths.flatMap(insideOf) },
              Null: { 'kms:EncryptionContext:compartment': 'false' },
            },
          }),
        )
    // Whoever says who the child is: by the hash others find that it is the same, and nobody asks who that is.
    if (name === 'trust')
      role.addToPolicy(new PolicyStatement({ actions: ['kms:GenerateMac'], resources: [childKey.keyArn] }))
    return role
  }
}
