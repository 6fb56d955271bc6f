import { aboutOf } from '@concord/domain/audit/entry'
import { auditHashes } from '@concord/domain/audit/hashes'
import type { Head, Witnessed } from '@concord/domain/audit/ledger'
import { type Receipt, type ReceiptVerdict, receiptOf, verifyReceipt } from '@concord/domain/audit/receipt'
import { type Verdict, verify } from '@concord/domain/audit/verify'
import type { Deps } from './deps.ts'
import type { AuditChain, HeadWitness, Tenant } from './ports/audit-chain.ts'

type VerifyDeps = Pick<Deps, 'digest'> & { readonly auditChain: AuditChain; readonly witness: HeadWitness }

/** Verifies the chain of a network by the entries, the heads and the witness, and asks nothing of the functions that wrote them. */
export const verifyAudit =
  ({ auditChain, witness, digest }: VerifyDeps) =>
  async (network: Tenant): Promise<Verdict> => {
    // The witness first: what is published meanwhile is then in the tables too.
    const latest = await witness.latest()
    const [heads, links, waiting] = await Promise.all([
      auditChain.heads(),
      auditChain.links(network),
      auditChain.waiting(network),
    ])
    const names = [...links.map(({ entry }) => entry), ...waiting.entries.map(({ name }) => name)]
    const found = []
    for (const about of new Set(names.map(aboutOf))) found.push(...(await auditChain.auditOf(about)))
    const witnessed = latest ? await lookedAt(witness, { heads, latest }) : []
    return verify({ tenant: network, links, entries: found, heads, witnessed }, auditHashes(digest))
  }

/** Where the latest head is another than the witness keeps, the two heads between which they part: each binds all before it. */
const lookedAt = async (
  witness: HeadWitness,
  { heads, latest }: { readonly heads: readonly Head[]; readonly latest: Witnessed },
): Promise<readonly Witnessed[]> => {
  const hashOf = new Map(heads.map(({ number, hash }) => [number, hash]))
  const agrees = ({ head }: Witnessed) => hashOf.get(head.number) === head.hash
  if (agrees(latest)) return [latest]
  let [good, bad]: [Witnessed | undefined, Witnessed] = [undefined, latest]
  for (let low = 0; bad.head.number - low > 1; ) {
    const middle = await witness.find(Math.floor((low + bad.head.number) / 2))
    if (!middle) break
    if (agrees(middle)) [good, low] = [middle, middle.head.number]
    else bad = middle
  }
  return good ? [good, bad] : [bad]
}

/** The receipt of the entry at a place of a network's chain, once a head is published that has it. */
export const issueReceipt =
  ({ auditChain, digest }: Pick<VerifyDeps, 'auditChain' | 'digest'>) =>
  async (network: Tenant, seq: number): Promise<Receipt | undefined> => {
    const [heads, links] = await Promise.all([auditChain.heads(), auditChain.links(network)])
    const name = links[seq - 1]?.entry
    if (name === undefined) return undefined
    const entry = (await auditChain.auditOf(aboutOf(name))).find((one) => one.name === name)?.entry
    return entry && receiptOf({ tenant: network, seq }, { links, heads, entry }, auditHashes(digest))
  }

/** Verifies a receipt by itself and the witness: no table is read. */
export const checkReceipt =
  ({ witness, digest }: Pick<VerifyDeps, 'witness' | 'digest'>) =>
  async (receipt: Receipt): Promise<ReceiptVerdict> =>
    verifyReceipt(receipt, await witness.find(receipt.head.number), auditHashes(digest))
