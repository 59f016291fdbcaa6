// Paints bands, links and nodes on any canvas: the screen, a picture to save, or an SVG.

import { curve, pointAt } from "./geometry.js";

// Dashes by certainty, in widths of one: what is not simply stated never looks stated.
export const DASHES = {
  stated: [],
  planned: [9, 5],
  expected: [6, 4],
  estimate: [6, 3, 1.5, 3],
  negotiating: [3, 6],
  inferred: [1.5, 3.5],
};

export function dashOf(edge) {
  return DASHES[edge.surest] ?? [2, 2, 6, 2];
}

export function widthOf(edge) {
  return edge.share === null ? 1.1 : 1.1 + 5 * edge.share;
}

// How strong a link is drawn at rest: the more links, the fainter.
export function restAlpha(number) {
  return Math.max(0.08, Math.min(0.62, 9 / Math.sqrt(number + 1)));
}

export function paintBands(ctx, heads, box, theme) {
  ctx.fillStyle = theme.band;
  heads.forEach((head, place) => {
    if (place % 2) return;
    if ("y0" in head) ctx.fillRect(box.x0, head.y0, box.x1 - box.x0, head.y1 - head.y0 + 8);
    else ctx.fillRect(head.x0 - 20, box.y0, head.x1 - head.x0 + 26, box.y1 - box.y0);
  });
}

export function paintEdges(ctx, edges, look, scale, box = null) {
  for (const edge of edges) {
    if (!edge.shown) continue;
    const style = look(edge);
    if (!style) continue;
    const c = courseOf(edge);
    if (box && outside(c, box)) continue;
    strokeEdge(ctx, edge, c, style, scale);
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

// Links that look the same are stroked together, some at a time, so that where many run they still add up.
const TOGETHER = 40;

export function bundle(edges) {
  const groups = new Map();
  const size = edges.length > 4000 ? 400 : TOGETHER;
  for (const edge of edges) {
    const key = `${edge.type} ${edge.surest} ${Math.round(widthOf(edge) * 2)}`;
    if (!groups.has(key)) groups.set(key, [[]]);
    const last = groups.get(key).at(-1);
    if (last.length < size) last.push(edge);
    else groups.get(key).push([edge]);
  }
  return [...groups.values()].flat();
}

// One bundle after the other: whoever has no time may stop between two.
export function* paintBundles(ctx, bundles, { alpha, colour, least, arrow, thick = 1 }, scale, box) {
  const unit = Math.max(1, 0.8 / scale);
  for (const edges of bundles) {
    const [first] = edges;
    const inside = edges.filter((edge) => !outside(courseOf(edge), box));
    if (!inside.length) continue;
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = colour(first);
    ctx.fillStyle = ctx.strokeStyle;
    ctx.lineWidth = Math.max(widthOf(first) * thick, least / scale);
    ctx.setLineDash(dashOf(first).map((length) => length * unit));
    ctx.beginPath();
    for (const { curve: c } of inside) {
      ctx.moveTo(c[0], c[1]);
      ctx.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
    }
    ctx.stroke();
    if (arrow && first.kind.tip !== "none") {
      paintTips(ctx, inside, first.kind.tip, Math.min(11, 4.6 + ctx.lineWidth * 1.5));
    }
    yield;
  }
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

// Paints to the end what could be painted piece by piece.
export function drain(steps) {
  let step = steps.next();
  while (!step.done) step = steps.next();
}

function courseOf(edge) {
  edge.curve ??= curve(edge);
  return edge.curve;
}

function paintTips(ctx, edges, tip, size) {
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const { curve: c } of edges) traceTip(ctx, c, size);
  if (tip === "open") {
    ctx.lineWidth = Math.max(0.9, size / 8);
    ctx.stroke();
  } else ctx.fill();
}

// A node too small to have a shape.
export function paintSpeck(ctx, node, colour, alpha, scale) {
  const size = Math.max(node.radius * 1.6, 1.7 / scale);
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fillRect(node.px - size / 2, node.py - size / 2, size, size);
  ctx.globalAlpha = 1;
}

function outside(c, box) {
  return (
    Math.max(c[0], c[2], c[4], c[6]) < box.x0 ||
    Math.min(c[0], c[2], c[4], c[6]) > box.x1 ||
    Math.max(c[1], c[3], c[5], c[7]) < box.y0 ||
    Math.min(c[1], c[3], c[5], c[7]) > box.y1
  );
}

function strokeEdge(ctx, edge, c, style, scale) {
  const width = Math.max(style.width, style.least / scale);
  ctx.globalAlpha = style.alpha;
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = width;
  const unit = Math.max(1, 0.8 / scale);
  ctx.setLineDash(style.dash.map((length) => length * unit));
  ctx.beginPath();
  ctx.moveTo(c[0], c[1]);
  ctx.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
  ctx.stroke();
  if (style.arrow && edge.kind.tip !== "none") {
    paintTip(ctx, c, edge.kind.tip, Math.min(11, 4.6 + width * 1.5), style.colour);
  }
}

function paintTip(ctx, c, tip, size, colour) {
  ctx.fillStyle = colour;
  paintTips(ctx, [{ curve: c }], tip, size);
}

function traceTip(ctx, c, size) {
  const [bx, by] = pointAt(c, 0.94);
  let [dx, dy] = [c[6] - bx, c[7] - by];
  const length = Math.hypot(dx, dy) || 1;
  [dx, dy] = [dx / length, dy / length];
  const [tx, ty] = [c[6] - dx * size, c[7] - dy * size];
  ctx.moveTo(c[6], c[7]);
  ctx.lineTo(tx - dy * size * 0.42, ty + dx * size * 0.42);
  ctx.lineTo(tx + dy * size * 0.42, ty - dx * size * 0.42);
  ctx.closePath();
}

// A circle for a company, a diamond for a product, a hexagon for a segment; the mark of its segment inside.
export function paintNode(ctx, node, style, theme, scale) {
  const r = Math.max(node.radius, (2.1 + node.radius * 0.3) / scale);
  ctx.globalAlpha = style.alpha;
  ctx.setLineDash([]);
  outline(ctx, node.type, node.px, node.py, r);
  ctx.fillStyle = style.colour;
  ctx.fill();
  ctx.lineWidth = 1.4;
  ctx.strokeStyle = theme.paper;
  ctx.stroke();
  if (scale * r > 3.6) {
    paintMark(ctx, style.mark, node.px, node.py, r * (node.type === "company" ? 0.62 : 0.56), theme.paper);
  }
  for (const ring of style.rings) {
    outline(ctx, node.type, node.px, node.py, r + ring.away);
    ctx.setLineDash(ring.dash ?? []);
    ctx.lineWidth = ring.width;
    ctx.strokeStyle = ring.colour;
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

export function outline(ctx, type, x, y, r) {
  ctx.beginPath();
  if (type === "company") {
    ctx.arc(x, y, r, 0, Math.PI * 2);
    return;
  }
  const points = type === "product" ? 4 : 6;
  const reach = type === "product" ? r * 1.18 : r * 1.08;
  for (let i = 0; i < points; i += 1) {
    const angle = (i / points) * Math.PI * 2 - Math.PI / 2;
    ctx[i ? "lineTo" : "moveTo"](x + Math.cos(angle) * reach, y + Math.sin(angle) * reach);
  }
  ctx.closePath();
}

const STROKES = {
  bar: [[-1, 0, 1, 0]],
  pole: [[0, -1, 0, 1]],
  cross: [
    [-1, 0, 1, 0],
    [0, -1, 0, 1],
  ],
  slash: [[-0.75, 0.75, 0.75, -0.75]],
  saltire: [
    [-0.75, -0.75, 0.75, 0.75],
    [-0.75, 0.75, 0.75, -0.75],
  ],
  corner: [
    [-0.6, -0.7, -0.6, 0.6],
    [-0.6, 0.6, 0.7, 0.6],
  ],
};

export function paintMark(ctx, mark, x, y, r, colour) {
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = Math.max(1, r * 0.36);
  ctx.beginPath();
  if (mark === "dot") {
    ctx.arc(x, y, r * 0.5, 0, Math.PI * 2);
    ctx.fill();
  }
  if (mark === "ring") {
    ctx.arc(x, y, r * 0.66, 0, Math.PI * 2);
    ctx.stroke();
  }
  if (mark === "half") {
    ctx.arc(x, y, r * 0.95, 0, Math.PI);
    ctx.fill();
  }
  for (const [x0, y0, x1, y1] of STROKES[mark] ?? []) {
    ctx.moveTo(x + x0 * r, y + y0 * r);
    ctx.lineTo(x + x1 * r, y + y1 * r);
  }
  if (STROKES[mark]) ctx.stroke();
}
