import { breakGlassBody, reviewBody } from '@concord/contracts/bodies'
import { glasses, openedCase, restricted, toReview, whoHasSeen } from '@concord/contracts/replies'
import { parseRequestId } from '@concord/domain/ids'
import { glassPage, openedPage, restrictedPage } from '../../web/break-glass.tsx'
import { type Typed, typed } from '../../web/fields.tsx'
import { auditForm, glassForm, reviewForm } from '../../web/forms.ts'
import { auditPage, reviewsPage, seenPage } from '../../web/guardian.tsx'
import { problemOf } from '../problems.ts'
import { readForm, wrongIn } from './read-form.ts'
import { type Answer, askedOf, doneOf, notFound, refusedForm, replied, type Visit, type VisitDeps } from './visit.ts'

/** The pages of what is opened in an emergency, and of those who watch over it. */
export const guardVisits = (deps: VisitDeps) => {
  const { useCases, clock } = deps

  const showReviews = async (at: Visit, said: Readonly<Record<string, Typed>> = {}): Promise<Answer> => {
    const id = parseRequestId(at.id)
    if (!id) return notFound
    const { reply, refused } = replied(glasses, await useCases.readGlasses({ id }, at.caller))
    if (!reply) return refused
    return { page: reviewsPage({ ...reply, now: clock.now(), done: doneOf(at.query('done')), typed: said }) }
  }

  return {
    restricted: async (at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const { reply: note, refused } = replied(restricted, await useCases.readRestrictedNote({ id }, at.caller))
      return note ? { page: restrictedPage({ id, note }) } : refused
    },
    /** While the glass is broken the case itself; before, the question why. */
    glass: async (at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const outcome = await useCases.readOpenedCase({ id }, at.caller)
      if (outcome.kind === 'glass-not-broken') return { page: glassPage({ id }) }
      const { reply: opened, refused } = replied(openedCase, outcome)
      return opened ? { page: openedPage({ opened, now: clock.now(), done: doneOf(at.query('done')) }) } : refused
    },
    'break-glass': async (at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const read = readForm(breakGlassBody, at.form)
      if (read.kind === 'wrong') {
        // Before anything is said of a form: whether there is such a request for this person.
        const { kind } = await useCases.readOpenedCase({ id }, at.caller)
        if (kind === 'not-found' || kind === 'not-standing') return notFound
        return { page: glassPage({ id, typed: wrongIn(read.issues, glassForm, at.form) }) }
      }
      const outcome = await useCases.breakGlass({ id, ...read.body, asked: askedOf(deps, at, read.body) }, at.caller)
      if (outcome.kind === 'done') return { to: `/requests/${id}/break-glass?done=glass` }
      if (outcome.kind === 'not-found') return notFound
      return { page: glassPage({ id, typed: refusedForm(at.form, problemOf(outcome)) }) }
    },
    audit: async (at: Visit): Promise<Answer> => {
      const wanted = at.query('request')?.trim()
      const id = wanted === undefined ? undefined : parseRequestId(wanted)
      if (id) return { to: `/requests/${id}/audit` }
      const { reply, refused } = replied(toReview, await useCases.readGlassesToReview({}, at.caller))
      if (!reply) return refused
      const values = new URLSearchParams({ request: wanted ?? '' })
      const asked = auditForm[0]?.fields[0]
      const problem = 'Enter the id of a request, as it stands in the address of its page'
      const errors = asked && wanted !== undefined ? [{ at: asked.name, label: asked.label, problem }] : []
      const said = typed(values, { errors })
      return { page: auditPage({ ...reply, now: clock.now(), typed: said }) }
    },
    seen: async (at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const cursor = at.query('cursor') ?? null
      const { reply, refused } = replied(whoHasSeen, await useCases.readWhoHasSeen({ id, cursor }, at.caller))
      return reply ? { page: seenPage({ ...reply, id, isFirst: cursor === null }) } : refused
    },
    reviews: (at: Visit) => showReviews(at),
    review: async (at: Visit): Promise<Answer> => {
      const id = parseRequestId(at.id)
      if (!id) return notFound
      const glass = at.form.get('glass') ?? ''
      const read = readForm(reviewBody, at.form)
      if (read.kind === 'wrong') return showReviews(at, { [glass]: wrongIn(read.issues, reviewForm(glass), at.form) })
      const outcome = await useCases.reviewGlass({ id, ...read.body, asked: askedOf(deps, at, read.body) }, at.caller)
      if (outcome.kind === 'done') return { to: `/requests/${id}/reviews?done=review` }
      return showReviews(at, { [glass]: refusedForm(at.form, problemOf(outcome)) })
    },
  }
}
