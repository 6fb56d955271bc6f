import { eraserGrant, tagNames, UNUSED } from '@concord/application/grants'
import { Duration, Stack } from 'aws-cdk-lib'
import { AccountRootPrincipal, PrincipalWithConditions, Role, SessionTagsPrincipal } from 'aws-cdk-lib/aws-iam'
import type { Construct } from 'constructs'
import { refusingUnused, statementsOf, throughTables } from './leading-keys.ts'
import type { Holdings } from './program.ts'

/**
 * What an operator takes on to erase one case, with that case's paths as the tags of the session: it deletes what is sealed there
 * and reaches no other case, nor a use of the key. No function may take it on; whom the account lets is the account's to say.
 */
export class EraserRole extends Role {
  constructor(scope: Construct, id: string, { tables, key }: Pick<Holdings, 'tables' | 'key'>) {
    const tagged = Object.fromEntries(tagNames.map((tag) => [`aws:RequestTag/${tag}`, 'false']))
    super(scope, id, {
      assumedBy: new SessionTagsPrincipal(
        new PrincipalWithConditions(new AccountRootPrincipal(), {
          Null: tagged,
          'ForAllValues:StringEquals': { 'aws:TagKeys': [...tagNames] },
        }),
      ),
      maxSessionDuration: Duration.hours(1),
    })
    for (const statement of statementsOf(eraserGrant, tables)) this.addToPolicy(statement)
    this.addToPolicy(refusingUnused(UNUSED, tables))
    this.addToPolicy(throughTables(key, Stack.of(this).region))
  }
}
