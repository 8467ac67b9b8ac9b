/* Made of viz/network and viz/kit by tools/build_network_script.py. SHA-256 of the sources: af41feb519dc7a372dedcfbb54cf29f36014c72831821a37cdcdfdddcaa41c4c */
(function() {
	// kit/dom.ts
	function h(tag, properties = {}, ...children) {
		return fill(document.createElement(tag), properties, children);
	}
	function svg(tag, properties = {}, ...children) {
		return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
	}
	function fill(element, properties, children) {
		for (const [name, value] of Object.entries(properties)) if (typeof value === "function") element.addEventListener(name.slice(2), value);
		else if (value === true) element.setAttribute(name, "");
		else if (value !== void 0 && value !== false) element.setAttribute(name, String(value));
		element.append(...children.filter((child) => child !== void 0 && child !== null && child !== false));
		return element;
	}
	// kit/picture/camera.ts
	function zoomed(camera, factor, at, least, most) {
		const scale = Math.min(most, Math.max(least, camera.scale * factor));
		return {
			scale,
			x: at.x - (at.x - camera.x) * scale / camera.scale,
			y: at.y - (at.y - camera.y) * scale / camera.scale
		};
	}
	function moved(camera, x, y) {
		return {
			...camera,
			x: camera.x + x,
			y: camera.y + y
		};
	}
	function seen({ scale, x, y }, point) {
		return {
			x: point.x * scale + x,
			y: point.y * scale + y
		};
	}
	function under({ scale, x, y }, at) {
		return {
			x: (at.x - x) / scale,
			y: (at.y - y) / scale
		};
	}
	function within(frame, across, down) {
		return {
			width: Math.max(1, frame.width - across),
			height: Math.max(1, frame.height - down)
		};
	}
	function aimed(point, scale, at) {
		return {
			scale,
			x: at.x - point.x * scale,
			y: at.y - point.y * scale
		};
	}
	function around(boxes) {
		const [first, ...rest] = boxes;
		return first && rest.reduce((all, box) => ({
			left: Math.min(all.left, box.left),
			top: Math.min(all.top, box.top),
			right: Math.max(all.right, box.right),
			bottom: Math.max(all.bottom, box.bottom)
		}), first);
	}
	// kit/picture/colours.ts
	var INK = "#16202a";
	var SOFT = "#55616c";
	var ACCENT = "#0b5a8f";
	var WASH = "#f5f7f8";
	var FADED = "#dde2e6";
	var FADED_TEXT = "#c3c9ce";
	var TYPE = "\"PT Sans\", \"Segoe UI\", \"Noto Sans\", Roboto, \"Helvetica Neue\", \"DejaVu Sans\", Arial, sans-serif";
	// kit/picture/marks.ts
	var AREA_WASH = .07;
	function reach(shape, r) {
		return shape === "dot" || shape === "pill" ? r : shape === "square" ? r * Math.sqrt(Math.PI) / 2 : r * Math.sqrt(Math.PI / 2);
	}
	// kit/picture/canvas.ts
	var MANY_MARKS = 400;
	var ALIGN = {
		start: "left",
		middle: "center",
		end: "right"
	};
	function paint(pen, { areas = [], strokes, marks, texts }) {
		for (const area of areas) paintArea(pen, area);
		for (const group of alike(strokes, ({ colour, width, dashes, opacity = 1 }) => `${colour} ${width} ${dashes?.[0]} ${opacity}`)) paintStrokes(pen, group);
		pen.setLineDash([]);
		pen.globalAlpha = 1;
		if (marks.length < MANY_MARKS) for (const mark of marks) paintMark(pen, mark);
		else paintMany(pen, marks);
		pen.lineJoin = "round";
		pen.textBaseline = "alphabetic";
		for (const text of texts) paintText(pen, text);
	}
	function alike(all, looks) {
		const groups = new Map();
		for (const item of all) {
			const key = looks(item);
			const group = groups.get(key);
			if (group) group.push(item);
			else groups.set(key, [item]);
		}
		return [...groups.values()];
	}
	function paintArea(pen, { x, y, rx, ry, hole, from, to, colour, rim }) {
		pen.beginPath();
		pen.ellipse(x, y, rx, ry, 0, from, to);
		pen.ellipse(x, y, hole, hole, 0, to, from, true);
		pen.closePath();
		pen.globalAlpha = AREA_WASH;
		pen.fillStyle = colour;
		pen.fill();
		pen.globalAlpha = 1;
		pen.beginPath();
		pen.ellipse(x, y, rx, ry, 0, from, to);
		pen.strokeStyle = colour;
		pen.lineWidth = rim;
		pen.stroke();
	}
	function paintStrokes(pen, group) {
		const [first] = group;
		if (!first) return;
		pen.setLineDash(first.dashes ? [...first.dashes] : []);
		pen.strokeStyle = first.colour;
		pen.lineWidth = first.width;
		pen.globalAlpha = first.opacity ?? 1;
		pen.beginPath();
		for (const { x1, y1, x2, y2 } of group) {
			pen.moveTo(x1, y1);
			pen.lineTo(x2, y2);
		}
		pen.stroke();
	}
	function paintMany(pen, marks) {
		const groups = alike(marks, ({ edge, edgeWidth }) => `${edge} ${edgeWidth}`).sort((a, b) => b.length - a.length);
		for (const group of alike(groups[0] ?? [], ({ shape, colour }) => `${shape} ${colour}`)) {
			pen.beginPath();
			for (const mark of group) outline(pen, mark);
			pen.fillStyle = group[0]?.colour;
			pen.fill();
		}
		for (const mark of groups.slice(1).flat()) paintMark(pen, mark);
	}
	function paintMark(pen, mark) {
		pen.beginPath();
		outline(pen, mark);
		pen.fillStyle = mark.colour;
		pen.fill();
		pen.strokeStyle = mark.edge;
		pen.lineWidth = mark.edgeWidth;
		pen.stroke();
	}
	function outline(pen, { shape, x, y, r, half = r }) {
		const far = reach(shape, r);
		if (shape === "dot") {
			pen.moveTo(x + far, y);
			pen.arc(x, y, far, 0, 2 * Math.PI);
		} else if (shape === "square") pen.rect(x - far, y - far, 2 * far, 2 * far);
		else if (shape === "pill") pen.roundRect(x - half, y - far, 2 * half, 2 * far, far);
		else {
			pen.moveTo(x, y - far);
			for (const [across, down] of [
				[far, 0],
				[0, far],
				[-far, 0]
			]) pen.lineTo(x + across, y + down);
			pen.closePath();
		}
	}
	function paintText(pen, { anchor, x, y, text, size, colour, halo, weight = 400, family = TYPE }) {
		pen.font = `${weight} ${size}px ${family}`;
		pen.textAlign = ALIGN[anchor];
		if (halo) {
			pen.strokeStyle = halo;
			pen.lineWidth = size / 3.5;
			pen.strokeText(text, x, y);
		}
		pen.fillStyle = colour;
		pen.fillText(text, x, y);
	}
	// kit/picture/compose.ts
	var PAPER = {
		ink: INK,
		wash: WASH,
		accent: ACCENT,
		faded: FADED
	};
	var DASHES = [7, 6];
	var EDGE$1 = 2;
	var CHOSEN_EDGE = 4;
	var WIDER = {
		chosen: 2.5,
		hovered: 1.5
	};
	function compose({ spots, lines }, camera, frame, look, manner) {
		const larger = manner.shapes(camera.scale);
		const inks = manner.inks ?? PAPER;
		const placed = fadedFirst(spots, look).map((spot) => ({
			...spot,
			...seen(camera, spot),
			r: spot.r * larger,
			isFaded: isFaded(spot.id, look)
		}));
		const known = new Map(placed.map((spot) => [spot.id, spot]));
		const looks = {
			...look,
			inks,
			wider: manner.lines(camera.scale),
			dashes: manner.dashes(camera.scale)
		};
		return {
			...frame,
			strokes: fadedFirst(lines, look).flatMap((line) => strokeOf(line, known, frame, looks)),
			marks: placed.filter((spot) => isIn(frame, spot.x - spot.r * 2, spot.y - spot.r * 2, spot.x + spot.r * 2, spot.y + spot.r * 2)).map((spot) => markOf$1(spot, larger, look, inks)),
			texts: manner.labels(placed, camera.scale, frame, look)
		};
	}
	function isIn({ width, height }, left, top, right, bottom) {
		return right >= 0 && left <= width && bottom >= 0 && top <= height;
	}
	function fadedFirst(all, look) {
		return look.lit ? [...all.filter(({ id }) => isFaded(id, look)), ...all.filter(({ id }) => !isFaded(id, look))] : all;
	}
	function isFaded(id, { lit }) {
		return lit !== void 0 && !lit.has(id);
	}
	function strokeOf(line, known, frame, look) {
		const [a, b] = [known.get(line.a), known.get(line.b)];
		if (!a || !b || !isIn(frame, Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y))) return [];
		const [isChosen, isHovered] = [line.id === look.chosen, line.id === look.hovered];
		const width = (line.width + (isChosen ? WIDER.chosen : isHovered ? WIDER.hovered : 0)) * look.wider;
		const colour = isChosen || isHovered ? look.inks.accent : isFaded(line.id, look) ? look.inks.faded : line.colour;
		const dashes = line.isDashed && look.dashes ? [DASHES[0] * look.wider, DASHES[1] * look.wider] : void 0;
		return [{
			id: line.id,
			x1: a.x,
			y1: a.y,
			x2: b.x,
			y2: b.y,
			colour,
			width,
			dashes,
			...line.opacity === void 0 ? {} : { opacity: line.opacity }
		}];
	}
	function markOf$1({ id, shape, x, y, r, colour, title, isFaded }, larger, look, inks) {
		const isChosen = id === look.chosen;
		return {
			id,
			shape,
			x,
			y,
			r,
			colour: isFaded ? inks.faded : colour,
			edge: isChosen || id === look.hovered ? inks.ink : inks.wash,
			edgeWidth: (isChosen ? CHOSEN_EDGE : EDGE$1) * Math.min(1, larger),
			title
		};
	}
	// kit/picture/gestures.ts
	var STEP$1 = 1.4;
	var WHEEL = 1.2;
	var KEYS = {
		ArrowLeft: [60, 0],
		ArrowRight: [-60, 0],
		ArrowUp: [0, 60],
		ArrowDown: [0, -60]
	};
	var STILL$1 = 4;
	function listen(element, given) {
		element.addEventListener("keydown", (event) => {
			if (given.key?.(event) || key(event, given)) event.preventDefault();
		});
		element.addEventListener("wheel", (event) => {
			const { ctrlKey, deltaY } = event;
			if (!given.takesWheel && !ctrlKey && document.activeElement !== element) return;
			event.preventDefault();
			given.zoom(deltaY < 0 ? WHEEL : 1 / WHEEL, placeOf(element, given, event));
		}, { passive: false });
		new Pointers(element, given);
	}
	function key({ key, ctrlKey, metaKey, altKey }, { zoom, move, reset }) {
		if (ctrlKey || metaKey || altKey) return false;
		const step = KEYS[key];
		if (step) move(...step);
		else if (key === "+" || key === "=") zoom(STEP$1);
		else if (key === "-") zoom(1 / STEP$1);
		else if (key === "0") reset();
		else return false;
		return true;
	}
	function placeOf(element, { unit }, { clientX, clientY }) {
		const { left, top } = element.getBoundingClientRect();
		return {
			x: (clientX - left) * unit(),
			y: (clientY - top) * unit()
		};
	}
	var Pointers = class {
		element;
		given;
		down = new Map();
		held;
		start = {
			x: 0,
			y: 0
		};
		isStill = false;
		constructor(element, given) {
			this.element = element;
			this.given = given;
			const on = (name, act) => element.addEventListener(name, act);
			on("pointerdown", (event) => this.begin(event));
			on("pointermove", (event) => this.move(event));
			on("pointerup", (event) => this.end(event, true));
			on("pointercancel", (event) => this.end(event, false));
			on("pointerleave", () => given.hover?.(void 0));
		}
		begin(event) {
			if (event.button > 0) return;
			const at = placeOf(this.element, this.given, event);
			this.down.set(event.pointerId, at);
			this.isStill = this.down.size === 1;
			this.held = this.isStill ? this.given.grab?.(at) : void 0;
			this.start = at;
		}
		move(event) {
			const at = placeOf(this.element, this.given, event);
			const before = this.down.get(event.pointerId);
			if (!before || !(event.buttons & 1)) {
				this.down.delete(event.pointerId);
				this.given.hover?.(at);
				return;
			}
			if (this.isStill && Math.hypot(at.x - this.start.x, at.y - this.start.y) <= STILL$1 * this.given.unit()) return;
			this.isStill = false;
			this.element.setPointerCapture(event.pointerId);
			this.down.set(event.pointerId, at);
			const [other] = [...this.down].flatMap(([id, point]) => id === event.pointerId ? [] : [point]);
			if (other) this.given.zoom(apart(at, other) / apart(before, other), other);
			else if (this.held) this.held(at);
			else this.given.move(at.x - before.x, at.y - before.y);
		}
		end(event, isUp) {
			if (!this.down.delete(event.pointerId)) return;
			this.held = void 0;
			if (isUp && this.isStill) this.given.click?.(placeOf(this.element, this.given, event));
			this.isStill = false;
		}
	};
	function apart(a, b) {
		return Math.hypot(a.x - b.x, a.y - b.y) || 1;
	}
	// kit/picture/measure.ts
	var pen;
	var set = "";
	function widthOf(text, size, weight = 400, family = TYPE) {
		if (pen === void 0) pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
		if (!pen) return text.length * size * .6;
		const font = `${weight} ${size}px ${family}`;
		if (font !== set) pen.font = set = font;
		return pen.measureText(text).width;
	}
	// kit/picture/hit.ts
	var NEAR$1 = {
		mark: 3,
		stroke: 5
	};
	var SHIFT = {
		start: 0,
		middle: .5,
		end: 1
	};
	function hit({ marks, texts, strokes }, x, y) {
		const mark = marks.findLast((each) => isOn(each, x, y)) ?? texts.findLast((each) => isOver(each, x, y));
		if (mark) return mark.id;
		let [best, found] = [Number.POSITIVE_INFINITY, ""];
		for (const stroke of strokes) {
			const away = distance(stroke, x, y);
			if (away < best && away <= Math.max(NEAR$1.stroke, stroke.width / 2)) [best, found] = [away, stroke.id];
		}
		return found;
	}
	function isOn({ shape, x: left, y: top, r, half = r }, x, y) {
		const [across, down, far] = [
			Math.abs(x - left),
			Math.abs(y - top),
			reach(shape, r) + NEAR$1.mark
		];
		if (shape === "dot") return across * across + down * down <= far * far;
		if (shape === "pill") return across <= half + NEAR$1.mark && down <= far;
		return shape === "square" ? Math.max(across, down) <= far : across + down <= far;
	}
	function isOver({ anchor, x: at, y: base, text, size, weight, family }, x, y) {
		if (y < base - size || y > base + size / 4) return false;
		const wide = widthOf(text, size, weight, family);
		const left = at - wide * SHIFT[anchor];
		return x >= left && x <= left + wide;
	}
	function distance({ x1, y1, x2, y2 }, x, y) {
		const [across, down] = [x2 - x1, y2 - y1];
		const along = ((x - x1) * across + (y - y1) * down) / (across * across + down * down || 1);
		const part = Math.min(1, Math.max(0, along));
		return Math.hypot(x - x1 - part * across, y - y1 - part * down);
	}
	// kit/text.ts
	function fold(text) {
		return text.toLowerCase().replaceAll("ё", "е").trim();
	}
	function wordsOf(typed) {
		return fold(typed).split(/\s+/).filter(Boolean);
	}
	function comparer(lang) {
		return new Intl.Collator(lang, { numeric: true }).compare;
	}
	var LEGIBLE = 7;
	var LANDMARKS = 14;
	var LANDMARK_SIZE = 13;
	var APART = {
		x: 150,
		y: 44
	};
	var below = (spots, scale, frame) => {
		const [size, named] = scale * 14 < LEGIBLE ? [LANDMARK_SIZE, landmarks(spots)] : [14 * scale, spots];
		const step = size * 18 / 14;
		return named.flatMap((spot) => {
			const half = size * 14;
			if (!isIn(frame, spot.x - half, spot.y, spot.x + half, spot.y + spot.r + step * (spot.lines.length + 1))) return [];
			return spot.lines.map((text, index) => ({
				...looksOf(spot, size),
				anchor: "middle",
				x: spot.x,
				y: spot.y + spot.r + step * (index + 1),
				text
			}));
		});
	};
	function landmarks(spots) {
		const named = [];
		for (const spot of [...spots].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
			if (!named.some((other) => Math.abs(other.x - spot.x) < APART.x && Math.abs(other.y - spot.y) < APART.y)) named.push(spot);
			if (named.length === LANDMARKS) break;
		}
		return named;
	}
	function looksOf({ id, title, isFaded }, size) {
		return {
			id,
			size,
			colour: isFaded ? FADED_TEXT : INK,
			halo: isFaded ? "" : WASH,
			title
		};
	}
	function extentOf({ r, lines }) {
		return {
			half: Math.max(r, ...lines.map((line) => widthOf(line, 14) / 2)),
			top: r,
			bottom: r + 18 * lines.length + 6
		};
	}
	// kit/picture/svg.ts
	function elements({ areas = [], strokes, marks, texts }, isFitted = false) {
		return [
			...areas.flatMap(areaOf),
			...strokes.map(lineOf),
			...marks.map(markOf),
			...texts.map((text) => textOf(text, isFitted))
		];
	}
	function areaOf({ x, y, rx, ry, hole, from, to, colour, rim }) {
		const at = (angle, across, down) => `${x + across * Math.cos(angle)} ${y + down * Math.sin(angle)}`;
		const far = to - from > Math.PI ? 1 : 0;
		const arc = `M${at(from, rx, ry)}A${rx} ${ry} 0 ${far} 1 ${at(to, rx, ry)}`;
		return [svg("path", {
			d: arc + `L${at(to, hole, hole)}A${hole} ${hole} 0 ${far} 0 ${at(from, hole, hole)}Z`,
			fill: colour,
			"fill-opacity": AREA_WASH
		}), svg("path", {
			d: arc,
			fill: "none",
			stroke: colour,
			"stroke-width": rim
		})];
	}
	function lineOf({ x1, y1, x2, y2, colour, width, dashes, opacity }) {
		return svg("line", {
			x1,
			y1,
			x2,
			y2,
			stroke: colour,
			"stroke-width": width,
			"stroke-dasharray": dashes?.join(" "),
			"stroke-opacity": opacity
		});
	}
	function markOf({ id, shape, x, y, r, colour, edge, edgeWidth, title, half = r }) {
		const far = reach(shape, r);
		const looks = {
			fill: colour,
			stroke: edge,
			"stroke-width": edgeWidth,
			"data-node": id
		};
		const name = svg("title", {}, title);
		if (shape === "dot") return svg("circle", {
			cx: x,
			cy: y,
			r: far,
			...looks
		}, name);
		if (shape === "pill") return svg("rect", {
			x: x - half,
			y: y - far,
			width: 2 * half,
			height: 2 * far,
			rx: far,
			...looks
		}, name);
		if (shape === "square") return svg("rect", {
			x: x - far,
			y: y - far,
			width: 2 * far,
			height: 2 * far,
			...looks
		}, name);
		return svg("path", {
			d: `M${x} ${y - far}L${x + far} ${y}L${x} ${y + far}L${x - far} ${y}Z`,
			...looks
		}, name);
	}
	function textOf({ id, anchor, x, y, text, size, colour, halo, title, weight, family = TYPE }, isFitted) {
		const wide = isFitted ? {
			textLength: widthOf(text, size, weight, family).toFixed(1),
			lengthAdjust: "spacingAndGlyphs"
		} : {};
		return svg("text", {
			x,
			y,
			"text-anchor": anchor,
			"font-family": family,
			"font-size": size,
			"font-weight": weight,
			fill: colour,
			...halo ? {
				stroke: halo,
				"stroke-width": size / 3.5,
				"paint-order": "stroke",
				"stroke-linejoin": "round"
			} : {},
			...wide,
			"data-node": id
		}, text, svg("title", {}, title));
	}
	// network/ties.ts
	var FILTERS = [
		"country",
		"topic",
		"year",
		"kind"
	];
	var Ties = class {
		data;
		values;
		ofParty;
		home;
		constructor(data) {
			this.data = data;
			this.values = new Map(Object.entries(data.ties).map(([id, tie]) => [id, this.valuesOf(tie)]));
			this.home = data.countries[0]?.id ?? "";
			const own = new Map();
			for (const [id, { a, b }] of Object.entries(data.ties)) for (const party of [a, b]) own.set(party, [...own.get(party) ?? [], id]);
			this.ofParty = own;
		}
		shown(filters) {
			return Object.keys(this.data.ties).filter((id) => this.isShown(id, filters));
		}
		isShown(id, filters) {
			return FILTERS.every((name) => !filters[name] || this.values.get(id)?.[name].has(filters[name]));
		}
		of(party, filters) {
			return (this.ofParty.get(party) ?? []).filter((id) => this.isShown(id, filters));
		}
		options(name) {
			const all = new Set([...this.values.values()].flatMap((values) => [...values[name]]));
			all.delete("");
			return [...all];
		}
		ends({ a, b }) {
			const at = (id) => this.data.parties[id]?.country === this.home;
			return at(b) && !at(a) ? [b, a] : [a, b];
		}
		events(tie) {
			const groups = new Map();
			for (const entry of this.entries(tie)) {
				const group = groups.get(entry.activity);
				if (group) group.push(entry);
				else groups.set(entry.activity, [entry]);
			}
			return [...groups.values()].sort(([a], [b]) => b.start.localeCompare(a.start) || a.number - b.number);
		}
		entries(tie) {
			return tie.entries.flatMap((id) => this.data.entries[id] ?? []);
		}
		valuesOf(tie) {
			const countries = [tie.a, tie.b].map((id) => this.data.parties[id]?.country ?? "");
			return {
				country: new Set(countries),
				topic: new Set(tie.topics),
				year: new Set(this.years(tie)),
				kind: new Set([tie.kind])
			};
		}
		years(tie) {
			const dated = this.entries(tie).filter(({ start, end }) => start || end);
			return (dated.length ? dated : [tie]).flatMap(({ start, end }) => {
				const [from, to] = [start || end, end || start].map((day) => Number(day.slice(0, 4)));
				return from && to ? Array.from({ length: Math.max(0, to - from + 1) }, (_none, index) => String(from + index)) : [];
			});
		}
	};
	function otherEnd({ a, b }, party) {
		return a === party ? b : a;
	}
	function yearsOf({ start, end }) {
		const [from, to] = [start.slice(0, 4), end.slice(0, 4)];
		return from === to ? from : `${from}–${to}`;
	}
	function pieces(text, marks, wanted) {
		const letters = Array.from(text);
		const found = [];
		const put = (start, end, isMarked) => start < end && found.push({
			text: letters.slice(start, end).join(""),
			isMarked
		});
		let at = 0;
		for (const [start, end, body] of marks) {
			if (!wanted.has(body) || start < at) continue;
			put(at, start, false);
			put(start, end, true);
			at = end;
		}
		put(at, letters.length, false);
		return found;
	}
	// network/graph.ts
	function graphOf(page, places) {
		const { data, state, ties } = page;
		const visible = new Set(ties.shown(state.filters));
		const lines = data.drawing.edges.filter(({ id }) => visible.has(id));
		const linked = new Set(lines.flatMap(({ from, to }) => [from, to]));
		return {
			lines: lines.map(({ id, from, to, width, color, dashes }) => ({
				id,
				a: from,
				b: to,
				width,
				colour: color,
				isDashed: dashes !== false
			})),
			spots: data.drawing.nodes.filter(({ id }) => linked.has(id)).map((node) => ({
				id: node.id,
				...places.get(node.id) ?? {
					x: node.x,
					y: node.y
				},
				r: node.size,
				shape: shapeOf(node.shape),
				colour: node.color,
				lines: labelOf(page, node),
				title: page.nameOf(node.id),
				weight: node.size
			}))
		};
	}
	function litBy(page) {
		const { ties, state: { selected, filters } } = page;
		const tie = page.tie(selected);
		if (tie) return new Set([
			selected,
			tie.a,
			tie.b
		]);
		if (!page.isParty(selected)) return void 0;
		const own = ties.of(selected, filters).flatMap((id) => {
			const line = page.tie(id);
			return line ? [id, otherEnd(line, selected)] : [];
		});
		return new Set([selected, ...own]);
	}
	function shapeOf(shape) {
		return shape === "square" || shape === "diamond" ? shape : "dot";
	}
	function labelOf({ data, lang }, { id, label }) {
		const party = data.parties[id];
		const translated = party?.type === "organisation" || lang === "ru" ? void 0 : party?.names[lang];
		return translated ? [translated] : label.split("\n");
	}
	// network/chart.ts
	var READABLE = .72;
	var LIMITS = [.02, 4];
	var LARGEST = 1.35;
	var HEAD = 62;
	var EDGE = {
		x: 20,
		y: 12,
		legend: 14
	};
	var REST = 150;
	var MARGIN = 24;
	var NEAR = .45;
	var MOST_GROWTH = 4.5;
	var growth = (scale) => Math.min(MOST_GROWTH, Math.max(1, NEAR / scale));
	var MANNER = {
		shapes: (scale) => scale * growth(scale),
		lines: (scale) => scale * (1 + (growth(scale) - 1) * .6),
		dashes: (scale) => growth(scale) <= 1.5,
		labels: below
	};
	var Chart = class {
		page;
		host;
		legend;
		narrow;
		element = h("div", {
			class: "picture",
			role: "group",
			tabindex: 0
		});
		canvas = h("canvas");
		over = h("canvas");
		tip = h("div", {
			class: "tip",
			hidden: true
		});
		places = new Map();
		camera = {
			scale: 1,
			x: 0,
			y: 0
		};
		frame = {
			width: 0,
			height: 0
		};
		graph = {
			spots: [],
			lines: []
		};
		look = {
			chosen: "",
			hovered: "",
			lit: void 0
		};
		hovered = "";
		picture = {
			...this.frame,
			strokes: [],
			marks: [],
			texts: []
		};
		waiting = 0;
		resting = 0;
		constructor(page, host, legend, narrow, choose) {
			this.page = page;
			this.host = host;
			this.legend = legend;
			this.narrow = narrow;
			this.element.append(this.canvas, this.over, this.tip);
			host.append(this.element);
			listen(this.element, {
				unit: () => 1,
				takesWheel: true,
				zoom: (factor, at = this.centre()) => this.from(zoomed(this.camera, factor, at, ...LIMITS)),
				move: (x, y) => this.from(moved(this.camera, x, y)),
				reset: () => this.fit(true),
				click: ({ x, y }) => choose(hit(this.picture, x, y)),
				hover: (at) => this.point(at),
				grab: ({ x, y }) => this.hold(hit(this.picture, x, y))
			});
			new ResizeObserver(() => this.resize()).observe(host);
		}
		arrange() {
			for (const { id, x, y } of this.page.data.drawing.nodes) {
				const [left, top] = this.narrow.matches ? this.page.data.parties[id]?.narrow ?? [x, y] : [x, y];
				this.places.set(id, {
					x: left,
					y: top
				});
			}
			this.resize();
			this.show();
			this.fit(false);
		}
		show() {
			this.graph = graphOf(this.page, this.places);
			this.look = {
				chosen: this.page.state.selected,
				hovered: "",
				lit: litBy(this.page)
			};
			this.paint();
		}
		zoom(factor) {
			this.camera = zoomed(this.camera, factor, this.centre(), ...LIMITS);
			this.paint();
		}
		fit(whole) {
			const all = around(this.graph.spots.map(boxOf));
			if (!all) return;
			const overlay = this.narrow.matches ? 0 : this.legend.offsetHeight + EDGE.legend;
			const room = within(this.frame, 2 * EDGE.x, overlay + HEAD + EDGE.y);
			const across = room.width / (all.right - all.left);
			const fitting = Math.min(LARGEST, across, room.height / (all.bottom - all.top));
			const scale = !whole && fitting < .72 && across >= .72 ? Math.min(1, across) : fitting;
			const centre = (low, high, size) => high - low <= size / scale ? (low + high) / 2 : low + size / scale / 2;
			const { x, y } = this.centre();
			this.camera = aimed({
				x: centre(all.left, all.right, room.width),
				y: centre(all.top, all.bottom, room.height)
			}, scale, {
				x,
				y: y + (HEAD - overlay) / 2
			});
			this.paint();
		}
		focus(id, covered) {
			const tie = this.page.tie(id);
			const ends = new Set(tie ? [tie.a, tie.b] : [id]);
			const reach = around(this.graph.spots.filter((spot) => ends.has(spot.id)).map(boxOf));
			if (!reach) return;
			const { width, height } = this.frame;
			const open = Math.min(height, height - covered);
			const [low, high] = [seen(this.camera, {
				x: reach.left,
				y: reach.top
			}), seen(this.camera, {
				x: reach.right,
				y: reach.bottom
			})];
			if (low.x >= 0 && low.y >= 0 && high.x <= width && high.y <= open && this.camera.scale >= .72) return;
			const middle = {
				x: (reach.left + reach.right) / 2,
				y: (reach.top + reach.bottom) / 2
			};
			this.camera = aimed(middle, Math.max(this.camera.scale, READABLE), {
				x: width / 2,
				y: open / 2
			});
			this.paint();
		}
		image() {
			const copy = h("canvas", {
				width: this.canvas.width,
				height: this.canvas.height
			});
			const pen = copy.getContext("2d");
			if (!pen) return "";
			pen.fillStyle = "#ffffff";
			pen.fillRect(0, 0, copy.width, copy.height);
			pen.drawImage(this.canvas, 0, 0);
			return copy.toDataURL("image/png");
		}
		forPaper() {
			const all = around(this.graph.spots.map(boxOf)) ?? {
				left: 0,
				top: 0,
				right: 1,
				bottom: 1
			};
			const frame = {
				width: all.right - all.left + 48,
				height: all.bottom - all.top + 48
			};
			const camera = aimed({
				x: all.left,
				y: all.top
			}, 1, {
				x: MARGIN,
				y: MARGIN
			});
			const picture = compose(this.graph, camera, frame, this.look, MANNER);
			return svg("svg", {
				viewBox: `0 0 ${frame.width} ${frame.height}`,
				class: "paper",
				role: "img"
			}, ...elements(picture));
		}
		centre() {
			return {
				x: this.frame.width / 2,
				y: this.frame.height / 2
			};
		}
		from(camera) {
			this.camera = camera;
			this.soon();
		}
		soon() {
			this.waiting ||= requestAnimationFrame(() => this.paint());
		}
		paint() {
			cancelAnimationFrame(this.waiting);
			this.waiting = 0;
			this.picture = compose(this.graph, this.camera, this.frame, this.look, MANNER);
			this.put(this.canvas, this.picture);
			this.light();
		}
		light() {
			const { spots, lines } = this.graph;
			const line = lines.find(({ id }) => id === this.hovered);
			const ends = new Set(line ? [line.a, line.b] : [this.hovered]);
			const graph = {
				spots: spots.filter(({ id }) => ends.has(id)),
				lines: line ? [line] : []
			};
			this.put(this.over, compose(graph, this.camera, this.frame, {
				...this.look,
				hovered: this.hovered
			}, {
				...MANNER,
				labels: () => []
			}));
		}
		put(canvas, picture) {
			const pen = canvas.getContext("2d");
			if (!pen) return;
			const ratio = canvas.width / (this.frame.width || 1);
			pen.setTransform(ratio, 0, 0, ratio, 0, 0);
			pen.clearRect(0, 0, this.frame.width, this.frame.height);
			paint(pen, picture);
		}
		resize() {
			const { clientWidth: width, clientHeight: height } = this.host;
			if (width === this.frame.width && height === this.frame.height) return;
			const wasHidden = this.frame.width <= 2 * EDGE.x || this.frame.height <= HEAD + EDGE.y;
			this.camera = moved(this.camera, (width - this.frame.width) / 2, (height - this.frame.height) / 2);
			this.frame = {
				width,
				height
			};
			for (const canvas of [this.canvas, this.over]) {
				canvas.width = Math.round(width * devicePixelRatio);
				canvas.height = Math.round(height * devicePixelRatio);
			}
			if (wasHidden && this.graph.spots.length) this.fit(false);
			else this.paint();
		}
		hold(id) {
			if (!this.graph.spots.find((each) => each.id === id)) return void 0;
			return (at) => {
				this.places.set(id, under(this.camera, at));
				this.graph = graphOf(this.page, this.places);
				this.soon();
			};
		}
		point(at) {
			const hovered = at ? hit(this.picture, at.x, at.y) : "";
			if (hovered === this.hovered) return;
			this.hovered = hovered;
			this.element.style.cursor = hovered ? "pointer" : "";
			this.tip.hidden = true;
			clearTimeout(this.resting);
			const spot = this.graph.spots.find(({ id }) => id === hovered);
			if (spot && at) this.resting = window.setTimeout(() => this.tell(spot, at), REST);
			this.light();
		}
		tell({ title }, { x, y }) {
			this.tip.textContent = title;
			this.tip.hidden = false;
			this.tip.style.left = `${Math.max(4, Math.min(x + 12, this.frame.width - this.tip.offsetWidth - 4))}px`;
			this.tip.style.top = `${Math.max(4, Math.min(y + 16, this.frame.height - this.tip.offsetHeight - 4))}px`;
		}
	};
	function boxOf(spot) {
		const { half, top, bottom } = extentOf(spot);
		return {
			left: spot.x - half,
			right: spot.x + half,
			top: spot.y - top,
			bottom: spot.y + bottom
		};
	}
	// network/data.ts
	async function read(held) {
		const text = held.textContent ?? "";
		if (held.getAttribute("type") === "application/json") return JSON.parse(text);
		const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
		return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
	}
	// network/filters.ts
	var FilterBar = class {
		page;
		opener;
		selects;
		constructor(page, find, opener, changed) {
			this.page = page;
			this.opener = opener;
			this.selects = new Map(FILTERS.map((name) => [name, find(`filter-${name}`)]));
			for (const [name, select] of this.selects) select.addEventListener("change", () => {
				page.state.filters[name] = select.value;
				changed();
			});
		}
		get isOn() {
			return FILTERS.some((name) => this.page.state.filters[name]);
		}
		clear() {
			this.page.state.filters = {};
			for (const select of this.selects.values()) select.value = "";
		}
		speak() {
			const { page } = this;
			for (const [name, select] of this.selects) {
				const label = (value) => name === "year" ? value : page.word(value);
				const items = page.ties.options(name).sort((a, b) => name === "year" ? b.localeCompare(a) : page.compare(label(a), label(b)));
				select.replaceChildren(h("option", { value: "" }, page.words.t("all")), ...items.map((value) => h("option", { value }, label(value))));
				select.value = page.state.filters[name] ?? "";
				select.disabled = items.length === 0;
			}
		}
		mark() {
			const { words: { t }, state } = this.page;
			for (const [name, select] of this.selects) select.classList.toggle("on", Boolean(state.filters[name]));
			const count = FILTERS.filter((name) => state.filters[name]).length;
			this.opener.textContent = count ? `${t("filters")} (${count})` : t("filters");
		}
	};
	// network/marks.ts
	function dotOf({ data }, id) {
		const party = data.parties[id];
		return dot(party?.colour ?? "#55616c", party?.type === "organisation");
	}
	function dot(colour, isRound = true) {
		const mark = h("span", {
			class: "dot",
			"aria-hidden": "true"
		});
		mark.style.background = colour;
		if (!isRound) mark.style.borderRadius = "2px";
		return mark;
	}
	function sample(isDashed) {
		return svg("svg", {
			width: 34,
			height: 10,
			"aria-hidden": "true"
		}, svg("line", {
			x1: 0,
			y1: 5,
			x2: 34,
			y2: 5,
			stroke: isDashed ? "#93a0ab" : "#2b3a45",
			"stroke-width": 2.6,
			"stroke-dasharray": isDashed ? "7 6" : "none"
		}));
	}
	function facts(pairs) {
		return h("dl", { class: "facts" }, ...pairs.filter(([, value]) => value.length > 0).flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, ...typeof value === "string" ? [value] : value)]));
	}
	// network/head.ts
	function summary({ data, words, ties, state, lang }) {
		const shown = ties.shown(state.filters).flatMap((id) => data.ties[id] ?? []);
		const parties = new Set(shown.flatMap(({ a, b }) => [a, b]));
		const events = new Set(shown.flatMap(({ entries }) => entries.map((id) => data.entries[id]?.activity)));
		const pieces = [
			["parties", parties.size],
			["ties", shown.length],
			["events", events.size]
		].flatMap(([key, count], index) => [
			index ? " · " : "",
			h("b", {}, String(count)),
			` ${words.noun(count, key)}`
		]);
		const given = data.parameters.map(({ label, value }) => `${label[lang]}: ${value}`).join(" · ");
		return given ? [
			given,
			" · ",
			...pieces
		] : pieces;
	}
	function legend(page) {
		const { data, words: { t } } = page;
		const parties = Object.values(data.parties);
		const types = new Set(parties.map(({ type }) => type));
		const shape = (type, isRound) => types.has(type) && types.size > 1 ? [h("li", {}, dot(SOFT, isRound), t(type))] : [];
		const other = parties.find(({ country }) => !data.countries.some(({ id }) => id === country));
		const items = [
			...data.countries.map(({ id, colour }) => h("li", {}, dot(colour), page.word(id))),
			...other ? [h("li", {}, dot(other.colour), t("otherCountries"))] : [],
			...shape("organisation", true),
			...shape("municipality", false),
			h("li", {}, sample(false), t("agreement")),
			h("li", {}, sample(true), t("contact")),
			h("li", {}, t("widthHint"))
		];
		const [shown, all] = [data.drawing.nodes.length, data.total.nodes];
		return [...all > shown ? [h("p", { class: "cut" }, t("shownNodes", {
			shown,
			all
		}))] : [], h("ul", { "aria-label": t("legend") }, ...items)];
	}
	// kit/words.ts
	var FORMS = {
		ru: {
			one: 0,
			few: 1,
			many: 2,
			other: 1
		},
		en: {
			one: 0,
			other: 1
		}
	};
	function wording(lang, texts) {
		const plural = new Intl.PluralRules(lang);
		const numbers = new Intl.NumberFormat(lang);
		const t = (key, values = {}) => {
			const text = Object.hasOwn(texts, key) ? texts[key] : void 0;
			return text === void 0 ? key : text.replace(/\{(\w+)\}/g, (slot, name) => String(values[name] ?? slot));
		};
		const form = (key, index) => {
			const forms = t(key).split("|");
			return forms[Math.min(index, forms.length - 1)] ?? "";
		};
		const noun = (count, key) => form(key, FORMS[lang][plural.select(count)] ?? 1);
		const number = (value) => numbers.format(value);
		const counted = (count, key) => `${number(count)} ${noun(count, key)}`;
		const countedOf = (count, key) => lang === "ru" ? `${number(count)} ${form(key, plural.select(count) === "one" ? 1 : 2)}` : counted(count, key);
		return {
			lang,
			t,
			counted,
			countedOf,
			noun,
			number,
			word: (words) => words?.[lang] ?? words?.ru ?? words?.en ?? ""
		};
	}
	// network/page.ts
	var Page = class {
		data;
		ties;
		state = {
			selected: "",
			sort: "events",
			down: true,
			filters: {}
		};
		words;
		compare;
		constructor(data) {
			this.data = data;
			this.ties = new Ties(data);
			this.words = wording("ru", data.strings.ru);
			this.compare = comparer("ru");
			this.speak(data.lang === "en" ? "en" : "ru");
		}
		speak(lang) {
			this.words = wording(lang, this.data.strings[lang]);
			this.compare = comparer(lang);
		}
		get lang() {
			return this.words.lang;
		}
		word(id) {
			return this.data.words[id]?.[this.lang] ?? "";
		}
		tie(id) {
			return Object.hasOwn(this.data.ties, id) ? this.data.ties[id] : void 0;
		}
		isParty(id) {
			return Object.hasOwn(this.data.parties, id);
		}
		nameOf(id) {
			const names = this.data.parties[id]?.names ?? {};
			return names[this.lang] ?? names.ru ?? Object.values(names)[0] ?? "";
		}
		shortOf(id) {
			const party = this.data.parties[id];
			return party?.type === "organisation" ? party.short : this.nameOf(id);
		}
		named(id) {
			const party = this.data.parties[id];
			return party?.type === "organisation" && party.place && !fold(party.short).includes(fold(party.place.slice(0, -1))) ? `${party.short}, ${party.place}` : this.shortOf(id);
		}
		sorted(ids) {
			const way = this.state.down ? -1 : 1;
			return [...ids].sort((x, y) => {
				const [a, b] = [this.data.ties[x], this.data.ties[y]];
				return (a && b ? way * this.inOrder(a, b) : 0) || this.compare(x, y);
			});
		}
		inOrder(a, b) {
			if (this.state.sort === "partners") return this.compare(this.shortOf(a.a), this.shortOf(b.a)) || this.compare(this.shortOf(a.b), this.shortOf(b.b));
			const [events, last] = [a.events - b.events, a.end.localeCompare(b.end)];
			return this.state.sort === "events" ? events || last : last || events;
		}
		found(wanted, most) {
			const text = ({ names, short, place, others }) => fold([
				...Object.values(names),
				short,
				place,
				...others
			].join(" "));
			return Object.entries(this.data.parties).filter(([, party]) => wanted.every((word) => text(party).includes(word))).map(([id]) => id).sort((a, b) => this.compare(this.named(a), this.named(b))).slice(0, most);
		}
	};
	// kit/dates.ts
	var SPAN = /^(-?\d{4})(?:-(?:(0[1-9]|1[0-2])(?:-(\d{2}))?|(?:3([3-6])|Q?([1-4]))))?(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?[?~%]?$/;
	var DOUBTS = {
		"?": "maybe",
		"~": "about",
		"%": "about"
	};
	function span(text) {
		const match = SPAN.exec(text);
		if (!match) return void 0;
		const [, year, month, day, code, quarter] = match;
		const doubt = DOUBTS[text.slice(-1)] ?? "";
		const y = Number(year);
		if (month && day) return daySpan(y, Number(month) - 1, Number(day), doubt);
		if (month) return {
			start: utc(y, Number(month) - 1, 1),
			end: utc(y, Number(month), 0),
			unit: "month",
			doubt
		};
		const q = quarter ? Number(quarter) : code ? Number(code) - 2 : 0;
		return q ? {
			start: utc(y, 3 * q - 3, 1),
			end: utc(y, 3 * q, 0),
			unit: "quarter",
			doubt
		} : {
			start: utc(y, 0, 1),
			end: utc(y, 12, 0),
			unit: "year",
			doubt
		};
	}
	function daySpan(year, month, day, doubt) {
		const date = utc(year, month, day);
		return date.getUTCDate() === day && date.getUTCMonth() === month ? {
			start: date,
			end: date,
			unit: "day",
			doubt
		} : void 0;
	}
	function utc(year, month, day) {
		return new Date(Date.UTC(year, month, day));
	}
	// kit/date-words.ts
	var SHAPES = {
		year: { year: "numeric" },
		month: {
			year: "numeric",
			month: "long"
		},
		day: {
			year: "numeric",
			month: "long",
			day: "numeric"
		}
	};
	function spoken(text, wording) {
		const [first = "", last = first, ...rest] = text.split("/");
		if (rest.length) return "";
		const [from, to] = [first, last].map((end) => end && said(span(end), wording));
		if (!from && !to) return "";
		return from === to ? from ?? "" : `${from || "…"} – ${to || "…"}`;
	}
	function said(found, { lang, t }) {
		if (!found) return "";
		const doubt = found.doubt ? `${t(found.doubt)} ` : "";
		if (found.unit === "quarter") return doubt + t("quarterOf", {
			number: Math.floor(found.start.getUTCMonth() / 3) + 1,
			year: found.start.getUTCFullYear()
		});
		return doubt + new Intl.DateTimeFormat(lang, {
			...SHAPES[found.unit],
			timeZone: "UTC"
		}).format(found.start).replace(/\s*г\.$/, "");
	}
	// network/evidence.ts
	function eventItem(page, entries, tie, open) {
		const [first] = entries;
		const wanted = new Set([tie.a, tie.b]);
		const roles = page.ties.ends(tie).flatMap((id) => first.roles[id] ? [[page.named(id), first.roles[id].map((role) => page.word(role)).join(", ")]] : []);
		const isTelling = new Set(roles.map(([, role]) => role)).size > 1;
		return h("li", {}, h("p", { class: "when" }, [dated(page, first), page.word(first.kind)].filter(Boolean).join(" · ")), h("p", { class: "what" }, first.title), isTelling && h("p", { class: "small" }, roles.map((pair) => pair.join(" — ")).join("; ")), ...entries.map((entry) => account(page, entry, wanted, open)));
	}
	function dated({ words }, { edtf, start, end }) {
		const [from, to] = [start || end, end || start];
		return spoken(edtf || (from === to ? from : `${from}/${to}`), words) || words.t("undated");
	}
	function account(page, entry, wanted, open) {
		const { t } = page.words;
		const where = [
			t("row", { number: entry.number }),
			entry.reporter,
			entry.report
		].filter(Boolean).join(" · ");
		return h("details", { open }, h("summary", {}, `${t("source")}: ${t("row", { number: entry.number })}, ${entry.reporter}`), h("blockquote", { class: "cells" }, h("p", { class: "small" }, where), h("dl", {}, ...entry.cells.flatMap((cell) => [h("dt", {}, page.word(cell.column)), h("dd", {}, ...marked(cell, wanted))]))));
	}
	function marked({ text, marks }, wanted) {
		return pieces(text, marks, wanted).map(({ text, isMarked }) => isMarked ? h("mark", {}, text) : text);
	}
	// kit/table/heading.ts
	function heading({ name, text, title, kind }, sort) {
		const button = h("button", {
			type: "button",
			onclick: sort,
			title,
			"data-sort": name
		}, h("span", {}, text));
		return h("th", {
			scope: "col",
			role: "columnheader",
			"aria-sort": "none",
			"data-column": name,
			class: kind
		}, button);
	}
	function markSorting(heads, sorting) {
		for (const head of heads) head.setAttribute("aria-sort", head.dataset.column !== sorting?.column ? "none" : sorting?.down ? "descending" : "ascending");
	}
	// kit/table/heights.ts
	var Heights = class {
		count;
		known;
		tops;
		clean = 0;
		constructor(count, estimate) {
			this.count = count;
			this.known = new Float64Array(count).fill(estimate);
			this.tops = new Float64Array(count + 1);
		}
		set(index, height) {
			if (this.known[index] === height) return;
			this.known[index] = height;
			this.clean = Math.min(this.clean, index);
		}
		top(index) {
			for (; this.clean < index; this.clean += 1) this.tops[this.clean + 1] = (this.tops[this.clean] ?? 0) + (this.known[this.clean] ?? 0);
			return this.tops[index] ?? 0;
		}
		at(place) {
			let [low, high] = [0, this.count - 1];
			while (low < high) {
				const middle = low + high + 1 >> 1;
				if (this.top(middle) <= place) low = middle;
				else high = middle - 1;
			}
			return Math.max(0, low);
		}
	};
	// kit/table/window.ts
	var OVERSCAN = 8;
	var WHOLE = 60;
	var PRINTED = 1e3;
	var GUESS = 41;
	var STILL = 80;
	function windowed(given) {
		const body = h("tbody", { role: "rowgroup" });
		const sizes = h("colgroup");
		const grid = h("table", {
			class: given.looks.table,
			role: "table",
			"aria-label": given.label,
			"aria-colcount": given.heads.length
		}, sizes, h("thead", { role: "rowgroup" }, h("tr", {
			role: "row",
			"aria-rowindex": 1
		}, ...given.heads)), body);
		const scroller = h("div", {
			class: given.looks.scroller,
			role: "region",
			"aria-label": given.label,
			tabindex: 0
		}, grid);
		const rows = new Rows(scroller, body, given);
		let width = 0;
		const observer = new ResizeObserver(() => {
			const isWider = scroller.clientWidth !== width;
			width = scroller.clientWidth;
			rows.isLaidOut = width > 0;
			if (isWider) given.resized(scroller);
			rows.draw(isWider);
		});
		observer.observe(scroller);
		scroller.addEventListener("scroll", () => rows.draw(), { passive: true });
		const off = new AbortController();
		addEventListener("beforeprint", () => rows.print(true), { signal: off.signal });
		addEventListener("afterprint", () => rows.print(false), { signal: off.signal });
		body.addEventListener("kit-resized", () => rows.draw(true));
		return {
			element: scroller,
			show: (count) => {
				grid.setAttribute("aria-rowcount", String(count + 1));
				scroller.scrollTop = 0;
				rows.reset(count);
			},
			redraw: () => rows.redraw(),
			resize: (widths) => {
				sizes.replaceChildren(...widths.map((size) => h("col", { width: Math.floor(size) })));
				grid.style.width = widths.length ? `${Math.floor(widths.reduce((sum, size) => sum + Math.floor(size), 0))}px` : "";
				rows.reset(rows.count);
			},
			stop: () => {
				observer.disconnect();
				off.abort();
				rows.stop();
			}
		};
	}
	function gap() {
		return h("tbody", {
			class: "kit-gap",
			"aria-hidden": "true"
		}, h("tr", {}, h("td")));
	}
	var Rows = class {
		scroller;
		body;
		given;
		count = 0;
		isLaidOut = false;
		heights = new Heights(0, GUESS);
		isGuessed = false;
		most = WHOLE;
		drawn = new Map();
		above = gap();
		below = gap();
		resting;
		constructor(scroller, body, given) {
			this.scroller = scroller;
			this.body = body;
			this.given = given;
		}
		reset(count) {
			this.count = count;
			this.scroller.classList.toggle("kit-long", count > WHOLE);
			this.heights = new Heights(count, GUESS);
			this.isGuessed = false;
			this.redraw();
		}
		redraw() {
			const [, start, end] = this.range();
			this.drawn.clear();
			for (const place of range(start, end)) this.drawn.set(place, this.given.row(place));
			this.body.replaceChildren(...this.drawn.values());
			this.draw(true);
		}
		draw(isForced = false) {
			const [first, start, end] = this.range();
			const missing = range(start, end).filter((place) => !this.drawn.has(place));
			const gone = [...this.drawn.keys()].filter((place) => place < start || place >= end);
			if (!isForced && !missing.length && !gone.length) return;
			for (const place of gone) {
				this.drawn.get(place)?.remove();
				this.drawn.delete(place);
			}
			this.insert(missing);
			this.given.drawn(isForced ? [...this.drawn.values()] : missing.flatMap((place) => this.drawn.get(place) ?? []));
			const isEnd = start > 0 && this.scroller.scrollTop + this.scroller.clientHeight >= this.scroller.scrollHeight - 2;
			const before = this.heights.top(first);
			this.measure();
			this.pad(this.above, this.heights.top(start), () => this.body.before(this.above));
			this.pad(this.below, this.heights.top(this.count) - this.heights.top(end), () => this.body.after(this.below));
			const moved = this.heights.top(first) - before;
			if (isEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
			else if (moved && first > 0) this.scroller.scrollTop += moved;
			this.tell(start, end);
			if (this.range()[2] > end) this.draw();
		}
		print(isPrinting) {
			this.most = isPrinting ? PRINTED : WHOLE;
			this.draw(true);
		}
		stop() {
			clearTimeout(this.resting);
		}
		measure() {
			const found = [...this.drawn].map(([place, row]) => [place, row.offsetHeight || GUESS]);
			if (!this.isGuessed && found.length) {
				this.heights = new Heights(this.count, found.reduce((sum, [, height]) => sum + height, 0) / found.length);
				this.isGuessed = true;
			}
			for (const [place, height] of found) this.heights.set(place, height);
		}
		range() {
			const { scrollTop, clientHeight } = this.scroller;
			const first = this.heights.at(scrollTop);
			if (this.count <= this.most) return [
				first,
				0,
				this.count
			];
			const last = this.heights.at(scrollTop + Math.max(clientHeight, GUESS));
			return [
				first,
				Math.max(0, first - OVERSCAN),
				Math.min(this.count, last + 1 + OVERSCAN)
			];
		}
		insert(places) {
			for (const place of places) this.drawn.set(place, this.given.row(place));
			const known = [...this.drawn.keys()].sort((a, b) => a - b);
			let at = this.body.firstElementChild;
			for (const place of known) {
				const row = this.drawn.get(place);
				if (!row) continue;
				if (row === at) at = at.nextElementSibling;
				else this.body.insertBefore(row, at);
			}
		}
		pad(gap, height, put) {
			const row = gap.firstElementChild;
			if (row) row.style.height = `${height}px`;
			if (height <= 0) gap.remove();
			else if (!gap.isConnected) put();
		}
		tell(start, end) {
			clearTimeout(this.resting);
			this.scroller.setAttribute("aria-busy", "true");
			const mine = setTimeout(async () => {
				await this.given.shown(range(start, end));
				if (this.resting === mine && this.isLaidOut) this.scroller.setAttribute("aria-busy", "false");
			}, STILL);
			this.resting = mine;
		}
	};
	function range(start, end) {
		return Array.from({ length: Math.max(0, end - start) }, (_none, index) => start + index);
	}
	// network/list.ts
	function tieList(page, ids, party, select) {
		const { t } = page.words;
		let order = page.sorted(ids);
		const columns = [
			[
				"partners",
				t(party ? "partner" : "partners"),
				""
			],
			[
				"events",
				t("eventsShort"),
				"number"
			],
			[
				"last",
				t("last"),
				"number"
			]
		];
		const sort = (name) => {
			const { state } = page;
			state.down = state.sort === name ? !state.down : name !== "partners";
			state.sort = name;
			order = page.sorted(ids);
			show();
		};
		const heads = columns.map(([name, text, kind]) => heading({
			name,
			text,
			kind
		}, () => sort(name)));
		const view = windowed({
			label: t("listTitle"),
			looks: {
				scroller: "rows",
				table: "list"
			},
			heads,
			row: (place) => row(page, order[place] ?? "", place, party, select),
			shown: () => void 0,
			drawn: () => void 0,
			resized: () => void 0
		});
		const show = () => {
			markSorting(heads, {
				column: page.state.sort,
				down: page.state.down
			});
			view.show(order.length);
		};
		show();
		return view;
	}
	function row(page, id, place, party, select) {
		const tie = page.tie(id);
		if (!tie) return h("tr");
		const ends = party ? [otherEnd(tie, party)] : page.ties.ends(tie);
		const kind = [page.word(tie.kind), tie.agreements.length ? page.words.t("agreement") : ""].filter(Boolean).join(" · ");
		const names = ends.map((end) => h("span", { class: "pair" }, dotOf(page, end), h("span", { class: "name" }, page.named(end))));
		return h("tr", {
			role: "row",
			"aria-rowindex": place + 2
		}, h("td", { role: "cell" }, h("button", {
			type: "button",
			class: "row",
			"data-tie": id,
			onclick: () => select(id)
		}, ...names, kind && h("span", { class: "tag" }, kind))), h("td", {
			role: "cell",
			class: "number"
		}, String(tie.events)), h("td", {
			role: "cell",
			class: "number"
		}, tie.end.slice(0, 4) || "—"));
	}
	// network/panel.ts
	var Panel = class {
		page;
		element;
		acts;
		list;
		constructor(page, element, acts) {
			this.page = page;
			this.element = element;
			this.acts = acts;
		}
		render() {
			const id = this.page.state.selected;
			const tie = this.page.tie(id);
			const party = this.page.data.parties[id];
			this.list?.stop();
			this.list = void 0;
			this.element.replaceChildren(...tie ? this.ofTie(tie) : party ? this.ofParty(id, party) : this.ofAll());
		}
		ties(ids, party) {
			this.list = tieList(this.page, ids, party, this.acts.select);
			return this.list.element;
		}
		link(text, click, id) {
			return h("button", {
				type: "button",
				class: "link",
				id,
				onclick: click
			}, text);
		}
		bar() {
			const { t } = this.page.words;
			const back = () => this.acts.select("");
			return h("div", { class: "bar" }, this.link(`← ${t("back")}`, back, "back"), this.link(t("close"), back, "close"));
		}
		ofAll() {
			const { words: { t }, ties, state, data } = this.page;
			const ids = ties.shown(state.filters);
			const all = Object.keys(data.ties).length;
			const title = h("h2", {
				class: "bar",
				id: "panel-title"
			}, `${t("listTitle")}: ${ids.length === all ? all : t("shown", {
				shown: ids.length,
				all
			})}`);
			if (!ids.length) return [title, h("p", { class: "small" }, t("noTies"))];
			const actions = h("div", { class: "actions" }, this.link(t("savePng"), this.acts.save, "save"), this.link(t("print"), () => window.print()));
			return [
				title,
				this.ties(ids, ""),
				actions
			];
		}
		ofParty(id, party) {
			const { page } = this;
			const { words: { t } } = page;
			const own = page.ties.of(id, page.state.filters);
			const known = facts([
				[t("organisationKind"), page.word(party.kind) || (party.type in page.data.strings.ru ? t(party.type) : "")],
				[t("seat"), party.type === "organisation" ? party.place : ""],
				[t("country"), page.word(party.country)],
				[t("alsoNamed"), party.others.map((name) => h("div", {}, name))]
			]);
			return [
				this.bar(),
				h("p", { class: "small" }, t("partner")),
				h("h2", {
					id: "panel-title",
					tabindex: -1
				}, page.nameOf(id)),
				known,
				h("h3", {}, `${t("tiesOf")}: ${own.length}`),
				this.ties(own, id)
			];
		}
		ofTie(tie) {
			const { page } = this;
			const { words: { t } } = page;
			const events = page.ties.events(tie);
			const known = facts([
				[t("kind"), page.word(tie.kind)],
				[t("period"), yearsOf(tie)],
				[t("topics"), tie.topics.map((topic) => page.word(topic)).join(", ")],
				[t("reported"), tie.sides ? t(tie.sides > 1 ? "sides2" : "sides1") : ""]
			]);
			const agreements = tie.agreements.length ? [h("h3", {}, t("agreements")), h("ul", { class: "agreements" }, ...tie.agreements.map((item) => agreement(page, item)))] : [];
			return [
				this.bar(),
				h("p", { class: "small" }, t("tie")),
				h("h2", {
					id: "panel-title",
					tabindex: -1
				}, ...page.ties.ends(tie).map((end) => this.lead(end))),
				known,
				...agreements,
				h("h3", {}, `${t("eventsTitle")}: ${events.length}`),
				h("ol", { class: "events" }, ...events.map((entries, index) => eventItem(page, entries, tie, index === 0)))
			];
		}
		lead(id) {
			return h("p", { class: "lead" }, dotOf(this.page, id), this.link(this.page.nameOf(id), () => this.acts.select(id)));
		}
	};
	function agreement(page, { label, kind, status, edtf }) {
		return h("li", {}, h("div", { class: "small" }, [
			fold(label).startsWith(fold(page.word(kind))) ? "" : page.word(kind),
			page.word(status),
			spoken(edtf, page.words)
		].filter(Boolean).join(" · ")), label);
	}
	// network/search.ts
	var MOST = 30;
	var Search = class {
		page;
		field;
		list;
		acts;
		hits = [];
		at = -1;
		constructor(page, field, list, acts) {
			this.page = page;
			this.field = field;
			this.list = list;
			this.acts = acts;
			field.addEventListener("input", () => this.find());
			field.addEventListener("keydown", (event) => this.key(event));
			field.addEventListener("blur", () => this.close());
		}
		get typed() {
			return this.field.value;
		}
		clear() {
			this.field.value = "";
			this.close();
		}
		close() {
			this.hits = [];
			this.show(false);
		}
		find() {
			const wanted = wordsOf(this.field.value);
			this.hits = wanted.length ? this.page.found(wanted, MOST) : [];
			this.at = this.hits.length ? 0 : -1;
			this.acts.typed();
			this.show(wanted.length > 0);
		}
		show(isOpen) {
			const items = this.hits.map((id, index) => this.option(id, index));
			this.list.replaceChildren(...items.length ? items : [h("li", { class: "none" }, this.page.words.t("nothingFound"))]);
			this.list.hidden = !isOpen;
			this.field.setAttribute("aria-expanded", String(isOpen));
			const active = isOpen ? items[this.at] : void 0;
			if (active) this.field.setAttribute("aria-activedescendant", active.id);
			else this.field.removeAttribute("aria-activedescendant");
			active?.scrollIntoView({ block: "nearest" });
		}
		option(id, index) {
			const { page } = this;
			const press = (event) => {
				event.preventDefault();
				this.choose(id);
			};
			const more = page.named(id) === page.nameOf(id) ? page.word(page.data.parties[id]?.country ?? "") : page.nameOf(id);
			return h("li", {
				role: "option",
				id: `hit-${index}`,
				"aria-selected": String(index === this.at),
				onmousedown: press
			}, h("span", {}, dotOf(page, id), " ", page.named(id)), h("div", { class: "small" }, more));
		}
		choose(id) {
			this.field.value = this.page.named(id);
			this.close();
			this.acts.choose(id);
		}
		key(event) {
			const step = {
				ArrowDown: 1,
				ArrowUp: -1
			}[event.key];
			if ((step || event.key === "Enter") && !this.hits.length) this.find();
			if (step && this.hits.length) {
				event.preventDefault();
				this.at = (this.at + step + this.hits.length) % this.hits.length;
				this.show(true);
			} else if (event.key === "Enter") {
				const hit = this.hits[Math.max(this.at, 0)];
				if (hit) this.choose(hit);
			} else if (event.key === "Escape") {
				event.stopPropagation();
				this.close();
			}
		}
	};
	// network/main.ts
	var STEP = 1.3;
	function find(id) {
		const found = document.getElementById(id);
		if (!found) throw new Error(`the page has no #${id}`);
		return found;
	}
	var App = class {
		page;
		narrow = matchMedia("(max-width: 800px)");
		chart;
		panel;
		search;
		filters;
		listAt = 0;
		constructor(page) {
			this.page = page;
			this.chart = new Chart(page, find("canvas"), find("legend"), this.narrow, (id) => this.select(id, false));
			this.panel = new Panel(page, find("panel"), {
				select: (id) => this.select(id, true),
				save: () => this.save()
			});
			this.search = new Search(page, find("search"), find("found"), {
				choose: (id) => this.choose(id),
				typed: () => this.mayReset()
			});
			this.filters = new FilterBar(page, find, find("filters-open"), () => {
				this.changed();
				this.chart.fit(false);
			});
		}
		start() {
			this.speak(this.page.lang);
			this.listen();
			this.chart.arrange();
			this.follow();
			document.documentElement.dataset.ready = "yes";
		}
		speak(lang) {
			const { page } = this;
			page.speak(lang);
			const { t } = page.words;
			const texts = (name, put) => {
				for (const element of document.querySelectorAll(`[data-${name}]`)) put(element, t(element.getAttribute(`data-${name}`) ?? ""));
			};
			document.documentElement.lang = lang;
			document.title = page.data.title[lang] ?? "";
			find("title").textContent = document.title;
			texts("t", (element, text) => element.textContent = text);
			texts("t-label", (element, text) => element.setAttribute("aria-label", text));
			texts("t-title", (element, text) => element.title = text);
			texts("t-placeholder", (element, text) => element.setAttribute("placeholder", text));
			for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
			this.chart.element.setAttribute("aria-label", t("mapLabel"));
			this.filters.speak();
			find("legend").replaceChildren(...legend(page));
			find("legend").hidden = page.data.drawing.nodes.length === 0;
			this.changed(true);
		}
		changed(keepsSelection = false) {
			const { data, state, ties } = this.page;
			this.filters.mark();
			if ((data.ties[state.selected] ? !ties.isShown(state.selected, state.filters) : state.selected !== "" && !ties.of(state.selected, state.filters).length) && !keepsSelection) this.select("", false);
			else this.show();
		}
		show() {
			const { page } = this;
			this.chart.show();
			this.render();
			find("summary").replaceChildren(...summary(page));
			const isEmpty = page.ties.shown(page.state.filters).length === 0;
			find("empty").hidden = !isEmpty;
			find("empty-cause").textContent = page.words.t(Object.keys(page.data.ties).length ? "noTiesFilter" : "noTiesData");
			find("empty-reset").hidden = !this.filters.isOn;
			this.mayReset();
		}
		render() {
			const panel = find("panel");
			const [isOpen, wasOpen] = [this.page.state.selected !== "", panel.classList.contains("open")];
			if (isOpen && !wasOpen) this.listAt = window.scrollY;
			this.panel.render();
			panel.classList.toggle("open", isOpen);
			document.body.classList.toggle("sheet", isOpen);
			panel.scrollTop = 0;
			if (!isOpen && wasOpen && this.narrow.matches) window.scrollTo(0, this.listAt);
		}
		mayReset() {
			find("reset").disabled = !this.filters.isOn && !this.page.state.selected && !this.search.typed;
		}
		reset() {
			this.filters.clear();
			this.search.clear();
			this.select("", false);
			this.changed();
			this.chart.fit(false);
		}
		select(id, bring) {
			const known = this.known(id);
			const isNew = known !== this.page.state.selected;
			this.page.state.selected = known;
			if (isNew && location.protocol !== "about:") history.pushState(null, "", known ? `#${encodeURIComponent(known)}` : "#");
			this.choice(bring);
		}
		choice(bring) {
			this.show();
			const { selected } = this.page.state;
			if (!bring || !selected) return;
			if (this.narrow.matches) find("stage").scrollIntoView({ block: "start" });
			const height = find("canvas").clientHeight;
			const covered = this.narrow.matches ? Math.max(0, height - (window.innerHeight - find("panel").offsetHeight)) : 0;
			this.chart.focus(selected, covered);
			document.getElementById("panel-title")?.focus({ preventScroll: true });
		}
		known(id) {
			return this.page.tie(id) || this.page.isParty(id) ? id : "";
		}
		follow() {
			let id = "";
			try {
				id = decodeURIComponent(location.hash.slice(1));
			} catch (error) {
				if (!(error instanceof URIError)) throw error;
			}
			this.page.state.selected = this.known(id);
			this.choice(this.page.state.selected !== "");
		}
		choose(id) {
			const { ties, state } = this.page;
			if (!ties.of(id, state.filters).length) {
				this.filters.clear();
				this.changed(true);
			}
			this.select(id, true);
		}
		save() {
			h("a", {
				download: `${this.page.data.title[this.page.lang] ?? ""}.png`,
				href: this.chart.image()
			}).click();
		}
		listen() {
			const on = (id, act) => find(id).addEventListener("click", act);
			for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => this.speak(button.dataset.lang));
			on("reset", () => this.reset());
			on("empty-reset", () => this.reset());
			on("filters-open", () => find("filters-open").setAttribute("aria-expanded", String(find("tools").classList.toggle("open"))));
			on("zoom-in", () => this.chart.zoom(STEP));
			on("zoom-out", () => this.chart.zoom(1 / STEP));
			on("fit", () => this.chart.fit(true));
			addEventListener("hashchange", () => this.follow());
			addEventListener("popstate", () => this.follow());
			addEventListener("beforeprint", () => this.print());
			addEventListener("afterprint", () => document.querySelector("#canvas .paper")?.remove());
			this.narrow.addEventListener("change", () => this.chart.arrange());
			document.addEventListener("keydown", (event) => {
				if (event.key === "Escape" && this.page.state.selected) this.select("", true);
			});
		}
		print() {
			for (const details of document.querySelectorAll("details")) details.open = true;
			if (!document.querySelector("#canvas .paper")) find("canvas").append(this.chart.forPaper());
		}
	};
	read(find("data")).then((data) => new App(new Page(data)).start());
})();
