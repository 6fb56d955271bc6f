import { entryHolder, roleHeld } from '@concord/contracts/domain/role-held'
import type { EntryHolder, RoleHeld } from '@concord/domain/membership/role-held'
import { z } from 'zod'
import { keys, personPk } from './keys.ts'
import type { Item } from './table-access.ts'
import { rolesIndex } from './tables.ts'

export const roleItem = z.object({ held: roleHeld })

/** A role on the list of its place, found from whoever holds it by the index. */
export const roleItemOf = (held: RoleHeld): Item => ({
  ...keys.role(held.subject, held.membership),
  kind: 'role',
  version: held.version,
  held,
  [rolesIndex.partition]: personPk(held.subject),
  [rolesIndex.sort]: held.membership,
})

export const holderItem = z.object({ holder: entryHolder })
export const holderItemOf = (holder: EntryHolder): Item => ({
  ...keys.holder(holder.held.membership),
  kind: 'holder',
  version: holder.version,
  holder,
})
