import { h } from "../../kit/dom";
import { actions } from "./actions";
import { questions, terms, type Question, type Term } from "./api";
import { translateChrome } from "./chrome";
import { insert } from "./completion";
import { compose, exampleValues } from "./compose";
import { dictionary } from "./dictionary";
import { makeEditor } from "./editor";
import { gallery } from "./gallery";
import { learn } from "./labels";
import { learn as learnMeanings } from "./meanings";
import { Origins } from "./origins";
import { t, word } from "./page";
import { form } from "./parameters";
import { shared, type Shared } from "./share";
import { sidebar } from "./sidebar";
import { announceTabs } from "./tabs";
import { viewOf } from "./views/default";
import type { Tab } from "./yasgui";
import "./style.css";

const vocabulary = terms();
const library = questions();
void vocabulary.then(({ terms }) => learn(terms.map(({ iri, label }) => [iri, word(label)] as const))).catch(() => undefined); // the sidebar says that it could not be loaded
const origins = new Origins();
const yasgui = makeEditor(element("wb-editor"), vocabulary);
const dressed = new WeakSet<object>();

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Put our rows of fields and buttons into a tab, once, when the editor has drawn it. */
function dress(tab: Tab | undefined): void {
  const panel = tab?.getYasqe()?.rootEl.closest(".tabPanel");
  element("wb-editor").querySelector(".tabsList .tab.active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (!tab || !panel || dressed.has(panel)) return;
  dressed.add(panel);
  const [editor, results] = [panel.querySelector(".editorwrapper"), panel.querySelector(".yasr")];
  editor?.after(actions(tab));
  results?.prepend(h("p", { class: "wb-empty" }, t("empty")));
  tab.getYasqe()?.getInputField().setAttribute("aria-label", t("queryText"));
  bringIntoView(tab);
  const origin = origins.get(tab.getId());
  if (!origin) return;
  void library
    .then((known) => known.find(({ name }) => name === origin.name))
    .then((question) => question?.parameters.length && editor?.before(form(tab, question, origins)))
    .catch(() => undefined); // the gallery says that the library could not be loaded
}

/** How long after a run the page follows an answer that is still growing, in milliseconds. */
const FOLLOW = 2000;

/** After each run, and only then, move the page so far that the answer is on the screen, unless the reader moves it first. */
function bringIntoView(tab: Tab): void {
  let isAsked = false;
  tab.on("query", () => (isAsked = true));
  tab.getYasr()?.on("drawn", ({ rootEl }) => {
    if (!isAsked) return;
    isAsked = false;
    const growing = new ResizeObserver(() => rootEl.scrollIntoView({ block: "nearest" }));
    const stop = () => growing.disconnect();
    growing.observe(rootEl);
    for (const event of ["wheel", "pointerdown", "keydown"]) addEventListener(event, stop, { once: true, passive: true });
    setTimeout(stop, FOLLOW);
  });
}

/** Open a question in a tab of its own and run it; one that is open and untouched is shown instead. */
async function open(question: Question, given: Record<string, string> = {}, view = viewOf(question)): Promise<void> {
  const values = { ...exampleValues(question), ...given };
  await learnMeanings(question, values);
  const { text, faults } = compose(question, values);
  const twin = Object.values(yasgui._tabs).find((tab) => origins.get(tab.getId())?.name === question.name && tab.getPersistedJson().yasqe.value === text);
  if (twin) {
    yasgui.selectTabId(twin.getId());
  } else {
    const id = `question-${Date.now().toString(36)}`;
    origins.set(id, { name: question.name, values, text });
    add(word(question.summary), text, id, view);
  }
  closeHelpers();
  if (Object.keys(faults).length === 0) run(yasgui.getTab()); // else the answer would be to another question
}

function add(name: string, query: string, id?: string, view = "table"): Tab {
  return yasgui.addTab(true, {
    name: yasgui.createTabName(name),
    yasqe: { value: query },
    yasr: { response: undefined, settings: { selectedPlugin: view, pluginsConfig: {} } },
    ...(id ? { id } : {}),
  });
}

function run(tab: Tab | undefined): void {
  void tab?.query().catch(() => undefined); // errors are drawn as a result
}

function write(term: Term): void {
  const editor = (yasgui.getTab() ?? yasgui.addTab(true)).getYasqe();
  if (!editor) return;
  const cursor = editor.getDoc().getCursor();
  void vocabulary.then(({ prefixes }) => {
    insert(editor, term, prefixes, cursor, cursor);
    closeHelpers();
    editor.focus();
  });
}

/** Follow a link that carries a query or names a question, and take it out of the address, so that a reload opens nothing twice. */
function follow(found: Shared | undefined): void {
  if (!found) return;
  history.replaceState(null, "", location.pathname + location.search);
  if (found.query) run(add(t("sharedTab"), found.query, undefined, found.view));
  else void library.then((known) => known.find(({ name }) => name === found.example)).then((question) => question && open(question, found.values, found.view)).catch(() => undefined);
}

function closeHelpers(): void {
  element("wb-sidebar").classList.remove("wb-open");
  element("wb-toggle").setAttribute("aria-expanded", "false");
}

function start(): void {
  const add = yasgui.addTab.bind(yasgui);
  yasgui.addTab = (...given) => {
    const tab = add(...given);
    dress(tab);
    return tab;
  };
  yasgui.on("tabSelect", (_yasgui: unknown, id: string) => dress(yasgui.getTab(id)));
  yasgui.on("tabClose", (_yasgui: unknown, tab: Tab) => origins.drop(tab.getId()));
  dress(yasgui.getTab());
  const panes = [
    { name: "gallery", title: t("gallery"), element: gallery(library, (question) => open(question)) },
    { name: "dictionary", title: t("dictionary"), element: dictionary(vocabulary.then(({ terms }) => terms), write) },
  ];
  element("wb-sidebar").append(sidebar(panes));
  const toggle = element("wb-toggle");
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(element("wb-sidebar").classList.toggle("wb-open"))));
  announceTabs(element("wb-editor"));
  translateChrome(element("wb-editor"));
  follow(shared(location.hash));
  addEventListener("hashchange", () => follow(shared(location.hash)));
  document.documentElement.dataset.ready = "";
}

start();
