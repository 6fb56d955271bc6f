import type { Limits } from '../../../functions/limits.ts'

/** No limits: what is tested or measured is not held up by how often a test calls. */
export const unlimited: Limits = { count: () => 0, isOver: () => false, missed: () => {} }
