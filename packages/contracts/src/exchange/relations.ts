import type { Business, ManagementKind, PersonalKind, TrainingKind } from '@concord/domain/independence/pair'
import { managementKinds, trainingKinds } from '@concord/domain/independence/pair'
import { normal } from '@concord/domain/text/normal'

// The words people write for a relation, and what the rules take them for.

const partner = /^(civil-)?(partner|spouse|husband|wife|fiance|fiancee|cohabitant|co-habitant|living-with)$/
const formerPartner = /^(ex|former|divorced|separated)-?.*(partner|spouse|husband|wife|fiance|fiancee)?$/
const relative =
  /^(relative|kin|family-member|(step|half|foster|adoptive|adopted|god-?sib|great|grand|twin|maternal|paternal|first|second|third|distant)?-?(great-)?(parent|mother|father|child|son|daughter|sibling|brother|sister|cousin|aunt|uncle|nephew|niece|grandparent|grandmother|grandfather|grandchild|grandson|granddaughter|ward|guardian|twin)s?(-once-removed|-twice-removed)?(-in-law)?|parent-of|child-of|guardian-of|in-law|foster-carer)$/
const friend = /^(close|best|family|good|old)-friend$/
const acquaintance =
  /^(acquaintance|colleague|former-colleague|friend|professional|classmate|social-media-contact|none|no-tie|same-college|neighbouring-practice)$/

const plain = (text: string) =>
  normal(text.trim().toLowerCase(), 'NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_]+/g, '-')

/** A personal relation as the rules know it; none where nobody knows the word. */
export const personalKindOf = (text: string): PersonalKind | undefined => {
  const word = plain(text)
  if (word === 'unsure' || word === 'unknown') return 'unsure'
  if (friend.test(word)) return 'close-friend'
  if (acquaintance.test(word)) return 'acquaintance'
  if (/^neighbours?$/.test(word)) return 'neighbour'
  if (/^god-?(parent|mother|father|child|son|daughter)$/.test(word)) return 'god-parent'
  if (/^(faith|religious)-leader$|^(priest|vicar|imam|rabbi|pastor|minister|chaplain)$/.test(word))
    return 'faith-leader'
  if (/^(carer|childminder|teacher|nanny)(-of)?$/.test(word)) return 'carer'
  if (partner.test(word)) return 'partner'
  if (/^(ex|former|divorced|separated)(-|$)/.test(word) && formerPartner.test(word)) return 'former-partner'
  if (relative.test(word)) return 'relative'
  return undefined
}

export const managementKindOf = (text: string): ManagementKind | undefined => {
  const word = plain(text)
  const others: Readonly<Record<string, ManagementKind>> = {
    'line-manages': 'manages',
    directs: 'manages',
    'directed-by': 'managed-by',
    'line-managed-by': 'managed-by',
    unknown: 'unsure',
  }
  return managementKinds.find((kind) => kind === word) ?? others[word]
}

export const trainingKindOf = (text: string): TrainingKind | undefined => {
  const word = plain(text)
  const others: Readonly<Record<string, TrainingKind>> = {
    'supervisor-of': 'trainer-of',
    'supervised-by': 'trainee-of',
    'trained-by': 'trainee-of',
    'pupil-of': 'trainee-of',
    unknown: 'unsure',
  }
  return trainingKinds.find((kind) => kind === word) ?? others[word]
}

export const businessKindOf = (text: string | null): Business['kind'] => {
  const word = plain(text ?? '')
  if (/fund|pension|index|unit-trust/.test(word)) return 'fund'
  if (/listed|plc|widely|quoted|public/.test(word)) return 'widely-held'
  return /practice|llp|chambers|partnership|clinic/.test(word) ? 'practice' : 'company'
}

export const businessRoleOf = (text: string | null, sharePercent: number | null): Business['role'] => {
  const word = plain(text ?? '')
  if (/advis|consult|employ|speaker|paid|salar|lectur/.test(word)) return 'paid'
  if (/share|stake|invest|stock|holder/.test(word)) return 'stake'
  if (/partner|director|owner|member|founder|principal|proprietor|chair|trustee|tenant/.test(word)) return 'partner'
  return sharePercent === null ? null : 'stake'
}

/** Whether a part in a trial is to lead it. */
export const leadsTrial = (role: string | null): boolean | null =>
  role === null
    ? null
    : /^(ci|pi)$|chief|principal|lead-investigator/.test(plain(role)) && !/^(co|sub|former)-/.test(plain(role))

/** Whether somebody with a side in the case pays; the trust that asks and the clinician's own have none in this sense. */
export const payerOf = (payer: string | null): 'party' | 'neutral' | 'unknown' => {
  const word = plain(payer ?? '')
  if (/famil|parent|solicitor|lawyer|insur|campaign|charity|crowd|claimant|defendant/.test(word)) return 'party'
  return /trust|nhs|network|employer|board|icb|commission|nobody|none|unpaid/.test(word) ? 'neutral' : 'unknown'
}

/** Whether an associate is close enough for their interests to count (C31). */
export const isCloseAssociate = (closeness: string | null): boolean | null => {
  if (closeness === null) return null
  const word = plain(closeness)
  if (word === 'unsure' || word === 'unknown') return null
  if (/^(close|business-partner|household|dependant|dependent)/.test(word)) return true
  if (/distant|acquaint|colleague|not-close|^former|^friend$|^none$/.test(word)) return false
  const kind = personalKindOf(word)
  return kind === undefined ? true : kind === 'partner' || kind === 'relative' || kind === 'close-friend'
}

/** Whether an expert was, or is likely to be, instructed; who was asked and said no was not. */
export const isInstructed = (status: string | null): boolean =>
  !/declin|refus|turned-down|not-|approached-only/.test(plain(status ?? ''))
