import { canaries } from '@concord/testkit/drafts'
import { gmc } from '@concord/testkit/facts'
import type { Who, World } from '@concord/testkit/world'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { BodyIds } from './body-ids.ts'
import { endingNames, type Moment, moments, plainWords, type Story, storyJustEnded, storyUpTo } from './story.ts'

/** One address of a face: where an id stands in its path it is written {id}. */
export type Address = {
  readonly name: string
  readonly method: string
  readonly path: string
  /** Whether its plain body names something that could be somebody else's. */
  readonly hasIdsInBody?: boolean
}
export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export type Anybody = Who | 'nobody'
/** One call of an address, with what stands for its id, and what else somebody may say with it. */
export type Call = {
  readonly address: Address
  readonly id: string
  readonly query?: string
  /** The key that makes a write happen once, and the tag it insists on. */
  readonly key?: string
  readonly version?: string
  /** What its body names, where that is not what it plainly names. */
  readonly inBody?: BodyIds
}

/** A face of Concord as isolation is tested on it: the API, the console. */
export type Face = {
  readonly addresses: readonly Address[]
  /** The addresses without an id, each looked at: what they show or make is the caller's own. A new one fails until it stands here. */
  readonly withoutId: readonly string[]
  /** The address that shows one case. */
  readonly caseAddress: string
  /** Whether an answer says nothing but that there is nothing. */
  readonly isNothing: (answer: Answer, who: Anybody) => boolean
  readonly call: (who: Anybody, call: Call) => Promise<Answer>
}

/** Words that stand for a child's story, and numbers of colleagues of whom the trust or the family had something to say. */
export const words = { ...canaries, unwelcome: '9990981', discussedWith: '9990982', treatedBy: '9990983' } as const
type Word = keyof typeof words
const colleagues: readonly Word[] = ['unwelcome', 'discussedWith', 'treatedBy']
const identity: readonly Word[] = ['givenName', 'familyName', 'nhsNumber']
const narrative: readonly Word[] = ['story', 'teamView', 'familyQuestion']
const brief: readonly Word[] = ['question', 'background']
const opinion: readonly Word[] = ['opinion', 'summary']
/** What stands beside the case, at addresses of its own: what is restricted, and why its glass was broken. */
const beside: readonly Word[] = ['restricted', 'glassReason']

/** What each of those concerned reads in the case at each moment, and nothing else. */
export const readsOf = (told: Story, moment: Moment) => {
  const since = (first: Moment) => moments.indexOf(moment) >= moments.indexOf(first)
  const isOver = moment === 'closed' || moment === 'withdrawn'
  const wasReported = since('reported') && moment !== 'withdrawn'
  const trust = [...brief, ...identity, ...narrative, ...colleagues, ...(wasReported ? opinion : [])]
  const broker = since('submitted') ? [...brief, ...colleagues] : []
  const chosen = [
    ...(since('offered') ? brief : []),
    ...(since('engaged') ? identity : []),
    ...(since('in-review') ? narrative : []),
    ...(since('reported') ? opinion : []),
  ]
  return new Map<Anybody, readonly Word[]>([
    ['requester', [...trust, ...(since('submitted') ? (['restricted'] as const) : [])]],
    ['esoLead', trust],
    ['coordinator', broker],
    ['clinicalLead', broker],
    // Broken before it was offered, and shut again an hour later.
    ['guardian', since('offered') ? ['glassReason'] : []],
    ['trustGuardian', since('offered') ? ['glassReason'] : []],
    [told.clinicians.chosen, isOver ? [] : chosen],
    ...(moment === 'offered' ? [[told.clinicians.notNeeded, brief] as const] : []),
  ])
}

/** Every address of a face, for everybody, at every moment of a case. */
export const isolationOf = (name: string, faceOf: (world: World) => Face | Promise<Face>) => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
  describe.each(moments)(`${name}, while a case of XA1 is %s,`, (moment) => {
    let told: Story
    let face: Face
    beforeAll(async () => {
      told = await storyUpTo(moment)
      face = await faceOf(told.world)
    })

    test('has no address that nobody looked at', () => {
      const others = face.addresses.filter((one) => !isOfRequest(one) && !isOfClinician(one))
      expect(others.map((one) => one.name).toSorted()).toEqual(face.withoutId.toSorted())
    })

    // evidence: ASVS 8.2.2, 8.4.1
    test('gives nothing to whoever has no business with it, in the words for what is not there, and does nothing', async () => {
      const before = told.dump()
      for (const who of told.outsiders) await expectNothing(face, who, isOfRequest, told.id)
      expect(told.dump()).toBe(before)
    })

    // evidence: ASVS 8.2.2
    test('gives nobody a register entry that is not theirs', async () => {
      const { chosen, declined, neverAsked } = told.clinicians
      const others: readonly Anybody[] = ['requester', 'otherCoordinator', 'commissioner', 'operator', 'nobody']
      for (const who of [...others, chosen, declined]) await expectNothing(face, who, isOfClinician, neverAsked)
    })

    // evidence: ASVS 8.2.3
    test('shows those concerned what is theirs by now, and no word more', async () => {
      const address = face.addresses.find((one) => one.name === face.caseAddress)
      if (!address) throw new Error(`No address ${face.caseAddress}`)
      for (const [who, read] of readsOf(told, moment))
        expect(wordsIn(await face.call(who, { address, id: told.id })).filter(isOfChild), who).toEqual(
          read.filter(isOfChild).toSorted(),
        )
      for (const { who, id } of told.ownCases) {
        const own = await face.call(who, { address, id })
        expect(own.body, who).toContain(plainWords)
        expect(wordsIn(own), who).toEqual([])
      }
    })

    // evidence: ASVS 8.2.3
    test('tells nobody but the network who was asked and did not take it', async () => {
      const { chosen, declined, expired } = told.clinicians
      const address = face.addresses.find((one) => one.name === face.caseAddress)
      if (!address) throw new Error(`No address ${face.caseAddress}`)
      for (const who of ['requester', 'esoLead', chosen] as const) {
        const { body } = await face.call(who, { address, id: told.id })
        for (const asked of [declined, expired]) expect(body, who).not.toContain(asked)
      }
    })

    // evidence: ASVS 8.2.3
    test('tells none of those who are asked at once of another', async () => {
      const { chosen, notNeeded } = told.clinicians
      const address = face.addresses.find((one) => one.name === face.caseAddress)
      if (!address) throw new Error(`No address ${face.caseAddress}`)
      for (const [who, other, number] of [
        [chosen, notNeeded, gmc(5)],
        [notNeeded, chosen, gmc(1)],
        ['requester', notNeeded, gmc(5)],
        ['esoLead', notNeeded, gmc(5)],
      ] as const) {
        const { body } = await face.call(who, { address, id: told.id })
        for (const sign of [other, number]) expect(body, who).not.toContain(sign)
      }
    })

    test('tells nobody else of it anywhere', async () => {
      const reads = readsOf(told, moment)
      for (const who of [...told.outsiders, ...reads.keys()])
        for (const address of face.addresses.filter(({ method }) => method === 'get')) {
          const answer = await face.call(who, {
            address,
            id: isOfClinician(address) ? told.clinicians.chosen : told.id,
          })
          const asked = `${who} at ${address.name}: ${answer.body}`
          const tooMuch = wordsIn(answer).filter((word) => !reads.get(who)?.includes(word))
          expect(tooMuch, asked).toEqual([])
          if (told.outsiders.includes(who)) expect(answer.body, asked).not.toContain(told.id)
        }
    })
  })

  test.each(endingNames)(`${name} gives nothing more of a case to a clinician who %s, at once`, async (ending) => {
    const { world, clinician, id } = await storyJustEnded(ending)
    const face = await faceOf(world)
    // What they signed themselves, and that closed the case to them, stays theirs to read: their own answers, and no word of the case.
    const isOwn = ({ name: one }: Address) => ending === 'found a conflict on opening the pack' && ownAnswers.has(one)
    await expectNothing(face, clinician, (one) => isOfRequest(one) && !isOwn(one), id)
    for (const address of face.addresses.filter(isOwn))
      expect(wordsIn(await face.call(clinician, { address, id })), address.name).toEqual([])
  })
}

const ownAnswers: ReadonlySet<string> = new Set(['read-own-answers', 'get own-answers', 'get form answer-again'])

/** Nothing at any address of the kind, and what is there and not theirs is told apart from what is not there by nothing. */
const expectNothing = async (face: Face, who: Anybody, ours: (one: Address) => boolean, foreign: string) => {
  const trusts = ['XA1', ...(ownTrusts.get(who) ?? [])]
  const unknown = foreign.startsWith('cln_') ? [`cln_${nowhere}`] : trusts.map((trust) => `req_${trust}_${nowhere}`)
  for (const address of face.addresses.filter(ours)) {
    const answer = await face.call(who, { address, id: foreign })
    const asked = `${who} at ${address.name}: ${answer.status} ${answer.body}`
    expect(face.isNothing(answer, who), asked).toBe(true)
    for (const id of unknown)
      expect(nameless(await face.call(who, { address, id }), id), asked).toEqual(nameless(answer, foreign))
  }
}

/** Who could have a request of their own under an id that nobody has. */
const ownTrusts = new Map<Anybody, readonly string[]>([
  ['otherRequester', ['XB1']],
  ['otherEsoLead', ['XB1']],
  ['alikeRequester', ['XA12']],
  ['farRequester', ['XC1']],
  ['farEsoLead', ['XC1']],
])
const nowhere = '99999999-0000-7000-8000-000000000000'
export const isOfRequest = ({ path }: Address) => path.includes('/requests/{id}')
export const isOfClinician = ({ path }: Address) => /\/(clinicians|register)\/\{id\}/.test(path)
/** An answer without the id that was asked for, which a page may repeat. */
const nameless = ({ status, headers, body }: Answer, id: string) =>
  JSON.parse(JSON.stringify({ status, headers, body }).replaceAll(id, '{id}'))
export const wordsIn = ({ body }: Answer) => wordsOf.filter((word) => body.includes(words[word]))
const wordsOf: readonly Word[] = [...identity, ...narrative, ...brief, ...opinion, ...beside, ...colleagues].toSorted()
const isOfChild = (word: Word) => !colleagues.includes(word) && !beside.includes(word)
