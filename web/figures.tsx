import type { releases } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Details, Table } from './components.tsx'
import type { Page } from './layout.tsx'
import type { Names } from './request.tsx'

type Releases = z.infer<typeof releases>['networks']
type Release = Releases[number]['releases'][number]

/** Published figures of each network, by financial year: never a case, never a trust, never a name. */
export const figuresPage = ({ networks, names }: { readonly networks: Releases; readonly names: Names }): Page => ({
  title: 'Figures',
  main: (
    <>
      {networks.map(({ network, releases }) => (
        <>
          <h2>{names.network(network)}</h2>
          {releases.length === 0 ? (
            <p>Nothing is published yet. A year is published once it is over.</p>
          ) : (
            <>
              <Table
                numeric
                caption="Requests by financial year, April to March"
                heads={['Year', 'Requests', 'Matched', 'Median working days to the opinion']}
                rows={releases.map((year) => [
                  sayYear(year.period),
                  sayCount(year.requests),
                  sayCount(year.matched),
                  year.medianWorkingDays === null ? 'Fewer than 10, not shown' : String(year.medianWorkingDays),
                ])}
              />
              <Bars releases={releases} />
            </>
          )}
        </>
      ))}
      <Details summary="How these figures are made">
        <ul>
          <li>Requests are those that a trust submitted to the network in the year. Drafts are not in it.</li>
          <li>Matched are those that a clinician accepted. A request withdrawn later stays in it.</li>
          <li>
            The median counts working days from submission to the written opinion, and is shown where 10 or more stand
            behind it.
          </li>
          <li>
            Counts from 0 to 7 are one band. Where all but a few were matched, that alone is said, so that no
            subtraction tells how few.
          </li>
          <li>Each year is published once, when it is over, and is not changed afterwards.</li>
        </ul>
      </Details>
    </>
  ),
})

const sayYear = (period: string) => period.replace(/^(\d{2})(\d{2})-(\d{2})$/, '$1$2 to $1$3')
const sayCount = (count: Release['matched']) =>
  count === '0-7' ? '0 to 7' : count === 'all-but-0-7' ? 'All but 0 to 7' : String(count)

/** The requests of each year as bars. The table above says the same in text. */
const Bars = ({ releases }: { readonly releases: readonly Release[] }) => {
  const sizes = releases.map(({ requests }) => (requests === '0-7' ? 7 : requests))
  const most = Math.max(...sizes)
  return (
    <svg
      viewBox={`0 0 600 ${releases.length * 36}`}
      width="100%"
      role="img"
      aria-label={`Requests by year: ${releases.map(({ period, requests }) => `${sayYear(period)}, ${sayCount(requests)}`).join('; ')}`}
    >
      {releases.map(({ period, requests }, index) => (
        <>
          <text x="0" y={index * 36 + 22} font-size="16" fill="#212b32">
            {sayYear(period)}
          </text>
          <rect
            x="120"
            y={index * 36 + 6}
            height="24"
            width={((sizes[index] ?? 0) / most) * 400}
            fill={requests === '0-7' ? '#aeb7bd' : '#005eb8'}
          />
          <text x={130 + ((sizes[index] ?? 0) / most) * 400} y={index * 36 + 22} font-size="16" fill="#212b32">
            {sayCount(requests)}
          </text>
        </>
      ))}
    </svg>
  )
}
