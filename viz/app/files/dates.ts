import type { Wording } from "../../kit/words";

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;

/** A date or range of EDTF in words as pages have it (`date_text` in site/values.py); anything else as it is. */
export function dateText(value: string, words: Wording, isShort = false): string {
  const [first = "", last = ""] = split(value);
  const shown = said(last || first, words, isShort);
  if (!last || first === last) return shown;
  const [start, end] = [DAY.exec(first), DAY.exec(last)];
  const year = `\u00a0${first.slice(0, 4)}`;
  const begins = said(first, words, isShort);
  if (start && end && start[1] === end[1] && begins !== first && shown !== last) {
    return start[2] === end[2] ? `${Number(start[3])}–${shown}` : `${without(begins, year)}\u00a0– ${shown}`;
  }
  return `${MONTH.test(first) && MONTH.test(last) && shown.endsWith(year) ? without(begins, year) : begins}\u00a0– ${shown}`;
}

/** A date as it ends a sentence («сентябрь 2023 года»). */
export function dateSaid(value: string, words: Wording): string {
  const said = dateText(value, words);
  return /^\d{4}/.test(value) ? words.t(/^\d{4}$/.test(value) ? "yearAlone" : "ofYear", { date: said }) : said;
}

function split(value: string): string[] {
  const at = value.indexOf("/");
  return at < 0 ? [value] : [value.slice(0, at), value.slice(at + 1)];
}

function said(value: string, words: Wording, isShort: boolean): string {
  if (value === "" || value === "..") return "…";
  const [day, month] = [DAY.exec(value), MONTH.exec(value)];
  const name = (list: string, number: string | undefined) => words.t(list).split("|")[Number(number) - 1];
  const months = day && name(isShort ? "months-short" : "months", day[2]);
  if (day && months) return `${Number(day[3])}\u00a0${months}\u00a0${day[1]}`;
  const alone = month && name("months-alone", month[2]);
  return month && alone ? `${alone}\u00a0${month[1]}` : value;
}

function without(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}
