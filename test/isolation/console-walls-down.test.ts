import { vi } from 'vitest'
import { consoleFace } from './console-face.ts'
import { wallsDownOf } from './three-runs.ts'

// A use case that forgets to look whose a request is: what stands behind it has to hold by itself.
vi.mock(import('../../packages/application/src/scope.ts'), async (original) => ({
  ...(await original()),
  canReach: () => true,
}))

wallsDownOf('the console', consoleFace)
