import type { Team, TeamEvent } from '@concord/domain/team/team'
import { z } from 'zod'
import { eventHeader } from './request.ts'
import { calendarDate, line, teamId } from './scalars.ts'

/** A team of a list, as it is stored. */
export const listedTeam = z
  .strictObject({
    id: teamId,
    name: line,
    version: z.int().positive(),
    retiredOn: calendarDate.nullable().meta({ description: 'Since when it is not chosen any more' }),
  })
  .meta({ id: 'ListedTeam' }) satisfies z.ZodType<Team>

/** What happened to it, as the stream tells it: never its name. */
export const teamEvent = z.strictObject({
  ...eventHeader,
  type: z.enum(['team.added', 'team.renamed', 'team.retired', 'team.restored']),
  team: teamId,
}) satisfies z.ZodType<TeamEvent>
