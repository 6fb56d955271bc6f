import { randomUUID } from 'node:crypto'
import { type Aim, type Bent, nameless, nobodys } from './bends.ts'
import type { Address, Answer, Anybody, Call, Face } from './matrix.ts'
import type { Target, Targets } from './targets.ts'
import type { UndoableTables } from './undoable.ts'

/** A face over a story, in which calls are tried one after the other. */
export type Trial = {
  readonly face: Face
  readonly tables: UndoableTables
  readonly targets: Targets
  /** What broke in a call, as the face reports it. */
  readonly errors: unknown[]
  /** The hash of the last call that would be kept under a key. */
  readonly lastHash: () => string
  readonly isWallDown: boolean
}
/** Somebody, an address, what it is aimed at, and how the call is bent. */
export type Cell = {
  readonly who: Anybody
  readonly address: Address
  readonly target: Target
  readonly aim: Aim
  readonly bent: Bent
  /** The same, bent where nothing is. */
  readonly elsewhere: Bent
}
type Asked = {
  readonly call: Call
  readonly answer: Answer
  readonly wrote: readonly string[]
  readonly broke: readonly string[]
}
type Came = { readonly asked: readonly Asked[]; readonly wrong: readonly string[] }

/** Tries a cell twice, on its target and where nothing is, and says all that is wrong with how that was answered. */
export const tryCell = async (trial: Trial, cell: Cell): Promise<Came> => {
  const { who, address, target, aim, bent, elsewhere } = cell
  const { face, targets, isWallDown } = trial
  const there = await ask(trial, who, { address, id: aim.id, ...bent.call })
  const isInBody = bent.kind === 'an id in the body'
  // A key is tried on the same call: once with one of its own, and once with one that everybody else used. So is what a body names.
  const compared = bent.usedFor
    ? await askAgain(trial, cell, bent.usedFor === 'this call' ? trial.lastHash() : 'of another call')
    : await ask(trial, who, { address, id: isInBody ? aim.id : nobodys(aim).id, ...elsewhere.call })
  const asked = [there, compared]

  const isItem = target.of !== 'lists'
  const isOwn = isItem && target.isFor(who) && bent.isSame
  const saysMore = 'query' in bent.call || bent.call.id?.includes('?') === true
  // What is said beside the id may be refused before anybody looks for it.
  const isRefused = ({ answer }: Asked) =>
    answer.status === 404 ||
    face.isNothing(answer, who) ||
    (isWallDown && answer.status === 500) ||
    (saysMore && answer.status === 400)
  const isOthers = (pk: string) => targets.items.some(({ id, isFor }) => !isFor(who) && pk.includes(id))
  const isSameItem = bent.usedFor !== undefined || isInBody
  const mustBeNothing = isItem
    ? [...(isOwn ? [] : [there]), ...(isSameItem && (isOwn || bent.usedFor) ? [] : [compared])]
    : []

  const wrong = [
    ...asked.flatMap((one) => targets.leaksIn(one.answer, who, one.call).map((word) => `tells ${word}`)),
    ...asked
      .flatMap(({ broke }) => broke.filter((name) => !isWallDown || !isWall(name)))
      .map((name) => `breaks: ${name}`),
    ...asked.flatMap(({ wrote }) => wrote.filter(isOthers)).map((pk) => `writes to ${pk}`),
    ...mustBeNothing.flatMap(({ wrote }) => wrote).map((pk) => `writes ${pk}`),
    ...mustBeNothing.filter((one) => !isRefused(one)).map(({ answer }) => `answers ${answer.status}`),
    ...(isOwn && !isSameItem ? [] : apart(said(there, cell), said(compared, cell))),
  ]
  return { asked, wrong }
}

const isWall = (name: string) => name === 'OutsideScopeError' || name === 'AccessDenied'

/** Asks once, and takes back what that changed. */
const ask = async ({ face, tables, errors }: Trial, who: Anybody, call: Call): Promise<Asked> => {
  const before = tables.written().length
  const answer = await face.call(who, call)
  const wrote = tables.written().slice(before)
  const broke = errors.splice(0).map((error) => (error instanceof Error ? error.name : String(error)))
  await tables.undo()
  // That somebody is signed in is kept with them.
  return { call, answer, broke, wrote: wrote.map(({ key }) => key.pk).filter((pk) => !pk.startsWith('person/')) }
}

/** The same call with a key that every other caller used before, as their once-records would say it. */
const askAgain = async (trial: Trial, { who, address, target, aim }: Cell, hash: string) => {
  const key = randomUUID()
  await trial.targets.othersUse(who, key, { hash, done: { id: target.id, tag: aim.version } })
  return ask(trial, who, { address, id: aim.id, key })
}

/** An answer as it is compared: without what it repeats of the aim, and without what is new each time. */
const said = ({ answer: { status, headers, body } }: Asked, { aim }: Cell) => {
  const text = JSON.stringify([status, headers, body])
  return nameless(nameless(text, aim), nobodys(aim))
    .replace(uuids, '{uuid}')
    .replace(teams, '$1{new}')
    .replace(tags, '{tag}')
    .replace(begun, '{begun}')
}
const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{12}|\{last\})/gi
/** The tag of a draft that was just made: each has a key of its own. */
const tags = /\\"[\w-]{28}\\"/g
/** A team that was just added. */
const teams = /(team_[^"\\ ]*_)[0-9a-f]{12}/g
/** What a sign-in remembers until it comes back is sealed, and so different each time. */
const begun = /concord-sign-in-[^=;"]*=[^;"]+/g

/** Where two answers begin to differ. */
const apart = (one: string, other: string) => {
  if (one === other) return []
  const from = [...one].findIndex((char, at) => char !== other[at])
  const about = (text: string) => text.slice(Math.max(0, from - 60), from + 60)
  return [`tells “${about(one)}” from “${about(other)}”`]
}
