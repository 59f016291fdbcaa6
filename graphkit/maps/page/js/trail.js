// The state of the page in its address, so that it can be mailed, and the browser can go back.

import { readFragment, writeFragment } from "./address.js";
import { applyFilters, DIMENSIONS } from "./filters.js";
import { speech } from "./words.js";

export class Trail {
  constructor(app) {
    this.app = app;
    this.reading = false;
  }

  state() {
    return {
      id: this.app.selected?.id ?? "",
      second: this.app.second?.id ?? "",
      link: this.app.edge?.id ?? "",
      depth: this.app.depth === this.app.homeDepth ? "" : this.app.depth,
      view: this.app.mode === this.app.home || this.app.within ? "" : this.app.mode,
      cell: this.app.part?.cell?.replace(" ", "-") ?? "",
      only: this.app.part?.only ?? "",
      around: this.app.part?.around ?? "",
      day: this.app.filters.day,
      lang: speech.lang === this.app.doc.lang ? "" : speech.lang,
      off: Object.fromEntries(DIMENSIONS.map((name) => [name, [...this.app.filters.off[name]].sort()])),
    };
  }

  writeAddress(replace = false) {
    if (this.reading) return;
    const fragment = writeFragment(this.state());
    if (fragment === location.hash) return;
    try {
      history[replace ? "replaceState" : "pushState"](null, "", fragment || location.pathname + location.search);
    } catch {
      /* inside a sandboxed frame the address cannot change */
    }
  }

  // Going back writes nothing: what is read is there already.
  readAddress() {
    this.reading = true;
    this.follow();
    this.reading = false;
  }

  follow() {
    const state = readFragment(location.hash, (id) => this.app.doc.byId.has(id));
    for (const name of DIMENSIONS) this.app.filters.off[name] = new Set(state.off[name]);
    this.app.filters.day = state.day;
    applyFilters(this.app.doc, this.app.filters);
    this.app.overview.refresh();
    this.readPart(state);
    this.app.selected = this.app.mode === "nodes" ? (this.app.doc.byId.get(state.id) ?? null) : null;
    this.app.second = this.app.selected ? (this.app.doc.byId.get(state.second) ?? null) : null;
    this.app.edge = this.app.selected ? null : (this.app.doc.edges.find((edge) => edge.id === state.link) ?? null);
    this.app.setDepth(state.depth || this.app.homeDepth, { quiet: true });
    if (["zh", "en", "both"].includes(state.lang || this.app.doc.lang)) speech.lang = state.lang || this.app.doc.lang;
    applyFilters(this.app.doc, this.app.filters, this.app.within);
    this.app.voice.relabel();
  }

  // Which part of the map the address names: a cell, what surrounds a node, one chain; else a way of seeing the whole.
  readPart(state) {
    const { app } = this;
    const { byId } = app.doc;
    const view = this.allowed(state.view);
    const cell = app.overview.byKey(state.cell.replace("-", " "));
    const [only, depth] = state.only.split("~");
    const around = byId.get(state.around) ?? (view === "overview" ? byId.get(state.id) : null);
    if (cell) app.parts.openCell(cell);
    else if (byId.has(only)) app.parts.openChain(byId.get(only), depth);
    else if (around) app.parts.openAround(around);
    else if (app.within || app.mode !== view) {
      app.parts.leavePart();
      app.mode = view;
      if (app.stage) app.frame.fit();
    }
  }

  allowed(view) {
    if (!["nodes", "overview"].includes(view)) return this.app.home;
    return this.app.large ? "overview" : view;
  }
}
