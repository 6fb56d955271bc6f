import type { Problem } from '@concord/contracts/problem'
import type { Child } from 'hono/jsx'
import { Button, ButtonLink, Form } from './components.tsx'
import type { Page } from './layout.tsx'
import { keptWords, otherRoleWords, plainWords, sendWords } from './words.ts'

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

/** A form that was not taken, with what was typed in it. */
export type Sent = {
  readonly to: string
  readonly typed: URLSearchParams
  /** What cannot be taken back is shown once more before it counts. */
  readonly isShownFirst: boolean
}

/** A form that came too late: nothing was done, and nothing that was typed is lost. Without a ticket of ours nothing was read of it either. */
export const signedOutPage = (sent?: Sent): Page =>
  sent ? sendAgain('signed-out', signInLink('/sign-in'), sent) : plain('signed-out-unread', signInLink('/sign-in'), 401)
/** A form that only somebody who signed in just now may send, likewise. */
export const signInAgainPage = (sent: Sent | null): Page =>
  sent ? sendAgain('sign-in-again', signInLink('/sign-in?again=yes'), sent) : plain('forged', toStart, 403)
/** A form that was shown in a role that has ended since. */
export const roleEndedPage = (sent: Sent): Page =>
  sendAgain('role-ended', <InNewWindow to="/roles">Choose a role in a new window</InNewWindow>, sent, 403)

/** Somebody called too often for a moment: nothing was done, and a form is kept to be sent again. */
export const tooManyPage = ({ title, detail, status }: Problem, sent?: Sent): Page =>
  said(title, [detail, ...(sent ? [keptWords] : [])], sent ? <SendAgain {...sent} /> : toStart, status)

type Choice = {
  readonly words: string
  /** What a form in this role carries; null where the address is not there for the role. */
  readonly seal: { readonly as: string; readonly token: string } | null
}
type Choices = { readonly shown: Choice; readonly isHeld: boolean; readonly now: Choice | undefined }
/** A form that was shown in another role than the person acts in now. Nothing was done: they say in which role it is sent, or leave it. */
export const otherRolePage = (sent: Sent, { shown, isHeld, now }: Choices): Page => {
  const words = otherRoleWords
  return said(
    words.title,
    [words.shown(shown.words), now ? words.now(now.words) : words.noneNow, words.kept],
    <>
      {isHeld && shown.seal && (
        <SendAgain {...sent} seal={{ ...shown.seal, switch: 'yes' }} words={words.sendAs(shown.words)} />
      )}
      {!isHeld && <p>{words.ended(shown.words)}</p>}
      {now?.seal ? (
        <SendAgain {...sent} seal={now.seal} words={words.sendAs(now.words)} />
      ) : (
        now && <p>{words.notThere(now.words)}</p>
      )}
      <p>
        <a href="/">{words.leave}</a>
      </p>
    </>,
    409,
  )
}

const sendAgain = (name: Plain, first: Child, sent: Sent, status = 401) =>
  plain(
    name,
    <>
      {first}
      <SendAgain {...sent} />
    </>,
    status,
  )
const signInLink = (to: string) => <InNewWindow to={to}>Sign in again in a new window</InNewWindow>
const InNewWindow = ({ to, children }: { readonly to: string; readonly children?: Child }) => (
  <p>
    <a class="nhsuk-button" href={to} target="_blank" rel="noopener">
      {children}
    </a>
  </p>
)

/** What a page says of itself to be sent, and nobody typed: it is said afresh, or not at all. */
const ofThePage = ['switch', 'checked']
type SendAgainProps = Sent & { readonly seal?: Readonly<Record<string, string>>; readonly words?: string }
const SendAgain = ({
  to,
  typed,
  isShownFirst,
  seal = {},
  words = sendWords[isShownFirst ? 'shown' : 'sent'],
}: SendAgainProps) => (
  <form action={to} method="post">
    {[...typed]
      .filter(([name]) => !ofThePage.includes(name) && !Object.hasOwn(seal, name))
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    {Object.entries(seal).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <Button isSecond>{words}</Button>
  </form>
)
