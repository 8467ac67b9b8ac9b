"""What is wrong with a screen for anybody: what axe finds, scripts that fail, requests that leave, sideways scroll,
words of usual length that are broken in two lines, pictures of sizes that are none."""

from playwright.sync_api import ConsoleMessage, Page

from tests.support.axe import findings
from tests.support.browser import painted, until

MOST_ELEMENTS = 1_500
"""Elements of a page at most: what an office computer draws without being waited for."""
MOUNTED = """() => {
  const words = (element, name) => (element.dataset[name] ?? "").split(" ").filter(Boolean);
  const isMounted = element => words(element, "island").every(name => words(element, "mounted").includes(name));
  const isEditor = document.querySelector("#wb-editor") !== null;
  return [...document.querySelectorAll("[data-island]")].every(isMounted)
    && !document.querySelector("[aria-busy=true]") && (!isEditor || "ready" in document.documentElement.dataset);
}"""


_BROKEN = """() => {
  const found = new Set(), range = document.createRange();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const usual = /(?<![\\p{L}\\p{N}_.:/%=<-])(?<!=[«„\"'])\\p{L}{2,15}(?![\\p{L}\\p{N}_:/%=-]|\\.\\p{L})/gu;
  const apart = "svg, script, style, template, pre, code, option, .unseen, .CodeMirror, #wb-editor";
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.parentElement.closest(apart) || !node.parentElement.checkVisibility()) continue;
    for (const {0: word, index: start} of node.data.matchAll(usual)) {
      range.setStart(node, start);
      range.setEnd(node, start + word.length);
      const parts = [...range.getClientRects()].filter(part => part.width > 0);
      const lines = new Set(parts.map(part => Math.round(part.top)));
      if (lines.size > 1) found.add(`the word ${word} is broken`);
    }
  }
  return [...found];
}"""


_ODD = """() => {
  const found = [], sizes = new Set(["width", "height", "r", "rx", "ry"]);
  for (const part of document.querySelectorAll("svg, svg *"))
    for (const {name, value} of part.attributes)
      if (/NaN|Infinity|undefined/.test(value) || (sizes.has(name) && parseFloat(value) < 0))
        found.push(`${part.tagName} has ${name}="${value.slice(0, 80)}"`);
  for (const table of document.querySelectorAll("table")) {
    const [told, room] = [table, table.parentElement].map(each => each.getBoundingClientRect());
    const isSeen = table.checkVisibility() && getComputedStyle(table.parentElement).overflowX === "visible";
    const over = Math.ceil(told.right - room.right);
    if (isSeen && over > 1) found.push(`a table is ${over} px too wide`);
  }
  const told = document.querySelector("main")?.innerText.match(/.{0,30}\\b(?:NaN|undefined|Infinity)\\b.{0,30}/);
  return told ? [...found, `the page says: ${told[0]}`] : found;
}"""
"""What is drawn of nothing: sizes below zero, and numbers that are none; tables that reach over what is beside."""


def elements(page: Page) -> int:
    """Return how many elements a page has that is drawn."""
    return int(page.evaluate("document.querySelectorAll('*').length"))


def oddities(page: Page) -> list[str]:
    """Return what looks wrong on a page that is drawn: broken words, sizes that are none, tables that are too wide."""
    return [*page.evaluate(_BROKEN), *page.evaluate(_ODD)]


def faults(page: Page, path: str, home: str) -> list[object]:
    """Open a screen of the server at ``home``, wait until it is drawn, and return what is wrong with it."""
    said: list[str] = []
    asked: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That a page is an error page, as some here are meant to be, the browser says as an error.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path)
    until(page, lambda: bool(page.evaluate(MOUNTED)), bool)
    painted(page)
    outside = [url for url in asked if not url.startswith((home, "data:", "blob:"))]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    sideways = [f"{wider} px wider than the screen"] if wider > 0 else []
    page.remove_listener("console", hear)
    return [*findings(page), *said, *outside, *oddities(page), *sideways]
