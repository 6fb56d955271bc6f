import type { Problem } from '@concord/contracts/problem'
import { Button, H2 } from './components.tsx'
import type { Field, Section } from './forms.ts'
import { type Options, teamWords } from './words.ts'

/** What somebody typed and what was wrong with it, so that a page can be shown again and nothing is typed twice. */
export type Typed = {
  readonly values: URLSearchParams
  readonly errors: readonly { readonly at: string; readonly label: string; readonly problem: string }[]
  readonly problem: Problem | null
  /** What is asked beside a field before what was typed is taken. */
  readonly questions: readonly Asked[]
}
export type Asked = { readonly id: string; readonly at: string; readonly words: string; readonly answer: string }
/** The name under which a question that was answered is sent. */
const CONFIRMED = 'confirmed'
export const typed = (values = new URLSearchParams(), wrong: Partial<Typed> = {}): Typed => ({
  values,
  errors: [],
  problem: null,
  questions: [],
  ...wrong,
})

type FieldsProps = { readonly sections: readonly Section[]; readonly typed: Typed }
/** Sections of fields, each with what was typed and what was wrong with it. */
export const Fields = ({ sections, typed }: FieldsProps) => (
  <>
    {confirmedBefore(typed).map((id) => (
      <input type="hidden" name={CONFIRMED} value={id} />
    ))}
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

/** What was confirmed on an earlier page and is not asked on this one: it goes along, or it would be asked again. */
const confirmedBefore = ({ values, questions }: Typed) =>
  [...new Set(values.getAll(CONFIRMED))].filter((one) => !questions.some(({ id }) => id === one))

/** The questions about one field, each with the box that answers it. */
const Questions = ({ name, typed: { questions, values } }: { readonly name: string; readonly typed: Typed }) => (
  <>
    {questions
      .filter(({ at }) => at === name)
      .map(({ id, words, answer }) => (
        <div class="nhsuk-checkboxes nhsuk-u-margin-top-3">
          <p class="nhsuk-body-s" id={`${id}-words`}>
            {words}
          </p>
          <div class="nhsuk-checkboxes__item">
            <input
              class="nhsuk-checkboxes__input"
              type="checkbox"
              id={id}
              name={CONFIRMED}
              value={id}
              checked={values.getAll(CONFIRMED).includes(id)}
              aria-describedby={`${id}-words`}
            />
            <label class="nhsuk-label nhsuk-checkboxes__label" for={id}>
              {answer}
            </label>
          </div>
        </div>
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
      <Questions name={name} typed={typed} />
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
    case 'file':
      return <input {...given} type="file" accept=".nbib,.txt,.json" class={look('nhsuk-input')} />
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
          {field.picks ? (
            <Picks id={`${name}-list`} name={name} options={field.picks} values={values} />
          ) : (
            <>
              <label class="nhsuk-label nhsuk-u-margin-top-3" for={`${name}-list`}>
                If there are any, one on each line
              </label>
              {text(`${name}-list`, 2)}
            </>
          )}
        </>
      )
  }
}

type PicksProps = Pick<ChoicesProps, 'id' | 'name' | 'options' | 'values'>
/** What can be ticked where there are any; where the list is empty, who can fill it. */
const Picks = ({ options, ...given }: PicksProps) =>
  options.length === 0 ? (
    <p class="nhsuk-u-margin-top-3">{teamWords.nothingToPick}</p>
  ) : (
    <Choices type="checkbox" options={options} value="" {...given} />
  )

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
  // Short answers stand beside each other: a declaration of thirty questions is long enough.
  const isInline = type === 'radio' && options.every(([, words]) => words.length <= 16)
  return (
    <div class={isInline ? `${block} ${block}--inline` : block}>
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
