import { span, type Span } from "./dates";
import type { Wording } from "./words";

const SHAPES = {
  year: { year: "numeric" },
  month: { year: "numeric", month: "long" },
  day: { year: "numeric", month: "long", day: "numeric" },
} as const;

/** A date of EDTF in words, no more exact than it is written: "16 января 2023", "около 2023"; "" where it is none. */
export function spoken(text: string, wording: Wording): string {
  const [first = "", last = first, ...rest] = text.split("/");
  if (rest.length) return "";
  const both = together(span(first), span(last), wording);
  if (both) return both;
  const [from, to] = [first, last].map((end) => end && said(span(end), wording));
  if (!from && !to) return "";
  return from === to ? from ?? "" : `${from || "…"} – ${to || "…"}`;
}

/** A range of days or months as people say it, what both ends share once: "16–26 января 2023". */
function together(first: Span | undefined, last: Span | undefined, { lang }: Wording): string {
  if (!first || !last || first.unit !== last.unit || first.unit === "quarter" || first.doubt || last.doubt || +first.start === +last.start) return "";
  return new Intl.DateTimeFormat(lang, { ...SHAPES[first.unit], timeZone: "UTC" }).formatRange(first.start, last.start).replace(/\s*гг?\.$/, "");
}

function said(found: Span | undefined, { lang, t }: Wording): string {
  if (!found) return "";
  const doubt = found.doubt ? `${t(found.doubt)} ` : "";
  if (found.unit === "quarter") return doubt + t("quarterOf", { number: Math.floor(found.start.getUTCMonth() / 3) + 1, year: found.start.getUTCFullYear() });
  const written = new Intl.DateTimeFormat(lang, { ...SHAPES[found.unit], timeZone: "UTC" }).format(found.start);
  return doubt + written.replace(/\s*г\.$/, "");
}
