import type { clinician } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { Button, Details, Fields, Form, nothingTyped, Summary, Table, Tag, type Typed } from './components.tsx'
import { availabilityForm, verificationForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { lines, type Names } from './request.tsx'
import { entryPath } from './routes.ts'
import { sayDate, sayPeriod } from './times.ts'
import {
  type EntryStepName,
  entryStatusWords,
  gradeWords,
  languageWords,
  modeWords,
  postWords,
  registrationWords,
  say,
  urgencyWords,
} from './words.ts'

export type Clinician = z.infer<typeof clinician>
type EntryProps = {
  readonly clinician: Clinician
  readonly role: Role
  readonly names: Names
  /** What was typed or is known, under the step it is for. */
  readonly typed: Readonly<Partial<Record<EntryStepName, Typed>>>
  readonly done: string | undefined
}

/** One entry of the register: for the network that keeps it, or for the clinician whose it is. */
export const entryPage = ({
  clinician: { id, version, status, entry, openCases },
  role,
  names,
  typed,
  done,
}: EntryProps): Page => {
  const isOwn = role === 'clinician'
  const { facts } = entry
  const unknown = <T,>(list: readonly T[] | null, say: (one: T) => string): Child =>
    list === null ? 'Not recorded' : list.length === 0 ? 'None' : lines(list.map(say))
  const refused = Object.values(typed).find(({ errors, problem }) => errors.length > 0 || problem)
  const step = (name: EntryStepName, button: string, sections: typeof availabilityForm = []) => (
    <Form to={entryPath(name, id)} version={version}>
      <Fields sections={sections} typed={typed[name] ?? nothingTyped} />
      <Button tone="secondary">{button}</Button>
    </Form>
  )
  return {
    title: entry.name,
    caption: isOwn ? 'Your entry' : 'Register entry',
    ...(!isOwn && { back: ['/register', 'Back to the register'] as const }),
    done,
    ...(refused && { typed: refused }),
    main: (
      <>
        <p>
          <Tag tone={status === 'listed' ? undefined : 'grey'}>{entryStatusWords[status]}</Tag>
        </p>
        <Summary
          rows={[
            ['GMC number', facts.gmc],
            ['Grade', facts.grade ? gradeWords[facts.grade] : 'Not recorded'],
            ['Specialist register', unknown(facts.specialistRegister, String)],
            [
              'Practice',
              unknown(
                facts.practice,
                ({ tfc, lastPractisedOn }) => `${names.specialty(tfc)}, last on ${sayDate(lastPractisedOn)}`,
              ),
            ],
            [
              'Medical register',
              facts.registration
                ? `${registrationWords[facts.registration.status]}, ${facts.registration.licence ? 'with' : 'without'} a licence; looked at on ${sayDate(facts.registration.checkedOn)}`
                : 'Not checked yet',
            ],
            [
              'Indemnity',
              facts.indemnity
                ? `${indemnityWords[facts.indemnity.route]}${facts.indemnity.validTo && facts.indemnity.validTo !== 'ongoing' ? `, until ${sayDate(facts.indemnity.validTo)}` : ''}`
                : 'Not recorded',
            ],
            [
              'Standing declaration',
              facts.standingDeclarationSignedOn
                ? `Signed on ${sayDate(facts.standingDeclarationSignedOn)}`
                : 'Not signed yet',
            ],
            ['Open cases', `${openCases} of ${entry.cap}`],
            ['Urgencies taken', unknown(entry.urgencies, (urgency) => urgencyWords[urgency])],
            ['Ways of giving an opinion', unknown(entry.modes, (mode) => modeWords[mode])],
            ['Languages', unknown(entry.languages, (code) => say(languageWords, code))],
            ['Teams', unknown(facts.teams, ({ team, from, to }) => `${team}, ${sayPeriod({ from, to })}`)],
          ]}
        />
        {facts.posts && (
          <Table
            caption="Posts"
            heads={['Organisation', 'Post', 'When']}
            rows={facts.posts.map(({ org, site, kind, from, to }) => [
              lines([names.organisation(org), ...(site && site !== 'none' ? [names.organisation(site)] : [])]),
              postWords[kind],
              sayPeriod({ from, to }),
            ])}
          />
        )}
        <h2 class="nhsuk-heading-m">Availability</h2>
        {step('set-availability', 'Save the availability', availabilityForm)}
        {isOwn ? (
          <>
            <h2 class="nhsuk-heading-m">Standing declaration</h2>
            <p>
              I declare that the posts, teams and ties above are complete, that I know of no other interest that bears
              on giving independent opinions, and that I shall say so when that changes. It holds for 12 months.
            </p>
            {step('declare', 'Sign today')}
          </>
        ) : (
          <Details summary="Record a check of the medical register">
            {step('verify', 'Record the check', verificationForm)}
          </Details>
        )}
        {!isOwn && (status === 'verified' || status === 'unlisted') && step('list', 'List: can be asked')}
        {status === 'listed' && step('unlist', isOwn ? 'Take me off the listings' : 'Take off the listings')}
      </>
    ),
  }
}

const indemnityWords = { employer: 'By the employer', own: 'Own', none: 'None' } as const
