import type { Problem } from '@concord/contracts/problem'
import type { Child } from 'hono/jsx'
import { Button, ButtonLink, Form } from './components.tsx'
import type { Page } from './layout.tsx'
import { keptWords, plainWords } from './words.ts'

type Plain = keyof typeof plainWords

/** A page that only says something, and where to go from it. */
const plain = (name: Plain, more: Child = null, status = 200): Page => {
  const [title, ...paragraphs]: readonly [string, ...string[]] = plainWords[name]
  return said(title, paragraphs, more, status)
}
const said = (title: string, paragraphs: readonly string[], more: Child, status: number): Page => ({
  title,
  status,
  main: (
    <>
      {paragraphs.map((one) => (
        <p>{one}</p>
      ))}
      {more}
    </>
  ),
})
const toStart = <a href="/">Go to your start page</a>

export const startPage = plain('start', <ButtonLink to="/sign-in">Sign in</ButtonLink>)
/** The same for an address that does not exist and for one that is not this person's to see. */
export const notFoundPage = plain('not-found', toStart, 404)
/** A form that did not come from a page of this session. */
export const forgedPage = plain('forged', toStart, 403)
export const cannotSignInPage = plain('cannot-sign-in', <ButtonLink to="/sign-in">Try again</ButtonLink>, 400)
export const operatorPage = plain('operator')
/** A refusal that has no page of its own to stand on. */
export const problemPage = ({ title, detail, status }: Problem): Page => said(title, [detail], toStart, status)

type RolesProps = {
  readonly held: readonly { readonly membership: string; readonly words: string }[]
  readonly to: string
}
/** Which of one's roles to act in; or, for who holds none, what to do about it. */
export const rolesPage = ({ held, to }: RolesProps): Page => {
  if (held.length === 0) return plain('no-role')
  const choices = held.map(({ membership, words }) => (
    <Form to="/roles">
      <input type="hidden" name="to" value={to} />
      <Button isSecond name="membership" value={membership}>
        {words}
      </Button>
    </Form>
  ))
  return said('Which role do you act in?', [], choices, 200)
}

/** A form that came too late: nothing was done, and nothing that was typed is lost. */
export const signedOutPage = (to: string, typed: URLSearchParams): Page =>
  sendAgain('signed-out', '/sign-in', { to, typed })
/** A form that only somebody who signed in just now may send, likewise. */
export const signInAgainPage = (to: string, typed: URLSearchParams): Page =>
  sendAgain('sign-in-again', '/sign-in?again=yes', { to, typed })

/** Somebody called too often for a moment: nothing was done, and a form is kept to be sent again. */
export const tooManyPage = ({ title, detail, status }: Problem, sent?: Sent): Page =>
  said(title, [detail, ...(sent ? [keptWords] : [])], sent ? <SendAgain {...sent} /> : toStart, status)

type Sent = { readonly to: string; readonly typed: URLSearchParams }
const sendAgain = (name: 'signed-out' | 'sign-in-again', signIn: string, { to, typed }: Sent) =>
  plain(
    name,
    <>
      <a class="nhsuk-button" href={signIn} target="_blank" rel="noopener">
        Sign in again in a new window
      </a>
      <SendAgain to={to} typed={typed} />
    </>,
    401,
  )

const SendAgain = ({ to, typed }: Sent) => (
  <form action={to} method="post">
    {[...typed].map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button isSecond>Send what I typed</Button>
  </form>
)
