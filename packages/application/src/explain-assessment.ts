import { type RequestId, trustOf } from '@concord/domain/ids'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Instant } from '@concord/domain/time'
import type { Deps } from './deps.ts'
import type { ReferenceStore } from './ports/reference-store.ts'
import type { AssessmentDocument } from './ports/store.ts'
import { placeFor, scopeOf } from './scope.ts'
import { type Assessed, weighRegister } from './weigh-register.ts'

type ExplainDeps = Pick<Deps, 'storeFor' | 'digest' | 'rulesFor'> & { readonly reference: ReferenceStore }

/**
 * Weighs the facts that a kept assessment saw once more, under the policy and the organisations it names, and says whether
 * the very bytes come out. Without a moment it is the latest of the request. Refused where it is not found, was changed in
 * the table, or rests on a policy or organisations that this release no longer has.
 */
export const explainAssessment =
  (deps: ExplainDeps) =>
  async ({ id, takenAt }: { readonly id: RequestId; readonly takenAt: Instant | null }) => {
    const networks = await deps.reference.networks()
    // An operator is of no network: the request's id carries its trust alone.
    const documents = await Promise.all(
      networks.map(({ code: network }) =>
        deps.storeFor(scopeOf({ role: 'coordinator', network })).assessment(placeFor(network, id), takenAt),
      ),
    )
    const document = documents.find((one) => one !== undefined)
    return document ? replayed(deps, { ...document, id }) : ({ kind: 'not-found', what: 'assessment' } as const)
  }

const replayed = async (
  { digest, rulesFor, reference }: ExplainDeps,
  { json, hash, id }: AssessmentDocument & { readonly id: RequestId },
) => {
  if (digest(json) !== hash) return { kind: 'changed-in-table', hash } as const
  // Kept by this room under this type, and not changed since.
  const kept = JSON.parse(json) as Assessed
  const inForce = await rulesFor({ network: kept.network, trust: trustOf(id) }, kept.asOf)
  if (inForce.version !== kept.policyVersion)
    return { kind: 'other-policy', was: kept.policyVersion, is: inForce.version } as const
  const files = await reference.find('organisations', kept.organisations)
  if (!files) return { kind: 'not-found', what: 'organisations' } as const
  const again = weighRegister(kept, { policy: inForce, organisations: organisationGraph(files) })
  return { kind: 'explained', assessed: kept, hash, isSame: JSON.stringify(again) === json } as const
}
