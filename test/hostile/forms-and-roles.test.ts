import { must, parseSubject } from '@concord/domain/ids'
import { consoleOf, hiddenIn, sealIn } from '@concord/testkit/browser'
import { day } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, memberships } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { type RolePage, routes } from '../../web/routes.ts'

const posts = routes.flatMap((route) => (route.method === 'post' && typeof route.for !== 'string' ? [route] : []))
const typed = { because: 'duplicate', 'texts.brief.question': 'Typed with care.' }

/** Somebody who holds a role of every kind, over a request that is offered. */
const allRoles = async () => {
  const tables = memoryTables()
  const world = await aWorld({ tables })
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('offered', { clinician })
  // A register entry is one person's: the clinician is given all the other roles.
  const subject = must(parseSubject, clinician)
  const held = {
    requester: memberships.requester,
    'eso-lead': memberships.esoLead,
    coordinator: memberships.coordinator,
    'clinical-lead': memberships.clinicalLead,
    commissioner: memberships.commissioner,
    guardian: memberships.guardian,
    operator: memberships.operator,
    clinician: `clinician@network/network-one/clinician/${clinician}`,
  } as const
  for (const membership of Object.values(held).filter((one) => one !== held.clinician))
    await world.deps.people.grant(subject, { membership, from: day('2026-01-01'), to: null })
  const there = consoleOf(world).browser()
  await there.signIn(clinician)
  const actAs = async (membership: string) => {
    await there.send('/roles', '/roles', { membership })
    return sealIn((await there.get('/roles')).html)
  }
  const kept = () => JSON.stringify(tables.all().filter(({ item }) => item['kind'] !== 'session'))
  const pathOf = (route: RolePage) => route.path.replace(':id', route.path.startsWith('/register') ? clinician : id)
  return { world, there, subject, held, id, actAs, kept, pathOf }
}
const nameOf = (html: string, words: string) => new RegExp(`${words} ([^.<]+)\\.`).exec(html)?.[1] ?? ''

const { world, there, subject, held, actAs, kept, pathOf } = await allRoles()

describe('a form shown in one role and sent in another', () => {
  test.each(posts.map((route) => ({ path: route.path, route })))(
    'to $path does nothing, names both roles and keeps what was typed',
    async ({ route }) => {
      const shownIn = route.for.find((role) => role !== 'clinician') ?? 'clinician'
      for (const now of ['requester', 'eso-lead', 'coordinator', 'guardian', 'commissioner'] as const) {
        if (now === shownIn) continue
        const seal = await actAs(held[shownIn])
        await actAs(held[now])
        const before = kept()
        const page = await there.post(pathOf(route), { ...seal, ...typed })
        expect([page.status, kept()]).toEqual([409, before])
        expect(nameOf(page.html, 'You filled this in as')).not.toBe('')
        expect(nameOf(page.html, 'You now act as')).not.toBe(nameOf(page.html, 'You filled this in as'))
        const again = hiddenIn(page.html, pathOf(route))
        expect(again).toMatchObject({ ...typed, as: held[shownIn], switch: 'yes' })
        const isThere = route.for.includes(now)
        expect(page.html.split(`<form action="${pathOf(route)}"`).length - 1).toBe(isThere ? 2 : 1)
      }
    },
  )

  test('is sent in the role it was shown in when the person says so, and they act in that role from then on', async () => {
    const id = await world.aRequestAt('draft')
    const action = `/requests/${id}/withdrawal`
    await actAs(held.requester)
    const form = { ...hiddenIn((await there.get(action)).html, action), because: 'duplicate' }
    await actAs(held.guardian)
    const page = await there.post(action, form)
    expect(page.html).toContain('Send it as Requester, Invented Trust XA1')
    expect((await there.post(action, hiddenIn(page.html, action))).to).toBe(`/requests/${id}?done=withdraw`)
    expect((await there.get('/requests')).html).toContain('Requester, Invented Trust XA1')
  })

  test('is sent in the present role when the person says so, and only where the address is there for it', async () => {
    const id = await world.aRequestAt('draft')
    const action = `/requests/${id}/withdrawal`
    await actAs(held.requester)
    const form = { ...hiddenIn((await there.get(action)).html, action), because: 'duplicate', version: '' }
    await actAs(held['eso-lead'])
    const page = await there.post(action, form)
    const own = hiddenIn(page.html, action, 'Send it as Second opinion lead')
    expect(own).toMatchObject({ as: held['eso-lead'], because: 'duplicate' })
    expect((await there.post(action, own)).to).toBe(`/requests/${id}?done=withdraw`)
  })

  test('is not sent in a role that has ended since, and says so', async () => {
    const action = '/requests/new'
    const seal = await actAs(memberships.requester)
    await actAs(held.guardian)
    await world.deps.people.grant(subject, {
      membership: held.requester,
      from: day('2026-01-01'),
      to: day('2026-02-01'),
    })
    const page = await there.post(action, { ...seal, ...typed })
    expect([page.status, page.html.includes('You no longer hold the role of')]).toEqual([409, true])
    expect((await there.post(action, { ...seal, ...typed, switch: 'yes' })).status).toBe(403)
    await world.deps.people.grant(subject, { membership: held.requester, from: day('2026-01-01'), to: null })
  })

  test.each([
    ['a role that was never theirs', { as: memberships.farRequester }],
    ['another of their roles, with the token of this one', { as: memberships.esoLead }],
    ['no role', { as: '' }],
  ])('that was made to name %s is no form of ours', async (_, forged) => {
    const seal = await actAs(held.requester)
    for (const more of [{}, { switch: 'yes' }]) {
      const before = kept()
      const page = await there.post('/requests/new', { ...seal, ...typed, ...forged, ...more })
      expect([page.status, page.html.includes('Typed with care.'), kept() === before]).toEqual([403, false, true])
    }
  })
})

describe('what was typed before a sign-in', () => {
  const late = async (who?: string) => {
    const other = await allRoles()
    await other.actAs(other.held.requester)
    const seal = sealIn((await other.there.get('/requests/new')).html)
    other.world.passMinutes(20)
    const page = await other.there.post('/requests/new', { ...seal, ...typed })
    expect(page.html).toContain('Typed with care.')
    await other.there.signIn(who ?? other.subject)
    return { ...other, page: await other.there.post('/requests/new', hiddenIn(page.html, '/requests/new')) }
  }

  test('keeps its role, and asks where none was chosen since', async () => {
    const { page } = await late()
    expect([page.status, page.html.includes('You have not chosen a role since you signed in.')]).toEqual([409, true])
    expect(page.html).toContain('Send it as Requester, Invented Trust XA1')
  })

  test('is never sent, nor shown, by somebody else who signs in', async () => {
    const { page } = await late('requester')
    expect([page.status, page.html.includes('Typed with care.')]).toEqual([403, false])
  })
})
