import { Button, Form } from './components.tsx'
import type { Page } from './layout.tsx'
import { type Case, shortName } from './next.ts'
import { stepPath } from './routes.ts'
import { Identity, Opinion } from './texts.tsx'
import { checkWords } from './words.ts'

type CheckProps = {
  readonly view: Case
  readonly opinion: NonNullable<Case['opinion']>
  readonly written: URLSearchParams
  /** The mark that this text was shown. */
  readonly checked: string
}

/** The opinion as the trust will read it. Only this page issues it. */
export const opinionCheckPage = ({ view, opinion, written, checked }: CheckProps): Page => ({
  title: checkWords.title,
  caption: `Request ${shortName(view.id)}`,
  main: (
    <>
      <p class="nhsuk-lede-text">{checkWords.intro}</p>
      <Identity view={view} />
      <Opinion view={{ ...view, opinion }} />
      <Form to={stepPath('report', view.id)} tag={view.tag}>
        {[...written]
          .filter(([name]) => name.startsWith('opinion.'))
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <input type="hidden" name="checked" value={checked} />
        <p>{checkWords.once}</p>
        <div class="nhsuk-button-group">
          <Button>{checkWords.issue}</Button>
          <Button isSecond name="change" value="yes">
            {checkWords.change}
          </Button>
        </div>
      </Form>
    </>
  ),
})
