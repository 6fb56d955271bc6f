import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scope } from '@concord/application/scope'
import type { scopedTables } from '@concord/store/scoped-tables'
import type { TableAccess, Write } from '@concord/store/table-access'
import type { TableIndex } from '@concord/store/tables'
import type { aWorld } from '@concord/testkit/world'
import { concordApp } from '../../infra/app.ts'
import { exampleStage } from '../../infra/stage.ts'
import { type AccessRequest, decide, policiesIn } from '../../local/gate/evaluate.ts'
import { readTemplates } from '../../local/template.ts'

/** The access policies as they are synthesised for a deployment, read as the local system reads them. */
const synthesised = () => {
  const outdir = mkdtempSync(join(tmpdir(), 'concord-policies-'))
  try {
    concordApp(exampleStage('example'), { outdir, bundled: false, checked: false }).app.synth()
    const template = readTemplates(outdir)
    const policies = policiesIn(template)
    const roles = template.all('AWS::IAM::Role')
    const arns = new Map(template.all('AWS::DynamoDB::Table').map(({ id, arn }) => [id, arn]))
    return { policies, roles, arns }
  } finally {
    rmSync(outdir, { recursive: true })
  }
}
let made: ReturnType<typeof synthesised> | undefined
const cloud = () => {
  made ??= synthesised()
  return made
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const arnOf = (table: string) => {
  const found = [...cloud().arns].find(([id]) => id.startsWith(`Tables${capital(table)}`))
  if (!found) throw new Error(`The template has no table ${table}`)
  return found[1]
}

/** The statements of the role in which the cloud acts for a scope. */
const statementsFor = ({ role }: Scope) => {
  const named = role === 'eraser' ? 'Eraser' : `Caller${capital(role)}`
  const wanted = role === 'platform' ? /^ReactRole/ : new RegExp(`^${named}[0-9A-F]{8}$`)
  const found = cloud().roles.find(({ id }) => wanted.test(id))
  return cloud().policies.get(found?.name ?? '') ?? []
}

/** What the synthesised policies say to one thing asked. */
const cloudDecides = (scope: Scope, request: AccessRequest) =>
  decide(statementsFor(scope), request, scope.role === 'platform' ? {} : scope.tags)

export class AccessDenied extends Error {
  override readonly name = 'AccessDenied'
}

/** Tables behind the synthesised policies, as they are in the cloud and behind the gate of the local system. */
export const gatedTables = (tables: TableAccess, scope: Scope, onDenied: () => void = () => {}): TableAccess => {
  const ask = (action: string, table: string, pk: string, index?: TableIndex) => {
    const resource = index ? `${arnOf(table)}/index/${index.name}` : arnOf(table)
    const request = { action: `dynamodb:${action}`, resource, context: { 'dynamodb:LeadingKeys': [pk] } }
    if (cloudDecides(scope, request) === 'allowed') return
    onDenied()
    throw new AccessDenied(`${action} of ${table}`)
  }
  return {
    get: async (table, key) => {
      ask('GetItem', table, key.pk)
      return tables.get(table, key)
    },
    query: async (table, query) => {
      ask('Query', table, query.pk, query.index)
      return tables.query(table, query)
    },
    write: async (writes) => {
      for (const one of writes) ask(one.kind === 'put' ? 'PutItem' : 'DeleteItem', one.table, pkOf(one))
      return tables.write(writes)
    },
  }
}
const pkOf = (write: Write) => (write.kind === 'put' ? write.item.pk : write.key.pk)

export type Defence = Pick<NonNullable<Parameters<typeof aWorld>[0]>, 'gate' | 'guard'>
export const unguarded: typeof scopedTables = (tables) => tables
