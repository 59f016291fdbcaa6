// The state of the page, and what each change of it brings about.

import { readFragment, writeFragment } from "./address.js";
import { otherEnd } from "./doc.js";
import { get } from "./dom.js";
import { applyFilters, DIMENSIONS, isFiltered, noFilters } from "./filters.js";
import { buildLegend } from "./legend.js";
import { showLink, showNode, showRoutes } from "./panel.js";
import { reach } from "./reach.js";
import { routesBetween } from "./routes.js";
import { searcher } from "./search.js";
import { buildTable } from "./table.js";
import { applyTheme, readTheme } from "./theme.js";
import { View } from "./view.js";
import { count, speech, title, word } from "./words.js";

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
    this.view.place(doc.nodes, doc.heads);
    applyFilters(doc, this.filters);
    this.view.refresh();
  }

  // ------------------------------------------------------------------ choosing

  select(node, options = {}) {
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
    if (filters) {
      applyFilters(this.doc, this.filters, this.within);
      if (this.selected && !this.selected.shown) [this.selected, this.second] = [null, null];
      if (this.edge && !this.edge.shown) this.edge = null;
    }
    this.light();
    this.view.refresh();
    if (filters || legend) this.syncLegend();
    this.showPanel();
    this.status();
    this.stage?.redraw();
    if (!keepCamera) this.bringIntoView();
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
      this.lit = litReach(this.selected, reach(this.selected, this.depth === "all" ? Infinity : Number(this.depth), visible));
    }
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
    const shown = this.view.shown.length;
    const text = shown === doc.nodes.length && this.view.edges.length === doc.edges.length
      ? `${count(shown)} ${word("nodes")} · ${count(doc.edges.length)} ${word("links")}`
      : `${count(shown)} / ${count(doc.nodes.length)} ${word("nodes")} · ${count(this.view.edges.length)} / ${count(doc.edges.length)} ${word("links")}`;
    get("counts").textContent = text;
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
    return { left: 8, top: 40, right: open && !sheet ? width - panel.width - 8 : width - 8, bottom: sheet ? height - panel.height - 8 : height - 12 };
  }

  fit(animate = false) {
    this.lookAt(this.view.bounds(), 1.6, animate);
  }

  lookAt(box, most, animate) {
    const free = this.free();
    const room = { width: free.right - free.left, height: free.bottom - free.top };
    // Names stand right of their nodes, and keep their size: they need room that does not shrink with the scale.
    const name = Math.min(110, room.width * 0.16);
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
    const { width, height } = this.stage.size;
    const scale = Math.max(camera.scale, 0.55);
    this.stage.moveTo({
      scale,
      x: this.selected.px + (width / 2 - (free.left + free.right) / 2) / scale,
      y: this.selected.py + (height / 2 - (free.top + free.bottom) / 2) / scale,
    }, true);
  }

  zoom(by) {
    const camera = this.stage.camera;
    this.stage.moveTo({ x: camera.x, y: camera.y, scale: Math.max(this.stage.least ?? 0.02, Math.min(4, camera.scale * by)) }, true);
  }

  // ------------------------------------------------------------------ pointer

  nodeAt(x, y) {
    const camera = this.stage.camera;
    const [wx, wy] = camera.toWorld(x, y);
    const found = this.view.find(wx, wy, 9 / camera.scale);
    if (found?.shown) return found;
    const label = this.view.labels.find((box) => x >= box.x0 && x <= box.x0 + box.width && y >= box.y0 && y <= box.y0 + box.height);
    return label ? label.node : null;
  }

  tap({ x, y }, event) {
    const start = performance.now();
    const node = this.nodeAt(x, y);
    if (node && event?.shiftKey && this.selected && node !== this.selected) this.selectPair(this.selected, node);
    else if (node) this.select(node);
    else this.tapLink(x, y);
    this.timings.tap = performance.now() - start;
  }

  tapLink(x, y) {
    const camera = this.stage.camera;
    const edge = this.view.linkAt(...camera.toWorld(x, y), 5 / camera.scale);
    if (edge) this.selectLink(edge);
    else this.clear();
  }

  point(x, y) {
    const node = this.nodeAt(x, y);
    if (node === this.hover) return;
    this.hover = node;
    get("stage").classList.toggle("over", Boolean(node));
    this.stage.redraw();
  }

  // ------------------------------------------------------------------ walking with the keyboard

  // Left and right follow the flow of goods, up and down the column.
  step(way) {
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
    for (const element of document.querySelectorAll("[data-label]")) { element.setAttribute("aria-label", word(element.dataset.label)); element.title = word(element.dataset.label); }
    get("search").placeholder = word("search", " / ");
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
      id: this.selected?.id ?? "", second: this.second?.id ?? "", link: this.edge?.id ?? "", depth: this.depth, view: "", cell: "", day: this.filters.day,
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
    this.selected = this.doc.byId.get(state.id) ?? null;
    this.second = this.selected ? this.doc.byId.get(state.second) ?? null : null;
    this.edge = this.selected ? null : this.doc.edges.find((edge) => edge.id === state.link) ?? null;
    this.setDepth(state.depth, { quiet: true });
    if (["zh", "en", "both"].includes(state.lang || this.doc.lang)) speech.lang = state.lang || this.doc.lang;
    applyFilters(this.doc, this.filters, this.within);
    this.relabel();
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

