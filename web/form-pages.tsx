import { Button, Details, Form, H2, lines } from './components.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { type DraftChoices, draftForm, type Person, stepForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { type Case, shortName } from './next.ts'
import type { CaseProps } from './request.tsx'
import { type FormStep, stepPath } from './routes.ts'
import { Brief, Identity, Story } from './texts.tsx'
import { formButtons, stepWords } from './words.ts'

type DraftProps = {
  /** The draft that is changed, or null for a new request. */
  readonly revises: { readonly id: string; readonly tag: string } | null
  readonly choices: DraftChoices
  readonly consultants: number
  readonly typed: Typed
}

/** All that a trust says of a request, on one page that can be saved and come back to. */
export const draftPage = ({ revises, choices, consultants, typed }: DraftProps): Page => ({
  title: revises ? 'Change the draft' : 'New request',
  back: revises ? [`/requests/${revises.id}`, 'Back to the request'] : ['/requests', 'Back to the list of requests'],
  typed,
  main: (
    <Form to={revises ? `/requests/${revises.id}/revision` : '/requests/new'} tag={revises?.tag}>
      {/* The return key presses the first button: without this one it would add a consultant. */}
      <button type="submit" hidden>
        Save
      </button>
      <Fields sections={draftForm(choices, consultants)} typed={typed} />
      <Button>Save the draft</Button>
    </Form>
  ),
})

type About = Pick<CaseProps, 'view' | 'works' | 'colleagues'>
/** What the form of a step asks in this case. */
export const stepSections = (step: FormStep, { view, works = [], colleagues = [] }: About) =>
  stepForm(step, { team: teamOf(view), familyQuestions: view.narrative?.familyQuestions ?? [], works, colleagues })

const teamOf = ({ brief, routing }: Case): readonly Person[] =>
  routing.treating.map(({ gmc }) => ({ gmc, name: brief?.team.find((one) => one.gmc === gmc)?.name ?? `GMC ${gmc}` }))

/** The page of a step that needs more than a button. */
export const stepPage = (step: FormStep, { typed = untyped(), ...about }: About & Pick<CaseProps, 'typed'>): Page => ({
  title: stepWords[step].button,
  caption: `Request ${shortName(about.view.id)}`,
  back: [`/requests/${about.view.id}`, 'Back to the request'],
  typed,
  main: (
    <>
      <p class="nhsuk-lede-text">{stepWords[step].help}</p>
      {step === 'accept' && <Brief view={about.view} />}
      {step === 'report' && (
        <Details summary="The brief and the pack">
          <Brief view={about.view} />
          <Identity view={about.view} />
          <Story view={about.view} />
        </Details>
      )}
      {step === 'open-pack' && (
        <>
          <Identity view={about.view} />
          <H2>The treating consultants</H2>
          <p>{lines(teamOf(about.view).map(({ name, gmc }) => `${name}, GMC number ${gmc}`))}</p>
        </>
      )}
      <Form to={stepPath(step, about.view.id)} tag={about.view.tag}>
        <Fields sections={stepSections(step, about)} typed={typed} />
        <Button>{formButtons[step] ?? stepWords[step].button}</Button>
      </Form>
    </>
  ),
})
