import { type Context, Hono } from 'hono'
import * as plain from '../../web/plain-pages.tsx'
import { type RolePage, routes } from '../../web/routes.ts'
import { consoleGuards } from '../guards.ts'
import { broken } from '../problems.ts'
import type { Assets } from './assets.ts'
import { caseVisits } from './case-visits.ts'
import { guardVisits } from './guard-visits.ts'
import { inRole, type RoleDeps } from './in-role.ts'
import { listVisits } from './list-visits.ts'
import { peopleVisits } from './people-visits.ts'
import { signInPages } from './sign-in.ts'
import { teamVisits } from './team-visits.ts'
import { type ToolDeps, toolsOf } from './tools.ts'
import type { Answer, Visit, VisitDeps } from './visit.ts'

type OwnDeps = {
  readonly assets: Assets
  readonly issuer: string
}
export type ConsoleDeps = RoleDeps & ToolDeps & VisitDeps & OwnDeps

/** The console: each address of the table of routes, for whom it is there. */
export const consoleApp = (deps: ConsoleDeps) => {
  const { assets, report } = deps
  const tools = toolsOf(deps)
  const { show } = tools
  const answer = inRole(deps, tools, visitsOf(deps))

  const asset = (c: Context) =>
    assets(c.req.param('file') ?? '', c.req.header('accept-encoding')) ?? show(c, plain.notFoundPage)
  const open = { ...signInPages(deps, tools), asset }
  const guards = Object.entries(consoleGuards(deps))

  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of guards) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  })
  app.onError((error, c) => {
    report(error)
    return show(c, plain.problemPage(broken))
  })
  app.notFound((c) => show(c, plain.notFoundPage))
  for (const route of routes)
    app.on(route.method.toUpperCase(), route.path, (c) =>
      typeof route.for === 'string' ? open[route.page](c) : answer(c, route),
    )
  return app
}

/** The page that answers each address for somebody who acts in a role. One that is forgotten does not compile. */
const visitsOf = (deps: VisitDeps) => {
  const pages = {
    ...caseVisits(deps),
    ...listVisits(deps),
    ...guardVisits(deps),
    ...peopleVisits(deps),
    ...teamVisits(deps),
  }
  return (route: RolePage, at: Visit): Promise<Answer> | Answer => {
    switch (route.page) {
      case 'step':
        return pages.step(route.step, at)
      case 'form':
        return pages.form(route.step, at)
      case 'entry-step':
        return pages['entry-step'](route.step, at)
      case 'role-step':
        return pages['role-step'](route.step, at)
      case 'team-step':
        return pages['team-step'](route.step, at)
      default:
        return pages[route.page](at)
    }
  }
}
