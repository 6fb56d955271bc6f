import { consoleFace } from './console-face.ts'
import { asBuiltOf } from './three-runs.ts'

asBuiltOf('the console', consoleFace, [
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
  'get teams',
])
