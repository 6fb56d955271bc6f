/** So many samples in the quick form of a property, and twenty times as many in full: `npm run test:full`. */
export const runs = (quick: number) => ({ numRuns: process.env['CONCORD_FULL'] ? quick * 20 : quick })
