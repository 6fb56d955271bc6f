import { consoleFace } from './console-face.ts'
import { isolationOf } from './matrix.ts'

isolationOf('the console', (world) => consoleFace(world))
