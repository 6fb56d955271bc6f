import { apiFace } from './api-face.ts'
import { asBuiltOf } from './three-runs.ts'

asBuiltOf('the API', apiFace, [
  'draft',
  'worklist',
  'inbox',
  'clinician-apply',
  'register',
  'releases',
  'to-review',
  'roles',
  'teams',
])
