import type { Subject } from './ids.ts'

export const roles = [
  'requester',
  'eso-lead',
  'coordinator',
  'clinical-lead',
  'clinician',
  'commissioner',
  'guardian',
  'operator',
] as const
export type Role = (typeof roles)[number]

/** Who acts. The clock and the reactors act too, and never as a person. */
export type Actor =
  | { readonly subject: Subject; readonly role: Role }
  | { readonly subject: 'clock' | 'react'; readonly role: 'system' }
