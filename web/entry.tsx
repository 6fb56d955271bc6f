import type { clinician } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { CalendarDate } from '@concord/domain/time'
import type { Child } from 'hono/jsx'
import type { z } from 'zod'
import { Button, Details, Form, H2, lines, Summary, Table, Tag } from './components.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { entryForm } from './forms.ts'
import type { Page } from './layout.tsx'
import type { Names } from './request.tsx'
import { entryPath } from './routes.ts'
import { counted, sayDate, sayPeriod } from './times.ts'
import * as words from './words.ts'

export type Clinician = z.infer<typeof clinician>
type EntryProps = {
  readonly today: CalendarDate
  readonly clinician: Clinician
  readonly role: Role
  readonly names: Names
  /** What was typed or is known, under the step it is for. */
  readonly typed: Readonly<Partial<Record<words.EntryStepName, Typed>>>
  readonly done: string | undefined
}

/** One entry of the register: for the network that keeps it, or for the clinician whose it is. */
export const entryPage = ({ clinician, role, names, typed, done, today }: EntryProps): Page => {
  const { id, version, status, entry } = clinician
  const isOwn = role === 'clinician'
  const refused = Object.values(typed).find(({ errors, problem }) => errors.length > 0 || problem)
  const step = (name: words.EntryStepName, button: string) => (
    <Form to={entryPath(name, id)} tag={String(version)}>
      <Fields sections={entryForm(name, today)} typed={typed[name] ?? untyped()} />
      <Button isSecond>{button}</Button>
    </Form>
  )
  return {
    title: entry.name,
    caption: isOwn ? 'Your entry' : 'Register entry',
    ...(!isOwn && { back: ['/register', 'Back to the register'] as const }),
    ...(refused && { typed: refused }),
    done,
    main: (
      <>
        <Tag isGrey={status !== 'listed'}>{words.entryStatusWords[status]}</Tag>
        <Facts clinician={clinician} names={names} />
        <H2>Availability</H2>
        {step('set-availability', 'Save the availability')}
        {isOwn ? (
          <>
            <Works clinician={clinician} today={today} typed={typed['record-works'] ?? untyped()} />
            <H2>Standing declaration</H2>
            <p>{words.declarationWords}</p>
            {step('declare', 'Sign today')}
          </>
        ) : (
          <Details summary="Record a check of the medical register">{step('verify', 'Record the check')}</Details>
        )}
        {!isOwn && (status === 'verified' || status === 'unlisted') && step('list', 'List: can be asked')}
        {status === 'listed' && step('unlist', isOwn ? 'Take me off the listings' : 'Take off the listings')}
      </>
    ),
  }
}

/** What a clinician brought, and said of it; a slip is mended here. */
const Works = ({ clinician, today, typed }: Pick<EntryProps, 'clinician' | 'today'> & { readonly typed: Typed }) => {
  const { id, version, works, entry } = clinician
  const { jointWorks } = entry.facts
  return (
    <>
      <H2>Your publications</H2>
      <p>{works ? `${counted(works.count, 'work')}, read on ${sayDate(works.recordedOn)}.` : words.worksIntro}</p>
      {jointWorks.length > 0 && (
        <Table
          caption="Works with treating consultants, as you said"
          heads={['Work', 'You said']}
          rows={jointWorks.map(({ work, with: gmc, evidence, said, until }) => [
            lines([
              `“${work.title}”${work.on === null ? '' : `, ${work.on.slice(0, 4)}`}`,
              `with GMC number ${gmc}`,
              ...(until === null ? [] : [`asked again after ${sayDate(until)}`]),
            ]),
            <Form to={entryPath('say-works', id)} tag={String(version)}>
              <input type="hidden" name="works.0.with" value={gmc} />
              <input type="hidden" name="works.0.evidence" value={evidence} />
              <select
                name="works.0.said"
                class="nhsuk-select"
                aria-label={`What you say of “${work.title}”, with GMC ${gmc}`}
              >
                {words.optionsOf(words.workSaidWords).map(([one, text]) => (
                  <option value={one} selected={one === said}>
                    {text}
                  </option>
                ))}
              </select>
              <Button isSecond>Save</Button>
            </Form>,
          ])}
        />
      )}
      <Form to={entryPath('record-works', id)} tag={String(version)} hasFile>
        <Fields sections={entryForm('record-works', today)} typed={typed} />
        <Button isSecond>{works ? 'Read the file in their place' : 'Read the file'}</Button>
      </Form>
    </>
  )
}

const Facts = ({ clinician: { entry, openCases }, names }: Pick<EntryProps, 'clinician' | 'names'>) => {
  const { facts } = entry
  const all = <T,>(list: readonly T[] | null, say: (one: T) => string): Child =>
    list === null ? 'Not recorded' : list.length === 0 ? 'None' : lines(list.map(say))
  const { registration, indemnity, standingDeclarationSignedOn: signedOn } = facts
  const standing =
    registration &&
    `${words.registrationWords[registration.status]}, ${registration.licence ? 'with' : 'without'} a licence`
  const until = indemnity?.validTo && indemnity.validTo !== 'ongoing' ? `, until ${sayDate(indemnity.validTo)}` : ''
  const practice = ({ tfc, lastPractisedOn }: { readonly tfc: string; readonly lastPractisedOn: string }) =>
    `${names.specialty(tfc)}, last on ${sayDate(lastPractisedOn)}`
  return (
    <>
      <Summary
        rows={[
          ['GMC number', facts.gmc],
          ['Grade', facts.grade ? words.gradeWords[facts.grade] : 'Not recorded'],
          ['Specialist register', all(facts.specialistRegister, String)],
          ['Practice', all(facts.practice, practice)],
          [
            'Medical register',
            registration ? `${standing}; looked at on ${sayDate(registration.checkedOn)}` : 'Not checked yet',
          ],
          ['Indemnity', indemnity ? `${words.indemnityWords[indemnity.route]}${until}` : 'Not recorded'],
          ['Standing declaration', signedOn ? `Signed on ${sayDate(signedOn)}` : 'Not signed yet'],
          ['Open cases', `${openCases} of ${entry.cap}`],
          ['Urgencies taken', all(entry.urgencies, (one) => words.urgencyWords[one])],
          ['Ways of giving an opinion', all(entry.modes, (one) => words.modeWords[one])],
          ['Languages', all(entry.languages, (code) => words.say(words.languageWords, code))],
          ['Teams', all(facts.teams, ({ team, from, to }) => `${team}, ${sayPeriod({ from, to })}`)],
        ]}
      />
      {facts.posts && (
        <Table
          caption="Posts"
          heads={['Organisation', 'Post', 'When']}
          rows={facts.posts.map(({ org, site, kind, from, to }) => [
            lines([org, ...(site && site !== 'none' ? [site] : [])].map(names.organisation)),
            words.postWords[kind],
            sayPeriod({ from, to }),
          ])}
        />
      )}
    </>
  )
}
