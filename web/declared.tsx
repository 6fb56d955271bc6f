import type { ownSigned } from '@concord/contracts/replies'
import { changedQuestions, isToDecide, newestOf, openQuestions, type Question } from '@concord/domain/request/declared'
import type { z } from 'zod'
import { Button, ButtonLink, Details, Form, H2, Inset, lines, Summary, Table, Tag } from './components.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { againSections } from './forms.ts'
import type { Page } from './layout.tsx'
import { type Case, canSettle, shortName, teamOf } from './next.ts'
import { stepPath } from './routes.ts'
import {
  type AnswersGiven,
  type DeclaredHere,
  type Person,
  sayAnswer,
  sayQuestion,
  sayRule,
  typedAnswers,
} from './said.ts'
import { sayTime } from './times.ts'
import * as words from './words.ts'

const { declaredWords: said } = words
export type OwnSigned = z.infer<typeof ownSigned>
type Signed = OwnSigned['signed'][number]

/** Their texts are no longer theirs to read: the consultants are known by number alone. */
const byNumber = ({ declaration }: Signed): readonly Person[] =>
  'consultants' in declaration ? declaration.consultants.map(({ gmc }) => ({ gmc, name: `GMC number ${gmc}` })) : []

/** For a clinician whose answers closed a case to them: which answer, what came of it, and the way to correct a mistake. */
export const ownAnswersPage = ({
  own,
  done,
}: {
  readonly own: OwnSigned
  readonly done?: string | undefined
}): Page => {
  const { id, stage, signed } = own
  const bars = signed.findLast((one) => one.isBarred)
  const isNewer = signed.at(-1)?.isBarred === false
  return {
    title: isNewer ? said.newest : said.barred[stage],
    caption: `Request ${shortName(id)}`,
    back: ['/inbox', 'Back to your inbox'],
    done,
    main: (
      <>
        <p class="nhsuk-lede-text">{isNewer ? said.newestHelp : said.barredWhy[stage]}</p>
        {bars && (
          <Inset>
            <h2 class="nhsuk-heading-s">{isNewer ? 'Your first answers closed this case to you' : 'Which answer'}</h2>
            {lines(bars.rules.flatMap((rule) => sayRule(rule, bars.declaration, stage, byNumber(bars))))}
            <p class="nhsuk-u-margin-top-3">{`You signed this on ${sayTime(whenOf(bars))}.`}</p>
          </Inset>
        )}
        {!isNewer && <p>{said.nothingMore}</p>}
        <H2>If an answer is wrong</H2>
        <p>{said.wronglyHelp}</p>
        <ButtonLink isSecond to={stepPath('answer-again', id)}>
          {said.wrongly}
        </ButtonLink>
      </>
    ),
  }
}
const whenOf = ({ declaration }: Signed) =>
  'answeredAt' in declaration ? declaration.answeredAt : declaration.signedAt

/** The form by which answers that closed a case are signed once more, filled in as they were signed last. */
export const secondAnswerPage = ({
  own: { id, stage, signed },
  typed,
}: {
  readonly own: OwnSigned
  readonly typed?: Typed | undefined
}): Page => {
  const newest = signed.at(-1)
  const given: AnswersGiven | undefined = newest?.declaration
  const known = typed ?? untyped(given && typedAnswers(given, 'again.'))
  return {
    title: words.stepWords['answer-again'].button,
    caption: `Request ${shortName(id)}`,
    back: [`/requests/${id}/declaration`, 'Back to your answers'],
    typed: known,
    main: (
      <>
        <p class="nhsuk-lede-text">{said.both}</p>
        <Form to={stepPath('answer-again', id)}>
          <Fields sections={secondAnswerSections({ stage, signed })} typed={known} />
          <Button>{said.signAgain}</Button>
        </Form>
      </>
    ),
  }
}
/** What that form asks. */
export const secondAnswerSections = ({ stage, signed }: Pick<OwnSigned, 'stage' | 'signed'>) => {
  const newest = signed.at(-1)
  return againSections(stage, newest ? byNumber(newest) : [])
}

/** How it stands with what the clinician themselves signed, while the case is in hand. */
export const OwnDeclared = ({ view }: { readonly view: Case }) => (
  <>
    {view.declarations.map((record) => (
      <OwnOne view={view} record={record} />
    ))}
  </>
)
type OneProps = { readonly view: Case; readonly record: DeclaredHere }
const OwnOne = ({ view, record }: OneProps) => {
  const { stage, stands } = record
  const isHere = stage === 'acceptance' ? view.status === 'offered' : view.status === 'engaged'
  if (!isHere) return null
  if (stands === 'barred') return null
  const [step, team] = [stage === 'acceptance' ? ('accept' as const) : ('open-pack' as const), teamOf(view)]
  if (stands === 'settled')
    return record.settled.length > 0 ? (
      <Inset>
        <h2 class="nhsuk-heading-s">{said.settledTitle}</h2>
        <p>{said.settledHelp}</p>
      </Inset>
    ) : null
  const open = openQuestions(record)
  const isDeciding = stands === 'to-decide'
  return (
    <Inset>
      <h2 class="nhsuk-heading-s">{isDeciding ? said.deciding : said.askedToSettle}</h2>
      {isDeciding && <p>{said.decidingHelp}</p>}
      {open.length > 0 && (
        <>
          <p>You were not sure about:</p>
          <ul>
            {open.map((question) => (
              <li>{sayQuestion(question, stage, team)}</li>
            ))}
          </ul>
        </>
      )}
      {!isDeciding && open.length === 0 && <p>{said.entryOpen}</p>}
      {!isDeciding && <p>{stage === 'acceptance' ? said.askedOffer : said.askedOpening}</p>}
      <p>
        <a href={stepPath(step, view.id)}>{said.changeAnswer}</a>
      </p>
    </Inset>
  )
}

/** What clinicians signed, for the network: first what needs its decision, then all of it, with every version. */
export const Declared = ({ view }: { readonly view: Case }) =>
  view.declarations.length > 0 && (
    <>
      {view.declarations.map((record) => (
        <ToDecide view={view} record={record} />
      ))}
      <H2>What clinicians declared</H2>
      {view.declarations.map((record) => (
        <Details summary={`${record.name}: ${words.answersStandWords[record.stands]}`}>
          <p>{`GMC number ${record.gmc}. ${words.declaredStageWords[record.stage]}.`}</p>
          <Versions record={record} team={teamOf(view)} />
        </Details>
      ))}
    </>
  )

const ToDecide = ({ view, record }: OneProps) => {
  const { id, name, stage, stands } = record
  const [isOpen, isDecision, team] = [canSettle(view, record), isToDecide(record), teamOf(view)]
  if (!isOpen && !isDecision) return null
  const step = isOpen ? ('settle-declaration' as const) : ('decide-declaration' as const)
  const why = isOpen ? said.notSure : stands === 'to-decide' ? said.changedMind : said.entryLeavesOpen
  return (
    <Inset>
      <Tag>{said.needsDecision}</Tag>
      <h2 class="nhsuk-heading-s">{name}</h2>
      <p>{`${name} ${why}`}</p>
      {isOpen && (
        <ul>
          {openQuestions(record).map((question) => (
            <li>{sayQuestion(question, stage, team)}</li>
          ))}
        </ul>
      )}
      {view.steps.includes(step) && (
        <ButtonLink to={`${stepPath(step, view.id)}?clinician=${id}`}>{words.stepWords[step].button}</ButtonLink>
      )}
    </Inset>
  )
}

type RecordProps = { readonly record: DeclaredHere; readonly team: readonly Person[] }
/** Each version as it was signed, with what was settled since. What is not listed was answered “No”. */
const Versions = ({ record, team }: RecordProps) => (
  <>
    {record.signed.map(({ version, signedAt, said: answers, rules }) => (
      <>
        <h3 class="nhsuk-heading-s">{`Answers ${version}${version === record.counts ? ', which count' : ''}`}</h3>
        <p>{`Signed on ${sayTime(signedAt)}.${rules.length > 0 ? ` Rules: ${rules.join(', ')}.` : ''}`}</p>
        {answers.length === 0 ? (
          <p>Every question was answered “No”.</p>
        ) : (
          <Summary
            rows={answers.map((one) => [sayQuestion(one, record.stage, team), sayAnswer(one.rule, one.answer)])}
          />
        )}
      </>
    ))}
    {record.settled.length > 0 && (
      <>
        <h3 class="nhsuk-heading-s">Settled with the clinician</h3>
        <Summary
          rows={record.settled.map((one) => [
            sayQuestion(one, record.stage, team),
            `${sayAnswer(one.rule, one.answer)}. ${words.settledHowWords[one.how]}, ${sayTime(one.settledAt)}.`,
          ])}
        />
      </>
    )}
  </>
)

/** The answers that count and the newest side by side: what changed, and when each was signed. */
export const Compared = ({ record, team }: RecordProps) => {
  const newest = newestOf(record)
  const first = record.signed.find(({ version }) => version === record.counts) ?? record.signed[0]
  if (first.version === newest.version)
    return (
      <>
        <p>{`${record.name} ${said.entryLeavesOpen}`}</p>
        <p>{`Rules: ${newest.rules.join(', ')}.`}</p>
      </>
    )
  const answerIn = ({ said: answers }: typeof newest, { rule, about }: Question) => {
    const found = answers.filter((one) => one.rule === rule && one.about === about)
    return found.length === 0 ? 'No' : lines(found.map(({ answer }) => sayAnswer(rule, answer)))
  }
  const changed = changedQuestions(first.said, newest.said)
  return (
    <>
      {changed.length > 0 && (
        <Table
          caption="What changed"
          heads={['Question', `First, ${sayTime(first.signedAt)}`, `Now, ${sayTime(newest.signedAt)}`]}
          rows={changed.map((question) => [
            sayQuestion(question, record.stage, team),
            answerIn(first, question),
            answerIn(newest, question),
          ])}
        />
      )}
      {changed.length === 0 && <p>What changed is what was said of a work they share with a treating consultant.</p>}
      <Details summary="All answers on record">
        <Versions record={record} team={team} />
      </Details>
    </>
  )
}
