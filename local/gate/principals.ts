import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { LocalTemplate } from '../template.ts'
import { understand } from '../template.ts'
import { decide, type Principal, policiesIn, type Statement, statementOf } from './evaluate.ts'

/** Who signs with the owner's own key is this machine's owner, whom no policy binds: the seed and the operator's commands. */
export const OWNER = 'local'

const roleShape = z.looseObject({
  AssumeRolePolicyDocument: z.looseObject({
    Statement: z.array(z.looseObject({ Principal: z.record(z.string(), z.unknown()) })),
  }),
})

/** The roles of the templates, and who acts in which by the access key a call is signed with. */
export const principalsOf = (template: Pick<LocalTemplate, 'all'>) => {
  const policies = policiesIn(template)
  const roles = template.all('AWS::IAM::Role')
  const sessions = new Map<string, Principal>()
  const mayBeTaken = new Map(roles.map((role) => [role.name, trustOf(role)]))
  const principalOf = (accessKey: string): Principal | undefined =>
    sessions.get(accessKey) ?? (policies.has(accessKey) ? { role: accessKey, tags: {} } : undefined)

  return {
    /** A function signs with the name of its role, which this machine gave it as its key. */
    principalOf,
    statementsOf: ({ role }: Principal): readonly Statement[] => policies.get(role) ?? [],
    /** Takes on a role with tags: where the taker's own policy and the role's trust both say so, as STS does. */
    assume: (by: Principal, arn: string, tags: Readonly<Record<string, string>>): string | undefined => {
      const [role, own] = [arn, by.role].map((one) => roles.find(({ name, arn: its }) => one === name || one === its))
      if (!role || !own) return undefined
      const context = {
        'aws:TagKeys': Object.keys(tags),
        ...Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:RequestTag/${tag}`, [value]])),
      }
      const asks = ['sts:AssumeRole', 'sts:TagSession'].map((action) => ({ action, resource: role.arn, context }))
      const trusts = (mayBeTaken.get(role.name) ?? []).flatMap(({ principals, statement }) =>
        principals.includes(own.arn) ? [statement] : [],
      )
      const statements = policies.get(own.name) ?? []
      const isAllowed = asks.every(
        (ask) => decide(statements, ask, by.tags) === 'allowed' && decide(trusts, ask, by.tags) === 'allowed',
      )
      if (!isAllowed) return undefined
      const accessKey = `session${randomUUID().replaceAll('-', '')}`
      sessions.set(accessKey, { role: role.name, tags })
      return accessKey
    },
  }
}
export type Principals = ReturnType<typeof principalsOf>

const trustOf = (role: ReturnType<LocalTemplate['all']>[number]) => {
  const { Statement } = understand(role, roleShape).AssumeRolePolicyDocument
  return Statement.map(({ Principal: principal, ...rest }) => ({
    principals: Object.values(principal).flat(),
    statement: statementOf({ ...rest, Resource: '*' }),
  }))
}

/** The access key with which a call is signed (Signature Version 4). */
export const accessKeyIn = (authorization = ''): string => /Credential=([^/,\s]+)\//.exec(authorization)?.[1] ?? ''
