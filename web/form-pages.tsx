import { isToDecide } from '@concord/domain/request/declared'
import { Button, Details, Form, H2, lines } from './components.tsx'
import { Compared } from './declared.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { type DraftChoices, draftForm, stepForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { type Case, canSettle, shortName, teamOf } from './next.ts'
import type { CaseProps } from './request.tsx'
import { type FormStep, stepPath } from './routes.ts'
import { type DeclaredHere, typedOnRecord } from './said.ts'
import { Brief, Identity, Story } from './texts.tsx'
import { declaredWords, formButtons, stepWords } from './words.ts'

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

type About = Pick<CaseProps, 'view' | 'works' | 'colleagues' | 'clinician'>
/** What the form of a step asks in this case. */
export const stepSections = (step: FormStep, { view, works = [], colleagues = [], clinician }: About) =>
  stepForm(step, {
    team: teamOf(view),
    familyQuestions: view.narrative?.familyQuestions ?? [],
    ...{ works, colleagues },
    record: recordFor(step, view, clinician),
  })

/** What is on record that the step is about: one's own answers, or those of the clinician who was chosen. */
export const recordFor = (step: FormStep, view: Case, clinician?: string | null): DeclaredHere | undefined => {
  const about: Readonly<Partial<Record<FormStep, (one: DeclaredHere) => boolean>>> = {
    accept: ({ stage }) => stage === 'acceptance',
    'open-pack': ({ stage }) => stage === 'opening',
    'settle-declaration': (one) => canSettle(view, one),
    'decide-declaration': isToDecide,
  }
  const found = view.declarations.filter((one) => about[step]?.(one) === true)
  return clinician ? found.find(({ id }) => id === clinician) : found[0]
}

/** The page of a step that needs more than a button. */
export const stepPage = (step: FormStep, { typed: given, ...about }: About & Pick<CaseProps, 'typed'>): Page => {
  const { view, clinician } = about
  const [record, team] = [recordFor(step, view, clinician), teamOf(view)]
  const isOwn = step === 'accept' || step === 'open-pack'
  const typed = given ?? untyped(isOwn && record ? typedOnRecord(record, team) : undefined)
  const isPending = isOwn && record !== undefined && record.stands !== 'settled'
  return {
    title: stepWords[step].button,
    caption: `Request ${shortName(view.id)}`,
    back: [`/requests/${view.id}`, 'Back to the request'],
    typed,
    main: (
      <>
        <p class="nhsuk-lede-text">{isPending ? declaredWords.onRecord : stepWords[step].help}</p>
        {step === 'accept' && <Brief view={view} />}
        {step === 'report' && (
          <Details summary="The brief and the pack">
            <Brief view={view} />
            <Identity view={view} />
            <Story view={view} />
          </Details>
        )}
        {step === 'open-pack' && (
          <>
            <Identity view={view} />
            <H2>The treating consultants</H2>
            <p>{lines(team.map(({ name, gmc }) => `${name}, GMC number ${gmc}`))}</p>
          </>
        )}
        {!isOwn && record && <H2>{`${record.name}, GMC number ${record.gmc}`}</H2>}
        {step === 'decide-declaration' && record && <Compared record={record} team={team} />}
        <Form to={stepPath(step, view.id)} tag={view.tag}>
          <Fields sections={stepSections(step, about)} typed={typed} />
          <Button>{isPending ? declaredWords.signAgain : (formButtons[step] ?? stepWords[step].button)}</Button>
        </Form>
      </>
    ),
  }
}
