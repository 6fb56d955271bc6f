import type { RequestId } from '@concord/domain/ids'
import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { anOpinion, canaries } from '@concord/testkit/drafts'
import { day } from '@concord/testkit/facts'
import { aWorld, type PathStatus, type Who } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { routes } from '../../web/routes.ts'

/** What would become an element, leave an attribute or end a script, were it not encoded for where it stands. */
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>&quot;`
/** As a name: of words that the other has not, since a brief that names the child is refused. */
const hostileName = `<marquee onfinish=run>"'>`
const raw = /<script|<marquee|<img src=x|"'>|&quot;"/i

const pages = routes.flatMap((route) =>
  typeof route.for === 'string' || route.method === 'post' ? [] : [{ path: route.path, for: route.for }],
)
const statuses: readonly PathStatus[] = [
  'draft',
  'shortlisted',
  'offered',
  'accepted',
  'engaged',
  'in-review',
  'shared',
]
const whoIs = (role: string, clinician: Who): Who =>
  role === 'clinician'
    ? clinician
    : role === 'eso-lead'
      ? 'esoLead'
      : role === 'clinical-lead'
        ? 'clinicalLead'
        : (role as Who)

/** A world in which whatever somebody could have typed is this text, with a request wherever it can stand. */
const worldSaying = async (word: string | undefined) => {
  const world = await aWorld()
  const clinician = await world.aListed(1, { cap: 20, ...(word && { name: word }) })
  const texts = word && {
    brief: { question: word, background: word, team: [{ gmc: '9990901', name: word }] as never },
    identity: { givenName: hostileName, familyName: hostileName, bornOn: day('2019-03-04'), nhsNumber: null },
    narrative: { summary: word, teamView: word, familyQuestions: [word] },
  }
  const opinion =
    word === undefined ? anOpinion() : anOpinion({ limits: word, reasoning: word, answers: [word], plainSummary: word })
  const ids: RequestId[] = []
  for (const status of statuses) {
    const before = status === 'shared' ? 'in-review' : status
    const id = await world.aRequestAt(before, { clinician, ...(texts && { draft: { texts } }) })
    if (status === 'shared') {
      await world.mustStep(clinician, id, { type: 'report', opinion })
      await world.mustStep('requester', id, { type: 'share' })
    }
    ids.push(id)
  }
  return { world, clinician, ids }
}

type Seen = {
  readonly who: Who
  readonly path: string
  readonly html: string
  readonly to: string | null
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<{ readonly html: string }>
}

/** Every page of the table that is there, for every role it is for, of every request. */
const walk = async ({ world, clinician, ids }: Awaited<ReturnType<typeof worldSaying>>) => {
  const { browser } = consoleOf(world)
  const seen: Seen[] = []
  for (const role of new Set(pages.flatMap((page) => page.for))) {
    const who = whoIs(role, clinician)
    const there = browser()
    await there.signIn(who)
    for (const { path } of pages.filter((page) => page.for.includes(role)))
      for (const id of path.includes('/register/') ? [clinician] : path.includes(':id') ? ids : ['']) {
        const at = path.replace(':id', id)
        const { html, to } = await there.get(at)
        seen.push({ who, path: at, html, to, post: there.post })
      }
  }
  return seen
}

const addressesIn = (html: string) =>
  [...html.matchAll(/\s(?:href|src|action|formaction)="([^"]*)"/g)].map(([, address = '']) => address)

describe('words made to break a page', () => {
  // evidence: ASVS 1.2.1, 1.2.3, 3.2.2
  test('stand on every page as the text they are', async () => {
    const there = await worldSaying(hostile)
    const seen = await walk(there)
    const shown = seen.filter(({ html }) => html.includes('&lt;script&gt;alert(1)'))
    // Of a walk that met nothing hostile nothing would follow.
    expect(shown.length).toBeGreaterThan(20)
    expect(seen.filter(({ html }) => raw.test(html)).map(({ who, path }) => `${who} ${path}`)).toEqual([])
  })

  // evidence: ASVS 1.2.1, 3.2.2
  test('typed into any field of any form come back as the text they are', async () => {
    const there = await worldSaying(undefined)
    const echoed: string[] = []
    const broken: string[] = []
    for (const { who, html, post } of await walk(there))
      for (const form of html.split('<form ').slice(1)) {
        const action = /action="([^"]+)" method="post"/.exec(form)?.[1]
        const names = [...(form.split('</form>')[0] ?? '').matchAll(/<(?:input|textarea|select)[^>]* name="([^"]+)"/g)]
        if (action === undefined || action === '/sign-out') continue
        const fields = Object.fromEntries(names.map(([, name = '']) => [name, hostile]))
        const { token = '', as = '', key = '', version = '' } = hiddenIn(html, action)
        const reply = await post(action, { ...fields, token, as, key, version })
        if (reply.html.includes('&lt;script&gt;alert(1)')) echoed.push(action)
        if (raw.test(reply.html)) broken.push(`${who} ${action}`)
      }
    expect(new Set(echoed).size).toBeGreaterThan(4)
    expect(broken).toEqual([])
  })

  test.each([
    `/register?tfc=${encodeURIComponent(hostile)}`,
    `/requests?cursor=${encodeURIComponent(hostile)}`,
    `/requests?done=${encodeURIComponent(hostile)}`,
    `/roles?to=${encodeURIComponent(`/${hostile}`)}`,
    `/${encodeURIComponent(hostile)}`,
  ])('in the address %s do nothing to the page', async (path) => {
    const { browser } = consoleOf(await aWorld())
    const there = browser()
    await there.signIn('coordinator')
    expect((await there.get(path)).html).not.toMatch(raw)
  })
})

describe('the addresses on a page', () => {
  // evidence: ASVS 1.2.2
  test('lead nowhere but to this console, whatever was typed', async () => {
    const seen = await walk(await worldSaying(hostile))
    const all = new Set(seen.flatMap(({ html }) => addressesIn(html)))
    expect(all.size).toBeGreaterThan(20)
    expect([...all].filter((one) => !/^(\/(?![/\\])|#|data:image\/svg\+xml,)/.test(one))).toEqual([])
  })

  // evidence: ASVS 14.2.1
  test('say nothing of a child, and hold no word of a session', async () => {
    const there = await worldSaying(undefined)
    const seen = await walk(there)
    const tokens = seen.flatMap(({ html }) => [...html.matchAll(/name="token" value="([^"]+)"/g)].map(([, one]) => one))
    expect(new Set(tokens).size).toBeGreaterThan(3)
    const all = seen.flatMap(({ html, to }) => [...addressesIn(html), to ?? '']).map((one) => decodeURIComponent(one))
    for (const word of [...Object.values(canaries), ...new Set(tokens)])
      expect(all.filter((one) => one.includes(word ?? ''))).toEqual([])
  })
})
