"""The kinds of pages that the server has, and what a script can tell of their accessibility."""

import re
from typing import Any

from playwright.sync_api import Page

EXAMPLE_PAGES = {
    "home": "/",
    "search": "/search?q=ДШИ",
    "search, nothing found": "/search?q=йцукенгш",
    "search, nothing asked": "/search",
    "institution": "/doc/organisation/ru-smolensk-administration",
    "municipality": "/doc/place/ru-smolensk",
    "country": "/doc/country/by",
    "region": "/doc/region/ru-smo",
    "event": "/doc/activity/2023-02-14-competition-ru-smolensk-c41e5e",
    "tie": "/doc/tie/municipality/place-by-vitebsk--place-ru-smolensk",
    "pair": "/pair/ru-smolensk/by-vitebsk",
    "pair, nothing told": "/pair/ru-smolensk/ru-gagarin",
    "pair, not known": "/pair/ru-smolensk/йцукенгш",
    "comparison": "/pair/ru-smolensk/by-vitebsk,by-minsk",
    "agreement": "/doc/agreement/2023-01-27-agreement-by-vitebsk-art-school-3-ru-smolensk-art-school-8",
    "report": "/doc/report/smolensk-2023-q1",
    "report row": "/doc/entry/smolensk-2023-q1/3",
    "list": "/doc/place/ru-smolensk?way=in&of=oa:hasBody",
    "reports": "/reports",
    "graph": "/graph/report/smolensk-2023-q1",
    "vocabulary": "/def",
    "terms": "/terms",
    "concepts": "/def/topic",
    "tables": "/tables",
    "developers": "/developers",
    "partners": "/partners?from=2023&country=BY",
    "partners, all hidden": "/partners?q=йцукенг",
    "partners, wrong value": "/partners?country=zz",
    "events": "/events",
    "agreements": "/agreements",
    "time": "/time",
    "network": "/network",
    "network, whole": "/network?view=force",
    "network, table": "/network?seed=by-vitebsk&view=table",
    "network, nobody": "/network?seed=nobody",
    "yearly table": "/yearly/ru-smolensk/2023",
    "yearly table, nothing told": "/yearly/ru-smolensk/2021",
    "paths": "/paths?from=by-vitebsk&to=by-grodno",
    "paths, nobody asked for": "/paths",
    "questions": "/queries",
    "question": "/queries/partners-of-city/about",
    "answer": "/queries/partners-of-city?city=Смоленск",
    "answer, wrong value": "/queries/agreements?year=soon",
    "nothing there": "/doc/place/nowhere",
    "workbench": "/workbench",
}
"""One page of every kind over the store of the example."""

_TOLD = """() => {
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const name = element =>
    (element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.title || "").trim();
  const spoken = node => node.nodeType === 3 ? node.nodeValue.trim() : node.nodeType !== 1 || node.ariaHidden === "true"
    || getComputedStyle(node).display === "none" ? "" : node.alt || [...node.childNodes].map(spoken).join("");
  const parts = color => (color.match(/[\\d.]+/g) || []).map(Number);
  const linear = v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = color => color.map(v => linear(v / 255)).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const over = (top, under) => [0, 1, 2].map(i => top[i] * (top[3] ?? 1) + under[i] * (1 - (top[3] ?? 1)));
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.unshift(parts(getComputedStyle(at).backgroundColor));
    return layers.reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const contrast = element => {
    const back = ground(element), front = over(parts(getComputedStyle(element).color), back);
    const [high, low] = [light(front), light(back)].sort((a, b) => b - a);
    return (high + .05) / (low + .05);
  };
  const all = selector => [...document.querySelectorAll(selector)];
  const html = elements => elements.map(element => element.outerHTML.slice(0, 160));
  const texts = all("body *").filter(element =>
    !element.closest("svg, script, :disabled, .CodeMirror") && seen(element)
    && [...element.childNodes].some(node => node.nodeType === 3 && node.nodeValue.trim()));
  const levels = all("h1, h2, h3, h4").filter(seen).map(element => Number(element.tagName[1]));
  const ids = all("[id]").map(element => element.id);
  return {
    lang: document.documentElement.lang,
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    main: document.querySelectorAll("main").length,
    skipped: levels.filter((level, index) => index && level > levels[index - 1] + 1).length,
    unnamed: html(all("input:not([type=hidden]), select, textarea").filter(element =>
      seen(element) && !name(element) && !element.closest(".CodeMirror"))),
    mute: html(all("a[href], button").filter(element =>
      seen(element) && !name(element) && !spoken(element))),
    pictures: html(all("img:not([alt])")),
    twice: ids.filter((id, index) => ids.indexOf(id) !== index),
    pale: html(texts.filter(element => contrast(element) < 4.5)),
    wider: document.documentElement.scrollWidth - window.innerWidth,
  };
}"""


def written_scripts(html: str) -> list[str]:
    """Return the scripts whose text stands in a page; those that it takes from this server do not."""
    return re.findall(r'<script(?! type="module" src="/static/)[^>]*>', html)


def told(page: Page) -> dict[str, Any]:
    """Return what is to be judged of a page: language, headings, names of fields, contrast (WCAG 2.2, 1.4.3), width."""
    found: dict[str, Any] = page.evaluate(_TOLD)
    return found


def sound(lang: str, title: str) -> dict[str, Any]:
    """Return what ``told`` is of a page without a fault."""
    nothing: dict[str, Any] = {name: [] for name in ("unnamed", "mute", "pictures", "twice", "pale")}
    return {"lang": lang, "title": title, "headings": 1, "main": 1, "skipped": 0, "wider": 0, **nothing}
