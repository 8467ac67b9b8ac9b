import { h } from "../../kit/dom";
import type { Term, Terms } from "./api";
import { counted, word } from "./page";
import { matching } from "./vocabulary";
import type { Yasqe, YasqeClass } from "./yasgui";

type Completer = YasqeClass["Autocompleters"][string];
type Token = Parameters<NonNullable<Completer["preProcessToken"]>>[1];

const MOST_HINTS = 60;
/** True while Ctrl+Space is being answered: only then is something offered where nothing has been typed yet. */
let asked = false;

/** Replace the editor's completers, which ask services on the web, by ours. */
export function registerCompleters(yasqe: YasqeClass, vocabulary: Promise<Terms>): void {
  const { class: classes, property, prefixes, variables } = yasqe.Autocompleters;
  if (!classes || !property || !prefixes || !variables) throw new Error("yasqe without its own completers");
  const isClass = (editor: Yasqe) => classes.isValidCompletionPosition(editor);
  const isProperty = (editor: Yasqe) => property.isValidCompletionPosition(editor);
  const isConcept = (editor: Yasqe) => !isClass(editor) && !isProperty(editor) && !afterPrefix(editor) && /[:\p{L}<]/u.test(typed(editor));
  const register = (name: string, kind: Term["kind"], valid: (editor: Yasqe) => boolean) =>
    yasqe.registerAutocompleter(completer(name, kind, vocabulary, (editor) => (asked || typed(editor) !== "") && !/^[?$"']/.test(typed(editor)) && valid(editor)));
  register("pob-class", "class", isClass);
  register("pob-property", "property", isProperty);
  register("pob-concept", "concept", isConcept);
  yasqe.registerAutocompleter({
    ...prefixes,
    persistenceId: null,
    get: async () => Object.entries((await vocabulary).prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`).sort(),
  });
  yasqe.defaults.autocompleters = ["prefixes", "variables", "pob-class", "pob-property", "pob-concept"];
  const keys = yasqe.defaults.extraKeys as Record<string, unknown>;
  keys["Ctrl-Space"] = (editor: Yasqe) => {
    asked = true;
    editor.autocomplete();
    asked = false;
  };
}

function completer(name: string, kind: Term["kind"], vocabulary: Promise<Terms>, valid: (editor: Yasqe) => boolean): Completer {
  let known: Terms = { terms: [], prefixes: {} };
  return {
    name,
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: valid,
    preProcessToken: (editor, token) => ({ ...token, ...range(editor) }),
    get: async (_editor, token) => {
      known = await vocabulary;
      const text = token?.string ?? "";
      const found = matching(known.terms.filter((term) => term.kind === kind), text);
      // Nothing is left to complete where a term is already written out.
      return found[0]?.curie === text ? [] : found.slice(0, MOST_HINTS).map(({ iri }) => iri);
    },
    postprocessHints: (_editor, hints) =>
      hints.map((hint) => {
        const term = known.terms.find(({ iri }) => iri === hint.text);
        if (!term) return hint;
        const insertion = { hint: (editor: Yasqe, data: Range) => insert(editor, term, known.prefixes, hint.from ?? data.from, hint.to ?? data.to) };
        return { ...hint, ...insertion, displayText: term.curie, render: (element: HTMLElement) => element.append(...described(term)) };
      }),
  };
}

type Range = { from: { line: number; ch: number }; to: { line: number; ch: number } };

/** Write a term in place of what was typed, and declare its prefix where the query has not. */
export function insert(editor: Yasqe, term: Term, prefixes: Record<string, string>, from: Range["from"], to: Range["to"]): void {
  const declared = Object.entries(editor.getPrefixesFromQuery()).find(([, iri]) => term.iri.startsWith(iri) && plain(term.iri.slice(iri.length)));
  const known = Object.entries(prefixes).find(([, iri]) => term.iri.startsWith(iri) && plain(term.iri.slice(iri.length)));
  const [prefix, iri] = declared ?? known ?? ["", ""];
  const lines = editor.getDoc().lineCount();
  if (!declared && known) editor.addPrefixes({ [prefix]: iri });
  const moved = editor.getDoc().lineCount() - lines;
  const [start, end] = [from, to].map(({ line, ch }) => ({ line: line + moved, ch }));
  if (start) editor.getDoc().replaceRange(iri ? `${prefix}:${term.iri.slice(iri.length)}` : `<${term.iri}>`, start, end);
}

function plain(local: string): boolean {
  return /^[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_-])?$/u.test(local);
}

function described(term: Term): HTMLElement[] {
  return [
    h("span", { class: "wb-hint-head" }, h("b", {}, term.curie), h("span", {}, word(term.label)), h("small", {}, term.count ? counted(term.count, "uses") : "")),
    h("span", { class: "wb-hint-definition" }, word(term.definition)),
  ];
}

/** What was typed before the cursor. The editor's own tokens will not do: to its grammar a Russian word is an error a letter. */
function typed(editor: Yasqe): string {
  const { line, ch } = editor.getDoc().getCursor();
  const before = editor.getDoc().getLine(line).slice(0, ch);
  return /<[^<>\s]*$|[?$"']?[\p{L}\p{N}_:.-]*$/u.exec(before)?.[0] ?? "";
}

function afterPrefix(editor: Yasqe): boolean {
  const { line, ch } = editor.getDoc().getCursor();
  return /^\s*PREFIX\b/i.test(editor.getDoc().getLine(line).slice(0, ch));
}

/** What was typed, and its place on the line, as what a hint replaces. */
function range(editor: Yasqe): Pick<Token, "string"> & { from: { ch: number }; to: { ch: number } } {
  const [{ ch }, string] = [editor.getDoc().getCursor(), typed(editor)];
  return { string, from: { ch: ch - string.length }, to: { ch } };
}
