import type { Child } from 'hono/jsx'
import { Form, FormSeal } from './components.tsx'
import type { Typed } from './fields.tsx'

type Link = readonly [to: string, words: string]

/** One page, before the frame is put around it. */
export type Page = {
  readonly title: string
  /** Small words above the title. */
  readonly caption?: string
  readonly back?: Link
  /** What was just done, once. */
  readonly done?: string | undefined
  readonly typed?: Typed
  readonly main: Child
  readonly isWide?: boolean
  readonly status?: number
}

/** What stands around every page: who is signed in as what, how old the data is, and whether anything here is real. */
export type Frame = {
  readonly path: string
  readonly isInvented: boolean
  readonly organisationsAsOf: string | null
  readonly seal: { readonly token: string; readonly as: string; readonly newKey: () => string }
  /** Who is signed in, and as what: both are null until it is known. */
  readonly name: string | null
  readonly as: string | null
  readonly mayChange: boolean
  readonly menu: readonly Link[]
}

// The NHS logo is the NHS's: whoever hosts this for it may add it.
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#005eb8" d="M0 0h16v16H0z"/><path fill="none" stroke="#fff" stroke-width="2.5" d="M11 5a4 4 0 1 0 0 6"/></svg>`

export const document = ({ typed, ...page }: Page, frame: Frame) => (
  <html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <title>{`${typed?.problem || typed?.errors.length ? 'Error: ' : ''}${page.title} - Concord`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <link rel="icon" href={`data:image/svg+xml,${encodeURIComponent(icon)}`} />
      <link rel="stylesheet" href="/assets/nhsuk-frontend.min.css" />
      <link rel="stylesheet" href="/assets/concord.css" />
    </head>
    <body>
      <a class="nhsuk-skip-link" href="#maincontent">
        Skip to main content
      </a>
      <FormSeal.Provider value={frame.seal}>
        <Header {...frame} />
        {frame.isInvented && (
          <aside class="concord-invented" aria-label="About this demonstration">
            <p class="nhsuk-width-container nhsuk-body-s">
              <strong class="nhsuk-tag nhsuk-tag--yellow">Invented people and cases</strong> A demonstration: the
              organisations are real, nobody else is.
            </p>
          </aside>
        )}
        <div class="nhsuk-width-container">
          {page.back && (
            <nav aria-label="Back">
              <a class="nhsuk-back-link" href={page.back[0]}>
                {page.back[1]}
              </a>
            </nav>
          )}
          <main class="nhsuk-main-wrapper" id="maincontent">
            <div class={page.isWide ? '' : 'concord-reading'}>
              {page.done && <Done>{page.done}</Done>}
              {typed && <ErrorSummary {...typed} />}
              <h1 class="nhsuk-heading-l">
                {page.caption && <span class="nhsuk-caption-l">{page.caption}</span>} {page.title}
              </h1>
              {page.main}
            </div>
          </main>
        </div>
      </FormSeal.Provider>
      <footer class="nhsuk-footer">
        <div class="nhsuk-width-container">
          {frame.organisationsAsOf && <p class="nhsuk-body-s">Organisations: {frame.organisationsAsOf}.</p>}
          <p class="nhsuk-body-s">
            Concord brokers second opinions. An opinion is advice; care stays with the treating team.
          </p>
        </div>
      </footer>
    </body>
  </html>
)

const Header = ({ name, as, mayChange, menu, path }: Frame) => (
  <header class="nhsuk-header">
    <div class="nhsuk-header__container nhsuk-width-container">
      <div class="nhsuk-header__service">
        <a class="nhsuk-header__service-logo" href="/">
          <span class="nhsuk-header__service-name">Concord</span>
        </a>
      </div>
      {name && (
        <nav class="nhsuk-header__account" aria-label="Account">
          <ul class="nhsuk-header__account-list">
            <AccountItem>{name}</AccountItem>
            {as && <AccountItem>{as}</AccountItem>}
            {mayChange && (
              <AccountItem>
                <a class="nhsuk-header__account-link" href="/roles">
                  Change role
                </a>
              </AccountItem>
            )}
            <AccountItem>
              <Form to="/sign-out">
                <button type="submit" class="nhsuk-header__account-button">
                  Sign out
                </button>
              </Form>
            </AccountItem>
          </ul>
        </nav>
      )}
    </div>
    {menu.length > 0 && (
      <nav class="nhsuk-header__navigation" aria-label="Menu">
        <div class="nhsuk-header__navigation-container nhsuk-width-container">
          <ul class="nhsuk-header__navigation-list">
            {menu.map(([to, words]) => (
              <MenuItem to={to} isHere={to === path}>
                {words}
              </MenuItem>
            ))}
          </ul>
        </div>
      </nav>
    )}
  </header>
)

const AccountItem = ({ children }: { readonly children?: Child }) => (
  <li class="nhsuk-header__account-item">{children}</li>
)
type MenuItemProps = { readonly to: string; readonly isHere: boolean; readonly children?: Child }
const MenuItem = ({ to, isHere, children }: MenuItemProps) => (
  <li class={`nhsuk-header__navigation-item${isHere ? ' nhsuk-header__navigation-item--current' : ''}`}>
    <a class="nhsuk-header__navigation-link" href={to} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  </li>
)

const Done = ({ children }: { readonly children?: Child }) => (
  <div class="nhsuk-notification-banner nhsuk-notification-banner--success" role="alert" aria-labelledby="done">
    <div class="nhsuk-notification-banner__header">
      <h2 class="nhsuk-notification-banner__title" id="done">
        Done
      </h2>
    </div>
    <div class="nhsuk-notification-banner__content">
      <p class="nhsuk-notification-banner__heading">{children}</p>
    </div>
  </div>
)

/** What stands in the way, in the words of the problem; each wrong field leads to its place. */
const ErrorSummary = ({ errors, problem }: Typed) =>
  (errors.length > 0 || problem) && (
    <div class="nhsuk-error-summary">
      <div role="alert">
        <h2 class="nhsuk-error-summary__heading">{problem?.title ?? 'There is a problem'}</h2>
        <div class="nhsuk-error-summary__body">
          {problem && <p>{problem.detail}</p>}
          <ul class="nhsuk-list nhsuk-error-summary__list">
            {errors.map(({ at, label, problem: wrong }) => (
              <li>
                <a
                  href={`#${at}`}
                >{`${label.replace(/[?.]$/, '')}: ${wrong.charAt(0).toLowerCase()}${wrong.slice(1)}`}</a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
