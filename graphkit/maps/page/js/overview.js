// The scene of cells: each segment a row, each tier a column, with how many nodes stand there and how goods flow between.

import { brief, count, lines, title, word } from "./words.js";
import { segmentKey } from "./filters.js";
import { outline, paintHeads, paintMark } from "./paint.js";

const CELL = { width: 124, height: 40, gapX: 34, gapY: 7 };
const ROWS = 16;
const FLOWS = 160;

export class Overview {
  constructor(app) {
    this.app = app;
    this.hovered = null;
    this.labels = [];
  }

  // Counts follow the filters; rows keep the order of the legend.
  refresh() {
    const { doc } = this.app;
    this.stale = false;
    const shown = doc.nodes.filter((node) => node.shown);
    const names = doc.segments.map((segment) => segment.id);
    const known = this.rollUp(shown);
    const rowOf = (node) => known.get(segmentKey(doc, node)) ?? names.length;
    this.cells = new Map();
    for (const node of shown) {
      const key = `${rowOf(node)} ${node.tier}`;
      if (!this.cells.has(key)) this.cells.set(key, { key, row: rowOf(node), tier: node.tier, nodes: [], links: 0 });
      this.cells.get(key).nodes.push(node);
    }
    this.closeRows(names);
    this.flows = this.bundle(doc.edges.filter((edge) => edge.shown), rowOf);
    for (const cell of this.cells.values()) {
      cell.nodes.sort((one, other) => other.edges.length - one.edges.length || one.i - other.i);
    }
    this.most = Math.max(1, ...[...this.cells.values()].map((cell) => cell.nodes.length));
    this.shown = shown;
    this.edges = doc.edges.filter((edge) => edge.shown);
  }

  // Which row each segment is shown in: the smallest join the segment that they are part of, or the rest, till all fit.
  rollUp(shown) {
    const { doc } = this.app;
    const place = new Map(doc.segments.map((segment, row) => [segment.id, row]));
    const rowOf = new Map(place);
    const sizes = new Map();
    for (const node of shown) {
      const row = place.get(segmentKey(doc, node));
      if (row !== undefined) sizes.set(row, (sizes.get(row) ?? 0) + 1);
    }
    this.merged = new Set();
    while (sizes.size > ROWS) {
      const [least, size] = [...sizes].sort((one, other) => one[1] - other[1] || other[0] - one[0])[0];
      const parent = place.get(doc.segments[least].parent) ?? doc.segments.length;
      for (const [name, row] of rowOf) if (row === least) rowOf.set(name, parent);
      sizes.delete(least);
      if (parent < doc.segments.length) sizes.set(parent, (sizes.get(parent) ?? 0) + size);
      else this.merged.add(parent);
    }
    return rowOf;
  }

  // Rows and columns without a node close up.
  closeRows(names) {
    const { doc } = this.app;
    const rows = [...new Set([...this.cells.values()].map((cell) => cell.row))].sort((one, other) => one - other);
    const tiers = [...new Set([...this.cells.values()].map((cell) => cell.tier))].sort((one, other) => one - other);
    this.high = this.height(rows.length, tiers.length);
    this.rows = rows.map((row, place) => ({ row, segment: doc.segments.find((segment) => segment.id === names[row]), y: place * (this.high + CELL.gapY) }));
    this.heads = tiers.map((tier, place) => ({ tier, x0: place * (CELL.width + CELL.gapX), x1: place * (CELL.width + CELL.gapX) + CELL.width, firms: 0, others: 0 }));
    const top = new Map(this.rows.map(({ row, y }) => [row, y]));
    const left = new Map(this.heads.map((head) => [head.tier, head]));
    for (const cell of this.cells.values()) {
      const head = left.get(cell.tier);
      [cell.x, cell.y] = [head.x0, top.get(cell.row)];
      for (const node of cell.nodes) head[node.type === "company" ? "firms" : "others"] += 1;
    }
  }

  // As high as fills the screen once the columns fill its width.
  height(rows, columns) {
    const { width, height } = this.app.size;
    const scale = Math.max(0.3, Math.min(1.5, (width - 40) / (132 + columns * (CELL.width + CELL.gapX))));
    return Math.max(CELL.height, Math.min(64, (height - 70) / scale / Math.max(1, rows) - CELL.gapY));
  }

  bundle(edges, rowOf) {
    const flows = new Map();
    for (const edge of edges) {
      const along = edge.kind.along;
      const [from, to] = along < 0 ? [edge.to, edge.from] : [edge.from, edge.to];
      const [a, b] = [this.cells.get(`${rowOf(from)} ${from.tier}`), this.cells.get(`${rowOf(to)} ${to.tier}`)];
      a.links += 1;
      if (a === b) continue;
      b.links += 1;
      const key = `${a.key}>${b.key}`;
      if (!flows.has(key)) flows.set(key, { a, b, number: 0 });
      flows.get(key).number += 1;
    }
    return [...flows.values()].sort((one, other) => other.number - one.number || (`${one.a.key}${one.b.key}` < `${other.a.key}${other.b.key}` ? -1 : 1)).slice(0, FLOWS);
  }

  bounds() {
    const last = this.heads.at(-1);
    return { x0: -132, y0: -16, x1: (last?.x1 ?? 100) + 10, y1: (this.rows.at(-1)?.y ?? 0) + this.high + 10 };
  }

  node() { /* cells stand for nodes */ }

  nodes() { /* likewise */ }

  base(ctx, stage) { this.below(ctx, stage); }

  overlay() { /* nothing is lit apart */ }

  below(ctx) {
    const { theme } = this.app;
    for (const flow of this.flows) this.flow(ctx, flow, theme);
    ctx.globalAlpha = 1;
    for (const cell of this.cells.values()) this.cell(ctx, cell, theme);
  }

  flow(ctx, { a, b, number }, theme) {
    const touched = this.hovered && (a === this.hovered || b === this.hovered);
    const part = number / this.flows[0].number;
    ctx.globalAlpha = touched ? 0.85 : this.hovered ? 0.05 : 0.1 + 0.4 * part;
    ctx.strokeStyle = touched ? (b === this.hovered ? theme.up : theme.down) : theme.soft;
    ctx.lineWidth = 0.8 + 9 * Math.sqrt(part);
    ctx.setLineDash([]);
    const forward = b.x > a.x;
    const same = b.x === a.x;
    const x0 = forward ? a.x + CELL.width : a.x;
    const x1 = forward || same ? b.x : b.x + CELL.width;
    const bend = same ? -34 : (x1 - x0) * 0.5;
    ctx.beginPath();
    ctx.moveTo(x0, a.y + this.high / 2);
    ctx.bezierCurveTo(x0 + bend, a.y + this.high / 2, x1 - (same ? 34 : bend), b.y + this.high / 2, x1, b.y + this.high / 2);
    ctx.stroke();
  }

  cell(ctx, cell, theme) {
    const segment = this.rows.find(({ row }) => row === cell.row)?.segment;
    const colour = theme.segment(segment);
    ctx.fillStyle = theme.paper;
    ctx.fillRect(cell.x, cell.y, CELL.width, this.high);
    ctx.globalAlpha = theme.isDark ? 0.2 : 0.12;
    ctx.fillStyle = colour;
    ctx.fillRect(cell.x, cell.y, CELL.width, this.high);
    ctx.globalAlpha = 1;
    ctx.fillRect(cell.x, cell.y + this.high - 3, CELL.width * Math.sqrt(cell.nodes.length / this.most), 3);
    ctx.strokeStyle = cell === this.hovered || cell === this.current ? theme.focus : colour;
    ctx.lineWidth = cell === this.hovered || cell === this.current ? 2 : 1;
    ctx.setLineDash([]);
    ctx.strokeRect(cell.x, cell.y, CELL.width, this.high);
  }

  // How many stand there, of what kind, and the best linked by name: in letters that do not shrink with the cell.
  words(ctx, cell, camera) {
    const { theme } = this.app;
    const [left, top] = camera.toScreen(cell.x, cell.y);
    const [room, height] = [CELL.width * camera.scale - 10, this.high * camera.scale];
    const size = Math.max(10, Math.min(14, height * 0.3));
    const both = height > size * 2.3;
    ctx.fillStyle = theme.ink;
    ctx.font = `700 ${size + 1.5}px ${theme.font}`;
    const number = count(cell.nodes.length);
    const first = top + (both ? height * 0.3 : height * 0.48);
    ctx.fillText(number, left + 6, first);
    const used = ctx.measureText(number).width + 11;
    ctx.font = `400 ${size * 0.9}px ${theme.font}`;
    ctx.fillStyle = theme.soft;
    const names = cell.nodes.slice(0, 6).map((node) => lines(node)[0]);
    ctx.fillText(both ? fitting(ctx, kinds(cell), room - used + 6) : squeeze(ctx, names, room - used + 4), left + used, first + 0.5);
    ctx.fillStyle = theme.ink;
    if (both) ctx.fillText(squeeze(ctx, names, room), left + 6, top + height * 0.7);
  }

  above(ctx, stage) {
    const { app } = this;
    const { camera, size } = stage;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const cell of this.cells.values()) this.words(ctx, cell, camera);
    for (const { segment, y } of this.rows) this.rowName(ctx, segment, camera, y, size);
    this.headings = paintHeads(ctx, app.doc, this.heads, camera, { ...size, top: 34 }, app.theme);
  }

  // Names of rows stay at the left edge.
  rowName(ctx, segment, camera, y, size) {
    const { theme } = this.app;
    const [x, sy] = camera.toScreen(-128, y + this.high / 2);
    if (sy < 34 || sy > size.height) return;
    const left = Math.max(6, x);
    const room = Math.max(70, 124 * camera.scale);
    ctx.globalAlpha = 0.85;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(left - 4, sy - 11, room + 4, 22);
    ctx.globalAlpha = 1;
    outline(ctx, "company", left + 6, sy, 6);
    ctx.fillStyle = theme.segment(segment);
    ctx.fill();
    paintMark(ctx, segment?.mark ?? "plain", left + 6, sy, 3.8, theme.paper);
    ctx.fillStyle = theme.ink;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.font = `600 ${Math.max(10.5, Math.min(13, 12.5 * camera.scale))}px ${theme.font}`;
    const whole = this.rowTitle(segment);
    const name = ctx.measureText(whole).width <= room - 20 || !segment ? whole : lines(segment)[0];
    ctx.fillText(clip(ctx, name, room - 20), left + 17, sy);
  }

  rowTitle(segment) {
    return segment ? title(segment) : word(this.merged.size ? "otherSegments" : "noSegment");
  }

  cellAt(stage, x, y) {
    const [wx, wy] = stage.camera.toWorld(x, y);
    for (const cell of this.cells.values()) {
      if (wx >= cell.x && wx <= cell.x + CELL.width && wy >= cell.y && wy <= cell.y + this.high) return cell;
    }
    return null;
  }

  byKey(key) {
    return this.cells.get(key) ?? null;
  }

  name(cell) {
    const segment = this.rows.find(({ row }) => row === cell.row)?.segment;
    return `${this.rowTitle(segment)} × ${title(this.app.doc.tiers[cell.tier])}`;
  }

  // The next cell in a direction, for the keyboard.
  step(way) {
    const cells = [...this.cells.values()].sort((one, other) => one.row - other.row || one.tier - other.tier);
    if (!this.current || !this.cells.has(this.current.key)) return cells[0];
    const at = this.byKey(this.current.key);
    const sign = way === "right" || way === "down" ? 1 : -1;
    const across = way === "left" || way === "right";
    const line = cells.filter((cell) => (across ? cell.row === at.row : cell.tier === at.tier));
    return line[line.indexOf(at) + sign] ?? at;
  }
}

// All or nothing: half a count would mislead.
function fitting(ctx, text, room) {
  return ctx.measureText(text).width <= room ? text : "";
}

function kinds(cell) {
  const firms = cell.nodes.filter((node) => node.type === "company").length;
  const parts = [[firms, "firms"], [cell.nodes.length - firms, "others"]].filter(([number]) => number);
  return parts.map(([number, what]) => (parts.length > 1 ? `${number} ${brief(what)}` : brief(what))).join(" ");
}

function squeeze(ctx, names, room) {
  let text = "";
  for (const name of names) {
    const next = text ? `${text}、${name}` : name;
    if (ctx.measureText(`${next}…`).width > room) return text ? `${text}…` : clip(ctx, name, room);
    text = next;
  }
  return text;
}

function clip(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
