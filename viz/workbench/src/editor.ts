import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { ENDPOINT, problem, type Problem, type Terms } from "./api";
import { registerCompleters } from "./completion";
import { lang, prefixes, t } from "./page";
import { registerPlugins } from "./plugins";
import { problemOf } from "./problem";
import starter from "./starter.rq?raw";
import type { Tab, Yasqe } from "./yasgui";

/** Make the editor. It asks only this server: no other endpoint, vocabulary service or list of prefixes is ever called. */
export function makeEditor(parent: HTMLElement, vocabulary: Promise<Terms>): Yasgui {
  registerCompleters(Yasgui.Yasqe, vocabulary);
  registerPlugins(Yasgui.Yasr);
  Yasgui.Yasqe.defaults.editorHeight = "190px"; // tabs take it from here only
  Yasgui.Yasr.defaults.errorRenderers = [
    async (error) => {
      pointAt(yasgui.getTab()?.getYasqe(), problem(error.text, error.status));
      return problemOf(error.text, error.status);
    },
  ];
  // The editor's own keys ask past the tab, and so past a form with a wrong field.
  const run = () => void yasgui.getTab()?.query().catch(() => undefined); // errors are drawn as a result
  Object.assign(Yasgui.Yasqe.defaults.extraKeys as object, { "Ctrl-Enter": run, "Cmd-Enter": run });
  const { pathname } = new URL(ENDPOINT);
  const yasgui = new Yasgui(parent, {
    autofocus: false,
    copyEndpointOnNewTab: false,
    populateFromUrl: false,
    persistenceId: `pobratim-workbench-${pathname}`,
    tabName: t("newTab"),
    contextMenuContainer: parent,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => undefined },
    requestConfig: {
      endpoint: ENDPOINT,
      method: "POST",
      headers: { "Accept-Language": lang },
      acceptHeaderSelect: "application/sparql-results+json",
      acceptHeaderGraph: "text/turtle",
    },
    yasqe: { value: starter, collapsePrefixesOnLoad: true },
    yasr: { prefixes: () => ({ ...prefixes }), maxPersistentResponseSize: 200_000 },
  });
  for (const tab of Object.values(yasgui._tabs)) fixed(tab);
  return yasgui;
}

/** Put the cursor where the server found a mistake, and mark the line until the text changes. */
function pointAt(editor: Yasqe | undefined, { line, column }: Problem): void {
  if (!editor || !line || !column) return;
  const marked = editor.addLineClass(line - 1, "background", "wb-mistake");
  editor.getDoc().setCursor({ line: line - 1, ch: column - 1 });
  const clear = () => {
    editor.removeLineClass(marked, "background", "wb-mistake");
    editor.off("change" as never, clear as never);
  };
  editor.on("change" as never, clear as never);
}

/** A tab that an older visit stored: its endpoint, headers and the rest are this page's, whatever was stored. */
function fixed(tab: Tab): void {
  const { endpoint, headers, method, acceptHeaderSelect, acceptHeaderGraph } = tab.yasgui.config.requestConfig;
  tab.setRequestConfig({ endpoint, headers, method, acceptHeaderSelect, acceptHeaderGraph, args: [], namedGraphs: [], defaultGraphs: [] });
}

