import type { Caller } from '@concord/application/caller'
import { parseMembership } from '@concord/application/scope'
import { draftBody, type PostedStep, stepBodies } from '@concord/contracts/bodies'
import { caseView, jointWorks, ownSigned, rolesHeld, shortlist, teams as teamsReply } from '@concord/contracts/replies'
import { parseRequestId, type RequestId } from '@concord/domain/ids'
import { holdsOn } from '@concord/domain/membership/role-held'
import { judgeStep } from '@concord/domain/request/transitions'
import type { CalendarDate } from '@concord/domain/time'
import { isSameWord } from '@concord/platform/system'
import type { z } from 'zod'
import { ownAnswersPage, secondAnswerPage, secondAnswerSections } from '../../web/declared.tsx'
import { type Typed, typed } from '../../web/fields.tsx'
import { draftPage, recordFor, stepPage, stepSections } from '../../web/form-pages.tsx'
import { draftForm } from '../../web/forms.ts'
import { opinionCheckPage } from '../../web/opinion-check.tsx'
import { type CaseProps, requestPage } from '../../web/request.tsx'
import { type FormStep, formSteps } from '../../web/routes.ts'
import { type Shortlist, shortlistPage } from '../../web/shortlist.tsx'
import type { Options } from '../../web/words.ts'
import { problemOf } from '../problems.ts'
import type { Book } from './book.ts'
import { linesOf, readForm, rowsIn, typedFrom, wrongIn } from './read-form.ts'
import {
  type Answer,
  askedOf,
  doneOf,
  notFound,
  refusedForm,
  replied,
  todayOf,
  type Visit,
  type VisitDeps,
} from './visit.ts'

type Loaded = { readonly props: CaseProps; readonly list: Shortlist | null }
type Revised = { readonly id: string; readonly tag: string } | null
const TREATING = 'routing.treating'

/** The pages of one request, each for whom it is there. */
export const caseVisits = (deps: VisitDeps) => {
  const { useCases, clock } = deps

  /** Brokers read the shortlist beside the request: the names of those who are out stand nowhere else. */
  const load = async (
    { caller, id: text, book, query, form }: Visit,
    step?: PostedStep,
  ): Promise<Loaded | { readonly refused: Answer }> => {
    const id = parseRequestId(text)
    if (!id) return { refused: notFound }
    const { role } = caller.membership
    const isBroker = role === 'coordinator' || role === 'clinical-lead'
    const [read, drawn, seen] = await Promise.all([
      useCases.readCase({ id }, caller),
      isBroker ? useCases.readShortlist({ id }, caller) : null,
      role === 'clinician' && step === 'accept' ? useCases.readJointWorks({ id }, caller) : null,
    ])
    const { reply: view, refused } = replied(caseView, read)
    if (!view) return { refused }
    // Only once the case is known to be theirs to restrict: reading who works at an office is on record.
    const isRestricting = step === 'restrict' && view.steps.includes(step)
    const roles = isRestricting ? await useCases.readRoles({ trust: null }, caller) : null
    const list = (drawn && replied(shortlist, drawn).reply) ?? null
    const works = seen && replied(jointWorks, seen).reply?.works
    const held = (roles && replied(rolesHeld, roles).reply?.roles) ?? []
    const colleagues = colleaguesIn(held, caller, book, todayOf(clock))
    const told = [...view.offers, ...(view.acceptance ? [view.acceptance] : [])]
    const known = [...told, ...(list?.offerable ?? []), ...(list?.full ?? []), ...(list?.excluded ?? [])]
    const clinician = (one: string) => known.find((listed) => listed.id === one)?.name ?? ''
    const names = { ...book.names, clinician }
    const said = { done: doneOf(query('done')), clinician: form.get('clinician') ?? query('clinician') ?? null }
    return {
      props: { view, role, names, now: clock.now(), ...said, colleagues, ...(works && { works }) },
      list,
    }
  }
  const shown = async (
    at: Visit,
    show: (loaded: Loaded) => Answer | Promise<Answer>,
    step?: PostedStep,
  ): Promise<Answer> => {
    const loaded = await load(at, step)
    return 'refused' in loaded ? loaded.refused : show(loaded)
  }

  const choicesFor = async ({ caller, book }: Visit, chosen: URLSearchParams) => {
    const { membership } = caller
    if (!('trust' in membership)) throw new Error('Only a trust drafts')
    const { trust } = membership
    const today = todayOf(clock)
    const sites = book.sites(trust, today)
    const listed = replied(teamsReply, await useCases.readTeams({ trust: null }, caller)).reply?.teams ?? []
    const isChosen = (id: string) => [...chosen.values()].some((value) => linesOf([value]).includes(id))
    // One that was retired since stays chosen until somebody takes it away.
    const teams = listed.flatMap(({ id, name, retiredOn }): readonly [string, string][] => {
      if (retiredOn === null) return [[id, name]]
      return isChosen(id) ? [[id, `${name} (no longer in use)`]] : []
    })
    const nation = book.nationOf(trust)
    return { trust, nation, today, specialties: book.specialties, employers: book.employers(trust), sites, teams }
  }
  const draftAgain = async (at: Visit, revises: Revised, said: Typed, more = 0): Promise<Answer> => {
    const consultants = Math.max(1, rowsIn(said.values, TREATING) + more)
    return { page: draftPage({ revises, choices: await choicesFor(at, said.values), consultants, typed: said }) }
  }
  const saveDraft = async (at: Visit, revises: RequestId | null): Promise<Answer> => {
    const { form } = at
    // What the form offers is read, and on record, only once the draft is known to be theirs.
    const again = async (said: () => Promise<Typed>, more = 0) => {
      const show = async (draft: Revised) => draftAgain(at, draft, await said(), more)
      return revises ? shown(at, ({ props: { view } }) => show(view)) : show(null)
    }
    if (form.has('more')) return again(async () => typed(form), 1)
    const read = readForm(draftBody, asDraft(form))
    const sections = async () => draftForm(await choicesFor(at, form), rowsIn(form, TREATING))
    if (read.kind === 'wrong') return again(async () => wrongIn(read.issues, await sections(), form))
    const outcome = await useCases.draft({ ...read.body, revises, asked: askedOf(deps, at, read.body) }, at.caller)
    if (outcome.kind !== 'done') return again(async () => refusedForm(form, problemOf(outcome), await sections()))
    return { to: `/requests/${outcome.done.id}?done=draft` }
  }

  /** What came of answers is not known before one looks: they close the case to the clinician, wait for the network, or lead on. */
  const afterAnswers = async (step: 'accept' | 'open-pack', at: Visit): Promise<Answer> => {
    const loaded = await load(at)
    if ('refused' in loaded) return { to: `/requests/${at.id}/declaration` }
    const stands = recordFor(step, loaded.props.view)?.stands
    const done = stands === 'to-settle' ? 'answer-unsure' : stands === 'to-decide' ? 'answer-changed' : step
    return { to: `/requests/${at.id}?done=${done}` }
  }

  /** What a clinician signed for a case that it closed to them: their own answers, and no word of the case. */
  const ownAnswers = async ({ id: text, caller }: Visit) => {
    const id = parseRequestId(text)
    if (!id) return { refused: notFound }
    return replied(ownSigned, await useCases.readOwnAnswers({ id }, caller))
  }
  const answerAgain = async (id: RequestId, at: Visit): Promise<Answer> => {
    const { reply: own, refused } = await ownAnswers(at)
    if (!own) return refused
    const read = readForm(stepBodies['answer-again'].body, at.form)
    if (read.kind === 'wrong')
      return { page: secondAnswerPage({ own, typed: wrongIn(read.issues, secondAnswerSections(own), at.form) }) }
    const outcome = await useCases.step(id, read.body, askedOf(deps, at, read.body), at.caller)
    if (outcome.kind === 'done') return after('answer-again', at)
    if (problemOf(outcome).status === 404) return notFound
    return { page: secondAnswerPage({ own, typed: refusedForm(at.form, problemOf(outcome)) }) }
  }

  /** Where a step leads: to the shortlist one offers from, to the inbox when the case is no longer one's, otherwise to the request. */
  const after = async (step: PostedStep, at: Visit): Promise<Answer> => {
    if (step === 'shortlist' || step === 'offer') return { to: `/requests/${at.id}/shortlist?done=${step}` }
    if (step === 'decline') return { to: '/inbox?done=decline' }
    if (step === 'answer-again') return { to: `/requests/${at.id}/declaration?done=${step}` }
    if (step === 'accept' || step === 'open-pack') return afterAnswers(step, at)
    return { to: `/requests/${at.id}?done=${step}` }
  }

  /** An opinion is issued from the page that showed it, and from no other: whatever else comes here is shown, and nothing is done. */
  const report = async (id: RequestId, at: Visit): Promise<Answer> => {
    const { form, caller } = at
    const write = (said: (props: CaseProps) => Typed) =>
      shown(at, ({ props }) => ({ page: stepPage('report', { ...props, typed: said(props) }) }), 'report')
    const read = readForm(stepBodies.report.body, form)
    if (read.kind === 'wrong') return write((props) => wrongIn(read.issues, stepSections('report', props), form))
    if (form.has('change')) return write(() => typed(form))
    const { body } = read
    const markOf = (tag: string) => at.markOf(JSON.stringify([tag, body]))
    const isShown = isSameWord(form.get('checked') ?? '', markOf(form.get('version') ?? ''))
    // For a role that never issues one the refusal, which goes on record, is all there is.
    if (isShown || judgeStep('report', 'none', caller.membership.role) === 'not-yours') {
      const outcome = await useCases.step(id, body, askedOf(deps, at, body), caller)
      return outcome.kind === 'done' ? after('report', at) : write(() => refusedForm(form, problemOf(outcome)))
    }
    return shown(
      at,
      ({ props }) => {
        const { view } = props
        if (view.steps.includes('report'))
          return {
            page: opinionCheckPage({ view, opinion: body.opinion, written: form, checked: markOf(view.tag) }),
          }
        const problem = problemOf({ kind: 'not-possible', step: 'report', status: view.status })
        return { page: stepPage('report', { ...props, typed: refusedForm(form, problem) }) }
      },
      'report',
    )
  }

  return {
    request: (at: Visit) => shown(at, ({ props }) => ({ page: requestPage(props) })),
    shortlist: (at: Visit) =>
      shown(at, ({ props, list }) => (list ? { page: shortlistPage({ ...props, list }) } : notFound)),
    'new-request': (at: Visit) => draftAgain(at, null, typed()),
    draft: (at: Visit) => saveDraft(at, null),
    'draft-form': (at: Visit) =>
      shown(at, ({ props: { view } }) => {
        if (view.status !== 'draft') return { to: `/requests/${view.id}` }
        const { routing, brief, identity, narrative } = view
        const treating = routing.treating.map((one) => ({ ...one, teams: one.teams?.map(({ team }) => team) }))
        const team = treating.map(({ gmc }) => brief?.team.find((one) => one.gmc === gmc))
        const texts = { brief: { ...brief, team }, identity, narrative }
        return draftAgain(at, view, typed(typedFrom({ routing: { ...routing, treating }, texts })))
      }),
    revise: (at: Visit) => {
      const id = parseRequestId(at.id)
      return id ? saveDraft(at, id) : notFound
    },
    /** A step that is not to be taken now has no form: the request says how it stands. */
    form: async (step: FormStep, at: Visit): Promise<Answer> => {
      if (step === 'answer-again') {
        const { reply: own, refused } = await ownAnswers(at)
        return own ? { page: secondAnswerPage({ own }) } : refused
      }
      return shown(
        at,
        ({ props }) => {
          const { view } = props
          const isAbout = step !== 'settle-declaration' && step !== 'decide-declaration'
          const isThere = view.steps.includes(step) && (isAbout || recordFor(step, view, props.clinician))
          return isThere ? { page: stepPage(step, props) } : { to: `/requests/${view.id}` }
        },
        step,
      )
    },
    'own-answers': async (at: Visit): Promise<Answer> => {
      const { reply: own, refused } = await ownAnswers(at)
      return own ? { page: ownAnswersPage({ own, done: doneOf(at.query('done')) }) } : refused
    },
    step: async (step: PostedStep, at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      if (step === 'report') return report(id, at)
      if (step === 'answer-again') return answerAgain(id, at)
      const form = formSteps.find((one) => one === step)
      const again = (said: (loaded: Loaded) => Typed) =>
        shown(
          at,
          (loaded) => {
            const [props, { list }] = [{ ...loaded.props, typed: said(loaded) }, loaded]
            if (form) return { page: stepPage(form, props) }
            return { page: step === 'offer' && list ? shortlistPage({ ...props, list }) : requestPage(props) }
          },
          step,
        )
      const read = readForm(stepBodies[step].body, at.form)
      if (read.kind === 'wrong')
        return again(({ props }) => wrongIn(read.issues, form ? stepSections(form, props) : [], at.form))
      const outcome = await useCases.step(id, read.body, askedOf(deps, at, read.body), at.caller)
      return outcome.kind === 'done' ? after(step, at) : again(() => refusedForm(at.form, problemOf(outcome)))
    },
  }
}

type Held = z.infer<typeof rolesHeld>['roles']
/** Who else of the trust can be named on a restricted note: those who hold a role there today. */
const colleaguesIn = (held: Held, { subject, membership: own }: Caller, book: Book, on: CalendarDate): Options => {
  const named = held.flatMap((one): readonly [string, string][] => {
    const membership = parseMembership(one.membership)
    const isColleague = membership && 'trust' in membership && 'trust' in own && membership.trust === own.trust
    const isThem = one.subject === subject
    return isColleague && !isThem && holdsOn(one, on) ? [[one.subject, `${one.name} (${book.roleAt(membership)})`]] : []
  })
  return [...new Map(named)]
}

/** A draft as it was typed, in the shape of its body: each consultant's number goes with the name, and each team is one they are in now. */
const asDraft = (form: URLSearchParams): URLSearchParams => {
  const body = new URLSearchParams(form)
  for (let n = 0; n < rowsIn(form, TREATING); n += 1) {
    const [at, person] = [`${TREATING}.${n}`, `texts.brief.team.${n}`]
    const gmc = form.get(`${at}.gmc`) ?? ''
    // A row that was offered and not filled in still says an employer.
    const isUnused = n > 0 && gmc.trim() === '' && !form.get(`${person}.name`)?.trim()
    for (const name of [...body.keys()]) if (isUnused && name.startsWith(`${at}.`)) body.delete(name)
    body.set(`${person}.gmc`, gmc)
    body.delete(`${at}.teams`)
    for (const [index, team] of linesOf(form.getAll(`${at}.teams`)).entries())
      for (const [name, value] of Object.entries({ team, kind: 'team', to: 'ongoing' }))
        body.set(`${at}.teams.${index}.${name}`, value)
  }
  return body
}
