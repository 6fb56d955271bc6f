import { emptyChain, endAt, linksAfter } from '@concord/domain/audit/chain'
import type { NamedEntry } from '@concord/domain/audit/entry'
import { auditHashes } from '@concord/domain/audit/hashes'
import { headAfter } from '@concord/domain/audit/head'
import type { ChainEnd, Head } from '@concord/domain/audit/ledger'
import { isNonEmpty } from '@concord/domain/result'
import type { Deps } from './deps.ts'
import type { AuditChain, HeadWitness, Tenant } from './ports/audit-chain.ts'
import type { ReferenceStore } from './ports/reference-store.ts'
import { PLATFORM } from './scope.ts'

type ChainDeps = Pick<Deps, 'clock' | 'digest'> & {
  readonly auditChain: AuditChain
  readonly witness: HeadWitness
  readonly reference: Pick<ReferenceStore, 'networks'>
}

/** A link and its entry each, and the chain's end: as many as one transaction bears. */
const TOGETHER = 49

/** Once a minute: what is new is chained, one query for each network and one for the platform’s own, and where a chain moved one head is published for all. */
export const chainAudit =
  (deps: ChainDeps) => async (): Promise<{ readonly chained: number; readonly head: number | null }> => {
    const networks = await deps.reference.networks()
    const tenants: readonly Tenant[] = [...networks.map(({ code }) => code), PLATFORM]
    const looked = await Promise.allSettled(tenants.map((tenant) => chainIn(deps, tenant)))
    const done = looked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const moved = done.flatMap(({ end }) => end ?? [])
    const head = moved.length > 0 ? await publish(deps, moved) : null
    const failed = looked.flatMap((one): readonly unknown[] => (one.status === 'rejected' ? [one.reason] : []))
    // Said once everything else is done: one network that cannot be chained keeps no other waiting.
    if (failed.length > 0) throw new AggregateError(failed, `${failed.length} networks were not chained`)
    return { chained: done.reduce((sum, { chained }) => sum + chained, 0), head: head?.number ?? null }
  }

/** Chains what waits in a network; the end where a head is due for it. */
const chainIn = async (
  { auditChain, digest }: ChainDeps,
  tenant: Tenant,
): Promise<{ readonly chained: number; readonly end?: ChainEnd }> => {
  const { entries, hasMoved } = await auditChain.waiting(tenant)
  if (entries.length === 0 && !hasMoved) return { chained: 0 }
  const hashes = auditHashes(digest)
  let end = (await auditChain.end(tenant)) ?? emptyChain(tenant, hashes)
  let chained = 0
  for (let left: readonly NamedEntry[] = entries; left.length > 0; ) {
    const now = left.slice(0, TOGETHER)
    const links = linksAfter(end, now, hashes)
    const together = links.flatMap((link, at) => (now[at] ? [{ link, entry: now[at] }] : []))
    const last = links.at(-1)
    if (!isNonEmpty(together) || !last) break
    const outcome = await auditChain.append(end, together)
    // Who was quicker publishes too.
    if (outcome.kind === 'moved-on') return { chained }
    if (outcome.kind === 'chained-before') {
      left = left.filter(({ name }) => !outcome.names.includes(name))
      continue
    }
    end = endAt(last)
    chained += now.length
    left = left.slice(TOGETHER)
  }
  return end.length === 0 ? { chained } : { chained, end }
}

/** Publishes a head that has these ends: in the tables first, so that the witness never knows of one that they do not. */
const publish = async ({ auditChain, witness, clock, digest }: ChainDeps, moved: readonly ChainEnd[]) => {
  const [before, witnessed] = await Promise.all([auditChain.latestHead(), witness.latest()])
  if ((witnessed?.head.number ?? 0) > (before?.number ?? 0))
    throw new Error(`The witness keeps head ${witnessed?.head.number}, which the tables no longer have`)
  // What a tick that broke off left unwitnessed comes first.
  for (let number = (witnessed?.head.number ?? 0) + 1; number <= (before?.number ?? 0); number += 1)
    await countersign(witness, number === before?.number ? before : await auditChain.head(number))
  const head = headAfter(before, { at: clock.now(), moved }, auditHashes(digest))
  if (head) {
    // Another tick has put a head of this number: what moved stays noted, and the next tick publishes it.
    if ((await auditChain.putHead(head)) === 'put-before') return null
    await countersign(witness, head)
  }
  await Promise.all(moved.map((end) => auditChain.settle(end)))
  return head ?? null
}

const countersign = async (witness: HeadWitness, head: Head | undefined) => {
  if (!head) throw new Error('A head is missing that the witness does not have yet')
  if ((await witness.publish(head)) === 'other-stands')
    throw new Error(`The witness keeps another head ${head.number} than the tables`)
}
