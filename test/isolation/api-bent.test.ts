import { vi } from 'vitest'
import { apiFace } from './api-face.ts'
import { threeRunsOf } from './three-runs.ts'

const looks = vi.hoisted(() => ({ away: false }))
// A use case that forgets to look whose a request is: what stands behind it has to hold by itself.
vi.mock(import('../../packages/application/src/scope.ts'), async (original) => {
  const scope = await original()
  return { ...scope, canReach: (...asked) => looks.away || scope.canReach(...asked) }
})

threeRunsOf('the API', apiFace, {
  looks,
  lists: ['draft', 'worklist', 'inbox', 'clinician-apply', 'register', 'releases', 'to-review', 'roles'],
})
