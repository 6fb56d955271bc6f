/** A place on the earth, in degrees. */
export type Coordinates = { readonly latitude: number; readonly longitude: number }

/** How far two places lie apart, on a great circle. */
export const kilometresBetween = (a: Coordinates, b: Coordinates): number => {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)]
  const across = Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2
  // Rounding can carry two opposite places a hair beyond one, where there is no angle.
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, Math.sin(north / 2) ** 2 + across)))
}

const EARTH_RADIUS = 6371.0088
const radians = (degrees: number) => (degrees * Math.PI) / 180
