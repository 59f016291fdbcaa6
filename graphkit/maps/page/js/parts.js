// Parts of a map drawn by themselves: the nodes of a cell, what surrounds a node, one chain.

import { otherEnd } from "./doc.js";
import { get } from "./dom.js";
import { applyFilters } from "./filters.js";

export class Parts {
  constructor(app) {
    this.app = app;
  }

  setMode(mode) {
    if (mode === "nodes" && this.app.large && !this.app.within) return;
    if (mode === "overview" || !this.app.large) this.leavePart();
    this.app.mode = mode;
    [this.app.selected, this.app.second, this.app.edge, this.app.hover] = [null, null, null, null];
    this.app.changed({ filters: true, keepCamera: true, legend: true });
    this.app.frame.fit();
  }

  leavePart() {
    [this.app.part, this.app.within] = [null, null];
    applyFilters(this.app.doc, this.app.filters);
    this.app.place();
  }

  // The nodes of a cell, with their neighbours where that stays readable.
  openCell(cell) {
    const nodes = new Set(cell.nodes);
    const near = new Set(nodes);
    for (const node of nodes) for (const edge of node.edges) if (edge.kept) near.add(otherEnd(edge, node));
    this.openPart({ cell: cell.key }, near.size <= 400 ? near : nodes);
    this.app.voice.announce(this.app.overview.name(cell));
  }

  // A node with what surrounds it: as many steps as stay readable.
  openAround(node, options = {}) {
    let best = new Set([node]);
    for (let steps = 1; steps <= 3; steps += 1) {
      const next = new Set(best);
      for (const inner of best) for (const edge of inner.edges) if (edge.kept) next.add(otherEnd(edge, inner));
      if (next.size > 250 && steps > 1) break;
      best = next;
    }
    this.openPart({ around: node.id }, best, options);
  }

  // A node with all that is lit for it now, and nothing else.
  openChain(node, depth = this.app.depth) {
    const { up, down, near } = this.app.reach(node, depth);
    this.openPart(
      { only: `${node.id}~${depth}` },
      new Set([node, ...up.nodes.keys(), ...down.nodes.keys(), ...near.nodes.keys()]),
    );
    this.app.select(node, { keepCamera: true });
  }

  openPart(part, within, { silent = false } = {}) {
    [this.app.part, this.app.within, this.app.mode] = [part, within, "nodes"];
    [this.app.selected, this.app.second, this.app.edge, this.app.hover] = [null, null, null, null];
    applyFilters(this.app.doc, this.app.filters, within);
    this.app.place();
    this.app.changed({ filters: true, keepCamera: true, silent });
    this.app.frame.fit();
  }

  untidy() {
    this.app.tidy = false;
    get("tidy").setAttribute("aria-pressed", "false");
  }

  setTidy(on) {
    this.app.tidy = on;
    get("tidy").setAttribute("aria-pressed", String(on));
    this.app.place();
    this.app.changed({ keepCamera: true, silent: true });
    this.app.frame.fit(true);
  }
}
