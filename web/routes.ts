import {
  breakGlassDemands,
  entryBodies,
  type PostedRoleStep,
  type PostedStep,
  type PostedTeamStep,
  roleBodies,
  stepBodies,
  teamBodies,
} from '@concord/contracts/bodies'
import type { Demands } from '@concord/contracts/demands'
import type { Role } from '@concord/domain/actor'
import { breakers } from '@concord/domain/break-glass/break-glass'
import type { EntryStepName } from './words.ts'

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
  'restrict',
  'answer-again',
  'settle-declaration',
  'decide-declaration',
] as const
export type FormStep = (typeof formSteps)[number]

type Address = { readonly method: 'get' | 'post'; readonly path: string }
type RolePageName =
  | 'worklist'
  | 'new-request'
  | 'draft'
  | 'request'
  | 'draft-form'
  | 'revise'
  | 'shortlist'
  | 'restricted'
  | 'own-answers'
  | ListPageName
  | GuardPageName
type ListPageName = 'inbox' | 'register' | 'entry' | 'figures' | 'figures-file'
type GuardPageName = 'glass' | 'break-glass' | 'audit' | 'seen' | 'reviews' | 'review' | 'people' | 'teams'
/** A page for some roles. To any other it is not there. */
export type RolePage = Address & { readonly for: readonly Role[] } & Demands &
  (
    | { readonly page: RolePageName }
    | { readonly page: 'step'; readonly step: PostedStep }
    | { readonly page: 'form'; readonly step: FormStep }
    | { readonly page: 'entry-step'; readonly step: EntryStepName }
    | { readonly page: 'role-step'; readonly step: PostedRoleStep }
    | { readonly page: 'team-step'; readonly step: PostedTeamStep }
  )
/** A page before or beside acting in a role. */
export type OpenPage = Address & {
  readonly for: 'anyone' | 'signed-in'
  readonly page:
    | 'home'
    | 'sign-in'
    | 'sign-in-callback'
    | 'asset'
    | 'sign-out'
    | 'ended-elsewhere'
    | 'roles'
    | 'choose-role'
}

const team = ['requester', 'eso-lead'] as const
const broker = ['coordinator', 'clinical-lead'] as const
const readers = ['commissioner', ...team, ...broker] as const
const register = [...broker, 'clinician'] as const
// Which of them may take a step is the process's to say, not the address's.
const inCase = [...team, ...broker, 'clinician'] as const

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) =>
  Object.keys(record).filter((key): key is K => key in record)
const get = { method: 'get' } as const
const post = { method: 'post' } as const

/** Where a step is taken: the API's own path without its version. */
export const stepPath = (step: PostedStep, id = ':id') => `/requests/${id}/${stepBodies[step].path}`
/** Where the roles of an office are kept. */
export const peoplePath = (step: PostedRoleStep) => `/people${roleBodies[step].path.replace(/^roles/, '')}`
/** Where the teams of an office are kept. */
export const teamPath = (step: PostedTeamStep) => `/${teamBodies[step].path}`
export const entryPath = (step: EntryStepName, id = ':id') => `/register/${id}/${entryBodies[step].path}`
const demandsOf = ({ isFresh = false, isCostly = false }: Demands) => ({ isFresh, isCostly })
const entryStep = (step: EntryStepName, roles: readonly Role[]) =>
  ({ ...post, path: entryPath(step), page: 'entry-step', step, for: roles, ...demandsOf(entryBodies[step]) }) as const

/** Every address of the console. Tests enumerate it, so that none is forgotten. */
export const routes: readonly (OpenPage | RolePage)[] = [
  { ...get, path: '/', page: 'home', for: 'anyone' },
  { ...get, path: '/sign-in', page: 'sign-in', for: 'anyone' },
  { ...get, path: '/sign-in/callback', page: 'sign-in-callback', for: 'anyone' },
  { ...get, path: '/assets/:file{.+}', page: 'asset', for: 'anyone' },
  { ...post, path: '/sign-out', page: 'sign-out', for: 'signed-in' },
  { ...post, path: '/signed-out-elsewhere', page: 'ended-elsewhere', for: 'anyone' },
  { ...get, path: '/roles', page: 'roles', for: 'signed-in' },
  { ...post, path: '/roles', page: 'choose-role', for: 'signed-in' },
  { ...get, path: '/requests', page: 'worklist', for: [...team, ...broker], isCostly: true },
  { ...get, path: '/requests/new', page: 'new-request', for: team },
  { ...post, path: '/requests/new', page: 'draft', for: team },
  { ...get, path: '/requests/:id', page: 'request', for: inCase },
  { ...get, path: '/requests/:id/revision', page: 'draft-form', for: team },
  { ...post, path: '/requests/:id/revision', page: 'revise', for: team },
  { ...get, path: stepPath('shortlist'), page: 'shortlist', for: broker, isCostly: true },
  ...formSteps.map((step) => ({ ...get, path: stepPath(step), page: 'form', step, for: inCase }) as const),
  ...keysOf<PostedStep>(stepBodies).map(
    (step) =>
      ({ ...post, path: stepPath(step), page: 'step', step, for: inCase, ...demandsOf(stepBodies[step]) }) as const,
  ),
  { ...get, path: '/requests/:id/declaration', page: 'own-answers', for: ['clinician'] },
  { ...get, path: '/requests/:id/restricted-note', page: 'restricted', for: team },
  { ...get, path: '/requests/:id/break-glass', page: 'glass', for: breakers },
  { ...post, path: '/requests/:id/break-glass', page: 'break-glass', for: breakers, ...breakGlassDemands },
  { ...get, path: '/audit', page: 'audit', for: ['guardian'] },
  { ...get, path: '/requests/:id/audit', page: 'seen', for: ['guardian'] },
  { ...get, path: '/requests/:id/reviews', page: 'reviews', for: ['guardian'] },
  { ...post, path: '/requests/:id/reviews', page: 'review', for: ['guardian'] },
  { ...get, path: '/people', page: 'people', for: ['eso-lead', ...broker] },
  ...keysOf<PostedRoleStep>(roleBodies).map(
    (step) =>
      ({
        ...post,
        path: peoplePath(step),
        page: 'role-step',
        step,
        for: ['eso-lead', ...broker],
        ...demandsOf(roleBodies[step]),
      }) as const,
  ),
  { ...get, path: '/teams', page: 'teams', for: ['eso-lead', ...broker] },
  ...keysOf<PostedTeamStep>(teamBodies).map(
    (step) => ({ ...post, path: teamPath(step), page: 'team-step', step, for: ['eso-lead', ...broker] }) as const,
  ),
  { ...get, path: '/inbox', page: 'inbox', for: ['clinician'] },
  { ...get, path: '/register', page: 'register', for: broker, isCostly: true },
  { ...get, path: '/register/:id', page: 'entry', for: register },
  ...(['verify', 'list'] as const).map((step) => entryStep(step, broker)),
  ...(['unlist', 'set-availability'] as const).map((step) => entryStep(step, register)),
  ...(['declare', 'record-works', 'say-works'] as const).map((step) => entryStep(step, ['clinician'])),
  { ...get, path: '/figures', page: 'figures', for: readers },
  { ...get, path: '/figures.csv', page: 'figures-file', for: readers },
]
