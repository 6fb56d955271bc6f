import type { shortlist } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Button, Details, Form, Inset, nothingTyped, Table, Tag } from './components.tsx'
import type { Page } from './layout.tsx'
import { shortName } from './next.ts'
import { type CaseProps, lines } from './request.tsx'
import { stepPath } from './routes.ts'
import { counted, sayPeriod, sayTime } from './times.ts'
import { scoreParts } from './words.ts'

export type Shortlist = z.infer<typeof shortlist>
type Offerable = Shortlist['offerable'][number]
type Finding = Offerable['findings'][number]

/** Every clinician of the specialty, once: who can be offered and why, who is full, and who is out by which rule. */
export const shortlistPage = ({ list, ...props }: CaseProps & { readonly list: Shortlist }): Page => {
  const { view, names, done, typed = nothingTyped } = props
  const isCurrent = view.shortlist?.takenAt === list.takenAt
  return {
    title: 'Shortlist',
    caption: `Request ${shortName(view.id)}, ${names.specialty(view.routing.tfc)}`,
    back: [`/requests/${view.id}`, 'Back to the request'],
    done,
    typed,
    wide: true,
    main: (
      <>
        <p>
          Drawn up on {sayTime(list.takenAt)} under the rules “{list.policyVersion}”.{' '}
          {counted(list.offerable.length + list.full.length + list.excluded.length, 'clinician')} of this specialty:{' '}
          {list.offerable.length} can be offered, {list.full.length} have no free place, {list.excluded.length} are out
          by a rule. Nobody is left out of this page.
        </p>
        {!isCurrent && <Inset>This shortlist no longer stands: the request has moved on since.</Inset>}
        <h2>Can be offered</h2>
        {list.offerable.length === 0 && (
          <p>Nobody of this specialty can be offered. Ask neighbouring networks, or take the MDT route.</p>
        )}
        {list.offerable.map((one, index) => (
          <Candidate {...props} one={one} place={index + 1} isCurrent={isCurrent} />
        ))}
        {list.full.length > 0 && (
          <Table
            caption="No free place for now"
            heads={['Clinician', 'Noted']}
            rows={list.full.map(({ name, findings }) => [name, lines(findings.map(({ sentence }) => sentence))])}
          />
        )}
        {list.excluded.length > 0 && (
          <Table
            caption="Out for this request"
            heads={['Clinician', 'Rule', 'Why', 'Evidence']}
            rows={list.excluded.map(({ name, findings }) => [
              name,
              findings
                .map(({ rule }) => rule)
                .filter((rule, at, all) => all.indexOf(rule) === at)
                .join(', '),
              lines(findings.map(({ sentence }) => sentence)),
              lines(findings.map(evidence)),
            ])}
          />
        )}
      </>
    ),
  }
}

type CandidateProps = CaseProps & { readonly one: Offerable; readonly place: number; readonly isCurrent: boolean }
const Candidate = ({ view, one: { id, name, score, parts, findings, toAsk }, place, isCurrent }: CandidateProps) => {
  const isOffered = view.offers.some((offer) => offer.id === id)
  const isOut = view.exclusions.some(({ clinician }) => clinician === id)
  return (
    <div class="nhsuk-card">
      <div class="nhsuk-card__content">
        <h3 class="nhsuk-card__heading">
          {place}. {name}
        </h3>
        <p>
          {score} of 100.{' '}
          {findings.length === 0 ? 'No rule stands in the way.' : findings.map(({ sentence }) => sentence).join(' ')}
        </p>
        <Details summary={`Why this place, and what ${name} will still declare`}>
          <ul>
            {Object.entries(scoreParts).map(([part, [words, most]]) => (
              <li>
                {words}: {parts[part] ?? 0} of {most}
              </li>
            ))}
          </ul>
          <p>Still to be settled:</p>
          <ul>
            {toAsk.map(({ rule, fact, by }) => (
              <li>
                {fact} ({rule}, by the {by})
              </li>
            ))}
          </ul>
        </Details>
        {isOffered ? (
          <Tag>Offered</Tag>
        ) : isOut ? (
          <Tag tone="grey">Asked before, out for this request</Tag>
        ) : (
          isCurrent &&
          view.steps.includes('offer') && (
            <Form to={stepPath('offer', view.id)} version={view.version}>
              <input type="hidden" name="clinician" value={id} />
              <Button tone="secondary">
                Offer<span class="nhsuk-u-visually-hidden"> to {name}</span>
              </Button>
            </Form>
          )
        )}
      </div>
    </div>
  )
}

const evidence = ({ evidence: { fact, from, to, source } }: Finding) =>
  `${fact}${from || to ? `, ${sayPeriod({ from, to })}` : ''} (${source})`
