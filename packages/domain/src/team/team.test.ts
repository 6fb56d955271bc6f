import { aTeamId } from '@concord/testkit/facts'
import { actorAs, begun } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { decideTeam, evolveTeam, type Team, type TeamCommand } from './team.ts'

const [first, second] = [aTeamId('XA1', 1), aTeamId('XA1', 2)]
const asked = { at: begun, actor: actorAs('eso-lead') }
const aTeam = (over: Partial<Team> = {}): Team => ({
  id: first,
  name: 'Neurology',
  version: 1,
  retiredOn: null,
  ...over,
})
const retired = { retiredOn: evolveTeam(aTeam(), { type: 'team.retired', team: first, ...by() }, null).retiredOn }
function by() {
  return { at: begun, by: actorAs('eso-lead') }
}
const decide = (list: readonly Team[], command: TeamCommand) => decideTeam(list, command, asked)

describe('the list of teams of an office', () => {
  test('is added to, renamed, retired from and restored to, and no event holds a name', () => {
    let team: Team | undefined
    const commands: readonly TeamCommand[] = [
      { type: 'add', team: first, name: 'Neurology' },
      { type: 'rename', team: first, name: 'Paediatric neurology' },
      { type: 'retire', team: first },
      { type: 'restore', team: first },
    ]
    for (const command of commands) {
      const decision = decide(team ? [team] : [], command)
      if (decision.kind !== 'decided') throw new Error(decision.kind)
      expect(JSON.stringify(decision)).not.toMatch(/neurology/i)
      team = evolveTeam(team, decision.event, 'name' in command ? command.name : null)
    }
    expect(team).toEqual({ id: first, name: 'Paediatric neurology', version: 4, retiredOn: null })
  })

  test.each<[string, readonly Team[], TeamCommand]>([
    ['added', [aTeam()], { type: 'add', team: second, name: 'NEUROLOGY ' }],
    ['renamed', [aTeam(), aTeam({ id: second, name: 'Other' })], { type: 'rename', team: second, name: 'neurology' }],
    ['restored', [aTeam(), aTeam({ id: second, ...retired })], { type: 'restore', team: second }],
  ])('has no two teams in use under one name: none is %s so', (_, list, command) => {
    expect(decide(list, command)).toEqual({ kind: 'team-listed-already' })
  })

  test('gives the name of a retired team to another', () => {
    expect(decide([aTeam(retired)], { type: 'add', team: second, name: 'Neurology' }).kind).toBe('decided')
  })

  test('retires no team twice and restores none that is in use', () => {
    expect(decide([aTeam(retired)], { type: 'retire', team: first })).toEqual({
      kind: 'team-unchanged',
      step: 'retire',
    })
    expect(decide([aTeam()], { type: 'restore', team: first })).toEqual({ kind: 'team-unchanged', step: 'restore' })
  })

  test('has no team that was never added to it', () => {
    for (const type of ['retire', 'restore'] as const)
      expect(decide([aTeam()], { type, team: second })).toEqual({ kind: 'not-found', what: 'team' })
    expect(decide([], { type: 'rename', team: second, name: 'Any' })).toEqual({ kind: 'not-found', what: 'team' })
  })
})
