import { h, save } from "../../kit/dom";
import { post } from "./api";
import { isReady } from "./guard";
import { number, t } from "./page";
import { cause } from "./problem";
import { link } from "./share";
import type { Tab } from "./yasgui";

interface Format {
  name: string;
  type: string;
  extension: string;
}

const JSON_RESULTS = { name: "JSON", type: "application/sparql-results+json", extension: "json" };
const XML_RESULTS = { name: "XML", type: "application/sparql-results+xml", extension: "xml" };
const ROWS: readonly Format[] = [
  { name: "CSV", type: "text/csv", extension: "csv" },
  { name: "TSV", type: "text/tab-separated-values", extension: "tsv" },
  JSON_RESULTS,
  XML_RESULTS,
  { name: "Excel", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", extension: "xlsx" },
  { name: "Parquet", type: "application/vnd.apache.parquet", extension: "parquet" },
];
const TRIPLES: readonly Format[] = [
  { name: "Turtle", type: "text/turtle", extension: "ttl" },
  { name: "N-Triples", type: "application/n-triples", extension: "nt" },
  { name: "JSON-LD", type: "application/ld+json", extension: "jsonld" },
  { name: "RDF/XML", type: "application/rdf+xml", extension: "rdf" },
];

/** The row of buttons between query and results: run or stop, link, downloads; and a line that says how they went. */
export function actions(tab: Tab): HTMLElement {
  const status = h("p", { class: "wb-status", role: "status" });
  const say = (...what: (Node | string)[]) => status.replaceChildren(...what);
  const downloads = h("div", { class: "wb-downloads", role: "group", "aria-label": t("download") });
  const offer = () => downloads.replaceChildren(h("span", {}, t("download")), ...formatsFor(tab).map((format) => download(tab, format, say)));
  offer();
  tab.getYasqe()?.on("change" as never, offer as never);
  return h("div", { class: "wb-actions" }, h("div", { class: "wb-buttons" }, runner(tab, say), sharer(tab, say), downloads), status);
}

function runner(tab: Tab, say: (...what: (Node | string)[]) => void): HTMLButtonElement {
  let running = false;
  const name = h("span", {}, t("run"));
  const click = () => (running ? tab.getYasqe()?.abortQuery() : void tab.query().catch(() => undefined)); // errors are drawn as a result
  const button = h("button", { type: "button", class: "wb-run", title: t("runHint"), onclick: click }, name);
  const set = (now: boolean, text: string) => {
    running = now;
    name.textContent = t(now ? "stop" : "run");
    button.classList.toggle("wb-running", now);
    say(text);
  };
  tab.on("query", () => set(true, t("running")));
  tab.on("queryResponse", () => set(false, ""));
  tab.on("queryAbort", () => set(false, t("stopped")));
  return button;
}

function sharer(tab: Tab, say: (...what: (Node | string)[]) => void): HTMLButtonElement {
  const click = async () => {
    if (!(await isReady(tab))) return;
    const target = link(location.href, tab.getQuery(), tab.getYasr()?.getSelectedPluginName() ?? "");
    const field = h("input", { type: "text", readonly: true, value: target, "aria-label": t("share"), onfocus: () => field.select() });
    try {
      await navigator.clipboard.writeText(target);
      say(t("shareCopied"), " ", field);
    } catch (error) {
      // Without https or without leave there is no clipboard: the link stands ready to be copied by hand.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      say(t("shareManual"), " ", field);
      field.focus();
    }
  };
  return h("button", { type: "button", class: "wb-plain wb-share", onclick: () => void click() }, t("share"));
}

function formatsFor(tab: Tab): readonly Format[] {
  const type = tab.getYasqe()?.getQueryType();
  if (type === "CONSTRUCT" || type === "DESCRIBE") return TRIPLES;
  return type === "ASK" ? [JSON_RESULTS, XML_RESULTS] : ROWS;
}

function download(tab: Tab, format: Format, say: (...what: string[]) => void): HTMLButtonElement {
  const click = async () => {
    if (!(await isReady(tab))) return;
    button.disabled = true;
    say(t("downloadBusy", { format: format.name }));
    try {
      const content = await (await post(tab.getQuery(), format.type)).blob();
      const name = `${fileName(tab.getName())}.${format.extension}`;
      save(content, name);
      say(t("downloadDone", { name, size: size(content.size) }));
    } catch (error) {
      say(t("downloadFailed", { cause: cause(error) }));
    } finally {
      button.disabled = false;
    }
  };
  const button = h("button", { type: "button", class: "wb-plain", "data-format": format.extension, "aria-label": t("downloadAs", { format: format.name }), onclick: () => void click() }, format.name);
  return button;
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 80) || "pobratim";
}

function size(bytes: number): string {
  const [value, unit] = bytes < 1024 ? [bytes, "B"] : bytes < 1024 ** 2 ? [bytes / 1024, "kB"] : [bytes / 1024 ** 2, "MB"];
  return `${number(Math.round(value * 10) / 10)} ${unit}`;
}
