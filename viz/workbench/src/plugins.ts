import { busy } from "../../kit/busy";
import { h, svg } from "../../kit/dom";
import { headOf, t } from "./page";
import { columns, type Answer, type Row } from "./results/columns";
import type { Draw } from "./views/scene";
import { table, type Table } from "./views/table";
import type { YasrClass } from "./yasgui";

type Yasr = InstanceType<YasrClass>;

interface Plugin {
  priority: number;
  label?: string;
  hideFromSelection?: boolean;
  canHandleResults(): boolean;
  getIcon(): Element | undefined;
  draw(config: object): Promise<void> | void;
  destroy?(): void;
}

type PluginClass = new (yasr: Yasr) => Plugin;

const VIEWS: readonly { name: string; icon: string; load: () => Promise<{ draw: Draw }> }[] = [
  { name: "chart", icon: "M2 14h12M4 12V8m4 4V3m4 9V6", load: () => import("./views/chart") },
  { name: "map", icon: "M8 14S3.5 9.6 3.5 6.3a4.5 4.5 0 0 1 9 0C12.5 9.6 8 14 8 14zM8 4.7v3.2", load: () => import("./views/map") },
  { name: "timeline", icon: "M1.5 8h13M4 5.5v5M8 5.5v5M12 5.5v5", load: () => import("./views/timeline") },
  { name: "network", icon: "M5.5 5l4.5 1.5M5 6l1.5 4.5M10.8 8.2L8.5 11M2 4a2 2 0 1 0 4 0 2 2 0 1 0-4 0M10 6.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M5 12.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0", load: () => import("./views/network") },
];

/** Give the results widget our table and views, all with names in the page's language. */
export function registerPlugins(yasr: YasrClass): void {
  const register = (name: string, plugin: PluginClass) => yasr.registerPlugin(name, plugin as never);
  const builtIn = yasr.plugins as unknown as Record<string, PluginClass>;
  const { response } = builtIn;
  if (!response) throw new Error("yasr without its own plug-ins");
  register("table", Rows);
  register("response", named(response, t("response")));
  register("boolean", YesOrNo);
  for (const { name, icon, load } of VIEWS) register(name, viewClass(name, icon, load));
  yasr.defaults.pluginOrder = ["table", ...VIEWS.map(({ name }) => name), "response"];
  yasr.defaults.defaultPlugin = "table";
}

/** The same plug-in with another label. */
function named(plugin: PluginClass, label: string): PluginClass {
  return class extends plugin {
    override label = label;
    helpReference = undefined;
  };
}

function icon(path: string): Element {
  return svg("svg", { viewBox: "0 0 16 16", fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "aria-hidden": "true" }, svg("path", { d: path }));
}

class Rows implements Plugin {
  priority = 10;
  label = t("table");
  private drawn: Table | undefined;
  constructor(private readonly yasr: Yasr) {}
  canHandleResults(): boolean {
    return Boolean(this.yasr.results?.getVariables()?.length);
  }
  getIcon(): Element {
    return icon("M2 3h12v10H2zM2 6.5h12M2 10h12M6.5 6.5V13");
  }
  draw(): void {
    this.destroy();
    this.drawn = table(answerOf(this.yasr));
    this.yasr.resultsEl.append(this.drawn.element);
    this.yasr.pluginControls.replaceChildren(this.drawn.controls);
  }
  destroy(): void {
    this.drawn?.stop();
    this.drawn?.controls.remove();
    this.drawn = undefined;
  }
}

function viewClass(name: string, path: string, load: () => Promise<{ draw: Draw }>): PluginClass {
  return class {
    priority = 1;
    label = t(name);
    constructor(private readonly yasr: Yasr) {}
    canHandleResults(): boolean {
      return Boolean(this.yasr.results?.getBindings());
    }
    getIcon(): Element {
      return icon(path);
    }
    async draw(): Promise<void> {
      const host = h("div", { class: "wb-view", "data-view": name }, h("p", { class: "wb-soft" }, t("loading")));
      this.yasr.resultsEl.append(host);
      const drawn = load().then((view) => host.isConnected && view.draw({ host, answer: answerOf(this.yasr), name }));
      await busy(host, drawn);
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

const answers = new WeakMap<object, Answer>();

/** The answer as rows and columns; made once, as many views look at it. */
function answerOf(yasr: Yasr): Answer {
  const { results } = yasr;
  const found = results && answers.get(results);
  if (found) return found;
  const rows = (results?.getBindings() ?? []) as Row[];
  const names = results?.getVariables() ?? [];
  const answer = { rows, columns: columns(names, rows, (name) => headOf(name, names)), prefixes: yasr.getPrefixes() };
  if (results) answers.set(results, answer);
  return answer;
}
