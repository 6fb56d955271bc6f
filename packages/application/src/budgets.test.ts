import { readFileSync } from 'node:fs'
import type { Vault } from '@concord/application/ports/outside'
import { must, parseRequestId, type RequestId } from '@concord/domain/ids'
import { aBibliography } from '@concord/testkit/bibliography'
import { anApplication } from '@concord/testkit/clinicians'
import { aDraft, anOpinion } from '@concord/testkit/drafts'
import { aStranger, gmc, neurology, noTies, openingAnswers } from '@concord/testkit/facts'
import { keyVault } from '@concord/testkit/key-vault'
import { aListedClinician } from '@concord/testkit/listed-clinician'
import { memoryTables } from '@concord/testkit/memory-tables'
import { memoryWitness } from '@concord/testkit/memory-witness'
import { meteredTables } from '@concord/testkit/metered-tables'
import { aRequest } from '@concord/testkit/requests'
import { aWorld, declarationFor, done } from '@concord/testkit/world'
import { beforeAll, describe, expect, test } from 'vitest'
import { chainAudit } from './chain-audit.ts'
import { paths, reactorScope } from './scope.ts'
import { tick } from './tick.ts'

/**
 * What each use case may cost: trips one after the other, calls in all with the caller's membership among them, and uses of the
 * vault's keys. A clinician's step costs one trip more than another's, to their own partition first, where the case in hand is found.
 */
const budgets = {
  draft: { trips: 2, calls: 10, keys: 3 },
  revise: { trips: 2, calls: 11, keys: 3 },
  submit: { trips: 2, calls: 5, keys: 0 },
  'take-up': { trips: 2, calls: 4, keys: 0 },
  'complete-triage': { trips: 2, calls: 4, keys: 0 },
  shortlist: { trips: 3, calls: 8, keys: 0 },
  offer: { trips: 2, calls: 5, keys: 0 },
  accept: { trips: 3, calls: 7, keys: 0 },
  'accept, having brought works': { trips: 4, calls: 11, keys: 1 },
  decline: { trips: 3, calls: 7, keys: 0 },
  'approve-plan': { trips: 2, calls: 4, keys: 0 },
  'record-objection': { trips: 2, calls: 4, keys: 0 },
  engage: { trips: 2, calls: 4, keys: 0 },
  'open-pack': { trips: 3, calls: 8, keys: 0 },
  report: { trips: 4, calls: 12, keys: 1 },
  share: { trips: 2, calls: 4, keys: 0 },
  close: { trips: 2, calls: 4, keys: 0 },
  withdraw: { trips: 2, calls: 4, keys: 0 },
  'a case, for its trust': { trips: 2, calls: 10, keys: 2 },
  'a case, for its network': { trips: 2, calls: 8, keys: 1 },
  'a case, for the clinician': { trips: 3, calls: 12, keys: 2 },
  'a shortlist': { trips: 2, calls: 3, keys: 0 },
  'an inbox': { trips: 2, calls: 4, keys: 0 },
  'joint works to say': { trips: 3, calls: 8, keys: 1 },
  'a worklist of a trust': { trips: 2, calls: 3, keys: 0 },
  'a worklist of a network': { trips: 2, calls: 3, keys: 0 },
  'a specialty of the register': { trips: 2, calls: 4, keys: 0 },
  'an entry of the register': { trips: 2, calls: 3, keys: 0 },
  'figures for a commissioner': { trips: 2, calls: 3, keys: 0 },
  apply: { trips: 2, calls: 4, keys: 0 },
  verify: { trips: 2, calls: 4, keys: 0 },
  declare: { trips: 2, calls: 4, keys: 0 },
  list: { trips: 2, calls: 4, keys: 0 },
  'record-works': { trips: 2, calls: 4, keys: 0 },
  'set-availability': { trips: 2, calls: 4, keys: 0 },
  // The networks first, then one query for each of the two.
  'a tick with nothing due': { trips: 2, calls: 3, keys: 0 },
  'a tick with one offer due': { trips: 5, calls: 7, keys: 0 },
  // The networks; what waits in each; the end and the head before; the links; the head; the end, settled.
  'chaining the audit, nothing new': { trips: 2, calls: 4, keys: 0 },
  'chaining the audit, one entry new': { trips: 7, calls: 9, keys: 0 },
} as const
type Spent = Readonly<Record<'trips' | 'calls' | 'items' | 'keys', number>>

/** Does everything there is to do, once, beside so many other requests and clinicians, and counts what each thing cost. */
const spending = async (others: number): Promise<Readonly<Record<string, Spent>>> => {
  const metered = meteredTables(memoryTables())
  const vault = keyVault()
  let keys = 0
  const counting = <Asked extends readonly unknown[], Answer>(call: (...asked: Asked) => Answer) => {
    return (...asked: Asked): Answer => {
      keys += 1
      return call(...asked)
    }
  }
  const counted: Vault = {
    ...vault,
    open: counting(vault.open),
    newKey: counting(vault.newKey),
    keyedHash: counting(vault.keyedHash),
  }
  const world = await aWorld({ tables: metered.tables, vault: counted })
  const { cases, as, asked, step, networks } = world

  const store = world.deps.storeFor(reactorScope(networks.one))
  for (let n = 0; n < others; n += 1) {
    const id = must(parseRequestId, `req_XA1_00000000-0000-7000-9000-${String(n).padStart(12, '0')}`)
    const state = { ...aRequest(n % 2 === 0 ? 'draft' : 'closed'), id }
    await store.commit({ request: { before: 0, state, events: [] } })
    const another = aListedClinician(1000 + n, { entry: { facts: { ...anApplication().facts, practice: [] } } })
    await store.commit({ clinician: { before: 0, ...another } })
    await world.deps.people.setOffice(paths.clinician(networks.one, another.state.id), 'somebody@concord.example')
  }
  const [clinician, other, third] = [await world.aListed(1), await world.aListed(2), await world.aListed(3)]
  // The organisations are read once per instance and kept: counted by themselves.
  await world.deps.organisations()

  const spent: Record<string, Spent> = {}
  const measured = async <T>(name: keyof typeof budgets, ask: () => Promise<T>): Promise<T> => {
    keys = 0
    const { result, ...cost } = await metered.spent(ask)
    spent[name] = { ...cost, keys }
    await world.settle()
    return result
  }
  type Who = Parameters<typeof as>[0]
  const does = async (who: Who, id: RequestId, call: Parameters<typeof step>[2]) =>
    done(await measured(call.type as keyof typeof budgets, () => step(who, id, call)))
  const draft = (revises: RequestId | null) => () =>
    cases.draft({ ...aDraft(), asked: asked(), revises }, as('requester'))

  const id = must(parseRequestId, done(await measured('draft', draft(null))).id)
  await measured('revise', draft(id))
  await does('esoLead', id, { type: 'submit' })
  await does('coordinator', id, { type: 'take-up' })
  await does('coordinator', id, { type: 'complete-triage' })
  await does('coordinator', id, { type: 'shortlist' })
  await measured('a shortlist', () => cases.readShortlist({ id }, as('coordinator')))
  await does('coordinator', id, { type: 'offer', clinician })
  await world.mustStep('coordinator', id, { type: 'offer', clinician: other })
  await measured('an inbox', () => cases.readOwn({}, as(clinician)))
  await does(other, id, { type: 'decline', because: 'no-capacity' })
  await does(clinician, id, { type: 'accept', declaration: declarationFor() })
  await does('requester', id, { type: 'engage', familyView: 'agrees' })
  await does(clinician, id, { type: 'open-pack', answers: openingAnswers() })
  await does(clinician, id, { type: 'report', opinion: anOpinion() })
  await measured('a case, for its trust', () => cases.readCase({ id }, as('requester')))
  await measured('a case, for its network', () => cases.readCase({ id }, as('coordinator')))
  await measured('a case, for the clinician', () => cases.readCase({ id }, as(clinician)))
  await does('requester', id, { type: 'share' })
  await does('requester', id, { type: 'close', outcome: 'plan-confirmed' })
  const second = await world.aRequestAt('offered', { clinician: third })
  const tie = noTies({ C10: 'trained-together' })
  await world.mustStep(third, second, { type: 'accept', declaration: { ...declarationFor(), consultants: [tie] } })
  await does('clinicalLead', second, { type: 'approve-plan' })
  await does('requester', second, { type: 'record-objection' })
  await does('requester', second, { type: 'withdraw', because: 'resolved' })

  await measured('a worklist of a trust', () => cases.readWorklist({ cursor: null }, as('requester')))
  await measured('a worklist of a network', () => cases.readWorklist({ cursor: null }, as('coordinator')))
  await measured('a specialty of the register', () => cases.readRegister({ tfc: neurology }, as('coordinator')))
  await measured('an entry of the register', () => cases.readClinician({ id: clinician }, as('coordinator')))
  await measured('figures for a commissioner', () => cases.readReleases({}, as('commissioner')))
  const changes = async (who: Who, call: Parameters<typeof cases.changeClinician>[0]['step']) =>
    done(
      await measured(call.type as keyof typeof budgets, () =>
        cases.changeClinician({ id: call.type === 'apply' ? null : third, step: call, asked: asked() }, as(who)),
      ),
    )
  const { registration, specialistRegister } = aStranger()
  if (!registration || !specialistRegister) throw new Error('The stranger is registered')
  await changes('coordinator', {
    type: 'apply',
    entry: anApplication({ facts: { ...anApplication().facts, gmc: gmc(4) } }),
  })
  await changes('coordinator', { type: 'verify', registration, specialistRegister })
  await changes(third, { type: 'declare' })
  await changes(third, { type: 'set-availability', availability: { cap: 3, urgencies: ['U2'], modes: ['records'] } })
  await changes(third, { type: 'record-works', works: aBibliography })
  const fourth = await world.aRequestAt('offered', { clinician: third })
  const seen = await measured('joint works to say', () => cases.readJointWorks({ id: fourth }, as(third)))
  const works = seen.kind === 'joint-works' ? seen.works.map((one) => ({ ...one, said: 'both' as const })) : []
  await measured('accept, having brought works', () =>
    step(third, fourth, { type: 'accept', declaration: declarationFor(), works }),
  )
  await world.cases.changeClinician({ id: third, step: { type: 'unlist' }, asked: asked() }, as(third))
  await changes('coordinator', { type: 'list' })

  await measured('a tick with nothing due', tick(world.deps))
  await world.aRequestAt('offered', { clinician: other })
  world.passMinutes(3 * 24 * 60)
  await measured('a tick with one offer due', tick(world.deps))
  const chain = chainAudit({ ...world.deps, witness: memoryWitness() })
  // What all of the above left is chained a thousand a minute.
  while ((await chain()).chained > 0);
  await measured('chaining the audit, nothing new', chain)
  await cases.readWorklist({ cursor: null }, as('coordinator'))
  await measured('chaining the audit, one entry new', chain)
  return spent
}

describe('the budget of', () => {
  let few: Awaited<ReturnType<typeof spending>> = {}
  let many: Awaited<ReturnType<typeof spending>> = {}
  beforeAll(async () => {
    few = await spending(210)
    many = await spending(1_000)
  }, 60_000)

  test.each(Object.entries(budgets))('%s is kept', (name, budget) => {
    expect(few[name]).toMatchObject(budget)
  })

  test.each(Object.keys(budgets))('%s does not grow with what else is stored', (name) => {
    expect(many[name]).toEqual(few[name])
  })

  test('everything is what docs/access-patterns.md says', () => {
    const page = readFileSync(new URL('../../../docs/access-patterns.md', import.meta.url), 'utf8')
    const rows = page.matchAll(/^\| ([^|]+) \| (\d+) \| (\d+) \| (\d+) \|/gm)
    const said = [...rows].map(([, name, ...counts]) => [name, counts.map(Number)])
    expect(said).toEqual(Object.entries(budgets).map(([name, { trips, calls, keys }]) => [name, [trips, calls, keys]]))
  })

  test('whoever comes first to an instance reads the organisations and what networks made stricter too, in two trips', async () => {
    const metered = meteredTables(memoryTables())
    const world = await aWorld({ tables: metered.tables })
    const cost = () => metered.spent(world.deps.organisations)
    expect(await cost()).toMatchObject({ trips: 2, calls: 3 })
    expect(await cost()).toMatchObject({ trips: 0, calls: 0 })
  })
})
