// The scene of nodes and links: what the stages paint, with the lit chain over the veiled rest.

import { bounds, course, curve, distanceTo, grid, leftmost } from "./geometry.js";
import { paintHeads } from "./heads.js";
import { Names } from "./names.js";
import {
  bundle,
  dashOf,
  drain,
  paintBands,
  paintBundles,
  paintEdges,
  paintNode,
  paintSpeck,
  restAlpha,
  widthOf,
} from "./paint.js";
import { placeNodes } from "./places.js";

export const VEIL = 0.13;

// With more links than this the veiled ones would only be a mist.
const FAINT = 1200;

// So many nodes are painted at a time.
const TOGETHER = 400;

export class View {
  constructor(app) {
    this.app = app;
    this.names = new Names(app);
    this.heads = [];
  }

  // ------------------------------------------------------------------ places

  // As in the document, or a part of it arranged anew.
  place(size, part = null) {
    const { doc } = this.app;
    const nodes = part ?? doc.nodes;
    this.heads = placeNodes(doc, size, part);
    for (const edge of doc.edges) edge.curve = null;
    this.placed = nodes;
    this.placedSet = new Set(nodes);
    this.find = grid(nodes);
  }

  refresh() {
    const { doc } = this.app;
    const placed = this.placedSet;
    this.shown = doc.nodes.filter((node) => node.shown && placed.has(node));
    this.edges = doc.edges.filter((edge) => edge.shown && placed.has(edge.from) && placed.has(edge.to));
    this.rest = restAlpha(this.edges.length);
    this.bundles = null;
    this.left = leftmost(this.edges);
    this.byWeight = this.weighed(this.shown);
    for (const head of this.heads) [head.firms, head.others] = [0, 0];
    const byTier = new Map(this.heads.map((head) => [head.tier, head]));
    for (const node of this.shown) byTier.get(node.tier)[node.type === "company" ? "firms" : "others"] += 1;
  }

  // Nodes by how much their names matter: what was chosen, what is lit, what the map is about, what has many links.
  weighed(nodes) {
    const { app } = this;
    for (const node of nodes) {
      const lit = app.lit?.nodes.get(node);
      node.weight =
        (node === app.selected || node === app.second ? 1e6 : 0) +
        (lit ? 1e4 - (lit.step ?? 0) * 10 : 0) +
        (app.focus.has(node) ? 5e3 : 0) +
        (node.mark ? 500 : 0) +
        node.edges.length;
    }
    return [...nodes].sort((one, other) => other.weight - one.weight || one.i - other.i);
  }

  // What is lit has changed; what is shown has not.
  relight() {
    const lit = this.app.lit;
    const sides = new Map();
    for (const [edge, side] of lit?.edges ?? []) {
      if (!sides.has(side)) sides.set(side, []);
      sides.get(side).push(edge);
    }
    this.litBundles = [...sides].map(([side, edges]) => [side, bundle(edges)]);
    this.litByWeight = lit
      ? this.weighed([...lit.nodes.keys()].filter((node) => node.shown && this.isPlaced(node)))
      : null;
  }

  isPlaced(node) {
    return this.placedSet.has(node);
  }

  bounds() {
    const box = bounds(this.shown.length ? this.shown : this.placed, 14);
    return course.tall ? box : { ...box, x0: Math.min(box.x0 - 24, this.left) };
  }

  // ------------------------------------------------------------------ painting

  below(ctx, stage) {
    const { scale } = stage.camera;
    const box = boxOf(stage);
    paintBands(ctx, this.heads, box, this.app.theme);
    drain(this.restingLinks(ctx, scale, box, this.app.lit));
    drain(this.litLinks(ctx, scale, box));
  }

  *restingLinks(ctx, scale, box, lit) {
    const { theme } = this.app;
    const alpha = lit ? this.rest * VEIL * 1.4 : this.rest;
    if (lit && this.edges.length > FAINT) return;
    this.bundles ??= bundle(this.edges.filter((edge) => !edge.mark));
    yield* paintBundles(
      ctx,
      this.bundles,
      { alpha, colour: (edge) => theme.type(edge.kind.id), least: 0.7, arrow: scale > 0.45 && !lit },
      scale,
      box,
    );
    paintEdges(
      ctx,
      this.edges.filter((edge) => edge.mark),
      (edge) => this.marked(edge, lit),
      scale,
      box,
    );
  }

  *litLinks(ctx, scale, box) {
    const { theme, lit } = this.app;
    if (!lit) return;
    const colours = { up: theme.up, down: theme.down, near: theme.near, route: theme.route, one: theme.focus };
    const many = lit.edges.size > 400;
    for (const [side, bundles] of this.litBundles) {
      yield* paintBundles(
        ctx,
        bundles,
        {
          alpha: Math.max(0.4, Math.min(0.92, 9 / Math.sqrt(lit.edges.size))),
          colour: () => colours[side],
          thick: 1.35,
          least: many ? 0.8 : 1.2,
          arrow: !many || scale > 0.45,
        },
        scale,
        box,
      );
    }
  }

  // Links that are new, changed or gone keep the colour of their mark.
  marked(edge, lit) {
    const { theme } = this.app;
    if (!edge.mark || lit?.edges.has(edge)) return null;
    return {
      colour: theme.mark(edge.mark),
      alpha: lit ? VEIL : 0.85,
      width: widthOf(edge) + 0.8,
      least: 1.1,
      dash: edge.mark === "gone" ? [4, 4] : dashOf(edge),
      arrow: true,
    };
  }

  fade(node) {
    const { lit, selected } = this.app;
    return !lit || node === selected || lit.nodes.has(node) ? 1 : VEIL;
  }

  node(ctx, node, scale, alpha = this.fade(node)) {
    if (!node.shown) return;
    const { app } = this;
    const segment = app.doc.segments[node.colour];
    if (node.radius * scale < 1.6 && this.shown.length > 2500 && !this.rings(node).length) {
      paintSpeck(ctx, node, app.theme.segment(segment), alpha, scale);
      return;
    }
    paintNode(
      ctx,
      node,
      { colour: app.theme.segment(segment), mark: segment?.mark ?? "plain", alpha, rings: this.rings(node) },
      app.theme,
      scale,
    );
  }

  rings(node) {
    const { app } = this;
    const { theme } = app;
    const rings = [];
    const side = app.lit?.nodes.get(node)?.side;
    if (app.focus.has(node)) rings.push({ away: 3.2, width: 1.6, colour: theme.focus });
    if (node.mark) {
      rings.push({
        away: app.focus.has(node) ? 5.6 : 3.2,
        width: 2.4,
        colour: theme.mark(node.mark),
        dash: node.mark === "gone" ? [3, 2] : [],
      });
    }
    if (node === app.hover || node === app.selected || node === app.second) {
      rings.push({ away: 4.5, width: 2.6, colour: theme.focus });
    } else if (side === "up" || side === "down") rings.push({ away: 2.4, width: 1.5, colour: theme[side] });
    return rings;
  }

  // What rests below the veil, and what stands out of it: the two halves that our own stage paints apart, the first
  // piece by piece.
  *base(ctx, stage) {
    const box = boxOf(stage);
    paintBands(ctx, this.heads, box, this.app.theme);
    yield* this.restingLinks(ctx, stage.camera.scale, box, null);
    for (let from = 0; from < this.shown.length; from += TOGETHER) {
      this.nodes(ctx, stage, this.shown.slice(from, from + TOGETHER), 1);
      yield;
    }
  }

  overlay(ctx, stage) {
    const { app } = this;
    drain(this.litLinks(ctx, stage.camera.scale, boxOf(stage)));
    if (app.lit) this.nodes(ctx, stage, this.litNodes(), 1);
    if (app.hover?.shown) this.node(ctx, app.hover, stage.camera.scale, 1);
  }

  // All nodes in view, as vis-network would call for them one by one.
  nodes(ctx, stage, wanted, alpha) {
    const { scale } = stage.camera;
    const box = boxOf(stage);
    for (const node of wanted ?? this.shown) {
      if (node.px > box.x0 - 20 && node.px < box.x1 + 20 && node.py > box.y0 - 20 && node.py < box.y1 + 20) {
        this.node(ctx, node, scale, alpha);
      }
    }
  }

  litNodes() {
    return [...this.app.lit.nodes.keys()].filter((node) => node.shown);
  }

  // The names drawn, as boxes on the screen.
  get labels() {
    return this.names.boxes;
  }

  paintNames(ctx, stage, moving = false) {
    this.names.draw(ctx, stage, moving);
  }

  paintHeadings(ctx, stage) {
    this.headings = paintHeads(ctx, this.app.doc, this.heads, stage.camera, stage.size, this.app.theme);
  }

  // ------------------------------------------------------------------ pointing

  nodeAt(stage, x, y) {
    const camera = stage.camera;
    const [wx, wy] = camera.toWorld(x, y);
    const found = this.find(wx, wy, 9 / camera.scale, (node) => node.shown);
    if (found) return found;
    const label = this.labels.find(
      (box) => x >= box.x0 && x <= box.x0 + box.width && y >= box.y0 && y <= box.y0 + box.height,
    );
    return label ? label.node : null;
  }

  // The link under a point, if any is near enough; while something is lit, only lit ones can be pointed at.
  linkAt(stage, x, y) {
    const camera = stage.camera;
    const [wx, wy] = camera.toWorld(x, y);
    let best = null;
    let least = 5 / camera.scale;
    for (const edge of this.app.lit ? this.app.lit.edges.keys() : this.edges) {
      const distance = edge.shown ? distanceTo((edge.curve ??= curve(edge)), wx, wy) : Infinity;
      if (distance < least) {
        least = distance;
        best = edge;
      }
    }
    return best;
  }
}

export function boxOf(stage) {
  const { width, height } = stage.size;
  const [x0, y0] = stage.camera.toWorld(0, 0);
  const [x1, y1] = stage.camera.toWorld(width, height);
  return { x0, y0, x1, y1 };
}
