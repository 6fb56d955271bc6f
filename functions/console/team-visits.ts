import { type PostedTeamStep, teamBodies } from '@concord/contracts/bodies'
import { teams } from '@concord/contracts/replies'
import { type Typed, typed } from '../../web/fields.tsx'
import { teamForm } from '../../web/forms.ts'
import { teamsPage } from '../../web/teams.tsx'
import { problemOf } from '../problems.ts'
import { readForm, wrongIn } from './read-form.ts'
import { type Answer, askedOf, doneOf, refusedForm, replied, type Visit, type VisitDeps } from './visit.ts'

/** The page of the teams that an office keeps. */
export const teamVisits = (deps: VisitDeps) => {
  const { useCases } = deps
  const show = async (at: Visit, said: Typed = typed()): Promise<Answer> => {
    const { reply, refused } = replied(teams, await useCases.readTeams({ trust: null }, at.caller))
    return reply ? { page: teamsPage({ ...reply, typed: said, done: doneOf(at.query('done')) }) } : refused
  }
  return {
    teams: (at: Visit) => show(at),
    'team-step': async (step: PostedTeamStep, at: Visit): Promise<Answer> => {
      const read = readForm(teamBodies[step].body, at.form)
      if (read.kind === 'wrong') return show(at, wrongIn(read.issues, teamForm, at.form))
      const outcome = await useCases.changeTeam({ step: read.body, asked: askedOf(deps, at, read.body) }, at.caller)
      if (outcome.kind !== 'done') return show(at, refusedForm(at.form, problemOf(outcome)))
      return { to: `/teams?done=team-${step}` }
    },
  }
}
