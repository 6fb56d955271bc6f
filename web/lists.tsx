import type { inbox, register, worklist } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { z } from 'zod'
import { Button, ButtonLink, Table, Tag } from './components.tsx'
import { Fields, typed } from './fields.tsx'
import { searchForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { isQuiet, shortName } from './next.ts'
import type { Names } from './request.tsx'
import { sayLeft, sayTime } from './times.ts'
import { dueWords, type Options, say, stageWords, statusWords, urgencyWords } from './words.ts'

type ListProps = { readonly names: Names; readonly now: string; readonly done?: string | undefined }

const dueLine = (step: string, by: string, now: string) => (
  <>
    {`${say(dueWords, step)} by ${sayTime(by)} `}
    <strong class="nhsuk-u-nowrap">{sayLeft(by, now)}</strong>
  </>
)
const link = (id: string) => (
  <a class="nhsuk-u-nowrap" href={`/requests/${id}`}>
    {shortName(id)}
  </a>
)
const shortUrgency = (urgency: string) => say(urgencyWords, urgency).split(':')[0] ?? ''

type Worklist = ListProps & { readonly list: z.infer<typeof worklist>; readonly role: Role; readonly isFirst: boolean }
/** The requests of a trust or a network, what is due first at the top. */
export const worklistPage = ({ list, role, isFirst, names, now, done }: Worklist): Page => {
  const isTrust = role === 'requester' || role === 'eso-lead'
  return {
    title: 'Requests',
    isWide: true,
    done,
    main: (
      <>
        {isTrust && <ButtonLink to="/requests/new">New request</ButtonLink>}
        {list.rows.length === 0 ? (
          <p>
            {isTrust
              ? 'Your trust has no requests yet.'
              : 'No trust has submitted a request yet. It stands here when one does.'}
          </p>
        ) : (
          <Table
            caption="What is due first stands on top"
            heads={['Request', 'Specialty', ...(isTrust ? [] : ['Trust']), 'Urgency', 'Status', 'Due next']}
            rows={list.rows.map(({ id, trust, tfc, urgency, status, due }) => [
              link(id),
              names.specialty(tfc),
              ...(isTrust ? [] : [names.organisation(trust)]),
              shortUrgency(urgency),
              <Tag isGrey={isQuiet(status)}>{statusWords[status]}</Tag>,
              due ? dueLine(due.step, due.by, now) : 'Nothing',
            ])}
          />
        )}
        {list.next && (
          <ButtonLink isSecond to={`/requests?cursor=${encodeURIComponent(list.next)}`}>
            Next page
          </ButtonLink>
        )}
        {!isFirst && (
          <ButtonLink isSecond to="/requests">
            First page
          </ButtonLink>
        )}
      </>
    ),
  }
}

/** What a clinician is asked for, and has in hand. */
export const inboxPage = ({ list, names, now, done }: ListProps & { readonly list: z.infer<typeof inbox> }): Page => ({
  title: 'Your inbox',
  isWide: true,
  done,
  main:
    list.cases.length === 0 ? (
      <p>Nothing waits for you. When a network asks you for an opinion, it stands here and we write to you.</p>
    ) : (
      <Table
        caption="What you are asked for, and what you have in hand"
        heads={['Request', 'Trust that asks', 'Where it stands', 'Offered']}
        rows={list.cases
          .toSorted((a, b) => (a.offeredAt < b.offeredAt ? 1 : -1))
          .map(({ id, trust, stage, replyBy, offeredAt }) => [
            link(id),
            names.organisation(trust),
            stage === 'offered' && replyBy ? dueLine('reply', replyBy, now) : stageWords[stage],
            sayTime(offeredAt),
          ])}
      />
    ),
})

type RegisterProps = {
  /** Null until a specialty is chosen. */
  readonly list: z.infer<typeof register>['clinicians'] | null
  readonly tfc: string
  readonly home: string
  readonly specialties: Options
  readonly names: Names
}
/** Who of a specialty is listed: the network's own, whose entries can be opened, and the national ones. */
export const registerPage = ({ list, tfc, home, specialties, names }: RegisterProps): Page => ({
  title: 'Register',
  isWide: true,
  main: (
    <>
      <form action="/register" method="get">
        <Fields sections={searchForm(specialties)} typed={typed(new URLSearchParams({ tfc }))} />
        <Button>Show who is listed</Button>
      </form>
      {list?.length === 0 && <p>Nobody of this specialty is listed.</p>}
      {list && list.length > 0 && (
        <Table
          caption={`${names.specialty(tfc)}: ${list.length} listed`}
          heads={['Clinician', 'Register of', 'Open cases', 'Urgencies taken']}
          rows={list
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((one) => [
              one.home === home ? <a href={`/register/${one.id}`}>{one.name}</a> : one.name,
              names.network(one.home),
              `${one.openCases} of ${one.cap}`,
              one.urgencies.map(shortUrgency).join(', '),
            ])}
        />
      )}
    </>
  ),
})
