import type { Problem } from '@concord/contracts/problem'
import { Button, ButtonLink, Form } from './components.tsx'
import type { Page } from './layout.tsx'

/** For who is not signed in. */
export const startPage: Page = {
  title: 'Second opinions for children and young people',
  main: (
    <>
      <p class="nhsuk-lede-text">
        A trust asks for fresh eyes. The network finds a clinician who knows the field, has time and is independent. The
        opinion goes back to the team and the family.
      </p>
      <ButtonLink to="/sign-in">Sign in</ButtonLink>
    </>
  ),
}

/** The same for an address that does not exist and for one that is not this person's to see. */
export const notFoundPage: Page = {
  title: 'Page not found',
  status: 404,
  main: (
    <>
      <p>It is not here, or not for you in the role you act in. If you typed the address, check that it is right.</p>
      <p>
        <a href="/">Go to your start page</a>
      </p>
    </>
  ),
}

/** A refusal that has no page of its own to stand on. */
export const problemPage = ({ title, detail, status }: Pick<Problem, 'title' | 'detail' | 'status'>): Page => ({
  title,
  status,
  main: (
    <>
      <p>{detail}</p>
      <p>
        <a href="/">Go to your start page</a>
      </p>
    </>
  ),
})

/** A form that did not come from a page of this session. */
export const forgedPage = problemPage({
  title: 'This form cannot be taken',
  detail:
    'It was not made for you as you are signed in now. Nothing was done. Go back, load the page again and send it from there.',
  status: 403,
})

export const cannotSignInPage: Page = {
  title: 'Signing in did not finish',
  status: 400,
  main: (
    <>
      <p>
        It took too long, was begun in another window, or the sign-in service said no. Nothing is wrong with your
        account here.
      </p>
      <ButtonLink to="/sign-in">Try again</ButtonLink>
    </>
  ),
}

type RolesProps = {
  readonly held: readonly { readonly membership: string; readonly words: string }[]
  readonly to: string
}
/** Which of one's roles to act in; or, for who holds none, what to do about it. */
export const rolesPage = ({ held, to }: RolesProps): Page =>
  held.length === 0
    ? {
        title: 'You have no role here',
        main: (
          <>
            <p>
              You are signed in, and nobody has given you a role in Concord, or it has ended. So there is nothing for
              you to see.
            </p>
            <p>
              Ask the second opinion lead of your trust or the office of your network. They tell the operator, and it
              takes effect the next time you load a page.
            </p>
          </>
        ),
      }
    : {
        title: 'Which role do you act in?',
        main: (
          <>
            {held.map(({ membership, words }) => (
              <Form to="/roles">
                <input type="hidden" name="to" value={to} />
                <Button tone="secondary" name="membership" value={membership}>
                  {words}
                </Button>
              </Form>
            ))}
          </>
        ),
      }

export const operatorPage: Page = {
  title: 'Nothing for operators here',
  main: <p>An operator runs the platform from the command line and sees no case. There is no page for it.</p>,
}

/** A form that came too late: nothing was done, and nothing that was typed is lost. */
export const signedOutPage = ({ to, typed }: { readonly to: string; readonly typed: URLSearchParams }): Page => ({
  title: 'You were signed out',
  status: 401,
  main: (
    <>
      <p>
        For safety you are signed out after 15 minutes without a new page. Nothing was sent, and what you typed is kept
        on this page.
      </p>
      <ol>
        <li>
          <a href="/sign-in" target="_blank" rel="noopener">
            Sign in again in a new window
          </a>
        </li>
        <li>Come back to this window and send what you typed.</li>
      </ol>
      <form action={to} method="post">
        {[...typed].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button>Send what I typed</Button>
      </form>
    </>
  ),
})
