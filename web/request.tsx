import type { Role } from '@concord/domain/actor'
import { breakers } from '@concord/domain/break-glass/break-glass'
import * as parts from './components.tsx'
import { Declared, OwnDeclared } from './declared.tsx'
import type { Typed } from './fields.tsx'
import type { WorkToSay } from './forms.ts'
import type { Page } from './layout.tsx'
import { type Case, isQuiet, isWayOut, type ShownStep, shortName, shownSteps, whatNext } from './next.ts'
import { formSteps, stepPath } from './routes.ts'
import { Brief, Identity, Opinion, Story } from './texts.tsx'
import { sayDate, sayLeft, sayTime } from './times.ts'
import * as words from './words.ts'

const { Button, ButtonLink, Form, H2, lines, Summary, Table, Tag } = parts
const { say } = words

/** What codes are called. */
export type Names = {
  readonly organisation: (code: string) => string
  readonly network: (code: string) => string
  readonly specialty: (tfc: string) => string
  /** A clinician, where this caller may know the name. */
  readonly clinician: (id: string) => string
}
export type CaseProps = {
  readonly view: Case
  readonly role: Role
  readonly names: Names
  readonly now: string
  /** Joint works that wait for the clinician's word. */
  readonly works?: readonly WorkToSay[]
  /** Who else of the trust could read what is restricted. */
  readonly colleagues?: words.Options
  /** Whose declaration the network settles or decides on. */
  readonly clinician?: string | null
  readonly typed?: Typed
  readonly done?: string | undefined
}
type Known = Pick<CaseProps, 'view' | 'names' | 'role'>

/** One request, as far as this role may see it: what happens next, what can be done, what is known, what happened. */
export const requestPage = ({ view, role, names, now, ...said }: CaseProps): Page => ({
  title: names.specialty(view.routing.tfc),
  caption: `Request ${shortName(view.id)}`,
  back: role === 'clinician' ? ['/inbox', 'Back to your inbox'] : ['/requests', 'Back to the list of requests'],
  ...said,
  main: (
    <>
      <Tag isGrey={isQuiet(view.status)}>{words.statusWords[view.status]}</Tag>
      <Next view={view} now={now} />
      {role === 'clinician' && <OwnDeclared view={view} />}
      <Actions view={view} role={role} />
      {(role === 'coordinator' || role === 'clinical-lead') && <Declared view={view} />}
      <Asked view={view} names={names} role={role} />
      <Erased view={view} />
      <SameChild view={view} />
      <Opinion view={view} />
      <Brief view={view} />
      <Identity view={view} />
      <Story view={view} />
      <Restricted view={view} role={role} />
      <H2>The request</H2>
      <Facts view={view} names={names} role={role} />
      <Timeline view={view} names={names} role={role} />
    </>
  ),
})

/** What is kept apart, and the way to what one may not see: for those who have either. */
const Restricted = ({ view: { id, restrictedTo }, role }: Pick<CaseProps, 'view' | 'role'>) => (
  <>
    {restrictedTo.length > 0 && (
      <>
        <H2>Restricted note</H2>
        <p>{`Safeguarding or legal matters, for ${restrictedTo.join(', ')}.`}</p>
        <p>
          <a href={`/requests/${id}/restricted-note`}>Read the restricted note</a>
        </p>
      </>
    )}
    {breakers.some((one) => one === role) && (
      <parts.Details summary="In an emergency">
        <p>{words.glassWords.intro}</p>
        <a href={`/requests/${id}/break-glass`}>Break the glass</a>
      </parts.Details>
    )}
  </>
)

const Next = ({ view, now }: Pick<CaseProps, 'view' | 'now'>) => {
  const [who, what] = whatNext(view)
  return (
    <parts.Inset>
      <h2 class="nhsuk-heading-s">What happens next</h2>
      <p>
        <strong>{who}</strong> {what}
      </p>
      {view.due && (
        <p>{`${say(words.dueWords, view.due.step)} by ${sayTime(view.due.by)} (${sayLeft(view.due.by, now)})`}</p>
      )}
    </parts.Inset>
  )
}

const Actions = ({ view, role }: Pick<CaseProps, 'view' | 'role'>) => {
  const steps = shownSteps(view, role)
  const waysOut = steps.filter(isWayOut)
  return (
    <>
      {steps
        .filter((step) => !isWayOut(step))
        .map((step, index) => (
          <div class="concord-action">
            <p>{words.stepWords[step].help}</p>
            <Action view={view} step={step} isSecond={index > 0} />
          </div>
        ))}
      {waysOut.length > 0 && (
        <ul class="nhsuk-list">
          {waysOut.map((step) => (
            <li>
              <a href={pageOf(step, view.id)}>{words.stepWords[step].button}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** The page of a step that needs more than a button. */
const pageOf = (step: ShownStep, id: string): string | undefined => {
  if (step === 'revise') return `/requests/${id}/revision`
  if (step === 'offer') return `/requests/${id}/shortlist`
  const form = formSteps.find((one) => one === step)
  return form && stepPath(form, id)
}

type ActionProps = { readonly view: Case; readonly step: ShownStep; readonly isSecond: boolean }
const Action = ({ view: { id, tag }, step, isSecond }: ActionProps) => {
  const [page, { button }] = [pageOf(step, id), words.stepWords[step]]
  if (page || step === 'revise')
    return (
      <ButtonLink to={page ?? ''} isSecond={isSecond}>
        {button}
      </ButtonLink>
    )
  return (
    <Form to={stepPath(step, id)} tag={tag}>
      <Button isSecond={isSecond}>{button}</Button>
    </Form>
  )
}

/** Who was asked, who accepted, and who is out: as much of it as came with the reply. */
const Asked = ({ view: { id, offers, acceptance, exclusions, shortlist }, names }: Known) => {
  const called = ({ name, gmc }: { readonly name: string; readonly gmc: string }) => `${name}, GMC number ${gmc}`
  const weight = ({ rule, severity }: { readonly rule: string; readonly severity: string }) =>
    `${rule}: ${severity === 'MANAGE' ? 'to be managed' : 'noted'}`
  const counts = shortlist && `${shortlist.offerable} can be offered, ${shortlist.excluded} cannot`
  return (
    <Summary
      rows={[
        ['Shortlist', shortlist && <a href={`/requests/${id}/shortlist`}>{counts}</a>],
        ['Offered to', lines(offers.map((one) => `${called(one)}: reply by ${sayTime(one.replyBy)}`))],
        ['Accepted by', acceptance && lines([called(acceptance), sayTime(acceptance.acceptedAt)])],
        [
          'Independence',
          acceptance &&
            lines([words.verdictWords[acceptance.cleared.verdict], ...acceptance.cleared.findings.map(weight)]),
        ],
        [
          'In doubt since the clinician’s record changed',
          acceptance && acceptance.doubts.length > 0 && acceptance.doubts.join(', '),
        ],
        [
          'Out for this request',
          lines(exclusions.map((one) => `${names.clinician(one.clinician)} ${words.exclusionWords[one.because]}`)),
        ],
      ]}
    />
  )
}

/** Where the texts were: that there are none any more, and what stays. */
const Erased = ({ view: { erasedAt } }: Pick<Known, 'view'>) =>
  erasedAt && (
    <parts.Inset>
      <h2 class="nhsuk-heading-s">The texts of this request were erased</h2>
      <p>
        {`Since ${sayTime(erasedAt)} nobody can read what was asked, who the child is or what the opinion said. Where the request stands, and who did what, stays on record.`}
      </p>
    </parts.Inset>
  )

/** For a network, which is told that it is the same child and never who. */
const SameChild = ({ view: { sameChild } }: Pick<Known, 'view'>) =>
  sameChild.length > 0 && (
    <>
      <H2>Other requests about the same child</H2>
      <ul class="nhsuk-list">
        {sameChild.map((id) => (
          <li>
            <a href={`/requests/${id}`}>{`Request ${shortName(id)}`}</a>
          </li>
        ))}
      </ul>
    </>
  )

const Facts = ({ view: { trust, network, routing, brief }, role, names }: Known) => {
  const { agreement, decideBy, familyInformedOn: informed, language } = routing
  const consultant = ({ gmc, org }: Case['routing']['treating'][number]) =>
    `${brief?.team.find((one) => one.gmc === gmc)?.name ?? 'Consultant'}, GMC number ${gmc}, ${names.organisation(org)}`
  // A clinician is not told of others, and so these are left out where they did not come.
  const people = (list: readonly string[] | null = null) =>
    role === 'clinician'
      ? null
      : list === null
        ? 'Not asked yet'
        : list.length === 0
          ? 'Nobody'
          : lines(list.map((gmc) => `GMC number ${gmc}`))
  return (
    <Summary
      rows={[
        ['Asked by', names.organisation(trust)],
        ['Network', names.network(network)],
        ['Kind of question', words.kindWords[routing.kind]],
        ['Urgency', words.urgencyWords[routing.urgency]],
        ['Decision needed by', decideBy && sayDate(decideBy)],
        ['To be given', words.modeWords[routing.mode]],
        ['Language wished', language && say(words.languageWords, language)],
        ['Child is seen at', lines(routing.sites.map(names.organisation))],
        ['Treating consultants', lines(routing.treating.map(consultant))],
        ['Family told on', informed ? sayDate(informed) : 'Not recorded yet'],
        [
          'Agreement to share',
          agreement ? `${words.basisWords[agreement.basis]}, ${sayDate(agreement.on)}` : 'Not recorded yet',
        ],
        ['Not wanted by the family', people(routing.unwelcome)],
        ['Case discussed with', people(routing.discussedWith)],
        ['Treated or advised before', people(routing.treatedBy)],
      ]}
    />
  )
}

const Timeline = ({ view: { timeline }, names, role }: Known) => {
  const called = (id: string | null) =>
    id && role !== 'clinician' && names.clinician(id) ? `: ${names.clinician(id)}` : ''
  return (
    <Table
      caption="What has happened"
      heads={['When', 'What', 'By']}
      rows={timeline
        .toReversed()
        .map((line) => [
          sayTime(line.at),
          `${say(words.eventWords, line.type)}${called(line.clinician)}`,
          words.roleWords[line.role],
        ])}
    />
  )
}
