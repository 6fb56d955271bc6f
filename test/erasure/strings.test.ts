import { randomInt } from 'node:crypto'
import { eraseCase } from '@concord/application/erase-case'
import { routes } from '@concord/contracts/routes'
import { type ClinicianId, must, parseRequestId, parseSubject } from '@concord/domain/ids'
import { storedErasure } from '@concord/store/case-erasure'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf } from '@concord/testkit/call-api'
import { aDraft } from '@concord/testkit/drafts'
import { aConsultant, aTeamId, gmc } from '@concord/testkit/facts'
import { listenToLogs } from '@concord/testkit/listen-to-logs'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, declarationFor, type PathStatus, type Who, type World } from '@concord/testkit/world'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fragmentFinder } from './fragments.ts'
import { stringsOf } from './strings-of.ts'
import { besideBodies, inBodies } from './what-becomes-of-strings.ts'

const table = Object.values(routes).flat()

describe('every string that the API takes', () => {
  test('has its row in the table of what becomes of it, and the table has no other', () => {
    const taken = table.flatMap(({ config: { operationId = '' }, reads }) =>
      stringsOf(reads).map((place) => (place.startsWith('body.') ? `${operationId} ${place.slice(5)}` : place)),
    )
    const said = [
      ...Object.keys(besideBodies),
      ...Object.entries(inBodies).flatMap(([operation, strings]) =>
        Object.keys(strings).map((place) => `${operation} ${place}`),
      ),
    ]
    expect([...new Set(taken)].toSorted()).toEqual(said.toSorted())
  })
})

// Letters that stand in no hash and no number, so that what is found of a word was its own.
const letters = 'ghijklmnopqrstuvwxyz'
const aWord = (length = 24) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** What a call says, with something else at one of its places; a star is the first of a list. */
const saying = (body: unknown, place: string, word: string): unknown => {
  const [name = '', ...deeper] = place.split('.')
  if (name === '') return word
  if (Array.isArray(body)) return [saying(body[0], deeper.join('.'), word), ...body.slice(1)]
  const inside = Object.entries(Object(body) as object) // Whatever it is, an object is made of it.
  const before = inside.find(([one]) => one === name)?.[1] as unknown
  return { ...Object.fromEntries(inside), [name]: saying(before, deeper.join('.'), word) }
}

const since = { from: null, to: 'ongoing' as const }
const teams = [{ team: aTeamId('XA1'), kind: 'team' as const, ...since }]
const draft = aDraft({
  routing: {
    treating: [aConsultant({ teams })],
    unwelcome: [gmc(931)],
    discussedWith: [gmc(932)],
    treatedBy: [gmc(933)],
  },
})
const work = { with: gmc(901), evidence: '0123456789abcdef', said: 'both' }
/** The calls of a case that take strings: whose they are, when, and a body in which each string is there. */
const calls = (clinician: ClinicianId): readonly (readonly [string, Who, PathStatus | 'new', object])[] => [
  ['draft', 'requester', 'new', draft],
  ['revise', 'requester', 'draft', draft],
  ['restrict', 'requester', 'submitted', { ...apiBodies.restrict, readers: ['esoLead'] }],
  ['offer', 'coordinator', 'shortlisted', { clinician }],
  ['accept', clinician, 'offered', { declaration: declarationFor(), works: [work] }],
  ['report', clinician, 'in-review', apiBodies.report],
  ['break-glass', 'clinicalLead', 'submitted', apiBodies['break-glass']],
]

let world: World
let clinician: ClinicianId
const logged: string[] = []
const tables = memoryTables()
beforeAll(async () => {
  listenToLogs(logged)
  world = await aWorld({ tables })
  clinician = await world.aListed(1, { cap: 20 })
})
afterAll(() => {
  vi.restoreAllMocks()
})

/** A broken glass is looked at before its case can be erased, in words of the guardian's own. */
const review = async (id: string, glass: string, note: string) => {
  world.passMinutes(61)
  const body = { glass, finding: 'justified', note }
  const answer = await apiOf(world)('guardian', 'POST', `/v1/requests/${id}/reviews`, { body })
  expect(answer.status).toBe(201)
  await world.settle()
}

/** All that is anywhere but under a key, as it would be read. */
const left = () =>
  JSON.stringify([tables.all(), world.history, world.mail, logged], (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )

const erase = async (text: string) => {
  const id = must(parseRequestId, text)
  const by = must(parseSubject, 'an-operator')
  const erasureFor = () => storedErasure(tables)
  const asked = { network: world.networks.one, id, because: 'asked-for', by, isMeant: true } as const
  expect(await eraseCase({ ...world.deps, erasureFor })(asked)).toMatchObject({ kind: 'erased' })
}

describe('a word in any string of a case', () => {
  test.each(['draft', 'revise', 'restrict', 'offer', 'accept', 'report', 'break-glass'])(
    'is sealed or refused by %s, and nothing of it is left once the case is erased',
    async (operation) => {
      const [, who, status, body] = calls(clinician).find(([name]) => name === operation) ?? []
      const route = table.find(({ config }) => config.operationId === operation)
      if (!who || !status || !body || !route) throw new Error(`No call of ${operation}`)
      const made = status === 'new' ? '' : await world.aRequestAt(status, { clinician })
      const send = async (sent: unknown, id: string = made) => {
        const path = route.config.path.replace('{id}', id)
        const answer = await apiOf(world)(who, route.config.method.toUpperCase(), path, { body: sent })
        await world.settle()
        return { status: answer.status, text: await answer.text() }
      }
      const words: string[] = []
      const planted = (word: string) => {
        words.push(word)
        return word
      }

      const strings = Object.entries(inBodies[operation] ?? {})
      const typed = strings.filter(([place, fate]) => fate === 'sealed' && !notWords.has(place))
      // A word is refused wherever it is not sealed: as it is, in capitals as codes are, and where an id would carry it.
      for (const [place] of strings.filter((one) => !typed.includes(one)))
        for (const word of [planted(aWord()), planted(aWord(12).toUpperCase())])
          for (const form of [word, `team_${word}_000000000001`, `cln_${word}`]) {
            const { status: said, text } = await send(saying(body, place, form))
            expect([400, 404, 409, 422], `${place}: ${text}`).toContain(said)
            expect(fragmentFinder([word])(text)).toEqual([])
          }
      if (made !== '') {
        const uuid = made.slice(made.lastIndexOf('_'))
        expect((await send(body, `req_${planted(aWord(12).toUpperCase())}${uuid}`)).status).toBe(404)
      }

      const known = operation === 'accept' ? { declaration: declarationFor() } : body
      const whole = typed.reduce((sent: unknown, [place]) => saying(sent, place, planted(aWord())), known)
      const { status: said, text } = await send(whole)
      expect([200, 201], text).toContain(said)
      expect(fragmentFinder(words)(left())).toEqual([])
      const { id } = JSON.parse(text) as { readonly id: string }
      if (operation === 'break-glass') await review(made, id, planted(aWord()))
      await erase(id.startsWith('req_') ? id : made)
      expect(fragmentFinder(words)(left())).toEqual([])
    },
    20_000,
  )
})

/** Sealed too, and read as a day or a number before: no word can stand there. */
const notWords: ReadonlySet<string> = new Set([
  'texts.brief.team.*.gmc',
  'texts.identity.bornOn',
  'texts.identity.nhsNumber',
])
