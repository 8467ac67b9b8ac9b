import type Yasgui from "@zazuko/yasgui";
import { h, svg } from "./dom";
import { group, pageOf, t } from "./page";
import { columns, type Answer, type Row } from "./results/columns";
import type { Draw } from "./views/kit";

type YasrClass = typeof Yasgui.Yasr;
type Yasr = InstanceType<YasrClass>;

interface Plugin {
  priority: number;
  label?: string;
  hideFromSelection?: boolean;
  canHandleResults(): boolean;
  getIcon(): Element | undefined;
  draw(config: object): Promise<void> | void;
}

type PluginClass = new (yasr: Yasr) => Plugin;

const VIEWS: readonly { name: string; icon: string; load: () => Promise<{ draw: Draw }> }[] = [
  { name: "chart", icon: "M2 14h12M4 12V8m4 4V3m4 9V6", load: () => import("./views/chart") },
  { name: "map", icon: "M8 14S3.5 9.6 3.5 6.3a4.5 4.5 0 0 1 9 0C12.5 9.6 8 14 8 14zM8 4.7v3.2", load: () => import("./views/map") },
  { name: "timeline", icon: "M1.5 8h13M4 5.5v5M8 5.5v5M12 5.5v5", load: () => import("./views/timeline") },
  { name: "network", icon: "M5.5 5l4.5 1.5M5 6l1.5 4.5M10.8 8.2L8.5 11M2 4a2 2 0 1 0 4 0 2 2 0 1 0-4 0M10 6.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M5 12.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0", load: () => import("./views/network") },
];

/** Give the results widget our views beside its table and raw answer, all with names in the page's language. */
export function registerPlugins(yasr: YasrClass): void {
  const register = (name: string, plugin: PluginClass) => yasr.registerPlugin(name, plugin as never);
  const builtIn = yasr.plugins as unknown as Record<string, PluginClass & { defaults?: { tableConfig?: { language?: object } } }>;
  const { table, response } = builtIn;
  if (!table || !response) throw new Error("yasr without its own plug-ins");
  if (table.defaults?.tableConfig) Object.assign(table.defaults.tableConfig.language ?? {}, group("tables"));
  register("table", named(table, t("table"), { compact: true, isEllipsed: false }));
  register("response", named(response, t("response")));
  register("boolean", YesOrNo);
  for (const { name, icon, load } of VIEWS) register(name, viewClass(name, icon, load));
  yasr.defaults.pluginOrder = ["table", ...VIEWS.map(({ name }) => name), "response"];
  yasr.defaults.defaultPlugin = "table";
}

/** The same plug-in with another label and other settings to start from. */
function named(plugin: PluginClass, label: string, settings: object = {}): PluginClass {
  return class extends plugin {
    override label = label;
    helpReference = undefined;
    constructor(yasr: Yasr) {
      super(yasr);
      leadHere(yasr.resultsEl);
    }
    override draw(config: object): Promise<void> | void {
      return super.draw({ ...settings, ...config });
    }
  };
}

const led = new WeakSet<Element>();

/** Make links to the data's own IRIs lead to this server's pages, whatever page of a table is drawn. */
function leadHere(results: HTMLElement): void {
  if (led.has(results)) return;
  led.add(results);
  new MutationObserver(() => {
    for (const link of results.querySelectorAll<HTMLAnchorElement>("a.iri[href]")) {
      const page = pageOf(link.href);
      if (page) link.href = page;
    }
  }).observe(results, { childList: true, subtree: true });
}

function viewClass(name: string, icon: string, load: () => Promise<{ draw: Draw }>): PluginClass {
  return class {
    priority = 1;
    label = t(name);
    constructor(private readonly yasr: Yasr) {}
    canHandleResults(): boolean {
      return Boolean(this.yasr.results?.getBindings());
    }
    getIcon(): Element {
      return svg("svg", { viewBox: "0 0 16 16", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round" }, svg("path", { d: icon }));
    }
    async draw(): Promise<void> {
      const host = h("div", { class: "wb-view", "data-view": name }, h("p", { class: "wb-soft" }, t("loading")));
      this.yasr.resultsEl.append(host);
      const view = await load();
      if (host.isConnected) view.draw({ host, answer: answerOf(this.yasr), name });
    }
  };
}

class YesOrNo implements Plugin {
  priority = 10;
  hideFromSelection = true;
  constructor(private readonly yasr: Yasr) {}
  canHandleResults(): boolean {
    return this.yasr.results?.getBoolean() !== undefined;
  }
  getIcon(): undefined {
    return undefined;
  }
  draw(): void {
    const yes = this.yasr.results?.getBoolean() === true;
    this.yasr.resultsEl.append(h("p", { class: `wb-answer ${yes ? "wb-yes" : "wb-no"}`, role: "status" }, t(yes ? "answerYes" : "answerNo")));
  }
}

function answerOf(yasr: Yasr): Answer {
  const rows = (yasr.results?.getBindings() ?? []) as Row[];
  return { rows, columns: columns(yasr.results?.getVariables() ?? [], rows), prefixes: yasr.getPrefixes() };
}
