import { entryBodies } from '@concord/contracts/bodies'
import { csvOf } from '@concord/contracts/csv'
import { clinician, inbox, register, releases, worklist } from '@concord/contracts/replies'
import { parseClinicianId, parseTfc } from '@concord/domain/ids'
import { type Clinician, entryPage } from '../../web/entry.tsx'
import { type Typed, typed } from '../../web/fields.tsx'
import { figuresPage, figuresRows } from '../../web/figures.tsx'
import { entryForm } from '../../web/forms.ts'
import { inboxPage, registerPage, worklistPage } from '../../web/lists.tsx'
import type { EntryStepName } from '../../web/words.ts'
import { problemOf } from '../problems.ts'
import { endingOf } from './form-of.ts'
import { readForm, typedFrom, wrongIn } from './read-form.ts'
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

/** The pages that list, and those of the register. */
export const listVisits = (deps: VisitDeps) => {
  const { useCases, clock } = deps
  const common = ({ book: { names }, query, caller: { membership } }: Visit) => ({
    names,
    role: membership.role,
    now: clock.now(),
    done: doneOf(query('done')),
  })

  /** An entry as the network that keeps it reads it, or the clinician whose it is. */
  const readEntry = async (at: Visit): Promise<{ readonly reply: Clinician } | { readonly refused: Answer }> => {
    const id = parseClinicianId(at.id)
    if (!id) return { refused: notFound }
    if (at.caller.membership.role !== 'clinician') {
      const { reply, refused } = replied(clinician, await useCases.readClinician({ id }, at.caller))
      return reply ? { reply } : { refused }
    }
    const { reply, refused = notFound } = replied(inbox, await useCases.readOwn({}, at.caller))
    return reply?.entry.id === id ? { reply: reply.entry } : { refused }
  }
  const showEntry = async (at: Visit, said: Readonly<Partial<Record<EntryStepName, Typed>>> = {}): Promise<Answer> => {
    const found = await readEntry(at)
    if ('refused' in found) return found.refused
    const { cap, urgencies, modes } = found.reply.entry
    const known = typed(typedFrom({ availability: { cap, urgencies, modes } }))
    const props = {
      clinician: found.reply,
      today: todayOf(clock),
      typed: { 'set-availability': known, ...said },
      ...common(at),
    }
    return { page: entryPage(props) }
  }

  return {
    worklist: async (at: Visit): Promise<Answer> => {
      const cursor = at.query('cursor') ?? null
      const { reply: list, refused } = replied(worklist, await useCases.readWorklist({ cursor }, at.caller))
      return list ? { page: worklistPage({ list, isFirst: cursor === null, ...common(at) }) } : refused
    },
    inbox: async (at: Visit): Promise<Answer> => {
      const { reply: list, refused } = replied(inbox, await useCases.readOwn({}, at.caller))
      return list ? { page: inboxPage({ list, ...common(at) }) } : refused
    },
    register: async (at: Visit): Promise<Answer> => {
      const { membership } = at.caller
      const tfc = parseTfc(at.query('tfc') ?? '')
      const found = tfc && replied(register, await useCases.readRegister({ tfc }, at.caller))
      if (found?.refused) return found.refused
      const home = 'network' in membership ? membership.network : ''
      const { specialties } = at.book
      const list = found?.reply.clinicians ?? null
      return { page: registerPage({ list, tfc: tfc ?? '', home, specialties, ...common(at) }) }
    },
    figures: async (at: Visit): Promise<Answer> => {
      const { reply, refused } = replied(releases, await useCases.readReleases({}, at.caller))
      return reply ? { page: figuresPage({ ...reply, ...common(at) }) } : refused
    },
    'figures-file': async (at: Visit): Promise<Answer> => {
      const { reply, refused } = replied(releases, await useCases.exportReleases({}, at.caller))
      if (!reply) return refused
      const text = csvOf(figuresRows({ ...reply, ...common(at) }))
      return { file: { name: 'concord-figures.csv', type: 'text/csv; charset=utf-8; header=present', text } }
    },
    entry: (at: Visit) => showEntry(at),
    'entry-step': async (step: EntryStepName, at: Visit): Promise<Answer> => {
      const id = parseClinicianId(at.id)
      if (!id) return notFound
      const read = readForm(entryBodies[step].body, at.form)
      const sections = entryForm(step, todayOf(clock))
      if (read.kind === 'wrong') return showEntry(at, { [step]: wrongIn(read.issues, sections, at.form) })
      if (step === 'record-works' && !endsAsItReads(at.form))
        return showEntry(at, { [step]: refusedForm(at.form, problemOf(misnamed)) })
      const asked = askedOf(deps, at, read.body)
      const outcome = await useCases.changeClinician({ id, step: read.body, asked }, at.caller)
      if (outcome.kind === 'done') return { to: `/register/${id}?done=${step}` }
      return showEntry(at, { [step]: refusedForm(at.form, problemOf(outcome), sections) })
    },
  }
}

const misnamed = {
  kind: 'unreadable-works',
  because:
    'Its name and what it holds do not go together: choose a .nbib file from PubMed, or a .json file from ORCID.',
} as const

/** Whether a file is called what it holds; what was sent as a text of a form has no name, and is read as it is. */
const endsAsItReads = (form: URLSearchParams) => {
  const ending = form.get(endingOf('works'))
  const wanted = /^\s*[{[]/.test(form.get('works') ?? '') ? /^\.json$/i : /^\.(nbib|txt)$/i
  return ending === null || wanted.test(ending)
}
