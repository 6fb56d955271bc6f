import type { Role } from '@concord/domain/actor'
import type { Child } from 'hono/jsx'
import {
  Button,
  ButtonLink,
  Details,
  Form,
  Inset,
  nothingTyped,
  Prose,
  Summary,
  Table,
  Tag,
  type Typed,
} from './components.tsx'
import type { Page } from './layout.tsx'
import { type Case, isWayOut, type ShownStep, shortName, shownSteps, whatNext } from './next.ts'
import { formSteps, stepPath } from './routes.ts'
import { sayDate, sayLeft, sayTime } from './times.ts'
import {
  basisWords,
  diagnosisWords,
  dueWords,
  eventWords,
  exclusionWords,
  kindWords,
  languageWords,
  modeWords,
  opinionBases,
  planWords,
  roleWords,
  say,
  statusWords,
  stepWords,
  urgencyWords,
} from './words.ts'

/** What codes are called. */
export type Names = {
  readonly organisation: (code: string) => string
  readonly network: (code: string) => string
  readonly specialty: (tfc: string) => string
  /** A clinician of the shortlist, where this caller may know names. */
  readonly clinician: (id: string) => string
}
export type CaseProps = {
  readonly view: Case
  readonly role: Role
  readonly names: Names
  readonly now: string
  readonly typed?: Typed
  readonly done?: string | undefined
}

export const back = (role: Role) =>
  role === 'clinician'
    ? (['/inbox', 'Back to your inbox'] as const)
    : (['/requests', 'Back to the list of requests'] as const)

/** One request, as far as this role may see it: what happens next, what can be done, what is known, what happened. */
export const requestPage = ({ view, role, names, now, typed = nothingTyped, done }: CaseProps): Page => ({
  title: names.specialty(view.routing.tfc),
  caption: `Request ${shortName(view.id)}`,
  back: back(role),
  done,
  typed,
  main: (
    <>
      <p>
        <Tag tone={view.status === 'closed' || view.status === 'withdrawn' ? 'grey' : undefined}>
          {statusWords[view.status]}
        </Tag>
      </p>
      <Next view={view} now={now} />
      <Actions view={view} role={role} />
      <Asked view={view} names={names} />
      <Facts view={view} role={role} names={names} />
      <Texts view={view} />
      <Table
        caption="What has happened"
        heads={['When', 'What', 'By']}
        rows={view.timeline
          .toReversed()
          .map(({ at, type, role: by, clinician }) => [
            sayTime(at),
            `${say(eventWords, type)}${clinician && role !== 'clinician' && names.clinician(clinician) ? `: ${names.clinician(clinician)}` : ''}`,
            roleWords[by],
          ])}
      />
    </>
  ),
})

const Next = ({ view, now }: { readonly view: Case; readonly now: string }) => {
  const { who, what } = whatNext(view)
  return (
    <Inset>
      <h2 class="nhsuk-heading-s">What happens next</h2>
      <p>
        <strong>{who}</strong> {what}
      </p>
      {view.due && (
        <p>
          {say(dueWords, view.due.step)} by {sayTime(view.due.by)} ({sayLeft(view.due.by, now)})
        </p>
      )}
    </Inset>
  )
}

const Actions = ({ view, role }: { readonly view: Case; readonly role: Role }) => {
  const steps = shownSteps(view, role).toSorted((a, b) => Number(isWayOut(a)) - Number(isWayOut(b)))
  if (steps.length === 0) return null
  return (
    <section class="concord-actions" aria-label="What you can do now">
      {steps.map((step, index) => (
        <div>
          <p class="nhsuk-u-margin-bottom-2">{stepWords[step].help}</p>
          <Action view={view} step={step} tone={index > 0 ? 'secondary' : undefined} />
        </div>
      ))}
    </section>
  )
}

type ActionProps = { readonly view: Case; readonly step: ShownStep; readonly tone: 'secondary' | undefined }
const Action = ({ view: { id, version }, step, tone }: ActionProps) => {
  const { button } = stepWords[step]
  const page =
    step === 'revise'
      ? `/requests/${id}/revision`
      : step === 'offer'
        ? `/requests/${id}/shortlist`
        : formSteps.find((one) => one === step) && stepPath(step, id)
  if (page || step === 'revise')
    return (
      <ButtonLink to={page || ''} {...(tone && { tone })}>
        {step === 'offer' ? 'Choose from the shortlist' : button}
      </ButtonLink>
    )
  return (
    <Form to={stepPath(step, id)} version={version}>
      <Button {...(tone && { tone })}>{button}</Button>
    </Form>
  )
}

type Known = { readonly view: Case; readonly names: Names }

/** Who was asked, who accepted, and who is out: as much of it as came with the reply. */
const Asked = ({ view: { id, offers, acceptance, exclusions, shortlist }, names }: Known) => {
  const called = (one: { readonly id: string; readonly gmc: string }) =>
    [names.clinician(one.id), `GMC number ${one.gmc}`].filter(Boolean).join(', ')
  return (
    <Summary
      rows={[
        [
          'Shortlist',
          shortlist && (
            <a href={`/requests/${id}/shortlist`}>
              {shortlist.offerable} can be offered, {shortlist.excluded} cannot
            </a>
          ),
        ],
        ['Offered to', lines(offers.map((one) => `${called(one)}: reply by ${sayTime(one.replyBy)}`))],
        ['Accepted by', acceptance && lines([called(acceptance), sayTime(acceptance.acceptedAt)])],
        [
          'Independence',
          acceptance &&
            lines([
              verdictWords[acceptance.cleared.verdict],
              ...acceptance.cleared.findings.map(
                ({ rule, severity }) => `${rule}: ${severity === 'MANAGE' ? 'to be managed' : 'noted'}`,
              ),
            ]),
        ],
        [
          'Out for this request',
          lines(
            exclusions.map(
              ({ clinician, because }) => `${names.clinician(clinician) || 'A clinician'} ${exclusionWords[because]}`,
            ),
          ),
        ],
      ]}
    />
  )
}

const verdictWords = {
  clear: 'Declared, and nothing stands in the way',
  note: 'Declared, with a note',
  manage: 'Declared, with an interest that is managed by a plan',
  barred: 'Barred',
  undetermined: 'Not determined',
} as const

/** One below the other. */
export const lines = (list: readonly string[]): Child =>
  list.length === 0 ? null : list.map((line) => <div>{line}</div>)

const Facts = ({ view: { trust, network, routing, brief }, role, names }: Known & { readonly role: Role }) => {
  const called = (gmc: string) => brief?.team.find((one) => one.gmc === gmc)?.name
  const people = (list: readonly string[] | null = null) =>
    list === null ? 'Not asked yet' : list.length === 0 ? 'Nobody' : list.map((gmc) => `GMC number ${gmc}`).join(', ')
  const { agreement } = routing
  return (
    <>
      <h2 class="nhsuk-heading-m">The request</h2>
      <Summary
        rows={[
          ['Asked by', names.organisation(trust)],
          ['Network', names.network(network)],
          ['Kind of question', kindWords[routing.kind]],
          ['Urgency', urgencyWords[routing.urgency]],
          ['Decision needed by', routing.decideBy && sayDate(routing.decideBy)],
          ['To be given', modeWords[routing.mode]],
          ['Language wished', routing.language && say(languageWords, routing.language)],
          ['Child is seen at', lines(routing.sites.map(names.organisation))],
          [
            'Treating consultants',
            lines(
              routing.treating.map(
                ({ gmc, org }) => `${called(gmc) ?? 'Consultant'}, GMC number ${gmc}, ${names.organisation(org)}`,
              ),
            ),
          ],
        ]}
      />
      {role !== 'clinician' && (
        <Details summary="The family and whom not to ask">
          <Summary
            rows={[
              ['Family told on', routing.familyInformedOn ? sayDate(routing.familyInformedOn) : 'Not recorded yet'],
              [
                'Agreement to share',
                agreement ? `${basisWords[agreement.basis]}, ${sayDate(agreement.on)}` : 'Not recorded yet',
              ],
              ['Not wanted by the family', people(routing.unwelcome)],
              ['Case discussed with', people(routing.discussedWith)],
              ['Treated or advised before', people(routing.treatedBy)],
            ]}
          />
        </Details>
      )}
    </>
  )
}

export const Brief = ({ view: { brief } }: { readonly view: Case }) =>
  brief && (
    <>
      <h2 class="nhsuk-heading-m">The brief</h2>
      <Prose>{brief.question}</Prose>
      <Prose>{brief.background}</Prose>
    </>
  )

export const Identity = ({ view: { identity } }: { readonly view: Case }) =>
  identity && (
    <>
      <h2 class="nhsuk-heading-m">The child</h2>
      <Summary
        rows={[
          ['Name', `${identity.givenName} ${identity.familyName}`],
          ['Date of birth', sayDate(identity.bornOn)],
          ['NHS number', identity.nhsNumber],
        ]}
      />
    </>
  )

const Texts = ({ view }: { readonly view: Case }) => {
  const { narrative, opinion } = view
  return (
    <>
      {opinion && (
        <>
          <h2 class="nhsuk-heading-m">The opinion</h2>
          <Summary
            rows={[
              ['For the family', <Prose>{opinion.plainSummary}</Prose>],
              ['Rests on', opinionBases[opinion.basis]],
              ['Its limits', <Prose>{opinion.limits}</Prose>],
              ['Diagnosis', diagnosisWords[opinion.diagnosis]],
              ['The team’s plan', planWords[opinion.plan]],
              ['Findings and reasoning', <Prose>{opinion.reasoning}</Prose>],
              ...opinion.answers.map(
                (answer, n) => [narrative?.familyQuestions[n] ?? `Answer ${n + 1}`, <Prose>{answer}</Prose>] as const,
              ),
            ]}
          />
          <p class="nhsuk-body-s">An opinion is advice. Care stays with the treating team.</p>
        </>
      )}
      <Brief view={view} />
      <Identity view={view} />
      {narrative && (
        <>
          <h2 class="nhsuk-heading-m">The story</h2>
          <Summary
            rows={[
              ['Clinical summary', <Prose>{narrative.summary}</Prose>],
              ['The team’s view', <Prose>{narrative.teamView}</Prose>],
              ['The family’s questions', lines(narrative.familyQuestions)],
            ]}
          />
        </>
      )}
    </>
  )
}
