import { must, parseRequestId, parseTeamId, parseTrustCode } from '@concord/domain/ids'
import { aDraft } from '@concord/testkit/drafts'
import { aConsultant, aTeamId } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, done, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import type { TeamStep } from './keep-teams.ts'

const change = (world: World, who: Who, step: TeamStep) =>
  world.cases.changeTeam({ step, asked: world.asked() }, world.as(who))
const read = async (world: World, who: Who, trust: string | null = null) => {
  const told = await world.cases.readTeams(
    { trust: trust === null ? null : must(parseTrustCode, trust) },
    world.as(who),
  )
  return told.kind === 'teams' ? told.teams.map(({ id, isYours }) => `${id}${isYours ? ' (yours)' : ''}`) : told.kind
}
const listOf = (owner: string, yours = '') => [1, 2].map((n) => `${aTeamId(owner, n)}${yours}`)
const inTeam = (id: string) => {
  const teams = [{ team: id, kind: 'team' as const, from: null, to: 'ongoing' as const }]
  return aDraft({ routing: { treating: [aConsultant({ teams })] } })
}

describe('the teams to choose from', () => {
  test('are a trust’s own and its network’s, and for a network its own or those of one of its trusts', async () => {
    const world = await aWorld()
    expect(await read(world, 'requester')).toEqual([...listOf('XA1'), ...listOf('network-one')])
    expect(await read(world, 'esoLead')).toEqual([...listOf('XA1', ' (yours)'), ...listOf('network-one')])
    expect(await read(world, 'coordinator')).toEqual(listOf('network-one', ' (yours)'))
    expect(await read(world, 'coordinator', 'XB1')).toEqual(listOf('XB1'))
  })

  test.each<[Who, string | null]>([
    ['requester', 'XB1'],
    ['alikeRequester', 'XA1'],
    ['coordinator', 'XC1'],
    ['guardian', null],
    ['commissioner', null],
    ['operator', null],
  ])('are not there for a %s at %s', async (who, trust) => {
    expect(await read(await aWorld(), who, trust)).toBe('not-found')
  })

  test('are added by those who keep the list, under an id that says nothing of the name', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    for (const [who, owner] of [
      ['esoLead', 'XA1'],
      ['coordinator', 'network-one'],
    ] as const) {
      const { id } = done(await change(world, who, { type: 'add', name: 'Quillonia' }))
      expect(id).toMatch(new RegExp(`^team_${owner}_[0-9a-f]{12}$`))
    }
    await world.settle()
    const holding = tables.all().filter(({ item }) => JSON.stringify(item).includes('Quillonia'))
    expect(holding.map(({ item }) => item['kind'])).toEqual(['team', 'team'])
  })

  test('keep no name that was changed', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const added = done(await change(world, 'esoLead', { type: 'add', name: 'Quillonia' }))
    const team = must(parseTeamId, added.id)
    done(await change(world, 'esoLead', { type: 'rename', team, name: 'Neurology' }))
    expect(JSON.stringify(tables.all())).not.toContain('Quillonia')
  })

  test.each<Who>(['requester', 'otherEsoLead', 'coordinator', 'farEsoLead', 'guardian'])(
    'of another are not %s’s to change',
    async (who) => {
      const world = await aWorld()
      const refused = await change(world, who, { type: 'rename', team: aTeamId('XA1'), name: 'Mine' })
      expect(refused).toEqual({ kind: 'not-found', what: 'team' })
    },
  )
})

describe('a draft', () => {
  test.each(['XA1', 'network-one'])('names a team of the list of %s', async (owner) => {
    const world = await aWorld()
    const draft = { ...inTeam(aTeamId(owner)), asked: world.asked(), revises: null }
    expect((await world.cases.draft(draft, world.as('requester'))).kind).toBe('done')
  })

  test.each([aTeamId('XB1'), aTeamId('XC1'), aTeamId('network-two'), aTeamId('XA1', 9), 'Łucja’s team'])(
    'names no team that is on no list of its own: %s',
    async (id) => {
      const world = await aWorld()
      const draft = { ...inTeam(id), asked: world.asked(), revises: null }
      expect(await world.cases.draft(draft, world.as('requester'))).toEqual({
        kind: 'not-on-the-list',
        places: [{ at: 'routing.treating.0.teams.0.team', list: 'team' }],
      })
    },
  )

  test('keeps a team that was retired meanwhile', async () => {
    const world = await aWorld()
    const draft = { ...inTeam(aTeamId('XA1')), asked: world.asked(), revises: null }
    const id = must(parseRequestId, done(await world.cases.draft(draft, world.as('requester'))).id)
    done(await change(world, 'esoLead', { type: 'retire', team: aTeamId('XA1') }))
    const again = { ...draft, asked: world.asked(), revises: id }
    expect((await world.cases.draft(again, world.as('requester'))).kind).toBe('done')
  })
})

describe('a register entry', () => {
  const record = async (team: string) => {
    const world = await aWorld()
    const id = await world.aListed(1)
    const teams = [{ team, kind: 'team' as const, from: null, to: 'ongoing' as const }]
    const step = {
      type: 'record-affiliations',
      affiliations: { posts: [], teams, trainingTies: [], managementTies: [] },
    } as const
    return { world, id, outcome: await world.cases.changeClinician({ id, step, asked: world.asked() }, world.as(id)) }
  }

  test.each(['network-one', 'XA1', 'XB1'])('names a team of its network or of one of its trusts: %s', async (owner) => {
    expect((await record(aTeamId(owner))).outcome.kind).toBe('done')
  })

  test.each([aTeamId('XC1'), aTeamId('network-two'), 'Łucja’s team'])('names no other: %s', async (team) => {
    expect((await record(team)).outcome).toEqual({
      kind: 'not-on-the-list',
      places: [{ at: 'affiliations.teams.0.team', list: 'team' }],
    })
  })

  test('in the same team as a treating consultant is excluded, and those who read why see the team’s name', async () => {
    const { world } = await record(aTeamId('XA1'))
    await world.settle()
    const { routing } = inTeam(aTeamId('XA1'))
    const id = await world.aRequestAt('shortlisted', { draft: { routing } })
    const told = await world.cases.readShortlist({ id }, world.as('coordinator'))
    if (told.kind !== 'shortlist') throw new Error(told.kind)
    const text = JSON.stringify(told.assessed.result)
    expect(text).toContain('C08')
    expect(text).toContain('Invented team 1 of network-one/XA1')
    expect(text).not.toContain(aTeamId('XA1'))
  })
})
