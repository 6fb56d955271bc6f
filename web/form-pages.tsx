import { Button, Fields, Form, Inset, nothingTyped, type Typed } from './components.tsx'
import { type DraftChoices, draftForm, type Person, type Section, stepForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { type Case, shortName } from './next.ts'
import { Brief, type CaseProps, Identity } from './request.tsx'
import { type FormStep, stepPath } from './routes.ts'
import { stepWords } from './words.ts'

type DraftProps = {
  /** The draft that is changed, or null for a new request. */
  readonly revises: { readonly id: string; readonly version: number } | null
  readonly choices: DraftChoices
  readonly consultants: number
  readonly typed?: Typed
}

/** All that a trust says of a request, on one page that can be saved and come back to. */
export const draftPage = ({ revises, choices, consultants, typed = nothingTyped }: DraftProps): Page => ({
  title: revises ? 'Change the draft' : 'New request',
  ...(revises && { caption: `Request ${shortName(revises.id)}` }),
  back: revises ? [`/requests/${revises.id}`, 'Back to the request'] : ['/requests', 'Back to the list of requests'],
  typed,
  main: (
    <Form
      to={revises ? `/requests/${revises.id}/revision` : '/requests/new'}
      {...(revises && { version: revises.version })}
    >
      {/* The return key presses the first button: without this one it would add a consultant. */}
      <button type="submit" hidden>
        Save
      </button>
      <Fields sections={draftForm(choices, consultants)} typed={typed} />
      <Button>Save the draft</Button>
    </Form>
  ),
})

/** The fields of a step's form, for this case: its treating consultants and its family's questions. */
export const stepSections = (step: FormStep, { brief, routing, narrative }: Case): readonly Section[] =>
  stepForm(step, teamOf({ brief, routing }), narrative?.familyQuestions ?? [])

const teamOf = ({ brief, routing }: Pick<Case, 'brief' | 'routing'>): readonly Person[] =>
  routing.treating.map(({ gmc }) => ({
    gmc,
    name: brief?.team.find((one) => one.gmc === gmc)?.name ?? `the consultant with GMC number ${gmc}`,
  }))

/** The page of a step that needs more than a button. */
export const stepPage = (step: FormStep, { view, typed = nothingTyped }: Pick<CaseProps, 'view' | 'typed'>): Page => ({
  title: stepWords[step].button,
  caption: `Request ${shortName(view.id)}`,
  back: [`/requests/${view.id}`, 'Back to the request'],
  typed,
  main: (
    <>
      <p class="nhsuk-lede-text">{stepWords[step].help}</p>
      {step === 'accept' && <Brief view={view} />}
      {step === 'open-pack' && <NamesFirst view={view} />}
      {step === 'engage' && <Inset>Make sure that the agreement to share still stands.</Inset>}
      <Form to={stepPath(step, view.id)} version={view.version}>
        <Fields sections={stepSections(step, view)} typed={typed} />
        <Button>{buttons[step] ?? stepWords[step].button}</Button>
      </Form>
    </>
  ),
})

const buttons: Readonly<Partial<Record<FormStep, string>>> = {
  accept: 'Sign the declaration and accept',
  'open-pack': 'Confirm and open the pack',
  report: 'Issue the opinion',
}

const NamesFirst = ({ view }: { readonly view: Case }) => (
  <>
    <Identity view={view} />
    <h2 class="nhsuk-heading-m">The treating consultants</h2>
    <ul>
      {teamOf(view).map(({ name, gmc }) => (
        <li>
          {name}, GMC number {gmc}
        </li>
      ))}
    </ul>
  </>
)
