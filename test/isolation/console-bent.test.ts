import { vi } from 'vitest'
import { consoleFace } from './console-face.ts'
import { threeRunsOf } from './three-runs.ts'

const looks = vi.hoisted(() => ({ away: false }))
// A use case that forgets to look whose a request is: what stands behind it has to hold by itself.
vi.mock(import('../../packages/application/src/scope.ts'), async (original) => {
  const scope = await original()
  return { ...scope, canReach: (...asked) => looks.away || scope.canReach(...asked) }
})

threeRunsOf('the console', consoleFace, {
  looks,
  lists: [
    'get home',
    'get worklist',
    'get new-request',
    'post draft',
    'get inbox',
    'get register',
    'get figures',
    'get figures-file',
    'get roles',
    'get audit',
    'get people',
  ],
})
