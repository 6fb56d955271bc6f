import type { Role } from '@concord/domain/actor'
import type { Child } from 'hono/jsx'
import { Form, FormSeal, type Typed } from './components.tsx'

/** One page, before the frame is put around it. */
export type Page = {
  readonly title: string
  /** Small words above the title. */
  readonly caption?: string
  readonly back?: readonly [to: string, words: string]
  /** What was just done, once. */
  readonly done?: string | undefined
  readonly typed?: Typed
  readonly main: Child
  readonly wide?: boolean
  readonly status?: number
}

/** What stands around every page: who is signed in as what, how old the data is, and whether anything here is real. */
export type Frame = {
  readonly path: string
  readonly isInvented: boolean
  readonly organisationsAsOf: string | null
  readonly seal: { readonly token: string; readonly newKey: () => string }
  readonly who: {
    readonly name: string
    /** Role and place, or null while none is chosen. */
    readonly as: string | null
    readonly mayChange: boolean
    readonly menu: readonly (readonly [to: string, words: string])[]
  } | null
}

// The NHS logo is the NHS's: whoever hosts this for it may add it.
const ICON = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#005eb8" d="M0 0h16v16H0z"/><path fill="none" stroke="#fff" stroke-width="2.5" d="M11 5a4 4 0 1 0 0 6"/></svg>')}`

/** What each role finds in the menu. */
export const menuOf = (role: Role, clinician: string): readonly (readonly [to: string, words: string])[] => {
  const requests = ['/requests', 'Requests'] as const
  const figures = ['/figures', 'Figures'] as const
  switch (role) {
    case 'requester':
    case 'eso-lead':
      return [requests, ['/requests/new', 'New request'], figures]
    case 'coordinator':
    case 'clinical-lead':
      return [requests, ['/register', 'Register'], figures]
    case 'clinician':
      return [
        ['/inbox', 'Inbox'],
        [`/register/${clinician}`, 'Your entry'],
      ]
    case 'commissioner':
      return [figures]
    case 'operator':
      return []
  }
}

export const document = (page: Page, frame: Frame) => (
  <html lang="en-GB">
    <head>
      <meta charset="utf-8" />
      <title>{`${page.typed?.errors.length || page.typed?.problem ? 'Error: ' : ''}${page.title} - Concord`}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="theme-color" content="#005eb8" />
      <link rel="icon" href={ICON} />
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
          <div class="concord-invented">
            <p class="nhsuk-width-container nhsuk-body-s">
              <strong class="nhsuk-tag nhsuk-tag--yellow">Invented people and cases</strong> A demonstration: the
              organisations are real, nobody else is.
            </p>
          </div>
        )}
        <div class="nhsuk-width-container">
          {page.back && (
            <a class="nhsuk-back-link" href={page.back[0]}>
              {page.back[1]}
            </a>
          )}
          <main class="nhsuk-main-wrapper" id="maincontent">
            <div class="nhsuk-grid-row">
              <div class={page.wide ? 'nhsuk-grid-column-full' : 'nhsuk-grid-column-two-thirds'}>
                {page.done && <Done words={page.done} />}
                {page.typed && <ErrorSummary {...page.typed} />}
                <h1 class="nhsuk-heading-l">
                  {page.caption && <span class="nhsuk-caption-l">{page.caption}</span>} {page.title}
                </h1>
                {page.main}
              </div>
            </div>
          </main>
        </div>
      </FormSeal.Provider>
      <footer class="nhsuk-footer">
        <div class="nhsuk-width-container">
          <div class="nhsuk-footer__meta">
            {frame.organisationsAsOf && <p class="nhsuk-body-s">Organisations: {frame.organisationsAsOf}.</p>}
            <p class="nhsuk-body-s">
              Concord brokers second opinions. An opinion is advice; care stays with the treating team.
            </p>
          </div>
        </div>
      </footer>
    </body>
  </html>
)

const Header = ({ who, path }: Frame) => (
  <header class="nhsuk-header">
    <div class="nhsuk-header__container nhsuk-width-container">
      <div class="nhsuk-header__service">
        <a class="nhsuk-header__service-logo" href="/">
          <span class="nhsuk-header__service-name">Concord</span>
        </a>
      </div>
      {who && (
        <nav class="nhsuk-header__account" aria-label="Account">
          <ul class="nhsuk-header__account-list">
            <li class="nhsuk-header__account-item">{who.name}</li>
            {who.as && <li class="nhsuk-header__account-item">{who.as}</li>}
            {who.mayChange && (
              <li class="nhsuk-header__account-item">
                <a class="nhsuk-header__account-link" href="/roles">
                  Change role
                </a>
              </li>
            )}
            <li class="nhsuk-header__account-item">
              <Form to="/sign-out">
                <button type="submit" class="nhsuk-header__account-button">
                  Sign out
                </button>
              </Form>
            </li>
          </ul>
        </nav>
      )}
    </div>
    {who && who.menu.length > 0 && (
      <nav class="nhsuk-header__navigation" aria-label="Menu">
        <div class="nhsuk-header__navigation-container nhsuk-width-container">
          <ul class="nhsuk-header__navigation-list">
            {who.menu.map(([to, words]) => (
              <li
                class={`nhsuk-header__navigation-item${to === path ? ' nhsuk-header__navigation-item--current' : ''}`}
              >
                <a class="nhsuk-header__navigation-link" href={to} aria-current={to === path ? 'page' : undefined}>
                  {words}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </nav>
    )}
  </header>
)

const Done = ({ words }: { readonly words: string }) => (
  <div class="nhsuk-notification-banner nhsuk-notification-banner--success" role="alert" aria-labelledby="done">
    <div class="nhsuk-notification-banner__header">
      <h2 class="nhsuk-notification-banner__title" id="done">
        Done
      </h2>
    </div>
    <div class="nhsuk-notification-banner__content">
      <p class="nhsuk-notification-banner__heading">{words}</p>
    </div>
  </div>
)

/** What stands in the way, in the words of the problem; each wrong field leads to its place. */
const ErrorSummary = ({ errors, problem }: Typed) => {
  if (errors.length === 0 && !problem) return null
  return (
    <div class="nhsuk-error-summary">
      <div role="alert">
        <h2 class="nhsuk-error-summary__heading">{problem?.title ?? 'There is a problem'}</h2>
        <div class="nhsuk-error-summary__body">
          {problem && <p>{problem.detail}</p>}
          {errors.length > 0 && (
            <ul class="nhsuk-list nhsuk-error-summary__list">
              {errors.map(({ at, label, problem: wrong }) => (
                <li>
                  <a href={`#${at}`}>{`${label}: ${wrong}`}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </div>
  )
}
