/** Longitude and latitude in degrees. */
export type Point = [longitude: number, latitude: number];

const NUMBER = "([+-]?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)";
const WKT = new RegExp(`^\\s*(?:<([^>]*)>)?\\s*POINT\\s*Z?\\s*\\(\\s*${NUMBER}\\s+${NUMBER}(?:\\s+[^)]*)?\\)\\s*$`, "i");
const LATITUDE_FIRST = /EPSG\/[^/]*\/4326$/;

/** Read a WKT point. GeoSPARQL 1.1, 8.5.1: CRS84, longitude first, unless an IRI in front says EPSG:4326. */
export function point(text: string): Point | undefined {
  const match = WKT.exec(text);
  if (!match) return undefined;
  const [first, second] = [Number(match[2]), Number(match[3])];
  return onEarth(LATITUDE_FIRST.test(match[1] ?? "") ? [second, first] : [first, second]);
}

/** The point where it lies on Earth, else undefined. */
export function onEarth([longitude, latitude]: Point): Point | undefined {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : undefined;
}
