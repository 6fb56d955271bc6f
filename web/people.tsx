import type { rolesHeld } from '@concord/contracts/replies'
import type { CalendarDate } from '@concord/domain/time'
import type { z } from 'zod'
import { Button, Form, H2, lines, Table } from './components.tsx'
import { Fields, type Typed } from './fields.tsx'
import { grantForm } from './forms.ts'
import type { Page } from './layout.tsx'
import { peoplePath } from './routes.ts'
import { sayDate } from './times.ts'
import { type Options, peopleWords } from './words.ts'

type Held = z.infer<typeof rolesHeld>['roles'][number]
type PeopleProps = {
  readonly held: readonly Held[]
  /** What a role is called. */
  readonly called: (membership: string) => string
  /** Which roles this person may grant, and so confirm and end. */
  readonly grantable: Options
  readonly own: string
  /** Trusts whose people can be looked at, for a network's lead. */
  readonly trusts: Options
  readonly trust: string | null
  readonly today: CalendarDate
  readonly typed: Typed
  readonly done: string | undefined
}

/** Who holds a role at an office, and until when; given, confirmed and ended here. */
export const peoplePage = (props: PeopleProps): Page => {
  const { held, grantable, trusts, trust, typed, done } = props
  return {
    title: 'People',
    isWide: true,
    typed,
    done,
    main: (
      <>
        <p>{peopleWords.intro}</p>
        {grantable.some(([membership]) => membership.startsWith('clinician@')) && <p>{peopleWords.oneHolder}</p>}
        {trusts.length > 0 && (
          <form action="/people" method="get">
            <label class="nhsuk-label" for="trust">
              Whose people
            </label>
            <select class="nhsuk-select nhsuk-u-margin-bottom-3" id="trust" name="trust">
              {[['', 'Of the network itself'] as const, ...trusts].map(([code, name]) => (
                <option value={code} selected={code === (trust ?? '')}>
                  {name}
                </option>
              ))}
            </select>
            <div>
              <Button isSecond>Show</Button>
            </div>
          </form>
        )}
        {held.length === 0 ? (
          <p>{peopleWords.nobody}</p>
        ) : (
          <Table
            caption="Who holds which role"
            heads={['Who', 'Role', 'From', 'To be confirmed by', 'Change']}
            rows={held.map((one) => [
              one.name === one.subject ? one.name : lines([one.name, one.subject]),
              props.called(one.membership),
              sayDate(one.from),
              standing(one, props.today),
              <Changes one={one} {...props} />,
            ])}
          />
        )}
        {grantable.length > 0 && (
          <>
            <H2>Give somebody a role</H2>
            <Form to={peoplePath('grant')}>
              <Fields sections={grantForm(grantable, props.today)} typed={typed} />
              <Button>Give the role</Button>
            </Form>
          </>
        )}
      </>
    ),
  }
}

const standing = (one: Held, today: string) => {
  const { endedAt, to, reviewBy, lapsesOn } = one
  if (endedAt !== null) return `Ended on ${sayDate(endedAt.slice(0, 10))}`
  if (to !== null && to < today) return `Ended on ${sayDate(to)}`
  if (lapsesOn < today) return `Lapsed on ${sayDate(lapsesOn)}: nobody confirmed it`
  const last = to === null ? '' : `, last day ${sayDate(to)}`
  return reviewBy < today ? `Overdue: ends on ${sayDate(lapsesOn)}${last}` : `${sayDate(reviewBy)}${last}`
}

/** Nobody changes what they hold themselves, nor what is another's to grant. */
const Changes = ({ one, own, grantable, today }: PeopleProps & { readonly one: Held }) => {
  const isTheirs = grantable.some(([membership]) => membership === one.membership)
  // One that lapsed can be confirmed yet: it was forgotten, not ended.
  const isEnded = one.endedAt !== null || (one.to !== null && one.to < today)
  if (one.subject === own) return <>You</>
  if (!isTheirs || isEnded) return <>–</>
  return (
    <>
      {(['confirm', 'end'] as const).map((step) => (
        <Form to={peoplePath(step)}>
          <input type="hidden" name="subject" value={one.subject} />
          <input type="hidden" name="membership" value={one.membership} />
          <Button isSecond>
            {step === 'confirm' ? 'Still right' : 'End'}
            <span class="nhsuk-u-visually-hidden">{`: ${one.name}`}</span>
          </Button>
        </Form>
      ))}
    </>
  )
}
