// The state of the page, and what each change of it brings about.

import { get } from "./dom.js";
import { applyFilters, noFilters } from "./filters.js";
import { Overview } from "./overview.js";
import { reach } from "./reach.js";
import { routesBetween } from "./routes.js";
import { searcher } from "./search.js";
import { readTheme } from "./theme.js";
import { VEIL, View } from "./view.js";
import { speech, title, word } from "./words.js";
import { Frame } from "./frame.js";
import { Parts } from "./parts.js";
import { Hands } from "./hands.js";
import { Voice } from "./voice.js";
import { Trail } from "./trail.js";
import { litReach, litRoutes } from "./lit.js";

export class App {
  constructor(doc) {
    this.doc = doc;
    this.filters = noFilters();
    this.selected = null;
    this.second = null;
    this.edge = null;
    this.hover = null;
    this.homeDepth = doc.opens === "overview" ? "1" : "all";
    this.depth = this.homeDepth;
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
    this.home = doc.opens;
    this.mode = this.home;
    this.part = null;
    this.within = null;
    this.tidy = false;
    Object.assign(this, {
      frame: new Frame(this),
      parts: new Parts(this),
      hands: new Hands(this),
      voice: new Voice(this),
      trail: new Trail(this),
    });
    applyFilters(doc, this.filters);
    if (this.mode === "nodes") this.place();
    this.overview.refresh();
  }

  get scene() {
    return this.mode === "overview" ? this.overview : this.view;
  }

  get size() {
    const { clientWidth, clientHeight } = get("stage");
    return { width: clientWidth, height: clientHeight };
  }

  // What the stages call.
  painter() {
    return {
      below: (ctx, stage) => this.scene.below(ctx, stage),
      node: (ctx, node, scale) => this.scene.node(ctx, node, scale),
      still: (ctx, stage) => {
        this.scene.below(ctx, stage);
        this.scene.nodes(ctx, stage);
      },
      base: (ctx, stage) => this.scene.base(ctx, stage),
      lit: (ctx, stage) => this.scene.overlay(ctx, stage),
      names: (ctx, stage, moving) => this.scene.paintNames(ctx, stage, moving),
      heads: (ctx, stage) => this.scene.paintHeadings(ctx, stage),
      bounds: () => this.scene.bounds(),
      veil: () => (this.mode === "nodes" && this.lit ? VEIL : 1),
      paper: () => this.theme.paper,
      painted: () => this.painted(),
    };
  }

  // Works out where nodes stand: as written, or only those that are shown, or those of an opened cell.
  place() {
    const part = this.tidy || this.within ? this.doc.nodes.filter((node) => node.shown) : null;
    this.view.place({ ...this.size, open: this.voice.isPanelOpen ? this.frame.openWidth() : undefined }, part);
    this.view.refresh();
    this.stage?.relocate(this.view.placed);
  }

  // ------------------------------------------------------------------ choosing

  select(node, options = {}) {
    if (node && (this.mode === "overview" || (this.within && !this.within.has(node)))) {
      if (this.home === "overview" || this.within) this.parts.openAround(node, { silent: true });
      else {
        this.mode = "nodes";
        this.frame.fit();
      }
    }
    if (this.picking && node && node !== this.picking) {
      [this.selected, this.second, this.picking] = [this.picking, node, null];
    } else {
      [this.selected, this.second, this.picking] = [node, null, null];
    }
    this.edge = null;
    this.changed({ keepCamera: options.keepCamera });
    this.voice.announceChoice();
  }

  selectPair(from, to) {
    [this.selected, this.second, this.edge, this.picking] = [from, to, null, null];
    this.changed();
    this.voice.announceChoice();
  }

  selectLink(edge) {
    [this.selected, this.second, this.edge, this.picking] = [null, null, edge, null];
    this.changed();
    this.voice.announce(`${title(edge.from)} ${title(edge.kind)} ${title(edge.to)}`);
  }

  startPick(node) {
    this.picking = node;
    this.voice.toast(word("pickSecond"));
    this.voice.announce(word("pickSecond"));
    get("search").focus();
  }

  clear() {
    if (this.picking) {
      this.picking = null;
      this.voice.toast("");
      return;
    }
    if (!this.selected && !this.edge) return;
    [this.selected, this.second, this.edge] = [null, null, null];
    this.changed();
    this.voice.announce("");
  }

  reset() {
    [this.selected, this.second, this.edge, this.picking, this.hover] = [null, null, null, null, null];
    this.filters = noFilters();
    this.setDepth(this.homeDepth, { quiet: true });
    this.voice.toast("");
    this.parts.untidy();
    this.parts.leavePart();
    this.mode = this.home;
    this.changed({ filters: true });
    this.frame.fit();
  }

  setDepth(depth, { quiet = false } = {}) {
    this.depth = depth;
    for (const button of document.querySelectorAll("[data-depth]")) {
      button.setAttribute("aria-pressed", String(button.dataset.depth === depth));
    }
    if (!quiet) {
      this.changed({ keepCamera: true });
      this.voice.announceChoice();
    }
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
    const wasOpen = this.voice.isPanelOpen;
    if (filters) this.refilter();
    this.light();
    this.showScene(filters || silent, filters);
    if (filters || legend) this.voice.syncLegend();
    this.voice.showPanel();
    this.voice.status();
    if (filters || silent || this.mode === "overview") this.stage?.redraw();
    else this.stage?.relight();
    this.frame.follow(keepCamera, wasOpen !== this.voice.isPanelOpen);
    if (!silent) this.trail.writeAddress(quiet);
    this.timings.last = performance.now() - start;
  }

  // What was chosen and is now hidden is chosen no more.
  refilter() {
    applyFilters(this.doc, this.filters, this.within);
    if (this.selected && !this.selected.shown) [this.selected, this.second] = [null, null];
    if (this.edge && !this.edge.shown) this.edge = null;
  }

  // The scene in view works out what it shows; the other one does when its turn comes.
  showScene(fresh, filters) {
    if (filters) this.overview.stale = true;
    if (this.mode === "overview") {
      if (this.overview.stale) this.overview.refresh();
      return;
    }
    if (!this.view.placed || (filters && this.tidy)) this.place();
    else if (fresh) this.view.refresh();
    this.view.relight();
  }

  light() {
    this.lit = null;
    this.routes = null;
    const visible = (edge) => edge.shown;
    if (this.edge) {
      this.lit = {
        nodes: new Map([
          [this.edge.from, { side: "one" }],
          [this.edge.to, { side: "one" }],
        ]),
        edges: new Map([[this.edge, "one"]]),
      };
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

  // A node that filters hide is wanted after all: they are lifted.
  reveal(node) {
    this.filters = noFilters();
    this.changed({ filters: true, keepCamera: true, silent: true });
    return node;
  }

  // The first complete picture: what tests and screenshots wait for.
  painted() {
    if (this.ready || !this.opened) return;
    this.ready = true;
    this.timings.ready = performance.now();
    document.documentElement.dataset.ready = "1";
  }
}
