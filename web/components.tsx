import type { Problem } from '@concord/contracts/problem'
import { type Child, createContext, useContext } from 'hono/jsx'
import type { Field, Section } from './forms.ts'

/** What somebody typed and what was wrong with it, so that a page can be shown again and nothing is typed twice. */
export type Typed = {
  readonly values: URLSearchParams
  readonly errors: readonly { readonly at: string; readonly label: string; readonly problem: string }[]
  readonly problem: Problem | null
}
export const nothingTyped: Typed = { values: new URLSearchParams(), errors: [], problem: null }

/** What every form carries beside its fields: the session's token, and a key that makes a double click do nothing twice. */
export const FormSeal = createContext<{ readonly token: string; readonly newKey: () => string }>({
  token: '',
  newKey: () => '',
})

type FormProps = { readonly to: string; readonly version?: number; readonly children?: Child }
export const Form = ({ to, version, children }: FormProps) => {
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

type ButtonProps = {
  readonly children?: Child
  readonly tone?: 'secondary' | undefined
  readonly name?: string
  readonly value?: string
}
export const Button = ({ children, tone, ...given }: ButtonProps) => (
  <button class={`nhsuk-button${tone ? ` nhsuk-button--${tone}` : ''}`} type="submit" {...given}>
    {children}
  </button>
)
export const ButtonLink = ({
  to,
  children,
  tone,
}: {
  readonly to: string
  readonly children?: Child
  readonly tone?: 'secondary' | undefined
}) => (
  <a class={`nhsuk-button${tone ? ` nhsuk-button--${tone}` : ''}`} href={to}>
    {children}
  </a>
)

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

type TableProps = {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly Child[])[]
  readonly numeric?: boolean
}
// A browser takes a table drawn as blocks for no table, unless its parts say what they are.
const as = (role: string) => ({ role })

/** A table that turns into a list of cards where the window is narrow. The first cell of a row names it. */
export const Table = ({ caption, heads, rows, numeric = false }: TableProps) => {
  const cell = (part: string, column: number) =>
    `nhsuk-table__${part}${numeric && column > 0 ? ` nhsuk-table__${part}--numeric` : ''}`
  return (
    <table class="nhsuk-table-responsive" {...as('table')}>
      <caption class="nhsuk-table__caption nhsuk-table__caption--m">{caption}</caption>
      <thead class="nhsuk-table__head" {...as('rowgroup')}>
        <tr {...as('row')}>
          {heads.map((head, column) => (
            <th class={cell('header', column)} {...as('columnheader')} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="nhsuk-table__body">
        {rows.map((row) => (
          <tr class="nhsuk-table__row" {...as('row')}>
            {row.map((value, column) => (
              <td class={cell('cell', column)} {...as('cell')}>
                <span class="nhsuk-table-responsive__heading" aria-hidden="true">
                  {heads[column]}{' '}
                </span>
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export const Tag = ({ children, tone }: { readonly children?: Child; readonly tone?: 'grey' | undefined }) => (
  <strong class={`nhsuk-tag${tone ? ` nhsuk-tag--${tone}` : ''}`}>{children}</strong>
)
export const Inset = ({ children }: { readonly children?: Child }) => (
  <div class="nhsuk-inset-text">
    <span class="nhsuk-u-visually-hidden">Information: </span>
    {children}
  </div>
)
export const Details = ({ summary, children }: { readonly summary: string; readonly children?: Child }) => (
  <details class="nhsuk-details">
    <summary class="nhsuk-details__summary">
      <span class="nhsuk-details__summary-text">{summary}</span>
    </summary>
    <div class="nhsuk-details__text">{children}</div>
  </details>
)
/** Text as somebody wrote it, with its own lines. */
export const Prose = ({ children }: { readonly children?: Child }) => <p class="concord-prose">{children}</p>

/** Sections of fields, each with what was typed and what was wrong with it. */
export const Fields = ({ sections, typed }: { readonly sections: readonly Section[]; readonly typed: Typed }) => (
  <>
    {sections.map(({ heading, hint, fields, more }) => (
      <>
        {heading && <h2 class="nhsuk-heading-m">{heading}</h2>}
        {hint && <p>{hint}</p>}
        {fields.map((field) => (
          <FormField field={field} typed={typed} />
        ))}
        {more && (
          <Button tone="secondary" name="more" value="yes">
            {more}
          </Button>
        )}
      </>
    ))}
  </>
)

const FormField = ({ field, typed: { values, errors } }: { readonly field: Field; readonly typed: Typed }) => {
  const { name, as } = field
  const error = errors.find(({ at }) => at === name)?.problem
  const typed = values.get(name) ?? field.starts ?? ''
  const described = [field.hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined
  const given = { id: name, name, 'aria-describedby': described }
  switch (as) {
    case 'hidden':
      return <input type="hidden" name={name} value={field.starts} />
    case 'line':
    case 'number':
      return (
        <Labelled field={field} error={error}>
          <input
            {...given}
            class={`nhsuk-input${error ? ' nhsuk-input--error' : ''}${as === 'number' ? ' nhsuk-input--width-3' : field.width ? ` nhsuk-input--width-${field.width}` : ''}`}
            type="text"
            inputmode={as === 'number' ? 'numeric' : undefined}
            value={typed}
            autocomplete="off"
          />
        </Labelled>
      )
    case 'prose':
    case 'lines':
      return (
        <Labelled field={field} error={error}>
          <TextArea {...given} error={error} rows={field.rows ?? 4} text={values.getAll(name).join('\n')} />
        </Labelled>
      )
    case 'select':
      return (
        <Labelled field={field} error={error}>
          <select {...given} class={`nhsuk-select${error ? ' nhsuk-select--error' : ''}`}>
            {field.options?.map(([value, words]) => (
              <option value={value} selected={value === typed}>
                {words}
              </option>
            ))}
          </select>
        </Labelled>
      )
    case 'date':
      return (
        <Legended field={field} error={error} described={described}>
          <div class="nhsuk-date-input">
            {(['day', 'month', 'year'] as const).map((part, index) => (
              <div class="nhsuk-date-input__item">
                <label class="nhsuk-label nhsuk-date-input__label" for={index === 0 ? name : `${name}.${part}`}>
                  {part.charAt(0).toUpperCase() + part.slice(1)}
                </label>
                <input
                  class={`nhsuk-input nhsuk-date-input__input nhsuk-input--width-${part === 'year' ? 4 : 2}${error ? ' nhsuk-input--error' : ''}`}
                  id={index === 0 ? name : `${name}.${part}`}
                  name={`${name}.${part}`}
                  type="text"
                  inputmode="numeric"
                  autocomplete="off"
                  value={values.get(`${name}.${part}`) ?? ''}
                />
              </div>
            ))}
          </div>
        </Legended>
      )
    case 'choice':
      return (
        <Legended field={field} error={error} described={described}>
          <Choices type="radio" id={name} name={name} options={field.options ?? []} chosen={[typed]} />
        </Legended>
      )
    case 'choices':
      return (
        <Legended field={field} error={error} described={described}>
          <Choices type="checkbox" id={name} name={name} options={field.options ?? []} chosen={values.getAll(name)} />
        </Legended>
      )
    case 'asked':
      return (
        <Legended field={field} error={error} described={described}>
          <Choices
            type="radio"
            id={name}
            name={`${name}-is`}
            options={field.options ?? []}
            chosen={[values.get(`${name}-is`) ?? '']}
          />
          <label class="nhsuk-label" for={`${name}-list`}>
            If there are any, one on each line
          </label>
          <TextArea id={`${name}-list`} name={name} error={error} rows={2} text={values.getAll(name).join('\n')} />
        </Legended>
      )
  }
}

type ErrorProps = { readonly field: Field; readonly error: string | undefined; readonly children?: Child }
const Labelled = ({ field, error, children }: ErrorProps) => (
  <div class={`nhsuk-form-group${error ? ' nhsuk-form-group--error' : ''}`}>
    <label class="nhsuk-label" for={field.name}>
      {field.label}
    </label>
    <HintAndError field={field} error={error} />
    {children}
  </div>
)
const Legended = ({ field, error, described, children }: ErrorProps & { readonly described: string | undefined }) => (
  <div class={`nhsuk-form-group${error ? ' nhsuk-form-group--error' : ''}`}>
    <fieldset class="nhsuk-fieldset" aria-describedby={described}>
      <legend class="nhsuk-fieldset__legend">{field.label}</legend>
      <HintAndError field={field} error={error} />
      {children}
    </fieldset>
  </div>
)
const HintAndError = ({ field: { name, hint }, error }: ErrorProps) => (
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
  </>
)

type TextAreaProps = {
  readonly id: string
  readonly name: string
  readonly rows: number
  readonly text: string
  readonly error: string | undefined
}
const TextArea = ({ error, text, ...given }: TextAreaProps) => (
  <textarea {...given} class={`nhsuk-textarea${error ? ' nhsuk-textarea--error' : ''}`}>
    {text}
  </textarea>
)

type ChoicesProps = {
  readonly type: 'radio' | 'checkbox'
  readonly id: string
  readonly name: string
  readonly options: NonNullable<Field['options']>
  readonly chosen: readonly string[]
}
const Choices = ({ type, id, name, options, chosen }: ChoicesProps) => {
  const block = type === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes'
  return (
    <div class={block}>
      {options.map(([value, words, hint], index) => {
        // The first is where an error leads.
        const own = index === 0 ? id : `${id}-${value}`
        return (
          <div class={`${block}__item`}>
            <input
              class={`${block}__input`}
              id={own}
              name={name}
              type={type}
              value={value}
              checked={chosen.includes(value)}
              aria-describedby={hint && `${own}-hint-of`}
            />
            <label class={`nhsuk-label ${block}__label`} for={own}>
              {words}
            </label>
            {hint && (
              <div class={`nhsuk-hint ${block}__hint`} id={`${own}-hint-of`}>
                {hint}
              </div>
            )}
          </div>
        )
      })}
    </div>
  )
}
