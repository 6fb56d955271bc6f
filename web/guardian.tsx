import type { glasses, toReview, whoHasSeen } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Button, ButtonLink, Form, H2, lines, Prose, Summary, Table, Tag } from './components.tsx'
import { Fields, type Typed, typed as untyped } from './fields.tsx'
import { auditForm, reviewForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { shortName } from './next.ts'
import { sayLeft, sayTime } from './times.ts'
import * as words from './words.ts'

const ERASED = 'Erased with the texts of the request'
const home = ['/audit', 'Back to who has seen what'] as const
const did = (what: string) => {
  const [name = '', ...more] = what.split(' ')
  const said = words.say({ ...words.eventWords, ...words.auditWords }, name)
  return more.length === 0 ? said : `${said}: ${more.join(' ').replaceAll('-', ' ')}`
}

type AuditProps = {
  readonly waiting: z.infer<typeof toReview>['waiting']
  readonly now: string
  readonly typed?: Typed
}
/** A guardian's start: what waits for a look, and where to look up a case. */
export const auditPage = ({ waiting, now, typed = untyped() }: AuditProps): Page => ({
  title: 'Who has seen what',
  isWide: true,
  typed,
  main: (
    <>
      {waiting.length === 0 ? (
        <p>{words.guardianWords.nothing}</p>
      ) : (
        <Table
          caption="Broken glasses to look at, the first due on top"
          heads={['Request', 'Broken by', 'When', 'Look at it']}
          rows={waiting.map(({ request, by, openedAt, reviewBy }) => [
            <a class="nhsuk-u-nowrap" href={`/requests/${request}/reviews`}>
              {shortName(request)}
            </a>,
            `${by.subject}, ${words.roleWords[by.role].toLowerCase()}`,
            sayTime(openedAt),
            `by ${sayTime(reviewBy)} (${sayLeft(reviewBy, now)})`,
          ])}
        />
      )}
      <H2>Look up a case</H2>
      <p>{words.guardianWords.search}</p>
      <form action="/audit" method="get">
        <Fields sections={auditForm} typed={typed} />
        <Button>Show who has seen it</Button>
      </form>
    </>
  ),
})

type SeenProps = z.infer<typeof whoHasSeen> & { readonly id: string; readonly isFirst: boolean }
/** Who has seen a case, or did something with it, the latest first. */
export const seenPage = ({ id, cases, isFirst }: SeenProps): Page => ({
  title: 'Who has seen this child’s case',
  caption: `Request ${shortName(id)}`,
  isWide: true,
  back: home,
  main: (
    <>
      {cases.map((one) => (
        <>
          <Table
            caption={`Request ${shortName(one.id)}, the latest first`}
            heads={['When', 'Who', 'In which role', 'What']}
            rows={one.lines.map(({ at, who, name, role, did: what }) => [
              sayTime(at),
              who === null ? words.guardianWords.notTold : name && name !== who ? lines([name, who]) : who,
              words.say(words.roleWords, role),
              did(what),
            ])}
          />
          {one.next && (
            <ButtonLink isSecond to={`/requests/${one.id}/audit?cursor=${encodeURIComponent(one.next)}`}>
              Older entries
            </ButtonLink>
          )}
        </>
      ))}
      {!isFirst && (
        <ButtonLink isSecond to={`/requests/${id}/audit`}>
          Latest entries
        </ButtonLink>
      )}
    </>
  ),
})

type ReviewProps = z.infer<typeof glasses> & {
  readonly now: string
  readonly done: string | undefined
  /** What was typed of one of them. */
  readonly typed?: Readonly<Record<string, Typed>>
}
/** Each time the glass was broken: why, what was opened, and what a guardian finds. */
export const reviewsPage = ({ id, glasses: all, now, done, typed = {} }: ReviewProps): Page => ({
  title: 'Broken glass',
  caption: `Request ${shortName(id)}`,
  back: home,
  done,
  ...(Object.values(typed)[0] && { typed: Object.values(typed)[0] }),
  main: (
    <>
      <p>
        <a href={`/requests/${id}/audit`}>Everybody who has seen this case</a>
      </p>
      {all.toReversed().map((glass) => (
        <>
          <H2>{`Broken on ${sayTime(glass.openedAt)}`}</H2>
          {glass.review === null && <Tag>To look at</Tag>}
          <Summary
            rows={[
              ['By', `${glass.by.subject}, ${words.roleWords[glass.by.role].toLowerCase()}`],
              ['Open until', sayTime(glass.until)],
              ['Why', <Prose>{glass.reason ?? ERASED}</Prose>],
              [
                'Opened meanwhile',
                glass.opened.length === 0
                  ? 'Nothing'
                  : lines(glass.opened.map((one) => `${sayTime(one.at)}: ${did(one.did)}`)),
              ],
              [
                'Look at it by',
                glass.review === null && `${sayTime(glass.reviewBy)} (${sayLeft(glass.reviewBy, now)})`,
              ],
              [
                'Found',
                glass.review &&
                  lines([
                    words.findingWords[glass.review.finding],
                    `${glass.review.by}, ${sayTime(glass.review.at)}`,
                    <Prose>{glass.review.note ?? ERASED}</Prose>,
                  ]),
              ],
            ]}
          />
          {glass.review === null &&
            (now < glass.until ? (
              <p>{`It is still open. It can be looked at after ${sayTime(glass.until)}.`}</p>
            ) : (
              <Form to={`/requests/${id}/reviews`}>
                <Fields sections={reviewForm(glass.id)} typed={typed[glass.id] ?? untyped()} />
                <Button>Record what I find</Button>
              </Form>
            ))}
        </>
      ))}
    </>
  ),
})
