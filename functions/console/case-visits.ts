import { draftBody, type PostedStep, stepBodies } from '@concord/contracts/bodies'
import { caseView, shortlist } from '@concord/contracts/replies'
import { parseRequestId, type RequestId } from '@concord/domain/ids'
import type { Typed } from '../../web/components.tsx'
import { draftPage, stepPage, stepSections } from '../../web/form-pages.tsx'
import { draftForm } from '../../web/forms.ts'
import { type CaseProps, requestPage } from '../../web/request.tsx'
import { type FormStep, formSteps } from '../../web/routes.ts'
import { type Shortlist, shortlistPage } from '../../web/shortlist.tsx'
import { problemOf } from '../problems.ts'
import { readForm, rowsIn, typedFrom, wrongIn } from './read-form.ts'
import {
  type Answer,
  askedOf,
  doneOf,
  go,
  notFound,
  page,
  refusedForm,
  replied,
  type Visit,
  type VisitDeps,
} from './visit.ts'

type Loaded = { readonly kind: 'case'; readonly props: CaseProps; readonly list: Shortlist | null }

/** The request in the address, for whom it is there. Brokers read the shortlist beside it: names stand nowhere else. */
const load = async (
  { useCases, clock }: VisitDeps,
  { caller, id: text, book, query }: Visit,
): Promise<Loaded | { readonly kind: 'refused'; readonly answer: Answer }> => {
  const id = parseRequestId(text)
  if (!id) return { kind: 'refused', answer: notFound }
  const { role } = caller.membership
  const isBroker = role === 'coordinator' || role === 'clinical-lead'
  const [read, drawn] = await Promise.all([
    useCases.readCase({ id }, caller),
    isBroker ? useCases.readShortlist({ id }, caller) : null,
  ])
  const found = replied(caseView, read)
  if (found.kind === 'refused') return found
  const listed = drawn && replied(shortlist, drawn)
  const list = listed?.kind === 'replied' ? listed.reply : null
  const known = new Map(
    list && [...list.offerable, ...list.full, ...list.excluded].map((one) => [one.id as string, one.name]),
  )
  const names = { ...book.names, clinician: (clinician: string) => known.get(clinician) ?? '' }
  return {
    kind: 'case',
    props: { view: found.reply, role, names, now: clock.now(), done: doneOf(query('done')) },
    list,
  }
}

export const caseVisits = (deps: VisitDeps) => {
  const shown = async (at: Visit, show: (loaded: Loaded) => Answer): Promise<Answer> => {
    const loaded = await load(deps, at)
    return loaded.kind === 'refused' ? loaded.answer : show(loaded)
  }

  const choicesFor = ({ caller: { membership }, book }: Visit) => {
    if (!('trust' in membership)) throw new Error('Only a trust drafts')
    const { trust } = membership
    return { trust, specialties: book.specialties, employers: book.employers(trust), sites: book.sites(trust) }
  }
  const draftAgain = (
    at: Visit,
    revises: { readonly id: string; readonly version: number } | null,
    typed: Typed,
    more = 0,
  ) =>
    page(
      draftPage({
        revises,
        choices: choicesFor(at),
        consultants: Math.max(1, rowsIn(typed.values, 'routing.treating') + more),
        typed,
      }),
    )

  const saveDraft = async (at: Visit, revises: RequestId | null): Promise<Answer> => {
    const again = async (typed: Typed, more = 0) =>
      revises
        ? shown(at, ({ props: { view } }) => draftAgain(at, view, typed, more))
        : draftAgain(at, null, typed, more)
    if (at.form.has('more')) return again({ values: at.form, errors: [], problem: null }, 1)
    const read = readForm(draftBody, asDraft(at.form))
    if (read.kind === 'wrong')
      return again(wrongIn(read.issues, draftForm(choicesFor(at), rowsIn(at.form, 'routing.treating')), at.form))
    const outcome = await deps.useCases.draft({ ...read.body, revises, asked: askedOf(deps, at, read.body) }, at.caller)
    return outcome.kind === 'done'
      ? go(`/requests/${outcome.done.id}?done=draft`)
      : again(refusedForm(at.form, problemOf(outcome)))
  }

  return {
    request: (at: Visit) => shown(at, ({ props }) => page(requestPage(props))),
    shortlist: (at: Visit) =>
      shown(at, ({ props, list }) => (list ? page(shortlistPage({ ...props, list })) : notFound)),
    'new-request': async (at: Visit) =>
      draftAgain(at, null, { values: new URLSearchParams(), errors: [], problem: null }),
    draft: (at: Visit) => saveDraft(at, null),
    'draft-form': (at: Visit) =>
      shown(at, ({ props: { view } }) => {
        if (view.status !== 'draft') return go(`/requests/${view.id}`)
        const { routing, brief, identity, narrative } = view
        const treating = routing.treating.map((one) => ({ ...one, teams: one.teams?.map(({ team }) => team) ?? null }))
        const team = treating.map(({ gmc }) => brief?.team.find((one) => one.gmc === gmc) ?? null)
        const known = typedFrom({
          routing: { ...routing, treating },
          texts: { brief: { ...brief, team }, identity, narrative },
        })
        return draftAgain(at, view, {
          values: known,
          errors: [],
          problem: null,
        })
      }),
    revise: async (at: Visit) => {
      const id = parseRequestId(at.id)
      return id ? saveDraft(at, id) : notFound
    },
    /** A step that is not to be taken now has no form: the request says how it stands. */
    form: (step: FormStep, at: Visit) =>
      shown(at, ({ props }) =>
        props.view.steps.includes(step) ? page(stepPage(step, props)) : go(`/requests/${props.view.id}`),
      ),
    step: async (step: PostedStep, at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const formStep = formSteps.find((one) => one === step)
      const again = (typed: (loaded: Loaded) => Typed) =>
        shown(at, (loaded) => {
          const props = { ...loaded.props, typed: typed(loaded) }
          if (formStep) return page(stepPage(formStep, props))
          return page(
            step === 'offer' && loaded.list ? shortlistPage({ ...props, list: loaded.list }) : requestPage(props),
          )
        })
      const read = readForm(stepBodies[step].body, at.form)
      if (read.kind === 'wrong')
        return again(({ props }) => wrongIn(read.issues, formStep ? stepSections(formStep, props.view) : [], at.form))
      const outcome = await deps.useCases.step(id, read.body, askedOf(deps, at, read.body), at.caller)
      if (outcome.kind !== 'done') return again(() => refusedForm(at.form, problemOf(outcome)))
      return after(step, at)
    },
  }

  /** Where a step leads: to the shortlist one offers from, to the inbox when the case is no longer one's, otherwise to the request. */
  async function after(step: PostedStep, at: Visit): Promise<Answer> {
    if (step === 'shortlist' || step === 'offer') return go(`/requests/${at.id}/shortlist?done=${step}`)
    if (step === 'decline') return go('/inbox?done=decline')
    if (step === 'open-pack' && (await load(deps, at)).kind === 'refused') return go('/inbox?done=closed-pack')
    return go(`/requests/${at.id}?done=${step}`)
  }
}

/** A draft as it was typed, in the shape of its body: each consultant's number goes with the name, and each team is one they are in now. */
const asDraft = (form: URLSearchParams): URLSearchParams => {
  const body = new URLSearchParams(form)
  for (let n = 0; n < rowsIn(form, 'routing.treating'); n += 1) {
    const at = `routing.treating.${n}`
    // A row that was offered and not filled in still says an employer.
    const isFilled = [`${at}.gmc`, `texts.brief.team.${n}.name`].some((name) => form.get(name)?.trim())
    if (n > 0 && !isFilled) for (const name of [...body.keys()]) if (name.startsWith(`${at}.`)) body.delete(name)
    if (n > 0 && !isFilled) continue
    body.set(`texts.brief.team.${n}.gmc`, form.get(`${at}.gmc`) ?? '')
    body.delete(`${at}.teams`)
    const teams = form
      .getAll(`${at}.teams`)
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.trim() !== '')
    for (const [index, team] of teams.entries()) {
      body.set(`${at}.teams.${index}.team`, team)
      body.set(`${at}.teams.${index}.kind`, 'team')
      body.set(`${at}.teams.${index}.to`, 'ongoing')
    }
  }
  return body
}
