// The state of the page, and what each change of it brings about.

import { readFragment, writeFragment } from "./address.js";
import { otherEnd } from "./doc.js";
import { get } from "./dom.js";
import { applyFilters, DIMENSIONS, isFiltered, noFilters } from "./filters.js";
import { buildLegend } from "./legend.js";
import { showLink, showNode, showRoutes } from "./panel.js";
import { bounds, course } from "./geometry.js";
import { reach } from "./reach.js";
import { routesBetween } from "./routes.js";
import { searcher } from "./search.js";
import { buildTable } from "./table.js";
import { applyTheme, readTheme } from "./theme.js";
import { Overview } from "./overview.js";
import { VEIL, View } from "./view.js";
import { brief, count, speech, title, word } from "./words.js";

export class App {
  constructor(doc) {
    this.doc = doc;
    this.filters = noFilters();
    this.selected = null;
    this.second = null;
    this.edge = null;
    this.hover = null;
    this.depth = "all";
    this.picking = null;
    this.lit = null;
    this.routes = null;
    this.folded = new Set(["country", "source"]);
    this.unfolded = new Set();
    this.focus = new Set(doc.focus.map((id) => doc.byId.get(id)));
    this.find = searcher(doc);
    this.timings = {};
    speech.lang = doc.lang;
    this.theme = readTheme();
    this.view = new View(this);
    this.overview = new Overview(this);
    this.large = doc.view === "overview";
    this.mode = this.large ? "overview" : "nodes";
    this.part = null;
    this.within = null;
    this.tidy = false;
    applyFilters(doc, this.filters);
    this.place();
    this.overview.refresh();
  }

  get scene() { return this.mode === "overview" ? this.overview : this.view; }

  get size() {
    const { clientWidth, clientHeight } = get("stage");
    return { width: clientWidth, height: clientHeight };
  }

  // What the stages call.
  painter() {
    return {
      below: (ctx, stage) => this.scene.below(ctx, stage),
      node: (ctx, node, scale) => this.scene.node(ctx, node, scale),
      still: (ctx, stage) => { this.scene.below(ctx, stage); this.scene.nodes(ctx, stage); },
      above: (ctx, stage, moving) => { this.scene.above(ctx, stage, moving); this.painted(); },
      base: (ctx, stage) => this.scene.base(ctx, stage),
      lit: (ctx, stage) => this.scene.overlay(ctx, stage),
      veil: () => (this.mode === "nodes" && this.lit ? VEIL : 1),
      paper: () => this.theme.paper,
    };
  }

  // Works out where nodes stand: as written, or only those that are shown, or those of an opened cell.
  place() {
    const part = this.tidy || this.within ? this.doc.nodes.filter((node) => node.shown) : null;
    this.view.place(this.size, part);
    this.view.refresh();
    this.stage?.relocate(this.view.placed);
  }

  // ------------------------------------------------------------------ the overview and its cells

  setMode(mode) {
    if (mode === "nodes" && this.large && !this.within) return;
    if (mode === "overview") this.leavePart();
    this.mode = mode;
    [this.selected, this.second, this.edge, this.hover] = [null, null, null, null];
    this.changed({ filters: true, keepCamera: true, legend: true });
    this.fit();
  }

  leavePart() {
    [this.part, this.within] = [null, null];
    applyFilters(this.doc, this.filters);
    this.place();
  }

  // The nodes of a cell, with their neighbours where that stays readable.
  openCell(cell) {
    const nodes = new Set(cell.nodes);
    const near = new Set(nodes);
    for (const node of nodes) for (const edge of node.edges) if (edge.kept) near.add(otherEnd(edge, node));
    this.openPart({ cell: cell.key }, near.size <= 400 ? near : nodes);
    this.announce(this.overview.name(cell));
  }

  // A node with what surrounds it: as many steps as stay readable.
  openAround(node) {
    let best = new Set([node]);
    for (let steps = 1; steps <= 3; steps += 1) {
      const next = new Set(best);
      for (const inner of best) for (const edge of inner.edges) if (edge.kept) next.add(otherEnd(edge, inner));
      if (next.size > 250 && steps > 1) break;
      best = next;
    }
    this.openPart({ around: node.id }, best);
  }

  // A node with all that is lit for it now, and nothing else.
  openChain(node, depth = this.depth) {
    const { up, down, near } = this.reach(node, depth);
    this.openPart({ only: `${node.id}~${depth}` }, new Set([node, ...up.nodes.keys(), ...down.nodes.keys(), ...near.nodes.keys()]));
    this.select(node, { keepCamera: true });
  }

  openPart(part, within) {
    [this.part, this.within, this.mode] = [part, within, "nodes"];
    [this.selected, this.second, this.edge, this.hover] = [null, null, null, null];
    applyFilters(this.doc, this.filters, within);
    this.place();
    this.changed({ filters: true, keepCamera: true });
    this.fit();
  }

  setTidy(on) {
    this.tidy = on;
    get("tidy").setAttribute("aria-pressed", String(on));
    this.place();
    this.changed({ keepCamera: true, silent: true });
    this.fit(true);
  }

  // ------------------------------------------------------------------ choosing

  select(node, options = {}) {
    if (node && (this.mode === "overview" || (this.within && !this.within.has(node)))) {
      if (this.large || this.within) this.openAround(node);
      else { this.mode = "nodes"; this.fit(); }
    }
    if (this.picking && node && node !== this.picking) {
      [this.selected, this.second, this.picking] = [this.picking, node, null];
    } else {
      [this.selected, this.second, this.picking] = [node, null, null];
    }
    this.edge = null;
    this.changed({ keepCamera: options.keepCamera });
    this.announceChoice();
  }

  selectPair(from, to) {
    [this.selected, this.second, this.edge, this.picking] = [from, to, null, null];
    this.changed();
    this.announceChoice();
  }

  selectLink(edge) {
    [this.selected, this.second, this.edge, this.picking] = [null, null, edge, null];
    this.changed();
    this.announce(`${title(edge.from)} ${title(edge.kind)} ${title(edge.to)}`);
  }

  startPick(node) {
    this.picking = node;
    this.toast(word("pickSecond"));
    this.announce(word("pickSecond"));
    get("search").focus();
  }

  clear() {
    if (this.picking) { this.picking = null; this.toast(""); return; }
    if (!this.selected && !this.edge) return;
    [this.selected, this.second, this.edge] = [null, null, null];
    this.changed();
    this.announce("");
  }

  reset() {
    [this.selected, this.second, this.edge, this.picking, this.hover] = [null, null, null, null, null];
    this.filters = noFilters();
    this.setDepth("all", { quiet: true });
    this.toast("");
    this.tidy = false;
    get("tidy").setAttribute("aria-pressed", "false");
    this.leavePart();
    this.mode = this.large ? "overview" : "nodes";
    this.changed({ filters: true });
    this.fit();
  }

  setDepth(depth, { quiet = false } = {}) {
    this.depth = depth;
    for (const button of document.querySelectorAll("[data-depth]")) button.setAttribute("aria-pressed", String(button.dataset.depth === depth));
    if (!quiet) { this.changed({ keepCamera: true }); this.announceChoice(); }
  }

  // ------------------------------------------------------------------ filters

  toggle(name, id) {
    const off = this.filters.off[name];
    if (!off.delete(id)) off.add(id);
    this.changed({ filters: true, keepCamera: true });
  }

  setOff(name, ids) {
    this.filters.off[name] = new Set(ids);
    this.changed({ filters: true, keepCamera: true, legend: true });
  }

  setDay(day) {
    this.filters.day = day;
    this.changed({ filters: true, keepCamera: true, quiet: true });
  }

  // ------------------------------------------------------------------ following a change

  changed({ filters = false, legend = false, keepCamera = false, silent = false, quiet = false } = {}) {
    const start = performance.now();
    const wasOpen = !get("panel").hidden;
    if (filters) {
      applyFilters(this.doc, this.filters, this.within);
      if (this.selected && !this.selected.shown) [this.selected, this.second] = [null, null];
      if (this.edge && !this.edge.shown) this.edge = null;
    }
    this.light();
    if (filters && this.tidy) this.place();
    else if (filters || silent) this.view.refresh();
    this.view.relight();
    if (filters) this.overview.refresh();
    if (filters || legend) this.syncLegend();
    this.showPanel();
    this.status();
    if (filters || silent || this.mode === "overview") this.stage?.redraw();
    else this.stage?.relight();
    if (this.fitted && wasOpen === get("panel").hidden && !course.tall) this.makeRoom();
    else if (!keepCamera) this.bringIntoView();
    if (!silent) this.writeAddress(quiet);
    this.timings.last = performance.now() - start;
  }

  light() {
    this.lit = null;
    this.routes = null;
    const visible = (edge) => edge.shown;
    if (this.edge) {
      this.lit = { nodes: new Map([[this.edge.from, { side: "one" }], [this.edge.to, { side: "one" }]]), edges: new Map([[this.edge, "one"]]) };
    } else if (this.selected && this.second) {
      this.routes = routesBetween(this.selected, this.second, visible);
      this.lit = litRoutes(this.routes, [this.selected, this.second]);
    } else if (this.selected) {
      this.lit = litReach(this.selected, this.reach(this.selected));
    }
  }

  // Upstream, downstream and near of a node, as deep as chosen, over what is shown.
  reach(node, depth = this.depth) {
    return reach(node, depth === "all" ? Infinity : Number(depth), (edge) => edge.shown);
  }

  showPanel() {
    const panel = get("panel");
    const body = get("panel-body");
    const open = Boolean(this.selected || this.edge);
    document.documentElement.dataset.panel = open ? "open" : "closed";
    panel.hidden = !open;
    if (!open) { body.replaceChildren(); return; }
    const parts = this.routes ? showRoutes(this, this.routes) : this.edge ? showLink(this, this.edge) : showNode(this, this.selected);
    body.replaceChildren(...parts.filter(Boolean));
    body.scrollTop = 0;
  }

  syncLegend() {
    for (const box of document.querySelectorAll("#legend input[data-dimension]")) {
      box.checked = !this.filters.off[box.dataset.dimension].has(box.dataset.value);
    }
    for (const part of document.querySelectorAll("#legend [data-group]")) {
      part.querySelector(".every").hidden = !this.filters.off[part.dataset.group].size;
    }
  }

  status() {
    const { doc } = this;
    const shown = this.scene.shown.length;
    const links = this.scene.edges.length;
    const text = shown === doc.nodes.length && links === doc.edges.length
      ? `${count(shown)} ${word("nodes")} · ${count(links)} ${word("links")}`
      : `${count(shown)} / ${count(doc.nodes.length)} ${word("nodes")} · ${count(links)} / ${count(doc.edges.length)} ${word("links")}`;
    get("counts").textContent = text;
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === this.mode));
      button.disabled = button.dataset.view === "nodes" && this.large && !this.within;
    }
    get("back").hidden = !this.within;
    get("empty").hidden = shown > 0;
    get("empty-text").textContent = word(doc.nodes.length ? "nothingLeft" : "emptyMap");
    get("show-all").hidden = !isFiltered(this.filters);
  }

  // ------------------------------------------------------------------ the camera

  // The part of the map that nothing covers.
  free() {
    const { width, height } = this.stage.size;
    const panel = get("panel").getBoundingClientRect();
    const open = !get("panel").hidden;
    const sheet = open && panel.width >= width * 0.9;
    return { left: 22, top: 40, right: open && !sheet ? width - panel.width - 8 : width - 8, bottom: sheet ? height - panel.height - 8 : height - 12 };
  }

  // What is lit fills the free part of the screen.
  fitLit() {
    if (course.tall) { this.centre(this.selected ?? this.edge.from, 1); return; }
    const nodes = [...this.lit.nodes.keys()].filter((node) => node.shown);
    this.lookAt(bounds(nodes, 30), 1.1, false);
  }

  // The panel has come or gone: the map takes the shape of what is left to it.
  makeRoom(animate = true) {
    if (!this.within && !this.tidy && this.mode === "nodes") {
      const free = this.free();
      this.view.place({ ...this.size, open: get("panel").hidden ? undefined : free.right - free.left });
      this.view.refresh();
      this.view.relight();
      this.stage.relocate(this.view.placed);
    }
    this.fit(animate);
  }

  fit(animate = false) {
    this.fitted = true;
    const box = this.scene.bounds();
    if (course.tall && this.mode === "nodes") { this.lookAtTop(box); return; }
    this.lookAt(box, 1.5, animate);
  }

  // An upright screen opens at the top, as wide as its columns.
  lookAtTop(box) {
    const { width, height } = this.stage.size;
    const scale = Math.min(1.1, (width - 12) / Math.max(240, box.x1 - box.x0 + 84));
    this.stage.least = Math.min(scale * 0.6, (height / (box.y1 - box.y0 + 60)) * 0.9);
    const y = Math.min(box.y0 + (height / 2 - 52) / scale, (box.y0 + box.y1) / 2 + Math.max(0, height / 2 / scale));
    this.stage.moveTo({ scale, x: box.x0 + 8 + (width / 2 - 8) / scale, y });
  }

  lookAt(box, most, animate) {
    const free = this.free();
    const room = { width: free.right - free.left, height: free.bottom - free.top };
    // Names stand right of their nodes, and keep their size: they need room that does not shrink with the scale.
    const name = this.mode === "overview" ? 0 : Math.min(110, room.width * 0.16);
    const scale = Math.max(0.02, Math.min(most, (room.width - name) / Math.max(1, box.x1 - box.x0), room.height / Math.max(1, box.y1 - box.y0)));
    const { width, height } = this.stage.size;
    this.stage.least = Math.min(this.stage.least ?? Infinity, scale * 0.6);
    this.stage.moveTo({
      scale,
      x: (box.x0 + box.x1) / 2 + (width / 2 - (free.left + free.right - name) / 2) / scale,
      y: (box.y0 + box.y1) / 2 + (height / 2 - (free.top + free.bottom) / 2) / scale,
    }, animate);
  }

  // The chosen node is moved into the open only if something covers it.
  bringIntoView() {
    if (!this.stage || !this.selected) return;
    const free = this.free();
    const camera = this.stage.camera;
    const [x, y] = camera.toScreen(this.selected.px, this.selected.py);
    if (x > free.left && x < free.right - 90 && y > free.top && y < free.bottom) return;
    this.centre(this.selected, Math.max(camera.scale, 0.55), true);
  }

  centre(node, scale, animate = false) {
    const free = this.free();
    const { width, height } = this.stage.size;
    const x = course.tall ? (this.view.bounds().x0 + this.view.bounds().x1) / 2 + 30 : node.px;
    this.stage.moveTo({
      scale,
      x: x + (width / 2 - (free.left + free.right) / 2) / scale,
      y: node.py + (height / 2 - (free.top + free.bottom) / 2) / scale,
    }, animate);
  }

  zoom(by) {
    const camera = this.stage.camera;
    this.stage.moveTo({ x: camera.x, y: camera.y, scale: Math.max(this.stage.least ?? 0.02, Math.min(4, camera.scale * by)) }, true);
  }

  // ------------------------------------------------------------------ pointer

  nodeAt(x, y) {
    return this.mode === "nodes" ? this.view.nodeAt(this.stage, x, y) : null;
  }

  tap({ x, y }, event) {
    const start = performance.now();
    if (this.mode === "overview") { this.tapCell(x, y); return; }
    const node = this.nodeAt(x, y);
    if (node && event?.shiftKey && this.selected && node !== this.selected) this.selectPair(this.selected, node);
    else if (node) this.select(node);
    else this.tapLink(x, y);
    this.timings.tap = performance.now() - start;
  }

  tapLink(x, y) {
    const edge = this.view.linkAt(this.stage, x, y);
    if (edge) this.selectLink(edge);
    else this.clear();
  }

  tapCell(x, y) {
    const cell = this.overview.cellAt(this.stage, x, y);
    if (cell) this.openCell(cell);
  }

  point(x, y) {
    if (this.mode === "overview") { this.pointCell(this.overview.cellAt(this.stage, x, y)); return; }
    const node = this.nodeAt(x, y);
    if (node === this.hover) return;
    this.hover = node;
    get("stage").classList.toggle("over", Boolean(node));
    this.stage.relight();
  }

  pointCell(cell) {
    if (cell === this.overview.hovered) return;
    this.overview.hovered = cell;
    get("stage").classList.toggle("over", Boolean(cell));
    this.stage.redraw();
  }

  // ------------------------------------------------------------------ walking with the keyboard

  // Left and right follow the flow of goods, up and down the column.
  step(way) {
    if (this.mode === "overview") {
      this.overview.current = this.overview.step(way);
      this.overview.hovered = this.overview.current;
      this.announce(`${this.overview.name(this.overview.current)}: ${this.overview.current.nodes.length} ${word("nodes")}`);
      this.stage.redraw();
      return;
    }
    const from = this.selected ?? this.view.byWeight[0];
    if (!from) return;
    if (!this.selected) { this.select(from); return; }
    const next = way === "left" || way === "right" ? this.along(from, way) : this.inColumn(from, way);
    if (next) this.select(next);
  }

  along(from, way) {
    const sign = way === "right" ? 1 : -1;
    const near = from.edges.filter((edge) => edge.shown).map((edge) => otherEnd(edge, from)).filter((node) => Math.sign(node.px - from.px) === sign);
    near.sort((one, other) => Math.abs(one.py - from.py) - Math.abs(other.py - from.py) || one.i - other.i);
    return near[0];
  }

  inColumn(from, way) {
    const column = this.view.shown.filter((node) => node.tier === from.tier).sort((one, other) => one.py - other.py || one.px - other.px);
    return column[column.indexOf(from) + (way === "down" ? 1 : -1)];
  }

  // ------------------------------------------------------------------ words

  announce(text) {
    get("live").textContent = text;
  }

  announceChoice() {
    if (!this.selected) return;
    if (this.second) { this.announce(`${title(this.selected)} ⇄ ${title(this.second)}: ${this.routes.found.length} ${word("routes")}`); return; }
    const sides = { up: 0, down: 0, near: 0 };
    for (const [node, { side }] of this.lit.nodes) if (node !== this.selected) sides[side] += 1;
    this.announce(`${title(this.selected)}: ${word("upstream")} ${sides.up}, ${word("downstream")} ${sides.down}, ${word("near")} ${sides.near}`);
  }

  toast(text) {
    get("toast").textContent = text;
    get("toast").hidden = !text;
  }

  setLanguage(lang, { quiet = false } = {}) {
    speech.lang = lang;
    this.relabel();
    if (!quiet) this.writeAddress();
  }

  setTheme(choice) {
    applyTheme(choice);
    this.relabel();
  }

  // Everything that is text or colour is made again.
  relabel() {
    this.theme = readTheme();
    document.documentElement.lang = speech.lang === "en" ? "en" : "zh";
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-brief]")) element.textContent = brief(element.dataset.brief);
    for (const element of document.querySelectorAll("[data-label]")) { element.setAttribute("aria-label", word(element.dataset.label)); element.title = word(element.dataset.label); }
    get("search").placeholder = `${brief("search")}  ( / )`;
    get("search").setAttribute("aria-label", word("search", " / "));
    for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === speech.lang));
    buildLegend(this, get("legend-body"));
    this.about();
    this.changed({ silent: true, keepCamera: true });
    if (!get("table").hidden) this.openTable();
  }

  about() {
    const { doc } = this;
    const left = doc.omitted;
    const parts = [
      left.nodes ? `${count(left.nodes)} ${word("leftNodes")}` : "", left.unlinked ? `${count(left.unlinked)} ${word("unlinked")}` : "",
      left.links ? `${count(left.links)} ${word("leftLinks")}` : "",
    ].filter(Boolean);
    get("as-of").textContent = doc.as_of ? `${word("asOf")} ${doc.as_of}` : "";
    get("query").textContent = doc.query;
    get("note").textContent = this.large ? word("large") : "";
    get("omitted").textContent = parts.length || left.reason ? `${word("leftOut")}: ${[...parts, left.reason].filter(Boolean).join(" · ")}` : "";
    get("sources").textContent = doc.sources.length ? `${word("sources")}: ${doc.sources.map((source) => [source.publisher, source.title].filter(Boolean).join(" ")).join(" | ")}` : "";
  }

  copiedText() { return word("copied"); }

  // A node that filters hide is wanted after all: they are lifted.
  reveal(node) {
    this.filters = noFilters();
    this.changed({ filters: true, keepCamera: true, silent: true });
    return node;
  }

  openTable() {
    get("table-body").replaceChildren(buildTable(this));
    get("table").hidden = false;
    get("table-close").focus();
  }

  closeTable() {
    get("table").hidden = true;
    get("stage").focus();
  }

  // ------------------------------------------------------------------ the address

  state() {
    return {
      id: this.selected?.id ?? "", second: this.second?.id ?? "", link: this.edge?.id ?? "", depth: this.depth, view: this.mode === (this.large ? "overview" : "nodes") || this.within ? "" : this.mode,
      cell: this.part?.cell?.replace(" ", "-") ?? "", only: this.part?.only ?? "", around: this.part?.around ?? "", day: this.filters.day,
      lang: speech.lang === this.doc.lang ? "" : speech.lang, off: Object.fromEntries(DIMENSIONS.map((name) => [name, [...this.filters.off[name]].sort()])),
    };
  }

  writeAddress(replace = false) {
    const fragment = writeFragment(this.state());
    if (fragment === location.hash) return;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", fragment || location.pathname + location.search);
    } catch { /* inside a sandboxed frame the address cannot change */ }
  }

  readAddress() {
    const state = readFragment(location.hash, (id) => this.doc.byId.has(id));
    for (const name of DIMENSIONS) this.filters.off[name] = new Set(state.off[name]);
    this.filters.day = state.day;
    applyFilters(this.doc, this.filters);
    this.overview.refresh();
    this.readPart(state);
    this.selected = this.mode === "nodes" ? this.doc.byId.get(state.id) ?? null : null;
    this.second = this.selected ? this.doc.byId.get(state.second) ?? null : null;
    this.edge = this.selected ? null : this.doc.edges.find((edge) => edge.id === state.link) ?? null;
    this.setDepth(state.depth, { quiet: true });
    if (["zh", "en", "both"].includes(state.lang || this.doc.lang)) speech.lang = state.lang || this.doc.lang;
    applyFilters(this.doc, this.filters, this.within);
    this.relabel();
  }

  // Which part of the map the address names: a cell, what surrounds a node, or a chosen node of a map too large to draw.
  readPart(state) {
    const cell = this.overview.byKey(state.cell.replace("-", " "));
    const around = this.doc.byId.get(state.around) ?? (this.large && !cell ? this.doc.byId.get(state.id) : null);
    const [only, depth] = state.only.split("~");
    if (cell) this.openCell(cell);
    else if (this.doc.byId.has(only)) this.openChain(this.doc.byId.get(only), depth);
    else if (around) this.openAround(around);
    else if (this.within || this.mode !== (state.view || (this.large ? "overview" : "nodes"))) {
      this.leavePart();
      this.mode = ["nodes", "overview"].includes(state.view) && !(this.large && state.view === "nodes") ? state.view : this.large ? "overview" : "nodes";
      if (this.stage) this.fit();
    }
  }

  // The first complete picture: what tests and screenshots wait for.
  painted() {
    if (this.ready || !this.opened) return;
    this.ready = true;
    this.timings.ready = performance.now();
    document.documentElement.dataset.ready = "1";
  }
}

function litReach(node, { up, down, near }) {
  const nodes = new Map();
  const edges = new Map();
  for (const [side, part] of [["near", near], ["up", up], ["down", down]]) {
    for (const [other, step] of part.nodes) nodes.set(other, { side, step });
    for (const edge of part.edges) edges.set(edge, side);
  }
  nodes.set(node, { side: "one", step: 0 });
  return { nodes, edges };
}

function litRoutes(routes, ends) {
  const nodes = new Map(ends.map((node) => [node, { side: "one" }]));
  const edges = new Map();
  for (const route of routes.found) {
    for (const { edge, from, to } of route) {
      edges.set(edge, "route");
      for (const node of [from, to]) if (!nodes.has(node)) nodes.set(node, { side: "route", step: 1 });
    }
  }
  return { nodes, edges };
}

