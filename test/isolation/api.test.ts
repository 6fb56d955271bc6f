import { apiFace } from './api-face.ts'
import { isolationOf } from './matrix.ts'

isolationOf('the API', (world) => apiFace(world))
