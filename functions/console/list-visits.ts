import { entryBodies } from '@concord/contracts/bodies'
import { clinician, inbox, register, releases, worklist } from '@concord/contracts/replies'
import { parseClinicianId, parseTfc } from '@concord/domain/ids'
import type { Typed } from '../../web/components.tsx'
import { type Clinician, entryPage } from '../../web/entry.tsx'
import { figuresPage } from '../../web/figures.tsx'
import { availabilityForm, verificationForm } from '../../web/forms.ts'
import { inboxPage, registerPage, worklistPage } from '../../web/lists.tsx'
import type { EntryStepName } from '../../web/words.ts'
import { problemOf } from '../problems.ts'
import { readForm, typedFrom, wrongIn } from './read-form.ts'
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

export const listVisits = (deps: VisitDeps) => {
  const { useCases, clock } = deps
  const common = ({ book: { names }, query }: Visit) => ({ names, now: clock.now(), done: doneOf(query('done')) })

  /** An entry as the network that keeps it reads it, or the clinician whose it is. */
  const readEntry = async ({
    caller,
    id: text,
  }: Visit): Promise<
    { readonly kind: 'replied'; readonly reply: Clinician } | { readonly kind: 'refused'; readonly answer: Answer }
  > => {
    const id = parseClinicianId(text)
    if (!id) return { kind: 'refused', answer: notFound }
    if (caller.membership.role !== 'clinician') return replied(clinician, await useCases.readClinician({ id }, caller))
    const own = replied(inbox, await useCases.readOwn({}, caller))
    if (own.kind === 'refused') return own
    return own.reply.entry.id === id
      ? { kind: 'replied', reply: own.reply.entry }
      : { kind: 'refused', answer: notFound }
  }
  const showEntry = async (at: Visit, typed: Readonly<Partial<Record<EntryStepName, Typed>>>): Promise<Answer> => {
    const found = await readEntry(at)
    if (found.kind === 'refused') return found.answer
    const { cap, urgencies, modes } = found.reply.entry
    const known = {
      values: typedFrom({ availability: { cap, urgencies, modes } }),
      errors: [],
      problem: null,
    }
    return page(
      entryPage({
        clinician: found.reply,
        role: at.caller.membership.role,
        typed: { 'set-availability': known, ...typed },
        ...common(at),
      }),
    )
  }

  return {
    worklist: async (at: Visit): Promise<Answer> => {
      const cursor = at.query('cursor') ?? null
      const found = replied(worklist, await useCases.readWorklist({ cursor }, at.caller))
      if (found.kind === 'refused') return found.answer
      return page(
        worklistPage({ list: found.reply, role: at.caller.membership.role, isFirst: cursor === null, ...common(at) }),
      )
    },
    inbox: async (at: Visit): Promise<Answer> => {
      const found = replied(inbox, await useCases.readOwn({}, at.caller))
      return found.kind === 'refused' ? found.answer : page(inboxPage({ list: found.reply, ...common(at) }))
    },
    register: async (at: Visit): Promise<Answer> => {
      const { membership } = at.caller
      const tfc = parseTfc(at.query('tfc') ?? '')
      const found = tfc && replied(register, await useCases.readRegister({ tfc }, at.caller))
      if (found?.kind === 'refused') return found.answer
      const home = 'network' in membership ? membership.network : ''
      return page(
        registerPage({
          list: found?.reply.clinicians ?? null,
          tfc: tfc ?? '',
          home,
          specialties: at.book.specialties,
          names: at.book.names,
        }),
      )
    },
    figures: async (at: Visit): Promise<Answer> => {
      const found = replied(releases, await useCases.readReleases({}, at.caller))
      return found.kind === 'refused'
        ? found.answer
        : page(figuresPage({ networks: found.reply.networks, names: at.book.names }))
    },
    entry: (at: Visit) => showEntry(at, {}),
    entryStep: async (step: EntryStepName, at: Visit): Promise<Answer> => {
      const id = parseClinicianId(at.id)
      if (!id) return notFound
      const sections = step === 'verify' ? verificationForm : step === 'set-availability' ? availabilityForm : []
      const read = readForm(entryBodies[step].body, at.form)
      if (read.kind === 'wrong') return showEntry(at, { [step]: wrongIn(read.issues, sections, at.form) })
      const outcome = await useCases.changeClinician(
        { id, step: read.body, asked: askedOf(deps, at, read.body) },
        at.caller,
      )
      if (outcome.kind === 'done') return go(`/register/${id}?done=${step}`)
      return showEntry(at, { [step]: refusedForm(at.form, problemOf(outcome)) })
    },
  }
}
