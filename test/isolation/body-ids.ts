/** Ids and places that stand inside a body: whoever sends it may name what is not theirs. */
export type BodyIds = {
  readonly clinician: string
  readonly glass: string
  readonly network: string
  readonly trust: string
}

const patterns = {
  clinician: /\bcln_[0-9a-f-]{36}/g,
  glass: /\bglass_[0-9a-f-]{36}/g,
  membership: /@network\/[a-z0-9-]+\/trust\/[A-Z0-9]+/g,
} as const

/** Whether a body names anything that could be somebody else's. */
export const namesIds = (body: object | undefined): boolean =>
  Object.values(patterns).some((one) => new RegExp(one.source).test(JSON.stringify(body ?? {})))

/** A body that names these instead of what it named. */
export const namingIds = (body: object | undefined, { clinician, glass, network, trust }: BodyIds): unknown =>
  body &&
  JSON.parse(
    JSON.stringify(body)
      .replace(patterns.clinician, clinician)
      .replace(patterns.glass, glass)
      .replace(patterns.membership, `@network/${network}/trust/${trust}`),
  )
