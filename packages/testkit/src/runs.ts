/** What a property is tried with against one of many mutants, where it can only be one net of several. */
const FEW = 25

/** So many samples in the quick form of a property, and twenty times as many in full: `npm run test:full`. */
export const runs = (quick: number) => {
  const { CONCORD_FULL: isFull, CONCORD_MUTANTS: isAgainstMutants } = process.env
  return { numRuns: isAgainstMutants ? FEW : isFull ? quick * 20 : quick }
}
