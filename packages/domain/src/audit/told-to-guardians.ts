import { roles } from '../actor.ts'
import type { GlassEvent } from '../break-glass/break-glass.ts'
import { type Audience, type Sight, seenBy } from '../request/audiences.ts'
import type { RequestEvent } from '../request/events.ts'
import type { AuditEntry } from './entry.ts'

/** Those who are told who saw or did what in a case. */
export type Guarding = Extract<Audience, 'trust-guardian' | 'network-guardian'>
/** Whether a line is told to a guardian: whole, without who it was if it was a clinician, or not at all. */
export type Told = { readonly [Audience in Guarding]: Exclude<Sight, 'if-theirs'> }

const toBoth = { 'trust-guardian': 'whole', 'network-guardian': 'whole' } as const satisfies Told
/** Done by somebody who may never accept: who was asked is for the network alone to know. */
const byOneAsked = { ...toBoth, 'trust-guardian': 'without-whom' } as const satisfies Told
const ofTheTrust = { ...toBoth, 'network-guardian': 'never' } as const satisfies Told

/** What is put on record about a case beside its events. A deed that is not here does not compile where it is put on record. */
export const caseDeeds = {
  'case.read': toBoth,
  'case.erased': toBoth,
  'answers.read': ofTheTrust,
  'offer.read': byOneAsked,
  'brief.read': byOneAsked,
  'joint-works.read': byOneAsked,
  'declaration.read': byOneAsked,
  'narrative.read': toBoth,
  'shortlist.read': toBoth,
  'restricted.read': ofTheTrust,
  'glass.read': toBoth,
  'glass.broken': toBoth,
  'glass.reviewed': toBoth,
  'review.read': toBoth,
  'audit.read': toBoth,
} as const satisfies Readonly<Record<string, Told>> & { readonly [Type in GlassEvent['type']]: Told }
export type CaseDeed = keyof typeof caseDeeds

/** Every word that can stand on record about a case, with how each guardian is told of it. */
export const toldToGuardians: Readonly<Record<CaseDeed | RequestEvent['type'], Told>> = { ...seenBy, ...caseDeeds }

/**
 * Who a line names to a guardian; nothing where they are not told of the line. A deed or a role that is not listed is told without
 * who, and a clinician is named only where the table says so in full.
 */
export const toldOf = (
  { did, role, who }: Pick<AuditEntry, 'did' | 'role' | 'who'>,
  guardian: Guarding,
): { readonly who: string | null } | undefined => {
  const [deed = ''] = did.split(' ')
  const told = isListed(deed) ? toldToGuardians[deed][guardian] : 'unlisted'
  switch (told) {
    case 'never':
      return undefined
    case 'whole':
      return { who: isRole(role) ? who : null }
    case 'without-whom':
      return { who: isRole(role) && role !== 'clinician' ? who : null }
    case 'unlisted':
      // Whatever else is written of a restricted note is its trust's too.
      return guardian === 'network-guardian' && deed.startsWith('restricted.') ? undefined : { who: null }
  }
}

const isListed = (deed: string): deed is keyof typeof toldToGuardians => Object.hasOwn(toldToGuardians, deed)
const isRole = (role: string) => role === 'system' || roles.some((one) => one === role)
