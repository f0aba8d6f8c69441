/** WGS 84 degrees. */
export type Point = Readonly<{ lat: number; lon: number }>;

/** Mean radius of the earth, km (IUGG). */
const earth = 6371.0088;

/** The distance as the crow flies, in km, on a sphere (haversine; within half a percent of the truth). */
export function distance(a: Point, b: Point): number {
  const lat = radians(b.lat - a.lat) / 2;
  const lon = radians(b.lon - a.lon) / 2;
  const h = Math.sin(lat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(lon) ** 2;
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(h)));
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
