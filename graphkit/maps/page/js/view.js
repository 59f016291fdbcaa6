// What the canvas shows: the painter that both stages call, with the lit chain over the veiled rest.

import { bounds, curve, distanceTo, grid } from "./geometry.js";
import { drawLabels, placeLabels } from "./labels.js";
import { dashOf, paintBands, paintEdges, paintHeads, paintNode, restAlpha, widthOf } from "./paint.js";

const VEIL = 0.13;

export class View {
  constructor(app) {
    this.app = app;
    this.labels = [];
    this.drawn = { nodes: 0, edges: 0 };
  }

  // Places follow from the document; a narrower arrangement may move them.
  place(nodes, heads) {
    this.heads = heads;
    for (const node of nodes) { node.px ??= node.x; node.py ??= node.y; }
    this.find = grid(nodes);
    const columns = [...new Set(nodes.map((node) => node.px))].sort((one, other) => one - other);
    const next = new Map(columns.map((x, place) => [x, (columns[place + 1] ?? x + 170) - x]));
    for (const node of nodes) node.room = next.get(node.px);
  }

  refresh() {
    const { doc } = this.app;
    this.shown = doc.nodes.filter((node) => node.shown);
    this.edges = doc.edges.filter((edge) => edge.shown);
    this.rest = restAlpha(this.edges.length);
    this.byWeight = [...this.shown].sort((one, other) => this.weight(other) - this.weight(one) || one.i - other.i);
  }

  weight(node) {
    const { app } = this;
    const lit = app.lit?.nodes.get(node);
    return (node === app.selected || node === app.second ? 1e6 : 0) + (lit ? 1e4 - (lit.step ?? 0) * 10 : 0)
      + (app.focus.has(node) ? 5e3 : 0) + (node.mark ? 500 : 0) + node.edges.length;
  }

  bounds() {
    return bounds(this.shown.length ? this.shown : this.app.doc.nodes, 14);
  }

  get isLit() { return Boolean(this.app.lit); }

  below(ctx, stage) {
    const { app } = this;
    const { theme } = app;
    const camera = stage.camera;
    const { width, height } = stage.size;
    const [x0, y0] = camera.toWorld(0, 0);
    const [x1, y1] = camera.toWorld(width, height);
    paintBands(ctx, this.heads, { y0: y0 - 50, y1: y1 + 50 }, theme);
    this.links(ctx, camera.scale, { x0, y0, x1, y1 });
  }

  links(ctx, scale, box) {
    const { app } = this;
    const { theme, lit } = app;
    const rest = lit ? this.rest * VEIL * 1.4 : this.rest;
    const base = (edge) => lit?.edges.has(edge) ? null
      : { colour: theme.type(edge.kind.id), alpha: rest, width: widthOf(edge), least: 0.7, dash: dashOf(edge), arrow: scale > 0.45 };
    paintEdges(ctx, this.edges, edge => this.marked(edge) ?? base(edge), scale, box);
    if (!lit) return;
    const colour = { up: theme.up, down: theme.down, near: theme.near, route: theme.route, one: theme.focus };
    paintEdges(ctx, [...lit.edges.keys()], (edge) => ({
      colour: colour[lit.edges.get(edge)], alpha: lit.edges.size > 400 ? 0.45 : 0.92, width: widthOf(edge) * 1.35, least: 1.2, dash: dashOf(edge), arrow: true,
    }), scale, box);
  }

  // Links that are new, changed or gone keep the colour of their mark.
  marked(edge) {
    const { theme, lit } = this.app;
    if (!edge.mark || lit?.edges.has(edge)) return null;
    return { colour: theme.mark(edge.mark), alpha: lit ? VEIL : 0.85, width: widthOf(edge) + 0.8, least: 1.1, dash: edge.mark === "gone" ? [4, 4] : dashOf(edge), arrow: true };
  }

  fade(node) {
    const { lit, selected } = this.app;
    return !lit || node === selected || lit.nodes.has(node) ? 1 : VEIL;
  }

  node(ctx, node, scale) {
    if (!node.shown) return;
    const { app } = this;
    const { theme } = app;
    const segment = app.doc.segments[node.colour];
    const rings = [];
    const side = app.lit?.nodes.get(node)?.side;
    if (app.focus.has(node)) rings.push({ away: 3.2, width: 1.6, colour: theme.focus });
    if (node.mark) rings.push({ away: app.focus.has(node) ? 5.6 : 3.2, width: 2.4, colour: theme.mark(node.mark), dash: node.mark === "gone" ? [3, 2] : [] });
    if (node === app.hover || node === app.selected || node === app.second) rings.push({ away: 4.5, width: 2.6, colour: theme.focus });
    else if (side === "up" || side === "down") rings.push({ away: 2.4, width: 1.5, colour: theme[side] });
    paintNode(ctx, node, { colour: theme.segment(segment), mark: segment?.mark ?? "plain", alpha: this.fade(node), rings }, theme, scale);
  }

  above(ctx, stage) {
    const { app } = this;
    const camera = stage.camera;
    const view = { ...stage.size, top: 34 };
    this.labels = this.nameAll(ctx, camera, view);
    this.headings = paintHeads(ctx, app.doc, this.heads, camera, view, app.theme);
    app.painted();
  }

  nameAll(ctx, camera, view) {
    const { app } = this;
    const size = Math.max(10.5, Math.min(14.5, 12.5 * camera.scale));
    const named = app.lit ? this.byWeight.filter((node) => this.fade(node) === 1 || node === app.hover) : this.byWeight;
    const first = app.hover && app.hover.shown ? [app.hover, ...named.filter((node) => node !== app.hover)] : named;
    const limit = Math.max(70, Math.min(176, 142 * camera.scale));
    const boxes = placeLabels(ctx, first, camera, view, { size, both: camera.scale > 0.6, limit, font: app.theme.font });
    drawLabels(ctx, boxes, app.theme, (node) => (node === app.hover ? 1 : this.fade(node)));
    return boxes;
  }

  // The link under a point, if any is near enough.
  linkAt(x, y, reach) {
    const { lit } = this.app;
    const candidates = lit ? [...lit.edges.keys()] : this.edges;
    let best = null;
    let least = reach;
    for (const edge of candidates) {
      const distance = distanceOf(edge, x, y);
      if (distance < least) { least = distance; best = edge; }
    }
    return best;
  }
}

function distanceOf(edge, x, y) {
  return edge.shown ? distanceTo(edge.curve ?? (edge.curve = curve(edge)), x, y) : Infinity;
}
