import type { HeadWitness } from '@concord/application/ports/audit-chain'
import type { Head, Witnessed } from '@concord/domain/audit/ledger'

/** A witness that lives as long as the test. */
export const memoryWitness = (): HeadWitness & { readonly all: () => readonly Head[] } => {
  const kept = new Map<number, Head>()
  const told = (head: Head | undefined): Witnessed | undefined => head && { head, isSigned: true }
  return {
    publish: async (head) => {
      const there = kept.get(head.number)
      if (!there) kept.set(head.number, head)
      return there === undefined || there.hash === head.hash ? 'published' : 'other-stands'
    },
    latest: async () => told(kept.get(Math.max(...kept.keys()))),
    find: async (number) => told(kept.get(number)),
    all: () => [...kept.values()],
  }
}
