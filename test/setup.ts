import fc from 'fast-check'

// The same sample for the same commit, so that a failure can be looked at again; `npm test` prints the seed.
const { CONCORD_SEED: seed = '1', CONCORD_FULL: full, CONCORD_MUTANTS: mutants } = process.env
fc.configureGlobal({ seed: Number(seed), ...(mutants ? { numRuns: 25 } : full && { numRuns: 2_000 }) })
