import type { releases } from '@concord/contracts/replies'
import type { z } from 'zod'
import { Details, H2, Table } from './components.tsx'
import type { Page } from './layout.tsx'
import type { Names } from './request.tsx'
import { figuresMade } from './words.ts'

type Releases = z.infer<typeof releases>['networks']
type Release = Releases[number]['releases'][number]
type FiguresProps = { readonly networks: Releases; readonly names: Names }

/** Published figures of each network, by financial year: never a case, never a trust, never a name. */
export const figuresPage = ({ networks, names }: FiguresProps): Page => ({
  title: 'Figures',
  main: (
    <>
      {networks.map(({ network, releases }) => (
        <>
          <H2>{names.network(network)}</H2>
          {releases.length === 0 ? (
            <p>Nothing is published yet. A year is published once it is over.</p>
          ) : (
            <>
              <Table
                caption="By financial year, April to March: what was submitted to the network, without drafts"
                heads={heads}
                rows={releases
                  .map(saidOf)
                  .map(([year, ...others]) => [<span class="nhsuk-u-nowrap">{year}</span>, ...others])}
              />
              <Bars releases={releases} />
            </>
          )}
        </>
      ))}
      {networks.some(({ releases }) => releases.length > 0) && (
        <p>
          <a href="/figures.csv" download>
            Take these figures away as a CSV file
          </a>
        </p>
      )}
      <Details summary="How these figures are made">
        <ul>
          {figuresMade.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      </Details>
    </>
  ),
})

/** The same figures in the same words, as the rows of a file. */
export const figuresRows = ({ networks, names }: FiguresProps): readonly (readonly string[])[] => [
  ['Network', ...heads],
  ...networks.flatMap(({ network, releases }) =>
    releases.map((release) => [names.network(network), ...saidOf(release)]),
  ),
]

const heads = ['Year', 'Requests', 'Matched', 'Median working days to the opinion']
const saidOf = ({ period, requests, matched, medianWorkingDays: days }: Release): readonly string[] => [
  sayYear(period),
  sayCount(requests),
  sayCount(matched),
  days === null ? 'Fewer than 10, not shown' : String(days),
]

const sayYear = (period: string) => period.replace(/^(\d{2})(\d{2})-(\d{2})$/, '$1$2 to $1$3')
const sayCount = (count: Release['matched']) =>
  count === '0-7' ? '0 to 7' : count === 'all-but-0-7' ? 'All but 0 to 7' : String(count)

/** The requests of each year as bars. The table above says the same in text. */
const Bars = ({ releases }: { readonly releases: readonly Release[] }) => {
  const sizes = releases.map(({ requests }) => (requests === '0-7' ? 7 : requests))
  const wide = (size = 0) => (size / Math.max(...sizes)) * 400
  const label = releases.map(({ period, requests }) => `${sayYear(period)}, ${sayCount(requests)}`).join('; ')
  return (
    <svg viewBox={`0 0 600 ${sizes.length * 36}`} width="100%" role="img" aria-label={`Requests by year: ${label}`}>
      {releases.map(({ period, requests }, index) => (
        <g transform={`translate(0 ${index * 36})`} font-size="16" fill="#212b32">
          <text y="22">{sayYear(period)}</text>
          <rect
            x="120"
            y="6"
            height="24"
            width={wide(sizes[index])}
            fill={requests === '0-7' ? '#aeb7bd' : '#005eb8'}
          />
          <text x={130 + wide(sizes[index])} y="22">
            {sayCount(requests)}
          </text>
        </g>
      ))}
    </svg>
  )
}
