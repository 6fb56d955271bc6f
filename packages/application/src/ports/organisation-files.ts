import type { Organisations } from '@concord/domain/organisation/organisation'
import type { NonEmpty } from '@concord/domain/result'

/** One row of one file, and what is to be said of it. */
export type RowProblem = { readonly file: string; readonly line: number; readonly problem: string }

/** What the official files hold: all of it, or every row that stands in the way. */
export type OrganisationsRead =
  | {
      readonly kind: 'read'
      readonly organisations: Organisations
      /** Rows taken in although they point at a trust of which only its closing is known. */
      readonly warnings: readonly RowProblem[]
      /** Rows that say nothing about an organisation of ours. */
      readonly leftOut: readonly RowProblem[]
    }
  | { readonly kind: 'malformed'; readonly errors: NonEmpty<RowProblem> }
