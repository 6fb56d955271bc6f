import type { shortlist } from '@concord/contracts/replies'
import { isOut } from '@concord/domain/request/request'
import type { z } from 'zod'
import { Button, Details, Form, H2, Inset, lines, Table, Tag } from './components.tsx'
import type { Page } from './layout.tsx'
import { shortName, shownSteps } from './next.ts'
import type { CaseProps } from './request.tsx'
import { stepPath } from './routes.ts'
import { counted, sayDate, sayPeriod, sayTime } from './times.ts'
import { scoreParts } from './words.ts'

export type Shortlist = z.infer<typeof shortlist>
type Offerable = Shortlist['offerable'][number]
type Finding = Offerable['findings'][number]
type ListProps = CaseProps & { readonly list: Shortlist }

/** Every clinician of the specialty, once: who can be offered and why, who is full, and who is out by which rule. */
export const shortlistPage = ({
  list: { offerable, full, excluded, nobodyFits, ...list },
  ...props
}: ListProps): Page => {
  const { view, names, role, now: _, ...said } = props
  const isCurrent = view.shortlist?.takenAt === list.takenAt
  const everybody = counted(offerable.length + full.length + excluded.length, 'clinician')
  return {
    title: 'Shortlist',
    caption: `Request ${shortName(view.id)}, ${names.specialty(view.routing.tfc)}`,
    back: [`/requests/${view.id}`, 'Back to the request'],
    isWide: true,
    ...said,
    main: (
      <>
        <p>
          {`Drawn up on ${sayTime(list.takenAt)} under the rules “${list.policyVersion}”. ${everybody} of this specialty: ${offerable.length} can be offered, ${full.length} have no free place, ${excluded.length} are out by a rule. Nobody is left out of this page.`}
        </p>
        {!isCurrent && <Inset>This shortlist no longer stands: the request has moved on since.</Inset>}
        <H2>Can be offered</H2>
        {offerable.length === 0 && <p>Nobody.</p>}
        {nobodyFits && <WhenNobodyFits nobody={nobodyFits} />}
        {offerable.map((one, index) => (
          <Candidate
            {...props}
            one={one}
            place={index + 1}
            isOpen={isCurrent && shownSteps(view, role).includes('offer')}
          />
        ))}
        {full.length > 0 && (
          <Table
            caption="No free place for now"
            heads={['Clinician', 'Noted']}
            rows={full.map(({ name, findings }) => [name, saying(findings)])}
          />
        )}
        {excluded.length > 0 && (
          <Table
            caption="Out for this request"
            heads={['Clinician', 'Rule', 'Why', 'Evidence']}
            rows={excluded.map(({ name, findings }) => [
              name,
              rulesOf(findings),
              saying(findings),
              lines(findings.map(evidence)),
            ])}
          />
        )}
      </>
    ),
  }
}

type Nobody = NonNullable<Shortlist['nobodyFits']>
const WhenNobodyFits = ({ nobody: { emptiedBy, nearest, elsewhere, routes } }: { readonly nobody: Nobody }) => (
  <>
    <H2>What you can do now</H2>
    <p>{`The list was emptied by ${emptiedBy.map(({ rule, candidates }) => `${rule} (${counted(candidates, 'clinician')})`).join(', ')}.`}</p>
    {nearest.length > 0 && (
      <Table
        caption="Nearest to being asked"
        heads={['Clinician', 'Kept out by', 'From', 'Upon']}
        rows={nearest.map(({ name, rules, eligibleFrom, upon }) => [
          name,
          rules.join(', '),
          eligibleFrom === null ? 'Not known' : sayDate(eligibleFrom),
          lines(upon),
        ])}
      />
    )}
    <ul>
      {elsewhere.map(({ network, candidates, national }) => (
        <li>{`Ask the network ${network}: ${counted(candidates, 'clinician')} of it were looked at, ${national} of them listed nationally.`}</li>
      ))}
      {routes.map(({ route, isOpen, people, because }) => (
        <li>{`${routeWords[route]} (${isOpen ? 'open' : 'closed'}): ${because}${people.length > 0 ? ` ${people.map(({ name }) => name).join(', ')}.` : ''}`}</li>
      ))}
    </ul>
  </>
)
const routeWords = {
  mdt: 'An MDT’s opinion',
  'least-conflicted': 'The least conflicted, with two signatures',
} as const

const saying = (findings: readonly Finding[]) => lines(findings.map(({ sentence }) => sentence))
const rulesOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ rule }) => rule))].join(', ')
const evidence = ({ evidence: { fact, from, to, source } }: Finding) =>
  `${fact}${from || to ? `, ${sayPeriod({ from, to })}` : ''} (${source})`
const partsOf = (parts: Offerable['parts']) =>
  Object.entries(scoreParts).map(([part, [words, most]]) => `${words}: ${parts[part] ?? 0} of ${most}`)

type CandidateProps = CaseProps & { readonly one: Offerable; readonly place: number; readonly isOpen: boolean }
const Candidate = ({ view, one: { id, name, score, parts, findings, toAsk }, place, isOpen }: CandidateProps) => {
  const isOffered = view.offers.some((offer) => offer.id === id)
  const isOutHere = view.exclusions.some((one) => one.clinician === id && isOut(one))
  return (
    <div class="nhsuk-card">
      <div class="nhsuk-card__content">
        <h3 class="nhsuk-card__heading">
          {place}. {name}
        </h3>
        <p>{`${score} of 100. ${partsOf(parts).join('; ')}.`}</p>
        {findings.length > 0 && <p>{saying(findings)}</p>}
        <Details summary={`What ${name} will still declare`}>
          <ul>
            {toAsk.map(({ rule, fact, by }) => (
              <li>{`${fact.charAt(0).toUpperCase()}${fact.slice(1)} (${rule}, by the ${by})`}</li>
            ))}
          </ul>
        </Details>
        {isOffered && <Tag>Offered</Tag>}
        {isOutHere && <Tag isGrey>Asked before, out for this request</Tag>}
        {isOpen && !isOffered && !isOutHere && (
          <Form to={stepPath('offer', view.id)} tag={view.tag}>
            <input type="hidden" name="clinician" value={id} />
            <Button isSecond>
              Offer<span class="nhsuk-u-visually-hidden"> to {name}</span>
            </Button>
          </Form>
        )}
      </div>
    </div>
  )
}
