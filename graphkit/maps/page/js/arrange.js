// Where nodes stand when not all are shown, or the screen is upright: the order of the document in another shape.

import { lines } from "./words.js";

const PITCHES = [
  [36, 132, 34],
  [28, 112, 28],
  [22, 92, 24],
  [17, 66, 20],
];
const GAP = 20;
const TIER_GAP = 40;

// Columns from left to right for a wide screen; returns the headings.
export function arrangeWide(nodes, { width, height }) {
  const blocks = blocksOf(nodes);
  const [pitch, rows] = fitting(blocks, width, height);
  const heads = [];
  let x = 0;
  for (const block of blocks) {
    const starts = heads.at(-1)?.tier !== block.tier;
    if (heads.length) x += starts ? TIER_GAP : GAP;
    const end = x + placeBlock(block, rows, x, pitch);
    if (starts) heads.push({ tier: block.tier, x0: x, x1: end });
    else heads.at(-1).x1 = end;
    x = end;
  }
  return heads;
}

function blocksOf(nodes) {
  const blocks = new Map();
  for (const node of nodes) {
    const key = node.tier * 2 + (node.type === "company" ? 0 : 1);
    if (!blocks.has(key)) blocks.set(key, { key, tier: node.tier, nodes: [] });
    blocks.get(key).nodes.push(node);
  }
  const sorted = [...blocks.values()].sort((one, other) => one.key - other.key);
  for (const block of sorted) {
    block.nodes.sort((one, other) => one.y - other.y || one.x - other.x || one.i - other.i);
    const widths = block.nodes.map(nameWidth).sort((one, other) => one - other);
    block.width = widths[Math.ceil(widths.length * 0.8) - 1];
  }
  return sorted;
}

function nameWidth(node) {
  return Math.max(
    ...lines(node).map((line) => [...line].reduce((sum, char) => sum + (char > "\u2E7F" ? 12.5 : 6.8), 0)),
  );
}

function step(block, [, label, mark]) {
  return Math.min(Math.max(block.width, 44), label) + mark;
}

function fitting(blocks, width, height) {
  const most = Math.max(1, ...blocks.map((block) => block.nodes.length));
  const tiers = new Set(blocks.map((block) => block.tier)).size;
  let found = null;
  for (const pitch of PITCHES) {
    let least = Infinity;
    let odd = Infinity;
    for (let rows = 1; rows <= most; rows += 1) {
      const wide = blocks.reduce(
        (sum, block) => sum + Math.ceil(block.nodes.length / rows) * step(block, pitch) + GAP,
        (TIER_GAP - GAP) * (tiers - 1),
      );
      const over = Math.max(1, wide / width, (rows * pitch[0]) / height);
      const shape = Math.abs(Math.log(wide / width / ((rows * pitch[0]) / height)));
      if (over < least || (over === least && shape < odd)) {
        least = over;
        odd = shape;
        found = [roomy(pitch, rows, Math.max(1, wide / width) * height), rows];
      }
    }
    if (least <= 1) break;
  }
  return found ?? [PITCHES[0], 1];
}

// Rows as high as the screen lets them be.
function roomy([row, label, mark], rows, height) {
  return [Math.max(row, Math.min(PITCHES[0][0], Math.floor(height / rows))), label, mark];
}

function placeBlock(block, rows, x0, pitch) {
  const columns = Math.ceil(block.nodes.length / rows);
  const filled = Math.ceil(block.nodes.length / columns);
  const high = Math.min(pitch[0] * (rows / filled), pitch[0] * 1.6);
  const top = (rows * pitch[0] - filled * high) / 2;
  block.nodes.forEach((node, place) => {
    const column = place % columns;
    node.px = x0 + column * step(block, pitch);
    node.py = Math.round(top + (Math.floor(place / columns) + (column + 0.5) / columns) * high);
  });
  return columns * step(block, pitch);
}

// Bands from top to bottom for an upright screen: each tier flows over as many rows as it needs.
export function arrangeTall(nodes, { width }) {
  const columns = Math.max(2, Math.floor(width / 116));
  const cell = width / columns;
  const heads = [];
  let y = 0;
  for (const block of blocksOf(nodes)) {
    if (heads.at(-1)?.tier === block.tier) {
      y += 12;
    } else {
      y += heads.length ? 26 : 0;
      heads.push({ tier: block.tier, y0: y, y1: y });
      y += 40;
    }
    for (const [place, node] of block.nodes.entries()) {
      node.px = Math.round((place % columns) * cell + 12 + (Math.floor(place / columns) % 2) * 8);
      node.py = y + Math.floor(place / columns) * 34;
    }
    y += Math.ceil(block.nodes.length / columns) * 34;
    heads.at(-1).y1 = y;
  }
  return heads;
}
