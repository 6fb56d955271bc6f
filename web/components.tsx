import { type Child, createContext, useContext } from 'hono/jsx'

type Inside = { readonly children?: Child }

/** What every form carries beside its fields: the role it is shown in, the session's token for it, and a key that makes a double click do nothing twice. */
export const FormSeal = createContext({ token: '', as: '', newKey: (): string => '' })

type FormProps = Inside & { readonly to: string; readonly tag?: string | undefined; readonly hasFile?: boolean }
export const Form = ({ to, tag, hasFile, children }: FormProps) => {
  const { token, as, newKey } = useContext(FormSeal)
  return (
    <form action={to} method="post" novalidate {...(hasFile && { enctype: 'multipart/form-data' })}>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="as" value={as} />
      <input type="hidden" name="key" value={newKey()} />
      {tag !== undefined && <input type="hidden" name="version" value={tag} />}
      {children}
    </form>
  )
}

type Tone = { readonly isSecond?: boolean }
const buttonLook = ({ isSecond }: Tone) => `nhsuk-button${isSecond ? ' nhsuk-button--secondary' : ''}`
type ButtonProps = Inside & Tone & { readonly name?: string; readonly value?: string }
export const Button = ({ children, isSecond = false, ...given }: ButtonProps) => (
  <button class={buttonLook({ isSecond })} type="submit" {...given}>
    {children}
  </button>
)
export const ButtonLink = ({ to, children, isSecond = false }: Inside & Tone & { readonly to: string }) => (
  <a class={buttonLook({ isSecond })} href={to}>
    {children}
  </a>
)

/** One below the other; of nothing, nothing. */
export const lines = (list: readonly Child[]): Child =>
  list.length === 0 ? null : list.map((line) => <div>{line}</div>)

/** Keys and values; a row without a value is left out. */
export const Summary = ({ rows }: { readonly rows: readonly (readonly [key: string, value: Child])[] }) => (
  <dl class="nhsuk-summary-list">
    {rows
      .filter(([, value]) => value !== null && value !== '')
      .map(([key, value]) => (
        <div class="nhsuk-summary-list__row">
          <dt class="nhsuk-summary-list__key">{key}</dt>
          <dd class="nhsuk-summary-list__value">{value}</dd>
        </div>
      ))}
  </dl>
)

// A browser takes a table drawn as blocks for no table, unless its parts say what they are.
const as = (role: string) => ({ role })

type TableProps = { readonly caption: string; readonly heads: readonly string[]; readonly rows: readonly Child[][] }
/** A table that turns into blocks where the window is narrow. */
export const Table = ({ caption, heads, rows }: TableProps) => (
  <table class="nhsuk-table-responsive" {...as('table')}>
    <caption class="nhsuk-table__caption nhsuk-table__caption--m">{caption}</caption>
    <thead class="nhsuk-table__head" {...as('rowgroup')}>
      <tr {...as('row')}>
        {heads.map((head) => (
          <th class="nhsuk-table__header" scope="col" {...as('columnheader')}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody class="nhsuk-table__body">
      {rows.map((row) => (
        <tr class="nhsuk-table__row" {...as('row')}>
          {row.map((value, column) => (
            <td class="nhsuk-table__cell" {...as('cell')}>
              <span class="nhsuk-table-responsive__heading" aria-hidden="true">{`${heads[column]} `}</span>
              <div>{value}</div>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
)

export const Tag = ({ children, isGrey = false }: Inside & { readonly isGrey?: boolean }) => (
  <strong class={`nhsuk-tag nhsuk-u-nowrap nhsuk-u-margin-bottom-3${isGrey ? ' nhsuk-tag--grey' : ''}`}>
    {children}
  </strong>
)
export const Inset = ({ children }: Inside) => <div class="nhsuk-inset-text">{children}</div>
export const Details = ({ summary, children }: Inside & { readonly summary: string }) => (
  <details class="nhsuk-details">
    <summary class="nhsuk-details__summary">
      <span class="nhsuk-details__summary-text">{summary}</span>
    </summary>
    <div class="nhsuk-details__text">{children}</div>
  </details>
)
export const H2 = ({ children }: Inside) => <h2 class="nhsuk-heading-m">{children}</h2>
/** Text as somebody wrote it, with its own lines. */
export const Prose = ({ children }: Inside) => <p class="concord-prose">{children}</p>
