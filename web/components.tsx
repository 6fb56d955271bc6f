import type { Problem } from '@concord/contracts/problem'
import { type Child, createContext, useContext } from 'hono/jsx'
import type { Field, Section } from './forms.ts'
import type { Options } from './words.ts'

type Inside = { readonly children?: Child }

/** What somebody typed and what was wrong with it, so that a page can be shown again and nothing is typed twice. */
export type Typed = {
  readonly values: URLSearchParams
  readonly errors: readonly { readonly at: string; readonly label: string; readonly problem: string }[]
  readonly problem: Problem | null
}
export const typed = (values = new URLSearchParams(), wrong: Partial<Typed> = {}): Typed => ({
  values,
  errors: [],
  problem: null,
  ...wrong,
})

/** What every form carries beside its fields: the session's token, and a key that makes a double click do nothing twice. */
export const FormSeal = createContext({ token: '', newKey: (): string => '' })

export const Form = ({ to, version, children }: Inside & { readonly to: string; readonly version?: number }) => {
  const { token, newKey } = useContext(FormSeal)
  return (
    <form action={to} method="post" novalidate>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="key" value={newKey()} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
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

type FieldsProps = { readonly sections: readonly Section[]; readonly typed: Typed }
/** Sections of fields, each with what was typed and what was wrong with it. */
export const Fields = ({ sections, typed }: FieldsProps) => (
  <>
    {sections
      .filter(({ fields }) => fields.length > 0)
      .map(({ heading, hint, fields, more }) => (
        <>
          {heading && <H2>{heading}</H2>}
          {hint && <p>{hint}</p>}
          {fields.map((field) => (
            <FormField field={field} typed={typed} />
          ))}
          {more && (
            <Button isSecond name="more" value="yes">
              {more}
            </Button>
          )}
        </>
      ))}
  </>
)

type FieldProps = { readonly field: Field; readonly typed: Typed }
const FormField = ({ field, typed }: FieldProps) => {
  const { name, as: kind, label, hint } = field
  if (kind === 'hidden') return <input type="hidden" name={name} value={field.starts} />
  const error = typed.errors.find(({ at }) => at === name)?.problem
  const isSet = kind === 'choice' || kind === 'choices' || kind === 'date' || kind === 'asked'
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined
  const below = (
    <>
      {hint && (
        <div class="nhsuk-hint" id={`${name}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <span class="nhsuk-error-message" id={`${name}-error`}>
          <span class="nhsuk-u-visually-hidden">Error: </span>
          {error}
        </span>
      )}
      <Control field={field} typed={typed} error={error} described={isSet ? undefined : described} />
    </>
  )
  return (
    <div class={`nhsuk-form-group${error ? ' nhsuk-form-group--error' : ''}`}>
      {isSet ? (
        <fieldset class="nhsuk-fieldset" aria-describedby={described}>
          <legend class="nhsuk-fieldset__legend">{label}</legend>
          {below}
        </fieldset>
      ) : (
        <>
          <label class="nhsuk-label" for={name}>
            {label}
          </label>
          {below}
        </>
      )}
    </div>
  )
}

type ControlProps = FieldProps & { readonly error: string | undefined; readonly described: string | undefined }
const Control = ({ field, typed: { values }, error, described }: ControlProps) => {
  const { name, as: kind, options = [] } = field
  const value = values.get(name) ?? field.starts ?? ''
  const given = { id: name, name, 'aria-describedby': described }
  const look = (block: string) => (error ? `${block} ${block}--error` : block)
  const text = (id: string, rows: number) => (
    <textarea {...given} id={id} rows={rows} class={look('nhsuk-textarea')}>
      {values.getAll(name).join('\n')}
    </textarea>
  )
  const input = (more: {
    readonly id: string
    readonly name: string
    readonly value: string
    readonly width: string
  }) => {
    const { width, ...own } = more
    const mode = kind === 'line' ? {} : ({ inputmode: 'numeric' } as const)
    const wide = width && ` nhsuk-input--width-${width}`
    return (
      <input {...given} {...own} {...mode} class={`${look('nhsuk-input')}${wide}`} type="text" autocomplete="off" />
    )
  }
  switch (kind) {
    case 'hidden':
      return null
    case 'line':
    case 'number':
      return input({ id: name, name, value, width: kind === 'number' ? '3' : '' })
    case 'prose':
    case 'lines':
      return text(name, field.rows ?? 4)
    case 'select':
      return (
        <select {...given} class={look('nhsuk-select')}>
          {options.map(([one, words]) => (
            <option value={one} selected={one === value}>
              {words}
            </option>
          ))}
        </select>
      )
    case 'date':
      return (
        <div class="nhsuk-date-input">
          {['day', 'month', 'year'].map((part, index) => {
            // Where an error leads is the first of the three.
            const [id, at] = [index === 0 ? name : `${name}-${part}`, `${name}.${part}`]
            return (
              <div class="nhsuk-date-input__item">
                <label class="nhsuk-label nhsuk-date-input__label" for={id}>
                  {part.charAt(0).toUpperCase() + part.slice(1)}
                </label>
                {input({ id, name: at, value: values.get(at) ?? '', width: part === 'year' ? '4' : '2' })}
              </div>
            )
          })}
        </div>
      )
    case 'choice':
    case 'choices':
      return <Choices type={kind === 'choice' ? 'radio' : 'checkbox'} id={name} {...{ name, options, values, value }} />
    case 'asked':
      return (
        <>
          <Choices
            type="radio"
            id={name}
            name={`${name}-is`}
            {...{ options, values }}
            value={values.get(`${name}-is`) ?? ''}
          />
          <label class="nhsuk-label nhsuk-u-margin-top-3" for={`${name}-list`}>
            If there are any, one on each line
          </label>
          {text(`${name}-list`, 2)}
        </>
      )
  }
}

type ChoicesProps = {
  readonly type: 'radio' | 'checkbox'
  readonly id: string
  readonly name: string
  readonly options: Options
  readonly values: URLSearchParams
  readonly value: string
}
const Choices = ({ type, id, name, options, values, value: chosen }: ChoicesProps) => {
  const block = type === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes'
  return (
    <div class={block}>
      {options.map(([value, words], index) => {
        const own = {
          id: index === 0 ? id : `${id}-${value}`,
          checked: value === chosen || values.getAll(name).includes(value),
        }
        return (
          <div class={`${block}__item`}>
            <input class={`${block}__input`} name={name} type={type} value={value} {...own} />
            <label class={`nhsuk-label ${block}__label`} for={own.id}>
              {words}
            </label>
          </div>
        )
      })}
    </div>
  )
}
