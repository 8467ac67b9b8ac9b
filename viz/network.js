"use strict";
/* The network page. All data stands in the page, large ones compressed; nothing is fetched. */
(async () => {
  const held = document.getElementById("data");
  const unpacked = (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };
  const data = held.type === "application/json" ? JSON.parse(held.textContent) : await unpacked(held.textContent);
  const $ = (id) => document.getElementById(id);
  const NARROW = window.matchMedia("(max-width: 800px)");
  const PRINTED = window.matchMedia("print");
  const FADED = "#dde2e6";
  const READABLE = 0.72;
  /* vis leaves out of a node's box the gap between shape and label. */
  const UNDER_SHAPE = 24;
  const FAR_LETTERS = 7;
  const LANDMARKS = 14;
  const NEAR_SCALE = 0.45;

  const filters = ["country", "topic", "year", "kind"];
  const state = { lang: data.lang, selected: "", sort: "events", down: true, filter: {} };
  let network = null;
  let nodes = null;
  let edges = null;
  let listAt = 0;
  let zooming = 0;
  let magnified = 1;

  /* Words */

  const say = (key, values = {}) => Object.entries(values).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value), data.strings[state.lang][key]);
  const word = (id) => (data.words[id] || {})[state.lang] || "";
  const nameOf = (id) => {
    const names = data.parties[id].names;
    return names[state.lang] || names.ru || Object.values(names)[0];
  };
  const shortOf = (id) => {
    const party = data.parties[id];
    return party.type === "organisation" ? party.short : nameOf(id);
  };
  const counted = (key, count) => {
    const forms = data.strings[state.lang][key].split("|");
    const rule = new Intl.PluralRules(state.lang).select(count);
    const at = { one: 0, few: 1, many: 2, other: 2 }[rule];
    return [String(count), forms[Math.min(at, forms.length - 1)]];
  };
  const fold = (text) => text.toLowerCase().replaceAll("ё", "е");
  const compare = (a, b) => a.localeCompare(b, state.lang, { numeric: true });

  function day(text) {
    const [, mark, date] = text.match(/^([^0-9]*)([0-9-]+)/) || [];
    if (!date) return "";
    const parts = date.split("-").map(Number);
    const shape = [{ year: "numeric" }, { year: "numeric", month: "long" },
      { year: "numeric", month: "long", day: "numeric" }][parts.length - 1];
    const when = new Date(Date.UTC(parts[0], (parts[1] || 1) - 1, parts[2] || 1));
    let said = new Intl.DateTimeFormat(state.lang, { ...shape, timeZone: "UTC" }).format(when);
    said = said.replace(/\s*г\.$/, parts.length === 1 ? " год" : "");
    const doubt = /~|%/.test(text) ? `${say("about")} ` : /\?/.test(text) ? `${say("maybe")} ` : "";
    return (mark ? "" : doubt) + said;
  }
  function period(start, end) {
    if (!start && !end) return say("undated");
    const [from, to] = [day(start || end), day(end || start)];
    return from === to ? from : `${from} – ${to}`;
  }
  const dated = (edtf, start, end) => period(...(edtf ? [edtf.split("/")[0], edtf.split("/").pop()] : [start, end]));
  const years = (tie) => {
    const [from, to] = [tie.start.slice(0, 4), tie.end.slice(0, 4)];
    return from === to ? from : `${from}–${to}`;
  };

  /* Elements: text always goes in as text */

  function el(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== false && value !== undefined) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
  }
  function dot(id) {
    const mark = el("span", { class: "dot", "aria-hidden": "true" });
    const party = data.parties[id];
    mark.style.background = party.colour;
    if (party.type !== "organisation") mark.style.borderRadius = "2px";
    return mark;
  }
  const facts = (pairs) => el("dl", { class: "facts" }, pairs.filter(([, value]) => value && value.length)
    .flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]));

  /* Which ties are shown */

  const activeYears = (tie) => {
    const found = new Set();
    const spans = tie.entries.map((id) => data.entries[id]).filter((entry) => entry.start || entry.end);
    for (const { start, end } of spans.length ? spans : [tie]) {
      const [from, to] = [(start || end).slice(0, 4), (end || start).slice(0, 4)];
      for (let year = Number(from); year && year <= Number(to); year += 1) found.add(String(year));
    }
    return found;
  };
  const valuesOf = {
    country: (tie) => new Set([data.parties[tie.a].country, data.parties[tie.b].country]),
    topic: (tie) => new Set(tie.topics),
    year: activeYears,
    kind: (tie) => new Set([tie.kind]),
  };
  const shown = (id) => filters.every((name) => !state.filter[name]
    || valuesOf[name](data.ties[id]).has(state.filter[name]));
  const shownTies = () => Object.keys(data.ties).filter(shown);
  const tiesOf = (party) => shownTies().filter((id) => data.ties[id].a === party || data.ties[id].b === party);
  const other = (tie, party) => (tie.a === party ? tie.b : tie.a);

  /* Drawing */

  const sizes = new Map();
  const ranked = [...data.drawing.nodes].sort((a, b) => b.size - a.size || compare(a.id, b.id)).slice(0, 400);
  const fontOf = (faded, id) => ({
    face: "PT Sans, Segoe UI, Noto Sans, DejaVu Sans, Arial, sans-serif", size: sizes.get(id) || 14,
    color: faded ? "#c3c9ce" : "#16202a", strokeWidth: faded ? 0 : (sizes.get(id) || 14) / 3.5, strokeColor: "#f5f7f8",
  });
  const widthOf = (edge) => (edge.width + (edge.id === state.selected ? 2.5 : 0)) * (1 + (magnified - 1) * 0.6);
  const isFaded = (id) => {
    const lit = bright();
    return lit !== null && !lit.has(id);
  };
  const labelOf = (node) => {
    const party = data.parties[node.id];
    return state.lang !== "ru" && party.type !== "organisation" && party.names[state.lang]
      ? party.names[state.lang] : node.label;
  };
  function bright() {
    const id = state.selected;
    if (data.ties[id]) return new Set([id, data.ties[id].a, data.ties[id].b]);
    if (!data.parties[id]) return null;
    return new Set([id, ...tiesOf(id).flatMap((tie) => [tie, other(data.ties[tie], id)])]);
  }
  function look() {
    const visible = new Set(shownTies());
    const linked = new Set([...visible].flatMap((id) => [data.ties[id].a, data.ties[id].b]));
    const lit = bright();
    nodes.update(data.drawing.nodes.map((node) => {
      const faded = lit !== null && !lit.has(node.id);
      return {
        id: node.id, hidden: !linked.has(node.id), label: labelOf(node), title: nameOf(node.id), font: fontOf(faded, node.id),
        borderWidth: node.id === state.selected ? 4 : 2,
        color: { background: faded ? FADED : node.color, border: node.id === state.selected ? "#16202a" : "#f5f7f8",
          highlight: { background: node.color, border: "#16202a" }, hover: { background: node.color, border: "#16202a" } },
      };
    }));
    edges.update(data.drawing.edges.map((edge) => {
      const faded = lit !== null && !lit.has(edge.id);
      const chosen = edge.id === state.selected;
      return {
        id: edge.id, hidden: !visible.has(edge.id), width: widthOf(edge),
        color: { color: chosen ? "#0b5a8f" : faded ? FADED : edge.color, highlight: "#0b5a8f", hover: "#0b5a8f" },
      };
    }));
    $("empty").hidden = visible.size > 0;
    $("empty-cause").textContent = say(Object.keys(data.ties).length ? "noTiesFilter" : "noTiesData");
    $("empty-reset").hidden = !Object.values(state.filter).some(Boolean);
  }
  const spot = (node) => (NARROW.matches ? data.parties[node.id].narrow : [node.x, node.y]);
  function placed(node) {
    const [x, y] = spot(node);
    return { ...node, x, y };
  }
  function draw() {
    nodes = new vis.DataSet(data.drawing.nodes.map(placed));
    edges = new vis.DataSet(data.drawing.edges.map((edge) => ({ ...edge, title: undefined })));
    network = new vis.Network($("canvas"), { nodes, edges }, {
      physics: false,
      layout: { randomSeed: 1, improvedLayout: false },
      nodes: { shapeProperties: { interpolation: false }, font: fontOf(false, ""),
        scaling: { label: { drawThreshold: FAR_LETTERS, maxVisible: 200 } } },
      edges: { smooth: false, selectionWidth: 0, hoverWidth: 1.5, chosen: true },
      interaction: { hover: true, tooltipDelay: 150, keyboard: { enabled: true, bindToWindow: false },
        multiselect: false, hideEdgesOnDrag: data.drawing.edges.length > 1500 },
    });
    network.on("click", ({ nodes: [node], edges: [edge] }) => select(node || edge || ""));
    network.on("zoom", () => {
      window.clearTimeout(zooming);
      zooming = window.setTimeout(landmarks, 120);
    });
    network.on("hoverNode", () => { $("canvas").style.cursor = "pointer"; });
    network.on("hoverEdge", () => { $("canvas").style.cursor = "pointer"; });
    network.on("blurNode", () => { $("canvas").style.cursor = ""; });
    network.on("blurEdge", () => { $("canvas").style.cursor = ""; });
  }
  function box() {
    const linked = new Set(shownTies().flatMap((id) => [data.ties[id].a, data.ties[id].b]));
    const found = data.drawing.nodes.filter((node) => linked.has(node.id)).map((node) => network.getBoundingBox(node.id));
    const edge = (pick, side) => found.reduce((best, item) => pick(best, item[side]), found[0][side]);
    return found.length ? { left: edge(Math.min, "left"), right: edge(Math.max, "right"),
      top: edge(Math.min, "top"), bottom: edge(Math.max, "bottom") + UNDER_SHAPE } : null;
  }
  function frame() {
    const { clientWidth: width, clientHeight: height } = $("canvas");
    const overlay = NARROW.matches ? 0 : $("legend").offsetHeight + 14;
    const head = 62;
    return { width: width - 40, height: height - overlay - head - 12, shift: (head - overlay) / 2 };
  }
  /* Show everything. With whole = false a tall picture is rather shown from its top, if that makes it readable; not on paper. */
  function fit(whole) {
    const all = box();
    if (!all) return;
    const room = frame();
    const across = room.width / (all.right - all.left);
    const fitting = Math.min(1.35, across, room.height / (all.bottom - all.top));
    const tall = !whole && !PRINTED.matches && fitting < READABLE && across >= READABLE;
    const scale = tall ? Math.min(1, across) : fitting;
    const centre = (low, high, size) => (high - low <= size / scale ? (low + high) / 2 : low + size / scale / 2);
    network.moveTo({ scale, animation: false, position: {
      x: centre(all.left, all.right, room.width),
      y: centre(all.top, all.bottom, room.height) - room.shift / scale,
    } });
    landmarks();
  }
  /* From far off only the parties with most ties are named, in letters that can still be read. */
  function landmarks() {
    const scale = network.getScale();
    const far = scale * 14 < FAR_LETTERS;
    const named = [];
    for (const node of far ? ranked : []) {
      const at = network.getPosition(node.id);
      const close = (mark) => Math.abs(mark.x - at.x) * scale < 150 && Math.abs(mark.y - at.y) * scale < 44;
      if (!nodes.get(node.id).hidden && !named.some(close)) named.push({ id: node.id, ...at });
      if (named.length === LANDMARKS) break;
    }
    const chosen = new Set(named.map((mark) => mark.id));
    magnified = Math.min(4.5, Math.max(1, NEAR_SCALE / scale));
    sizes.clear();
    chosen.forEach((id) => sizes.set(id, Math.round(13 / scale)));
    nodes.update(data.drawing.nodes.map((node) => ({ id: node.id, size: node.size * magnified, font: fontOf(isFaded(node.id), node.id) })));
    edges.update(data.drawing.edges.map((edge) => ({ id: edge.id, width: widthOf(edge), dashes: magnified > 1.5 ? false : edge.dashes })));
  }
  function zoom(factor) {
    network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)) });
    landmarks();
  }
  /* Bring the choice into view, but leave the picture where it is as long as all of the choice can be seen. */
  function focus(id) {
    if (NARROW.matches) $("stage").scrollIntoView({ block: "start" });
    const ends = data.ties[id] ? [data.ties[id].a, data.ties[id].b] : [id];
    const boxes = ends.map((end) => network.getBoundingBox(end));
    const reach = { left: Math.min(...boxes.map((each) => each.left)), right: Math.max(...boxes.map((each) => each.right)),
      top: Math.min(...boxes.map((each) => each.top)), bottom: Math.max(...boxes.map((each) => each.bottom)) };
    const { clientWidth: width, clientHeight: height } = $("canvas");
    const seen = NARROW.matches ? Math.min(height, window.innerHeight - $("panel").offsetHeight) : height;
    const low = network.canvasToDOM({ x: reach.left, y: reach.top });
    const high = network.canvasToDOM({ x: reach.right, y: reach.bottom });
    if (low.x >= 0 && low.y >= 0 && high.x <= width && high.y <= seen && network.getScale() >= READABLE) return;
    const scale = Math.max(network.getScale(), READABLE);
    network.moveTo({ scale, position: { x: (reach.left + reach.right) / 2,
      y: (reach.top + reach.bottom) / 2 + (height - seen) / 2 / scale } });
    landmarks();
  }

  /* Panel: the list of ties, one partner, or one tie */

  function partyLine(id, lead) {
    return el("p", { class: lead ? "lead" : "" }, dot(id),
      el("button", { type: "button", class: "link", onclick: () => select(id, true) }, nameOf(id)));
  }
  const sorters = {
    partners: (a, b) => compare(shortOf(a.a), shortOf(b.a)) || compare(shortOf(a.b), shortOf(b.b)),
    events: (a, b) => a.events - b.events || a.end.localeCompare(b.end),
    last: (a, b) => a.end.localeCompare(b.end) || a.events - b.events,
  };
  function sorted(ids) {
    const way = state.down ? -1 : 1;
    return [...ids].sort((x, y) => way * sorters[state.sort](data.ties[x], data.ties[y]) || compare(x, y));
  }
  function heading(key, label, numeric) {
    const active = state.sort === key;
    const arrow = active ? (state.down ? " ↓" : " ↑") : "";
    return el("th", { scope: "col", class: numeric ? "number" : false,
      "aria-sort": active ? (state.down ? "descending" : "ascending") : false },
    el("button", { type: "button", "data-sort": key, onclick: () => {
      state.down = active ? !state.down : key !== "partners";
      state.sort = key;
      render();
      $("panel").querySelector(`[data-sort="${key}"]`).focus();
    } }, say(label) + arrow));
  }
  const named = (id) => {
    const party = data.parties[id];
    return party.type === "organisation" && party.place && !fold(party.short).includes(fold(party.place.slice(0, -1)))
      ? `${party.short}, ${party.place}` : shortOf(id);
  };
  const tieKind = (tie) => [word(tie.kind), tie.agreements.length ? say("agreement") : ""].filter(Boolean).join(" · ");
  function tieRow(id, party) {
    const tie = data.ties[id];
    const ends = party ? [other(tie, party)] : homeFirst(tie);
    return el("tr", {},
      el("td", {}, el("button", { type: "button", class: "row", "data-tie": id, onclick: () => select(id, true) },
        ends.map((end) => el("span", { class: "pair" }, dot(end), el("span", { class: "name" }, named(end)))),
        tieKind(tie) ? el("span", { class: "tag" }, tieKind(tie)) : null)),
      el("td", { class: "number" }, String(tie.events)),
      el("td", { class: "number" }, tie.end.slice(0, 4) || "—"));
  }
  const home = data.countries.length ? data.countries[0].id : "";
  const homeFirst = (tie) => (data.parties[tie.b].country === home && data.parties[tie.a].country !== home
    ? [tie.b, tie.a] : [tie.a, tie.b]);
  function tieTable(ids, party) {
    return el("table", { class: "list" },
      el("thead", {}, el("tr", {}, heading("partners", party ? "partner" : "partners", false),
        heading("events", "eventsShort", true), heading("last", "last", true))),
      el("tbody", {}, sorted(ids).map((id) => tieRow(id, party))));
  }
  function listPanel() {
    const ids = shownTies();
    const all = Object.keys(data.ties).length;
    const title = ids.length === all ? `${say("listTitle")}: ${all}`
      : `${say("listTitle")}: ${say("shown", { shown: ids.length, all })}`;
    return [el("h2", { class: "bar", id: "panel-title" }, title),
      ids.length ? tieTable(ids, "") : el("p", { class: "small" }, say("noTies")),
      ids.length ? el("div", { class: "actions" },
        el("button", { type: "button", class: "link", id: "save", onclick: savePicture }, say("savePng")),
        el("button", { type: "button", class: "link", onclick: () => window.print() }, say("print"))) : ""];
  }
  const bar = () => el("div", { class: "bar" },
    el("button", { type: "button", class: "link", id: "back", onclick: () => select("", true) }, `← ${say("back")}`),
    el("button", { type: "button", class: "link", id: "close", onclick: () => select("", true) }, say("close")));
  function partyPanel(id) {
    const party = data.parties[id];
    const kind = word(party.kind) || (data.strings[state.lang][party.type] && say(party.type));
    return [bar(), el("p", { class: "small" }, say("partner")), el("h2", { id: "panel-title", tabindex: "-1" }, nameOf(id)),
      facts([[say("organisationKind"), kind],
        [say("seat"), party.type === "organisation" ? party.place : ""],
        [say("country"), word(party.country)],
        [say("alsoNamed"), party.others.map((name) => el("div", {}, name))]]),
      el("h3", {}, `${say("tiesOf")}: ${tiesOf(id).length}`), tieTable(tiesOf(id), id)];
  }
  function agreementItem(item) {
    const kind = fold(item.label).startsWith(fold(word(item.kind))) ? "" : word(item.kind);
    const about = [kind, word(item.status), item.edtf ? day(item.edtf) : ""].filter(Boolean);
    return el("li", {}, el("div", { class: "small" }, about.join(" · ")), item.label);
  }
  /* The cell's text with what it says of this tie's partners marked. Offsets count code points. */
  function marked(cell, wanted) {
    const letters = Array.from(cell.text);
    const parts = [];
    let at = 0;
    for (const [start, end, body] of cell.marks) {
      if (!wanted.has(body) || start < at) continue;
      parts.push(letters.slice(at, start).join(""), el("mark", {}, letters.slice(start, end).join("")));
      at = end;
    }
    return [...parts, letters.slice(at).join("")];
  }
  function account(entry, wanted, open) {
    const where = [say("row", { number: entry.number }), entry.reporter, entry.report].filter(Boolean).join(" · ");
    return el("details", { open },
      el("summary", {}, `${say("source")}: ${say("row", { number: entry.number })}, ${entry.reporter}`),
      el("blockquote", { class: "cells" }, el("p", { class: "small" }, where),
        el("dl", {}, entry.cells.flatMap((cell) => [el("dt", {}, word(cell.column)), el("dd", {}, marked(cell, wanted))]))));
  }
  function eventItem(entries, tie, open) {
    const [first] = entries;
    const wanted = new Set([tie.a, tie.b]);
    const roles = homeFirst(tie).filter((id) => first.roles[id])
      .map((id) => [named(id), first.roles[id].map(word).join(", ")]);
    const telling = new Set(roles.map(([, role]) => role)).size > 1;
    return el("li", {},
      el("p", { class: "when" }, [dated(first.edtf, first.start, first.end), word(first.kind)].filter(Boolean).join(" · ")),
      el("p", { class: "what" }, first.title),
      telling ? el("p", { class: "small" }, roles.map((pair) => pair.join(" — ")).join("; ")) : null,
      entries.map((entry) => account(entry, wanted, open)));
  }
  function eventsOf(tie) {
    const groups = new Map();
    for (const id of tie.entries) {
      const entry = data.entries[id];
      groups.set(entry.activity, [...(groups.get(entry.activity) || []), entry]);
    }
    return [...groups.values()].sort(([a], [b]) => b.start.localeCompare(a.start) || a.number - b.number);
  }
  function tiePanel(id) {
    const tie = data.ties[id];
    const events = eventsOf(tie);
    return [bar(), el("p", { class: "small" }, say("tie")),
      el("h2", { id: "panel-title", tabindex: "-1" }, homeFirst(tie).map((end) => partyLine(end, true))),
      facts([[say("kind"), word(tie.kind)], [say("period"), years(tie)],
        [say("topics"), tie.topics.map(word).join(", ")],
        [say("reported"), tie.sides ? say(tie.sides > 1 ? "sides2" : "sides1") : ""]]),
      ...(tie.agreements.length ? [el("h3", {}, say("agreements")),
        el("ul", { class: "agreements" }, tie.agreements.map(agreementItem))] : []),
      el("h3", {}, `${say("eventsTitle")}: ${events.length}`),
      el("ol", { class: "events" }, events.map((entries, index) => eventItem(entries, tie, index === 0)))];
  }
  function render() {
    const id = state.selected;
    const panel = $("panel");
    const wasOpen = panel.classList.contains("open");
    if (id && !wasOpen) listAt = window.scrollY;
    panel.replaceChildren(...(data.ties[id] ? tiePanel(id) : data.parties[id] ? partyPanel(id) : listPanel()));
    panel.classList.toggle("open", Boolean(id));
    document.body.classList.toggle("sheet", Boolean(id));
    panel.scrollTop = 0;
    if (!id && wasOpen && NARROW.matches) window.scrollTo(0, listAt);
    summary();
  }

  /* Header, legend, filters */

  function summary() {
    const ids = shownTies();
    const parties = new Set(ids.flatMap((id) => [data.ties[id].a, data.ties[id].b]));
    const events = new Set(ids.flatMap((id) => data.ties[id].entries.map((entry) => data.entries[entry].activity)));
    const pieces = [["parties", parties.size], ["ties", ids.length], ["events", events.size]].flatMap(([key, count], index) => {
      const [number, noun] = counted(key, count);
      return [index ? " · " : "", el("b", {}, number), ` ${noun}`];
    });
    const given = data.parameters.map(({ label, value }) => `${label[state.lang]}: ${value}`).join(" · ");
    $("summary").replaceChildren(...(given ? [given, " · "] : []), ...pieces);
  }
  const SVG = "http://www.w3.org/2000/svg";
  function sample(dashed) {
    const svg = document.createElementNS(SVG, "svg");
    const line = document.createElementNS(SVG, "line");
    const set = (element, values) => Object.entries(values).forEach(([key, value]) => element.setAttribute(key, value));
    set(svg, { width: 34, height: 10, "aria-hidden": "true" });
    set(line, { x1: 0, y1: 5, x2: 34, y2: 5, stroke: dashed ? "#93a0ab" : "#2b3a45", "stroke-width": 2.6, "stroke-dasharray": dashed ? "7 6" : "none" });
    svg.append(line);
    return svg;
  }
  function legend() {
    const types = new Set(Object.values(data.parties).map((party) => party.type));
    const shape = (type, round) => {
      const mark = el("span", { class: "dot", "aria-hidden": "true" });
      mark.style.cssText = `background: #55616c; border-radius: ${round}`;
      return types.has(type) && types.size > 1 ? [el("li", {}, mark, say(type))] : [];
    };
    const countries = data.countries.map(({ id, colour }) => {
      const mark = el("span", { class: "dot", "aria-hidden": "true" });
      mark.style.background = colour;
      return el("li", {}, mark, word(id));
    });
    const rest = el("span", { class: "dot", "aria-hidden": "true" });
    const others = Object.values(data.parties).find(({ country }) => !data.countries.some(({ id }) => id === country));
    if (others) {
      rest.style.background = others.colour;
      countries.push(el("li", {}, rest, say("otherCountries")));
    }
    const cut = data.total.nodes > data.drawing.nodes.length
      ? [el("p", { class: "cut" }, say("shownNodes", { shown: data.drawing.nodes.length, all: data.total.nodes }))] : [];
    $("legend").replaceChildren(...cut, el("ul", { "aria-label": say("legend") }, countries, shape("organisation", "50%"),
      shape("municipality", "2px"), el("li", {}, sample(false), say("agreement")), el("li", {}, sample(true), say("contact")),
      el("li", {}, say("widthHint"))));
    $("legend").hidden = data.drawing.nodes.length === 0;
  }
  function options(name) {
    const found = new Set(Object.values(data.ties).flatMap((tie) => [...valuesOf[name](tie)]));
    found.delete("");
    const label = (value) => (name === "year" ? value : word(value));
    const items = [...found].sort((a, b) => (name === "year" ? b.localeCompare(a) : compare(label(a), label(b))));
    const select = $(`filter-${name}`);
    select.replaceChildren(el("option", { value: "" }, say("all")),
      ...items.map((value) => el("option", { value }, label(value))));
    select.value = state.filter[name] || "";
    select.classList.toggle("on", Boolean(state.filter[name]));
    select.disabled = items.length === 0;
  }
  function changed(keepSelection) {
    const active = filters.filter((name) => state.filter[name]);
    filters.forEach((name) => $(`filter-${name}`).classList.toggle("on", active.includes(name)));
    $("filters-open").textContent = active.length ? `${say("filters")} (${active.length})` : say("filters");
    mayReset();
    const gone = data.ties[state.selected] ? !shown(state.selected)
      : data.parties[state.selected] && !tiesOf(state.selected).length;
    if (gone && !keepSelection) select("", false);
    look();
    render();
  }
  function mayReset() {
    $("reset").disabled = !filters.some((name) => state.filter[name]) && !state.selected && !$("search").value;
  }
  function reset() {
    state.filter = {};
    filters.forEach((name) => { $(`filter-${name}`).value = ""; });
    $("search").value = "";
    closeFound();
    select("", false);
    changed();
    fit(false);
  }

  /* Choosing; the address keeps the choice, so that Back works and a link can be sent */

  function remember(known) {
    // Framed in a notebook (about:srcdoc) the page has no address of its own, and to set one is a SecurityError.
    if (window.location.protocol === "about:") return;
    window.history.pushState(null, "", known ? `#${encodeURIComponent(known)}` : "#");
  }
  function select(id, bring) {
    const known = data.ties[id] || data.parties[id] ? id : "";
    if (known !== state.selected) {
      state.selected = known;
      remember(known);
    }
    show(bring);
  }
  function show(bring) {
    network.unselectAll();
    look();
    render();
    if (bring && state.selected) focus(state.selected);
    mayReset();
    const title = $("panel-title");
    if (bring && title && state.selected) title.focus({ preventScroll: true });
  }
  function fromAddress() {
    let id = "";
    try { id = decodeURIComponent(window.location.hash.slice(1)); } catch (error) { if (!(error instanceof URIError)) throw error; }
    state.selected = data.ties[id] || data.parties[id] ? id : "";
    show(Boolean(state.selected));
  }

  /* Search */

  let hits = [];
  let at = -1;
  function search() {
    const wanted = fold($("search").value).split(/\s+/).filter(Boolean);
    const text = (id) => {
      const party = data.parties[id];
      return fold([...Object.values(party.names), party.short, party.place, ...party.others].join(" "));
    };
    hits = wanted.length ? Object.keys(data.parties).filter((id) => wanted.every((part) => text(id).includes(part)))
      .sort((a, b) => compare(named(a), named(b))).slice(0, 30) : [];
    at = hits.length ? 0 : -1;
    mayReset();
    found(wanted.length > 0);
  }
  function found(open) {
    const list = $("found");
    const items = hits.map((id, index) => el("li", { role: "option", id: `hit-${index}`, "aria-selected": String(index === at),
      onmousedown: (event) => { event.preventDefault(); choose(id); } },
    el("span", {}, dot(id), " ", named(id)), el("div", { class: "small" }, named(id) === nameOf(id) ? word(data.parties[id].country) : nameOf(id))));
    list.replaceChildren(...(items.length ? items : [el("li", { class: "none" }, say("nothingFound"))]));
    list.hidden = !open;
    $("search").setAttribute("aria-expanded", String(open));
    if (open && at >= 0) {
      $("search").setAttribute("aria-activedescendant", `hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else $("search").removeAttribute("aria-activedescendant");
  }
  function closeFound() {
    hits = [];
    found(false);
  }
  function choose(id) {
    $("search").value = named(id);
    closeFound();
    if (!tiesOf(id).length) {
      state.filter = {};
      filters.forEach((name) => { $(`filter-${name}`).value = ""; });
      changed(true);
    }
    select(id, true);
  }
  function searchKey(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!hits.length) search();
      if (!hits.length) return;
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
      found(true);
    } else if (event.key === "Enter") {
      if (!hits.length) search();
      if (hits.length) choose(hits[Math.max(at, 0)]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      closeFound();
    }
  }

  /* The rest */

  function savePicture() {
    const drawn = $("canvas").querySelector("canvas");
    const copy = el("canvas", { width: drawn.width, height: drawn.height });
    const pen = copy.getContext("2d");
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(drawn, 0, 0);
    const link = el("a", { download: `${data.title[state.lang]}.png`, href: copy.toDataURL("image/png") });
    link.click();
  }
  function speak() {
    document.documentElement.lang = state.lang;
    document.title = data.title[state.lang];
    $("title").textContent = data.title[state.lang];
    document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = say(element.dataset.t); });
    document.querySelectorAll("[data-t-label]").forEach((element) => element.setAttribute("aria-label", say(element.dataset.tLabel)));
    document.querySelectorAll("[data-t-title]").forEach((element) => { element.title = say(element.dataset.tTitle); });
    document.querySelectorAll("[data-t-placeholder]").forEach((element) => { element.placeholder = say(element.dataset.tPlaceholder); });
    document.querySelectorAll("[data-lang]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.lang === state.lang)));
    const frameElement = $("canvas").querySelector(".vis-network");
    frameElement.setAttribute("role", "group");
    frameElement.setAttribute("aria-label", say("mapLabel"));
    filters.forEach(options);
    legend();
    changed(true);
  }
  function arrange() {
    nodes.update(data.drawing.nodes.map((node) => { const [x, y] = spot(node); return { id: node.id, x, y }; }));
    network.setSize("100%", "100%");
    network.redraw();
    fit(false);
  }
  function listen() {
    document.querySelectorAll("[data-lang]").forEach((button) => button.addEventListener("click", () => {
      state.lang = button.dataset.lang;
      speak();
    }));
    filters.forEach((name) => $(`filter-${name}`).addEventListener("change", (event) => {
      state.filter[name] = event.target.value;
      changed();
      fit(false);
    }));
    $("reset").addEventListener("click", reset);
    $("filters-open").addEventListener("click", () => {
      const open = $("tools").classList.toggle("open");
      $("filters-open").setAttribute("aria-expanded", String(open));
    });
    $("empty-reset").addEventListener("click", reset);
    $("zoom-in").addEventListener("click", () => zoom(1.3));
    $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
    $("fit").addEventListener("click", () => fit(true));
    $("search").addEventListener("input", search);
    $("search").addEventListener("keydown", searchKey);
    $("search").addEventListener("blur", closeFound);
    window.addEventListener("hashchange", fromAddress);
    window.addEventListener("popstate", fromAddress);
    window.addEventListener("beforeprint", () => {
      document.querySelectorAll("details").forEach((details) => { details.open = true; });
    });
    NARROW.addEventListener("change", arrange);
    PRINTED.addEventListener("change", () => fit(false));
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.selected) select("", true); });
  }

  draw();
  speak();
  listen();
  // Labels have no size before they were drawn once.
  network.redraw();
  fit(false);
  fromAddress();
  document.documentElement.dataset.ready = "yes";
})();
