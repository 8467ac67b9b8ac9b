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
  const [from, to] = [first, last].map((end) => end && said(span(end), wording));
  if (!from && !to) return "";
  return from === to ? from ?? "" : `${from || "…"} – ${to || "…"}`;
}

function said(found: Span | undefined, { lang, t }: Wording): string {
  if (!found) return "";
  const doubt = found.doubt ? `${t(found.doubt)} ` : "";
  if (found.unit === "quarter") return doubt + t("quarterOf", { number: Math.floor(found.start.getUTCMonth() / 3) + 1, year: found.start.getUTCFullYear() });
  const written = new Intl.DateTimeFormat(lang, { ...SHAPES[found.unit], timeZone: "UTC" }).format(found.start);
  return doubt + written.replace(/\s*г\.$/, "");
}
