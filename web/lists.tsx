import type { inbox, register, worklist } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { z } from 'zod'
import { Button, ButtonLink, Table, Tag } from './components.tsx'
import type { Page } from './layout.tsx'
import { shortName } from './next.ts'
import type { Names } from './request.tsx'
import { sayLeft, sayTime } from './times.ts'
import { dueWords, type Options, say, statusWords, urgencyWords } from './words.ts'

type ListProps = { readonly names: Names; readonly now: string; readonly done?: string | undefined }
type Due = { readonly step: string; readonly by: string }

const dueLine = (due: Due, now: string) => (
  <>
    {say(dueWords, due.step)} by {sayTime(due.by)} <strong class="nhsuk-u-nowrap">{sayLeft(due.by, now)}</strong>
  </>
)
const link = (id: string) => <a href={`/requests/${id}`}>{shortName(id)}</a>

/** The requests of a trust or a network, what is due first at the top. */
export const worklistPage = ({
  list,
  role,
  isFirst,
  names,
  now,
  done,
}: ListProps & { readonly list: z.infer<typeof worklist>; readonly role: Role; readonly isFirst: boolean }): Page => {
  const isTrust = role === 'requester' || role === 'eso-lead'
  return {
    title: 'Requests',
    wide: true,
    done,
    main: (
      <>
        {isTrust && <ButtonLink to="/requests/new">New request</ButtonLink>}
        {list.rows.length === 0 ? (
          <p>
            {isTrust
              ? 'Your trust has no requests yet.'
              : 'There are no requests in your network yet. When a trust submits one, it stands here.'}
          </p>
        ) : (
          <Table
            caption="What is due first stands on top"
            heads={['Request', 'Specialty', ...(isTrust ? [] : ['Trust']), 'Urgency', 'Status', 'Due next']}
            rows={list.rows.map(({ id, trust, tfc, urgency, status, due }) => [
              link(id),
              names.specialty(tfc),
              ...(isTrust ? [] : [names.organisation(trust)]),
              say(urgencyWords, urgency).split(':')[0],
              <Tag tone={status === 'closed' || status === 'withdrawn' ? 'grey' : undefined}>
                {statusWords[status]}
              </Tag>,
              due ? dueLine(due, now) : 'Nothing',
            ])}
          />
        )}
        {list.next && (
          <p>
            <a href={`/requests?cursor=${encodeURIComponent(list.next)}`}>Next page</a>
          </p>
        )}
        {!isFirst && (
          <p>
            <a href="/requests">First page</a>
          </p>
        )}
      </>
    ),
  }
}

/** What a clinician is asked for, and has in hand. */
export const inboxPage = ({ list, names, now, done }: ListProps & { readonly list: z.infer<typeof inbox> }): Page => ({
  title: 'Your inbox',
  wide: true,
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
            stage === 'offered' && replyBy ? dueLine({ step: 'reply', by: replyBy }, now) : stageWords[stage],
            sayTime(offeredAt),
          ])}
      />
    ),
})

const stageWords = {
  offered: 'Offered to you',
  accepted: 'You accepted; the trust asks the family',
  engaged: 'The pack is shared with you',
} as const

type RegisterProps = {
  readonly list: z.infer<typeof register>['clinicians'] | null
  readonly tfc: string
  readonly home: string
  readonly specialties: Options
  readonly names: Names
}
/** Who of a specialty is listed: the network's own, whose entries can be opened, and the national ones. */
export const registerPage = ({ list, tfc, home, specialties, names }: RegisterProps): Page => ({
  title: 'Register',
  wide: true,
  main: (
    <>
      <form action="/register" method="get">
        <div class="nhsuk-form-group">
          <label class="nhsuk-label" for="tfc">
            Specialty
          </label>
          <select class="nhsuk-select" id="tfc" name="tfc">
            {specialties.map(([value, words]) => (
              <option value={value} selected={value === tfc}>
                {words}
              </option>
            ))}
          </select>
        </div>
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
              one.urgencies.map((urgency) => say(urgencyWords, urgency).split(':')[0]).join(', '),
            ])}
        />
      )}
    </>
  ),
})
