import type { Feature, FeatureCollection, GeoJsonProperties, Geometry, MultiLineString } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import worldUrl from "world-atlas/countries-50m.json?url";

/** The outlines of the world, from this server: the land as a whole, its countries, and the borders between them. */
export interface World {
  land: FeatureCollection<Geometry, GeoJsonProperties>;
  countries: readonly Feature<Geometry, GeoJsonProperties>[];
  borders: MultiLineString;
}

type Atlas = Topology<{ land: GeometryCollection; countries: GeometryCollection }>;
let world: Promise<World> | undefined;

/** Fetch the outlines, once. Rejects where they do not come. */
export function loadWorld(): Promise<World> {
  world ??= fetch(worldUrl)
    .then((answer) => answer.json() as Promise<Atlas>)
    .then((atlas) => ({
      land: feature(atlas, atlas.objects.land),
      countries: feature(atlas, atlas.objects.countries).features,
      borders: mesh(atlas, atlas.objects.countries, (one, other) => one !== other),
    }));
  return world;
}
