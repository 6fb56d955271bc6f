import { eraseCase } from '@concord/application/erase-case'
import type { Role } from '@concord/domain/actor'
import { sayChildNumber } from '@concord/domain/child-number'
import type { ClinicianId, RequestId } from '@concord/domain/ids'
import { must, parseSubject } from '@concord/domain/ids'
import { dateAt } from '@concord/domain/time'
import { storedErasure } from '@concord/store/case-erasure'
import { consoleOf, hiddenIn, sealIn } from '@concord/testkit/browser'
import { anOpinion, canaries } from '@concord/testkit/drafts'
import { at, noTies } from '@concord/testkit/facts'
import { aWorld, declarationFor, memberships, type PathStatus } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { type FormStep, type RolePage, routes } from '../../web/routes.ts'
import { typedFrom } from './read-form.ts'

const pages = routes.flatMap((route) => (typeof route.for === 'string' ? [] : [route]))
const asWho: Readonly<Record<Role, keyof typeof memberships | 'clinician'>> = {
  requester: 'requester',
  'eso-lead': 'esoLead',
  coordinator: 'coordinator',
  'clinical-lead': 'clinicalLead',
  clinician: 'clinician',
  commissioner: 'commissioner',
  guardian: 'guardian',
  operator: 'operator',
}
const roles = Object.keys(asWho) as readonly Role[]
const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((key): key is K => key in record)
/** A state of a request in which the form of a step is there, and for whom. */
const formsIn: Readonly<Record<FormStep, readonly [PathStatus, ...Role[]]>> = {
  accept: ['offered', 'clinician'],
  decline: ['offered', 'clinician'],
  'record-objection': ['accepted', 'requester', 'eso-lead'],
  engage: ['accepted', 'requester', 'eso-lead'],
  'open-pack': ['engaged', 'clinician'],
  report: ['in-review', 'clinician'],
  close: ['shared', 'requester', 'eso-lead', 'coordinator', 'clinical-lead'],
  withdraw: ['offered', 'requester', 'eso-lead'],
  restrict: ['submitted', 'requester', 'eso-lead'],
  'answer-again': ['offered', 'clinician'],
  'settle-declaration': ['offered', 'coordinator', 'clinical-lead'],
  'decide-declaration': ['offered', 'coordinator', 'clinical-lead'],
}

const world = await aWorld()
const clinician = await world.aListed(1, { cap: 20 })
const stranger = await world.aListed(2, { cap: 20 })
const farClinician = await world.aListed(3, {}, world.networks.two)
const requests = new Map<PathStatus, RequestId>()
const requestAt = async (status: PathStatus) => {
  const found = requests.get(status) ?? (await world.aRequestAt(status, { clinician }))
  requests.set(status, found)
  return found
}
const { browser, reported } = consoleOf(world)
/** A request whose clinician answered so that the page of a declaration is there. */
const declaredCase = async (page: keyof typeof declaredFirst) => {
  const found = declaredCases.get(page) ?? (await declaredFirst[page]())
  declaredCases.set(page, found)
  return found
}
const declaredCases = new Map<string, RequestId>()
const answered = async (...said: readonly ('yes' | 'no' | 'unsure')[]) => {
  const id = await world.aRequestAt('offered', { clinician })
  for (const C08 of said) {
    const declaration = { ...declarationFor(), consultants: [noTies({ C08 })] }
    await world.mustStep(clinician, id, { type: 'accept', declaration })
  }
  return id
}
const declaredFirst = {
  'answer-again': () => answered('yes'),
  'own-answers': () => answered('yes'),
  'settle-declaration': () => answered('unsure'),
  'decide-declaration': () => answered('unsure', 'no'),
}
const signedIn = async (role: Role, self: ClinicianId = clinician) => {
  const there = browser()
  await there.signIn(asWho[role] === 'clinician' ? self : asWho[role])
  return there
}
const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''
const errorsIn = (html: string) => /<div class="nhsuk-error-summary">.*?<\/ul>/s.exec(html)?.[0] ?? ''

/** A case with a restricted note that both of its trust may read, over which the glass was broken. */
const troubledCase = async () => {
  const id = await requestAt('submitted')
  const asked = world.asked(null, `trouble-${id}`)
  const note = { text: canaries.restricted }
  const readers = [must(parseSubject, 'esoLead')]
  await world.cases.step(id, { type: 'restrict', note, readers }, asked, world.as('requester'))
  const again = world.asked(null, `glass-${id}`)
  await world.cases.breakGlass({ id, reason: canaries.glassReason, asked: again }, world.as('clinicalLead'))
  return id
}

/** The address of a page with something behind it, in a state in which it is there. */
const pathOf = async (route: RolePage) => {
  const declared = keysOf(declaredFirst).find((one) => one === (route.page === 'form' ? route.step : route.page))
  if (declared) return route.path.replace(':id', await declaredCase(declared))
  const status =
    route.page === 'form'
      ? formsIn[route.step][0]
      : route.page === 'draft-form'
        ? 'draft'
        : route.page === 'shortlist'
          ? 'shortlisted'
          : 'offered'
  if (route.page === 'reviews' || route.page === 'restricted') return route.path.replace(':id', await troubledCase())
  return route.path.startsWith('/register')
    ? route.path.replace(':id', clinician)
    : route.path.replace(':id', await requestAt(status))
}
const isThereFor = (route: RolePage, role: Role) =>
  route.page === 'form' ? formsIn[route.step].includes(role) : route.for.includes(role)

describe('each page of the table of routes', () => {
  const read = pages.filter(({ method }) => method === 'get')
  const named = read.flatMap((route) => roles.map((role) => ({ route, role, path: route.path })))

  const shown = named.filter(({ route, role }) => isThereFor(route, role) && route.page !== 'figures-file')
  test.each(shown)('$path is there for a $role', async ({ route, role }) => {
    const reply = await (await signedIn(role)).get(await pathOf(route))
    expect([reply.status, reported]).toEqual([200, []])
    expect(titleOf(reply.html)).toMatch(/ - Concord$/)
    expect(reply.html).toContain('Invented people and cases')
    expect(reply.html).not.toMatch(/<script|style="|undefined|\[object/)
  })

  // evidence: ASVS 8.2.1, 8.3.1
  test.each(named.filter(({ route, role }) => !route.for.includes(role)))(
    '$path is not there for a $role',
    async ({ route, role }) => {
      const reply = await (await signedIn(role)).get(await pathOf(route))
      expect([reply.status, titleOf(reply.html)]).toEqual([404, 'Page not found - Concord'])
    },
  )

  test.each(read)('$path sends who is not signed in to sign in, and back', async (route) => {
    const reply = await browser().get(await pathOf(route))
    expect([reply.status, reply.to]).toEqual([302, `/sign-in?to=${encodeURIComponent(await pathOf(route))}`])
  })

  // evidence: ASVS 3.5.1
  test.each(pages.filter(({ method }) => method === 'post'))(
    'a form to $path does nothing without the session’s token',
    async (route) => {
      const [role = 'requester'] = route.for
      const reply = await (await signedIn(role)).post(await pathOf(route), { token: 'another', because: 'duplicate' })
      expect(reply.status).toBe(403)
    },
  )

  // evidence: ASVS 8.2.2
  test.each(pages.filter(({ path }) => path.includes(':id')))(
    '$method $path says of a foreign id what it says of none',
    async (route) => {
      const far = route.path.startsWith('/register') ? farClinician : await world.aRequestAt('draft', { far: true })
      const [role = 'requester'] = route.for
      const there = await signedIn(role)
      const seal = sealIn(
        (await there.get(role === 'guardian' ? '/audit' : role === 'clinician' ? '/inbox' : '/requests')).html,
      )
      const ask = (id: string) =>
        route.method === 'get'
          ? there.get(route.path.replace(':id', id))
          : there.post(route.path.replace(':id', id), { ...seal, ...minimal })
      const [foreign, unknown, nonsense] = [
        await ask(far),
        await ask(far.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
        await ask('nonsense'),
      ]
      expect(foreign.status).toBe(404)
      expect([foreign.html, unknown.html].map(bare)).toEqual([bare(nonsense.html), bare(nonsense.html)])
    },
  )
})

const bare = (html: string) => html.replaceAll(/name="(key|token)" value="[^"]*"/g, '').replaceAll(/href="[^"]*"/g, '')
// What fills every form far enough to reach its use case.
const minimal = {
  clinician: '',
  because: 'duplicate',
  familyView: 'agrees',
  outcome: 'other',
  'answers.C05': 'no',
  'answers.C12': 'no',
  'answers.C13': 'no',
}

describe('signing in', () => {
  test('lands where one wanted to go', async () => {
    const reply = await browser().signIn('requester', '/requests/new')
    expect(reply.to).toBe('/requests/new')
  })

  // evidence: ASVS 1.2.2
  test.each([
    'https://elsewhere.example/',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/.//elsewhere.example',
    '/sign-in?to=/',
    'javascript:alert(1)',
  ])('never leads to %s', async (to) => {
    expect((await browser().signIn('requester', to)).to).toBe('/')
  })

  test('begun in no browser of ours ends on a page that says so', async () => {
    const reply = await browser().get('/sign-in/callback?state=made-up&who=requester')
    expect([reply.status, titleOf(reply.html)]).toEqual([400, 'You are not signed in - Concord'])
    expect(reply.html).toContain('Try again from here.')
  })

  test('that came back once does not come back again: loaded once more it leads home, and nothing has changed', async () => {
    const there = browser()
    const callback = await there.begin('/requests/new')
    await there.get(callback('requester'))
    for (const who of ['requester', 'esoLead']) expect((await there.get(callback(who))).to).toBe('/')
    expect((await there.get('/requests')).html).toContain('Requester, Invented Trust XA1')
  })

  test('that came back once and was signed out of since says what to do', async () => {
    const there = browser()
    const callback = await there.begin()
    await there.get(callback('requester'))
    await there.send('/requests', '/sign-out')
    const again = await there.get(callback('requester'))
    expect([again.status, titleOf(again.html)]).toEqual([400, 'You are not signed in - Concord'])
  })

  test.each([
    ['in the order they began', [0, 1]],
    ['in the other order', [1, 0]],
  ])('in two tabs ends signed in at the page of each, %s', async (_, order) => {
    const there = browser()
    const pages = ['/requests', '/requests/new']
    const tabs = [await there.begin(pages[0]), await there.begin(pages[1])]
    for (const n of order) expect((await there.get(tabs[n]?.('requester') ?? '')).to).toBe(pages[n])
    for (const page of pages) expect((await there.get(page)).status).toBe(200)
  })

  test('in a second tab goes on in the role chosen in the first, and only while still signed in', async () => {
    const other = await aWorld()
    const subject = must(parseSubject, 'two-roles')
    for (const membership of [memberships.requester, memberships.otherRequester])
      await other.deps.people.grant(subject, { membership, from: dateAt(at('2026-01-01T00:00:00Z')), to: null })
    const there = consoleOf(other).browser()
    const [one, two] = [await there.begin('/requests'), await there.begin('/requests/new')]
    await there.get(one('two-roles'))
    await there.send('/roles?to=/requests', '/roles', { membership: memberships.otherRequester })
    expect((await there.get(two('two-roles'))).to).toBe('/requests/new')
    expect((await there.get('/requests')).html).toContain('Requester, Invented Trust XB1')
    other.passMinutes(20)
    expect((await there.signIn('two-roles', '/requests')).to).toBe('/roles?to=%2Frequests')
  })

  test('is kept for ten minutes, and for no more than five tabs', async () => {
    const other = await aWorld()
    const there = consoleOf(other).browser()
    const begun = async (n: number) => {
      other.passMinutes(1)
      return there.begin(`/requests?n=${n}`)
    }
    const tabs = []
    for (const n of [0, 1, 2, 3, 4, 5, 6]) tabs.push(await begun(n))
    expect([...there.jar.keys()].filter((name) => name.startsWith('__Host-concord-sign-in-'))).toHaveLength(5)
    expect((await there.get(tabs[1]?.('requester') ?? '')).status).toBe(400)
    other.passMinutes(6)
    expect((await there.get(tabs[2]?.('requester') ?? '')).status).toBe(400)
    expect((await there.get(tabs[6]?.('requester') ?? '')).to).toBe('/requests?n=6')
  })

  test('is finished by no cookie that was made up, or made for another sign-in', async () => {
    const there = browser()
    const [one, two] = [await there.begin(), await there.begin()]
    const [first = '', second = ''] = [...there.jar.keys()]
    there.jar.set(first, there.jar.get(second) ?? '')
    expect((await there.get(one('requester'))).status).toBe(400)
    expect((await there.get(two('requester'))).to).toBe('/')
  })

  test('by somebody without a role says what to do', async () => {
    const there = browser()
    expect((await there.signIn('nobody-here')).to).toBe('/roles?to=%2F')
    expect(titleOf((await there.get('/roles')).html)).toBe('You have no role here - Concord')
  })

  test('in several roles asks for one, shows it, and lets it be changed', async () => {
    const subject = must(parseSubject, 'two-roles')
    for (const membership of [memberships.requester, memberships.otherRequester])
      await world.deps.people.grant(subject, { membership, from: dateAt(at('2026-01-01T00:00:00Z')), to: null })
    const there = browser()
    expect((await there.signIn('two-roles', '/requests')).to).toBe('/roles?to=%2Frequests')
    expect((await there.get('/requests')).to).toContain('/roles')
    await there.send('/roles?to=/requests', '/roles', { membership: memberships.otherRequester })
    const reply = await there.get('/requests')
    expect(reply.html).toContain('Requester, Invented Trust XB1')
    expect(reply.html).toContain('Change role')
  })

  test('does not give a role that one does not hold', async () => {
    const there = await signedIn('requester')
    await there.send('/roles', '/roles', { membership: memberships.coordinator })
    expect((await there.get('/requests')).html).toContain('Requester, Invented Trust XA1')
  })

  // evidence: ASVS 3.3.1
  test('sets no cookie but those that no script and no other site can use', async () => {
    const there = browser()
    const begun = await there.get('/sign-in')
    const { searchParams } = new URL(begun.to ?? '')
    const back = await there.get(`/sign-in/callback?who=requester&state=${searchParams.get('state') ?? ''}`)
    const cookies = [...begun.headers.getSetCookie(), ...back.headers.getSetCookie()]
    expect(cookies.some((one) => one.startsWith('__Host-concord='))).toBe(true)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-concord/)
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']))
      expect(cookie).not.toMatch(/Domain=/i)
    }
  })
})

describe('a session', () => {
  // evidence: ASVS 7.2.1
  test('with a made-up cookie is none', async () => {
    const there = browser()
    there.jar.set('__Host-concord', encodeURIComponent(`${'x'.repeat(43)} requester - ${memberships.requester}`))
    expect((await there.get('/requests')).to).toBe('/sign-in?to=%2Frequests')
  })

  // evidence: ASVS 8.3.1
  test('whose cookie was made to say another role is none', async () => {
    const there = await signedIn('requester')
    const ticket = decodeURIComponent(there.jar.get('__Host-concord') ?? '')
    there.jar.set('__Host-concord', encodeURIComponent(ticket.replace(/requester@.*/, memberships.coordinator)))
    expect((await there.get('/requests')).to).toBe('/sign-in?to=%2Frequests')
  })

  // evidence: ASVS 7.4.1
  test('ends when one signs out, whatever the browser keeps', async () => {
    const there = await signedIn('requester')
    const kept = new Map(there.jar)
    const out = await there.send('/requests', '/sign-out')
    expect(out.to).toBe('https://issuer.example/out')
    for (const [name, value] of kept) there.jar.set(name, value)
    expect((await there.get('/requests')).to).toBe('/sign-in?to=%2Frequests')
  })

  // evidence: ASVS 14.3.1
  test('that one signs out of leaves nothing in the browser', async () => {
    const there = await signedIn('requester')
    const page = await there.get('/requests')
    expect(page.headers.get('cache-control')).toBe('no-store')
    const out = await there.send('/requests', '/sign-out')
    expect(out.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect([...there.jar.keys()]).toEqual([])
  })

  // evidence: ASVS 7.4.2
  test.each([
    ['that one of the issuer’s', 'requester as at the issuer: requester', '/sign-in?to=%2Frequests'],
    ['all that somebody has there', 'requester', '/sign-in?to=%2Frequests'],
    [
      'that one of the issuer’s, and does not say whose it is',
      ' as at the issuer: requester',
      '/sign-in?to=%2Frequests',
    ],
    ['another of the issuer’s, and does not say whose it is', ' as at the issuer: nobody', null],
    ['another of the issuer’s', 'requester as at the issuer: somebody', null],
    ['somebody else’s', 'esoLead', null],
  ])('ends at once when the issuer says that it ended %s', async (_, token, to) => {
    const there = await signedIn('requester')
    const reply = await browser().post('/signed-out-elsewhere', { logout_token: token })
    expect(reply.status).toBe(200)
    expect((await there.get('/requests')).to).toBe(to)
  })

  test('begun after the issuer spoke goes on', async () => {
    const other = await aWorld()
    const { browser: open } = consoleOf(other)
    const there = open()
    await there.signIn('requester')
    other.passMinutes(-1)
    await open().post('/signed-out-elsewhere', { logout_token: 'requester' })
    other.passMinutes(1)
    expect((await there.get('/requests')).status).toBe(200)
  })

  test('is ended by no token that is not one of the issuer’s', async () => {
    const there = await signedIn('requester')
    const reply = await browser().post('/signed-out-elsewhere', { logout_token: '' })
    expect([reply.status, reply.headers.get('cache-control')]).toEqual([400, 'no-store'])
    expect((await there.get('/requests')).status).toBe(200)
  })

  // evidence: ASVS 8.2.4
  test('issues an opinion only within a quarter of an hour of signing in, and keeps what was typed', async () => {
    const other = await aWorld()
    const self = await other.aListed(1)
    const id = await other.aRequestAt('in-review', { clinician: self })
    const { browser: open } = consoleOf(other)
    const there = open()
    await there.signIn(self)
    const action = `/requests/${id}/opinion`
    for (let minutes = 0; minutes < 15; minutes += 5) {
      other.passMinutes(5)
      await there.get(action)
    }
    const typed = {
      'opinion.basis': 'records',
      'opinion.limits': 'I have not met the child.',
      'opinion.diagnosis': 'agree',
      'opinion.plan': 'supports',
      'opinion.reasoning': 'Three medicines were enough to know.',
      'opinion.answers.0': 'I would assess for surgery.',
      'opinion.plainSummary': 'I agree with the plan.',
    }
    const late = await there.send(action, action, typed)
    expect([late.status, titleOf(late.html)]).toEqual([401, 'Sign in once more - Concord'])
    expect(late.html).toContain('Three medicines were enough to know.')
    expect(late.html).toContain('href="/sign-in?again=yes"')

    await there.signIn(self)
    const shown = await there.post(action, hiddenIn(late.html, action))
    const issued = await there.post(action, hiddenIn(shown.html, action))
    expect(issued.to).toBe(`/requests/${id}?done=report`)
  })

  test.each([
    ['remembers from an hour before', '2026-06-15T08:00:00Z', 401],
    ['does not say the time of', '', 401],
    ['says was in an hour', '2026-06-15T10:00:00Z', 401],
    ['made a minute before', '2026-06-15T08:59:00Z', 200],
  ])(
    'that the issuer %s lets an opinion be checked and issued only if somebody signed in just now',
    async (_, authenticated, status) => {
      const other = await aWorld()
      const self = await other.aListed(1)
      const id = await other.aRequestAt('in-review', { clinician: self })
      const there = consoleOf(other).browser()
      await there.get(`${(await there.begin())(self)}&authenticated=${authenticated}`)
      const action = `/requests/${id}/opinion`
      const opinion = typedFrom({ opinion: anOpinion() })
      expect((await there.send(action, action, Object.fromEntries(opinion))).status).toBe(status)
    },
  )

  // evidence: ASVS 7.4.2, 8.3.2
  test('of somebody whose role has ended shows nothing on the next page', async () => {
    const subject = must(parseSubject, 'leaver')
    const grant = (to: string | null) => ({
      membership: memberships.requester,
      from: dateAt(at('2026-01-01T00:00:00Z')),
      to: to === null ? null : dateAt(at(to)),
    })
    await world.deps.people.grant(subject, grant(null))
    const there = browser()
    await there.signIn('leaver')
    expect((await there.get('/requests')).status).toBe(200)
    await world.deps.people.grant(subject, grant('2026-06-14T00:00:00Z'))
    expect((await there.get('/requests/new')).to).toBe('/roles?to=%2Frequests%2Fnew')
  })
})

describe('a form', () => {
  test('sent after the session ran out keeps what was typed, and counts once one is back', async () => {
    const later = await aWorld()
    const { browser: own } = consoleOf(later)
    const there = own()
    await there.signIn('esoLead')
    const id = await later.aRequestAt('draft')
    const form = {
      ...sealIn((await there.get(`/requests/${id}`)).html),
      key: 'k'.repeat(20),
      because: 'duplicate',
    }
    later.passMinutes(20)
    const late = await there.post(`/requests/${id}/withdrawal`, form)
    expect([late.status, titleOf(late.html)]).toEqual([401, 'You were signed out - Concord'])
    expect(late.html).toContain('<input type="hidden" name="because" value="duplicate"')
    await there.signIn('esoLead')
    expect((await there.post(`/requests/${id}/withdrawal`, form)).to).toBe(`/requests/${id}?done=withdraw`)
  })

  test('sent twice does nothing twice', async () => {
    const [there, id] = [await signedIn('eso-lead'), await world.aRequestAt('draft')]
    const seal = sealIn((await there.get(`/requests/${id}`)).html)
    const form = { ...seal, key: 'once-and-for-all-0001' }
    const [first, second] = [
      await there.post(`/requests/${id}/submission`, form),
      await there.post(`/requests/${id}/submission`, form),
    ]
    expect([first.to, second.to]).toEqual(Array.from({ length: 2 }, () => `/requests/${id}?done=submit`))
  })

  test('that is refused says why on the same page, with the status of the refusal', async () => {
    const [there, id] = [
      await signedIn('eso-lead'),
      await world.aRequestAt('draft', { draft: { routing: { familyInformedOn: null } } }),
    ]
    const reply = await there.send(`/requests/${id}`, `/requests/${id}/submission`)
    expect(reply.status).toBe(409)
    expect(titleOf(reply.html)).toMatch(/^Error: /)
    expect(errorsIn(reply.html)).toContain('the day the family was told')
  })

  test('made for a version that is no more is refused, and can be sent again with eyes open', async () => {
    const [there, id] = [await signedIn('coordinator'), await world.aRequestAt('submitted')]
    const tagIn = (html: string) => /name="version" value="([\w-]+)"/.exec(html)?.[1]
    const now = tagIn((await there.get(`/requests/${id}`)).html)
    const stale = await there.send(`/requests/${id}`, `/requests/${id}/triage`, { version: 'a-tag-of-before' })
    expect([stale.status, titleOf(stale.html)]).toEqual([412, expect.stringMatching(/^Error: /)])
    expect(now).toBeDefined()
    expect(tagIn(stale.html)).toBe(now)
  })

  // evidence: ASVS 2.2.2
  test('with a wrong field keeps what was typed and leads to the field', async () => {
    const there = await signedIn('requester')
    const reply = await there.send('/requests/new', '/requests/new', { 'texts.brief.question': 'Is it <b>safe</b>?' })
    expect(reply.status).toBe(400)
    expect(reply.html).toContain('Is it &lt;b&gt;safe&lt;/b&gt;?</textarea>')
    expect(errorsIn(reply.html)).toContain('<a href="#routing.tfc">Specialty: choose one</a>')
    expect(reply.html).toContain('id="routing.tfc"')
  })

  test('with one more consultant asked for keeps what was typed and checks nothing', async () => {
    const there = await signedIn('requester')
    const reply = await there.send('/requests/new', '/requests/new', {
      'routing.treating.0.gmc': '9990901',
      more: 'yes',
    })
    expect([reply.status, errorsIn(reply.html)]).toEqual([200, ''])
    expect(reply.html).toContain('value="9990901"')
    expect(reply.html).toContain('name="routing.treating.1.gmc"')
  })

  test('of a draft that is changed comes filled in, and saves as it was', async () => {
    const [there, id] = [await signedIn('requester'), await world.aRequestAt('draft')]
    const { html } = await there.get(`/requests/${id}/revision`)
    const typed = [
      ...html.matchAll(/<(?:input|textarea)[^>]*name="([^"]+)"[^>]*?(?:value="([^"]*)"[^>]*>|>([^<]*)<\/textarea>)/g),
    ]
    expect(Object.fromEntries(typed.map(([, name, value, text]) => [name, value ?? text]))).toMatchObject({
      'texts.brief.question': canaries.question,
      'texts.identity.givenName': canaries.givenName,
      'texts.identity.bornOn.year': '2019',
      'routing.treating.0.gmc': '9990901',
    })
  })
})

describe('the figures', () => {
  test('can be taken away as a file that says what the page says, and it is on record who did', async () => {
    const other = await aWorld()
    await other.tables.write([
      {
        kind: 'put',
        table: 'figures',
        item: {
          pk: 'release/network-one',
          sk: '2025-26',
          release: {
            network: 'network-one',
            period: '2025-26',
            figures: { requests: 30, matched: 'all-but-0-7', medianWorkingDays: null },
          },
        },
        when: { kind: 'none' },
      },
    ])
    const there = consoleOf(other).browser()
    await there.signIn('commissioner')
    expect((await there.get('/figures')).html).toContain('href="/figures.csv"')
    const file = await there.get('/figures.csv')
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="concord-figures.csv"')
    expect(file.html).toBe(
      'Network,Year,Requests,Matched,Median working days to the opinion\r\n' +
        'Network One (invented),2025 to 2026,30,All but 0 to 7,"Fewer than 10, not shown"\r\n',
    )
    const entries = await other.tables.query('audit', { pk: 'audit/network-one/office' })
    expect(entries.filter(({ did }) => did === 'figures.exported')).toMatchObject([
      { who: 'commissioner', role: 'commissioner' },
    ])
  })
})

describe('a page', () => {
  const everywhere: PathStatus[] = [
    'submitted',
    'matching',
    'shortlisted',
    'offered',
    'accepted',
    'engaged',
    'in-review',
    'reported',
    'shared',
    'closed',
  ]

  test.each(everywhere)('of a request that is %s tells a coordinator nothing of who the child is', async (status) => {
    const reply = await (await signedIn('coordinator')).get(`/requests/${await requestAt(status)}`)
    expect(reply.status).toBe(200)
    for (const secret of [
      canaries.givenName,
      canaries.familyName,
      canaries.nhsNumber,
      sayChildNumber(canaries.nhsNumber),
      canaries.story,
      canaries.opinion,
    ])
      expect(reply.html).not.toContain(secret)
  })

  test.each(['offered', 'accepted'] as const)(
    'of a request that is %s tells the clinician the brief and nothing of the pack',
    async (status) => {
      const reply = await (await signedIn('clinician')).get(`/requests/${await requestAt(status)}`)
      expect(reply.html).toContain(canaries.question)
      for (const secret of [canaries.givenName, canaries.story, canaries.familyQuestion])
        expect(reply.html).not.toContain(secret)
    },
  )

  test('of a request tells a coordinator of the others about the same child, and nobody else', async () => {
    const [one, other] = [await requestAt('submitted'), await requestAt('matching')]
    const page = async (role: Role) => (await (await signedIn(role)).get(`/requests/${one}`)).html
    expect(await page('coordinator')).toMatch(
      new RegExp(`Other requests about the same child.*href="/requests/${other}"`, 's'),
    )
    expect(await page('requester')).not.toContain('the same child')
  })

  test('of a request is not there for a clinician who was not asked', async () => {
    expect((await (await signedIn('clinician', stranger)).get(`/requests/${await requestAt('offered')}`)).status).toBe(
      404,
    )
  })

  describe.each(['draft', 'offered', 'accepted', 'engaged', 'in-review', 'reported', 'closed'] as const)(
    'of a request that was erased while it was %s',
    (status) => {
      const erasureFor = () => storedErasure(world.tables)
      test('says so to whoever reads it, and breaks on none of its pages', async () => {
        const id = await world.aRequestAt(status, { clinician })
        const by = must(parseSubject, 'an-operator')
        await eraseCase({ ...world.deps, erasureFor })({
          ...{ network: world.networks.one, id, because: 'asked-for', by, isMeant: true },
        })
        for (const role of roles) {
          const there = await signedIn(role)
          const reply = await there.get(`/requests/${id}`)
          expect([200, 404]).toContain(reply.status)
          if (reply.status === 200) expect(reply.html).toContain('The texts of this request were erased')
          for (const word of Object.values(canaries)) expect(reply.html).not.toContain(word)
          for (const [, path = ''] of reply.html.matchAll(/href="(\/requests\/[^"]+)"/g))
            expect((await there.get(path)).status, path).toBeLessThan(500)
        }
        expect(reported).toEqual([])
      })
    },
  )

  test('names no child in its title', async () => {
    const reply = await (await signedIn('requester')).get(`/requests/${await requestAt('offered')}`)
    expect(reply.html).toContain(canaries.givenName)
    expect(titleOf(reply.html)).toBe('Paediatric Neurology - Concord')
  })

  // evidence: ASVS 3.2.1
  test('lets a browser do nothing but show it', async () => {
    const { headers } = await browser().get('/')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff'])
  })

  test('that does not exist is the same page for everybody', async () => {
    const [nobody, member] = [
      await browser().get('/no/such'),
      await (await signedIn('requester')).get('/requests/nothing'),
    ]
    expect([nobody.status, member.status, titleOf(nobody.html)]).toEqual([404, 404, titleOf(member.html)])
  })
})
