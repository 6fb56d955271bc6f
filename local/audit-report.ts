import { existsSync, readFileSync } from 'node:fs'
import type { Tenant } from '@concord/application/ports/audit-chain'
import { checkReceipt, issueReceipt, verifyAudit } from '@concord/application/verify-audit'
import { auditEntry, auditReceipt } from '@concord/contracts/domain/audit'
import { auditEventOf } from '@concord/contracts/fhir/audit-event'
import type { Broken, Fault } from '@concord/domain/audit/verify'
import type { Operator } from './operator.ts'
import { stop } from './stop.ts'

const faults: Readonly<Record<Fault, string>> = {
  edited: 'was changed after it was chained',
  missing: 'is missing',
  inserted: 'was put in beside the chain',
  reordered: 'stands in another’s place',
  truncated: 'is cut off, with all that followed',
  forked: 'follows from another history than was published',
  'another-tenant': 'belongs to another network',
  'rolled-back': 'was published, and the tables went back to before it',
  unsigned: 'is under a head that the witness’s key did not sign',
}

const witnessOf = ({ witness }: Operator) =>
  witness ?? stop('Name the witness too, as WITNESS_BUCKET and WITNESS_KEY: see docs/deploy.md.')

/** What there is to say of a network's chain, and whether it holds. */
export const auditVerdict = async (operator: Operator, network: Tenant) => {
  const verdict = await verifyAudit({ ...operator, witness: witnessOf(operator) })(network)
  if (verdict.kind === 'broken') return { holds: false, text: `${network}: DOES NOT HOLD. ${where(verdict)}` }
  const { chained, countersigned, waiting } = verdict
  const text = `${network}: holds. ${chained} entries chained, ${countersigned} of them countersigned, ${waiting} waiting for the next minute.`
  return { holds: true, text }
}

const where = ({ fault, from, to, entry, head }: Broken) => {
  const place = from === null ? 'An entry' : from === to ? `Entry ${from}` : `The first of entries ${from} to ${to}`
  const name = entry === null ? '' : ` (${entry})`
  return `${place}${name} ${faults[fault]}${head === null ? '' : `, as head ${head} shows`}.`
}

/** What a receipt comes to, by itself and the witness. */
export const checkedReceipt = async (operator: Operator, file: string) => {
  const read = auditReceipt.safeParse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
  if (!read.success) return stop(`“${file}” is no receipt.`)
  const verdict = await checkReceipt({ ...operator, witness: witnessOf(operator) })(read.data)
  switch (verdict.kind) {
    case 'holds':
      return `Holds: entry ${verdict.seq} of ${verdict.tenant}, under head ${verdict.head}, which the witness keeps.`
    case 'not-witnessed':
      return stop(`DOES NOT HOLD. The witness keeps no such head ${verdict.head} with its signature.`)
    case 'broken':
      return stop(`DOES NOT HOLD. The first that does not fit: ${verdict.because}.`)
  }
}

export const printedReceipt = async (operator: Operator, network: Tenant, place: number) => {
  const receipt = await issueReceipt(operator)(network, place)
  return receipt ? JSON.stringify(receipt, null, 2) : stop(`No published head has an entry ${place} of ${network}.`)
}

/** What is on record of a case or an office, each entry as a FHIR AuditEvent on a line of its own. */
export const auditEvents = async (
  { auditChain }: Pick<Operator, 'auditChain'>,
  about: string,
  server: string | null,
) => {
  const found = await auditChain.auditOf(about)
  if (found.length === 0) return stop(`Nothing is on record of “${about}”: write it as south-west/RA7/<request>.`)
  return found.map(({ entry }) => JSON.stringify(auditEventOf(auditEntry.parse(entry), server))).join('\n')
}
