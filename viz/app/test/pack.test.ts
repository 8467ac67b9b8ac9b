import { describe, expect, it } from "vitest";
import { eventIn, packOf } from "../event/pack";

const BASE = "https://data.example.org/id";
const KEY = "2023-01-27-meeting-by-vitebsk-d56987";
const OTHER = "2023-02-01-visit-by-vitebsk-a11987";
const PACK = `${[
  `<${BASE}/activity/${KEY}> <http://www.w3.org/2000/01/rdf-schema#label> "Встреча \\"Мост\\"\\nи обед"@ru`,
  `<${BASE}/activity/${KEY}> <https://w3id.org/pobratim/def#edtf> "2023-01-27"^^<http://id.loc.gov/datatypes/edtf/EDTF>`,
  `<${BASE}/activity/${KEY}> <http://purl.org/dc/terms/type> <https://w3id.org/pobratim/def/event-kind/meeting>`,
  `<${BASE}/activity/${KEY}> <https://w3id.org/pobratim/def#place> <${BASE}/place/by-vitebsk>`,
  `<${BASE}/activity/${KEY}> <https://w3id.org/pobratim/def#cites> <${BASE}/agreement/2020-twinning-1>`,
  `<${BASE}/entry/smolensk-2023-q1/12> <https://w3id.org/pobratim/def#reports> <${BASE}/activity/${KEY}>`,
  `<${BASE}/participation/${KEY}/organisation/by-school-5/host> <http://data.europa.eu/m8g/hasParticipant> <${BASE}/organisation/by-school-5>`,
  `<${BASE}/participation/${KEY}/group/r/1/2> <http://data.europa.eu/m8g/hasParticipant> <${BASE}/group/r/1/2>`,
  `<${BASE}/activity/${OTHER}> <http://www.w3.org/2000/01/rdf-schema#label> "Визит"@ru`,
  `<${BASE}/participation/${OTHER}/organisation/x/host> <http://data.europa.eu/m8g/hasParticipant> <${BASE}/organisation/x>`,
].join(" .\n")} .\n`;

describe("an event of a pack", () => {
  it("is told with what belongs to it alone", () => {
    expect(eventIn(PACK, KEY)).toEqual({
      titles: { ru: 'Встреча "Мост"\nи обед' },
      date: "2023-01-27",
      kinds: ["meeting"],
      modes: [],
      topics: [],
      places: ["by-vitebsk"],
      participants: ["institution:by-school-5"],
      agreements: ["2020-twinning-1"],
      rows: [["smolensk-2023-q1", "12"]],
    });
    expect(eventIn(PACK, OTHER)?.participants).toEqual(["institution:x"]);
    expect(eventIn(PACK, "2023-none-000987")).toBeUndefined();
  });

  it("lies where the last digits of its key say", () => {
    expect(packOf(KEY)).toBe("packs/activity/987.nt.gz");
    expect(packOf("")).toBe("");
  });
});
