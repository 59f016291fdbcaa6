// The cells of the overview: each segment a row, each tier a column; who stands in each, and how goods flow between.

import { segmentKey } from "./filters.js";

// The same on every screen: addresses name cells by their rows.
const ROWS = 13;
const FLOWS = 160;
const GAP = { x: 16, y: 7 };
const HIGH = { least: 30, most: 116 };

// Cells of what is shown, in a room of so many pixels; rows keep the order of the legend.
export function layOut(doc, size, tall) {
  const shown = doc.nodes.filter((node) => node.shown);
  const edges = doc.edges.filter((edge) => edge.shown);
  const { rowOf, merged } = rollUp(doc, shown);
  const cells = new Map();
  for (const node of shown) {
    const key = `${rowOf(node)} ${node.tier}`;
    if (!cells.has(key)) cells.set(key, { key, row: rowOf(node), tier: node.tier, nodes: [], links: 0 });
    cells.get(key).nodes.push(node);
  }
  const flows = bundle(edges, cells, rowOf);
  for (const cell of cells.values()) {
    cell.nodes.sort((one, other) => other.edges.length - one.edges.length || one.i - other.i);
  }
  const most = Math.max(1, ...[...cells.values()].map((cell) => cell.nodes.length));
  return { shown, edges, cells, flows, merged, most, ...place(doc, [...cells.values()], size, tall) };
}

// Which row each segment is shown in: the smallest join the segment that they are part of, or the rest, till all fit.
function rollUp(doc, shown) {
  const order = new Map(doc.segments.map((segment, row) => [segment.id, row]));
  const known = new Map(order);
  const sizes = new Map();
  for (const node of shown) {
    const row = order.get(segmentKey(doc, node));
    if (row !== undefined) sizes.set(row, (sizes.get(row) ?? 0) + 1);
  }
  let merged = false;
  while (sizes.size > ROWS) {
    const [least, size] = [...sizes].sort((one, other) => one[1] - other[1] || other[0] - one[0])[0];
    const parent = order.get(doc.segments[least].parent) ?? doc.segments.length;
    for (const [name, row] of known) if (row === least) known.set(name, parent);
    sizes.delete(least);
    if (parent < doc.segments.length) sizes.set(parent, (sizes.get(parent) ?? 0) + size);
    else merged = true;
  }
  return { rowOf: (node) => known.get(segmentKey(doc, node)) ?? doc.segments.length, merged };
}

function bundle(edges, cells, rowOf) {
  const flows = new Map();
  for (const edge of edges) {
    const [from, to] = edge.kind.along < 0 ? [edge.to, edge.from] : [edge.from, edge.to];
    const [a, b] = [from, to].map((node) => cells.get(`${rowOf(node)} ${node.tier}`));
    a.links += 1;
    if (a === b) continue;
    b.links += 1;
    const key = `${a.key}>${b.key}`;
    if (!flows.has(key)) flows.set(key, { key, a, b, number: 0 });
    flows.get(key).number += 1;
  }
  return [...flows.values()]
    .sort((one, other) => other.number - one.number || (one.key < other.key ? -1 : 1))
    .slice(0, FLOWS);
}

// Rows and columns without a node close up; what is left fills the room, the fuller columns wider.
function place(doc, cells, { width, height }, tall) {
  const gutter = tall ? 92 : 128;
  const least = tall ? 88 : 58;
  const heads = columns(cells, Math.max(width - gutter - 84, 0), least);
  const rows = [...new Set(cells.map((cell) => cell.row))].sort((one, other) => one - other);
  const high = Math.max(HIGH.least, Math.min(HIGH.most, (height - 73) / Math.max(1, rows.length) - GAP.y));
  const top = new Map(rows.map((row, at) => [row, at * (high + GAP.y)]));
  const byTier = new Map(heads.map((head) => [head.tier, head]));
  for (const cell of cells) {
    const head = byTier.get(cell.tier);
    [cell.x, cell.y, cell.width] = [head.x0, top.get(cell.row), head.x1 - head.x0];
    for (const node of cell.nodes) head[node.type === "company" ? "firms" : "others"] += 1;
  }
  return { heads, high, gutter, rows: rows.map((row) => ({ row, segment: doc.segments[row], y: top.get(row) })) };
}

function columns(cells, room, least) {
  const fullness = new Map();
  for (const { tier, nodes } of cells) fullness.set(tier, Math.max(fullness.get(tier) ?? 0, nodes.length));
  const tiers = [...fullness.keys()].sort((one, other) => one - other);
  const widths = shareOut(
    tiers.map((tier) => fullness.get(tier) ** 0.35),
    room - GAP.x * (tiers.length - 1),
    least,
  );
  let x = 0;
  return tiers.map((tier, at) => {
    const head = { tier, x0: x, x1: x + widths[at], firms: 0, others: 0 };
    x = head.x1 + GAP.x;
    return head;
  });
}

// Widths in proportion to weights, none below the least.
function shareOut(weights, room, least) {
  const fixed = new Set();
  for (;;) {
    const free = weights.filter((_, at) => !fixed.has(at)).reduce((sum, weight) => sum + weight, 0);
    const unit = (room - fixed.size * least) / free;
    const small = weights.findIndex((weight, at) => !fixed.has(at) && weight * unit < least);
    if (small === -1) return weights.map((weight, at) => (fixed.has(at) ? least : weight * unit));
    fixed.add(small);
  }
}
