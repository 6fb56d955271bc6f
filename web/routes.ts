import { entryBodies, type PostedStep, stepBodies } from '@concord/contracts/bodies'
import type { Role } from '@concord/domain/actor'
import type { EntryStepName } from './words.ts'

/** One address of the console: which page answers there, and for whom. To any other role it is not there. */
export type Route = {
  readonly method: 'get' | 'post'
  readonly path: string
  readonly for: readonly Role[] | 'anyone' | 'signed-in'
} & (
  | { readonly page: PlainPage }
  | { readonly page: 'step'; readonly step: PostedStep }
  | { readonly page: 'step-form'; readonly step: FormStep }
  | { readonly page: 'entry-step'; readonly step: EntryStepName }
)
export type OpenPage = 'home' | 'sign-in' | 'sign-in-callback' | 'asset' | 'sign-out' | 'roles' | 'choose-role'
type PlainPage =
  | OpenPage
  | 'worklist'
  | 'new-request'
  | 'draft'
  | 'request'
  | 'draft-form'
  | 'revise'
  | 'shortlist'
  | 'inbox'
  | 'register'
  | 'entry'
  | 'figures'

/** Steps that need more than a button, and so have a page of their own. */
export const formSteps = [
  'accept',
  'decline',
  'record-objection',
  'engage',
  'open-pack',
  'report',
  'close',
  'withdraw',
] as const
export type FormStep = (typeof formSteps)[number]

const team = ['requester', 'eso-lead'] as const
const broker = ['coordinator', 'clinical-lead'] as const
// Which of them may take a step is the process's to say, not the address's.
const inCase = [...team, ...broker, 'clinician'] as const

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((key): key is K => key in record)

/** Where a step of a request is taken: the API's own path without its version. */
export const stepPath = (step: PostedStep, id = ':id') => `/requests/${id}/${stepBodies[step].path}`
export const entryPath = (step: EntryStepName, id = ':id') => `/register/${id}/${entryBodies[step].path}`

/** Every address of the console. Tests enumerate it, so that none is forgotten. */
export const routes: readonly Route[] = [
  { method: 'get', path: '/', page: 'home', for: 'anyone' },
  { method: 'get', path: '/sign-in', page: 'sign-in', for: 'anyone' },
  { method: 'get', path: '/sign-in/callback', page: 'sign-in-callback', for: 'anyone' },
  { method: 'get', path: '/assets/:file{.+}', page: 'asset', for: 'anyone' },
  { method: 'post', path: '/sign-out', page: 'sign-out', for: 'signed-in' },
  { method: 'get', path: '/roles', page: 'roles', for: 'signed-in' },
  { method: 'post', path: '/roles', page: 'choose-role', for: 'signed-in' },
  { method: 'get', path: '/requests', page: 'worklist', for: [...team, ...broker] },
  { method: 'get', path: '/requests/new', page: 'new-request', for: team },
  { method: 'post', path: '/requests/new', page: 'draft', for: team },
  { method: 'get', path: '/requests/:id', page: 'request', for: inCase },
  { method: 'get', path: '/requests/:id/revision', page: 'draft-form', for: team },
  { method: 'post', path: '/requests/:id/revision', page: 'revise', for: team },
  { method: 'get', path: '/requests/:id/shortlist', page: 'shortlist', for: broker },
  ...formSteps.map((step): Route => ({ method: 'get', path: stepPath(step), page: 'step-form', step, for: inCase })),
  ...keysOf<PostedStep>(stepBodies).map(
    (step): Route => ({ method: 'post', path: stepPath(step), page: 'step', step, for: inCase }),
  ),
  { method: 'get', path: '/inbox', page: 'inbox', for: ['clinician'] },
  { method: 'get', path: '/register', page: 'register', for: broker },
  { method: 'get', path: '/register/:id', page: 'entry', for: [...broker, 'clinician'] },
  ...(['verify', 'list'] as const).map(
    (step): Route => ({ method: 'post', path: entryPath(step), page: 'entry-step', step, for: broker }),
  ),
  ...(['unlist', 'set-availability'] as const).map(
    (step): Route => ({
      method: 'post',
      path: entryPath(step),
      page: 'entry-step',
      step,
      for: [...broker, 'clinician'],
    }),
  ),
  { method: 'post', path: entryPath('declare'), page: 'entry-step', step: 'declare', for: ['clinician'] },
  { method: 'get', path: '/figures', page: 'figures', for: ['commissioner', ...team, ...broker] },
]
