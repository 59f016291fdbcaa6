// The scene of cells, painted: how many stand in each, who they are, and how goods flow between.

import { layOut } from "./cells.js";
import { course } from "./geometry.js";
import { paintHeads } from "./heads.js";
import { outline, paintMark } from "./paint.js";
import { brief, count, lines, speech, title } from "./words.js";

const LINE = 15;

export class Overview {
  constructor(app) {
    this.app = app;
    this.hovered = null;
    this.labels = [];
  }

  // Counts follow the filters.
  refresh() {
    this.stale = false;
    course.tall = this.app.size.width < 620;
    Object.assign(this, layOut(this.app.doc, this.app.size, course.tall));
  }

  bounds() {
    const [last, lowest] = [this.heads.at(-1), this.rows.at(-1)];
    return { x0: -this.gutter, y0: -12, x1: (last?.x1 ?? 100) + 6, y1: (lowest?.y ?? 0) + this.high + 8 };
  }

  node() {
    /* cells stand for nodes */
  }

  nodes() {
    /* likewise */
  }

  *base(ctx) {
    this.below(ctx);
    yield;
  }

  overlay() {
    /* nothing is lit apart */
  }

  below(ctx) {
    const { theme } = this.app;
    for (const flow of this.flows) this.flow(ctx, flow, theme);
    ctx.globalAlpha = 1;
    for (const cell of this.cells.values()) this.cell(ctx, cell, theme);
  }

  // In the colour of where it comes from; at a cell pointed at, in that of upstream or downstream.
  flow(ctx, { a, b, number }, theme) {
    const into = b === this.hovered;
    const touched = this.hovered && (a === this.hovered || into);
    const part = number / this.flows[0].number;
    const resting = this.hovered ? 0.06 : 0.16 + 0.42 * part;
    const side = into ? theme.up : theme.down;
    ctx.globalAlpha = touched ? 0.85 : resting;
    ctx.strokeStyle = touched ? side : theme.segment(this.segmentOf(a));
    ctx.lineWidth = 0.9 + 9 * Math.sqrt(part);
    ctx.setLineDash([]);
    const [ay, by] = [a, b].map((cell) => cell.y + this.high / 2);
    const forward = b.x > a.x;
    const same = b.x === a.x;
    const x0 = forward ? a.x + a.width : a.x;
    const x1 = forward || same ? b.x : b.x + b.width;
    const bend = same ? -34 : (x1 - x0) * 0.5;
    ctx.beginPath();
    ctx.moveTo(x0, ay);
    ctx.bezierCurveTo(x0 + bend, ay, x1 - (same ? 34 : bend), by, x1, by);
    ctx.stroke();
  }

  segmentOf(cell) {
    return this.app.doc.segments[cell.row];
  }

  cell(ctx, cell, theme) {
    const colour = theme.segment(this.segmentOf(cell));
    const active = cell === this.hovered || cell === this.current;
    const { x, y, width } = cell;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(x, y, width, this.high);
    ctx.globalAlpha = theme.isDark ? 0.2 : 0.12;
    ctx.fillStyle = colour;
    ctx.fillRect(x, y, width, this.high);
    ctx.globalAlpha = 1;
    ctx.fillRect(x, y + this.high - 3, width * Math.sqrt(cell.nodes.length / this.most), 3);
    ctx.strokeStyle = active ? theme.focus : colour;
    ctx.lineWidth = active ? 2 : 1;
    ctx.setLineDash([]);
    ctx.strokeRect(x, y, width, this.high);
  }

  // How many stand there, of what kind, and the best linked by name: in letters that do not shrink with the cell.
  words(ctx, cell, camera) {
    const { theme } = this.app;
    const [x, y] = camera.toScreen(cell.x, cell.y);
    const [room, height] = [cell.width * camera.scale - 11, this.high * camera.scale];
    const names = cell.nodes.slice(0, 24).map((node) => lines(node)[0]);
    const fit = Math.floor((height - 8) / LINE);
    const first = fit < 2 ? y + height / 2 - 1 : y + (height - fit * LINE) / 2 + LINE / 2 - 1;
    ctx.fillStyle = theme.ink;
    ctx.font = `700 13px ${theme.font}`;
    const number = count(cell.nodes.length);
    ctx.fillText(number, x + 6, first);
    const used = ctx.measureText(number).width + 6;
    ctx.font = `400 11px ${theme.font}`;
    ctx.fillStyle = theme.soft;
    if (fit < 2) {
      ctx.fillText(squeeze(ctx, names, room - used), x + 6 + used, first);
      return;
    }
    ctx.fillText(fitting(ctx, kinds(cell), room - used), x + 6 + used, first);
    ctx.fillStyle = theme.ink;
    for (let line = 1; line < fit && names.length; line += 1) {
      ctx.fillText(squeeze(ctx, names, room, line === fit - 1), x + 6, first + line * LINE);
    }
  }

  paintNames(ctx, { camera, size }) {
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    for (const cell of this.cells.values()) this.words(ctx, cell, camera);
    for (const { segment, y } of this.rows) this.rowName(ctx, segment, camera, y, size);
  }

  paintHeadings(ctx, { camera, size }) {
    const { doc, theme } = this.app;
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(0, 0, size.width, 32);
    ctx.globalAlpha = 1;
    const heads = this.heads.map((head) => ({ ...head, x0: head.x0 + 8 }));
    this.headings = paintHeads(ctx, doc, heads, camera, size, theme);
  }

  // Names of rows stay at the left edge.
  rowName(ctx, segment, camera, y, size) {
    const { theme } = this.app;
    const [x, sy] = camera.toScreen(4 - this.gutter, y + this.high / 2);
    if (sy < 34 || sy > size.height) return;
    const left = Math.max(6, x);
    const room = Math.max(76, (this.gutter - 8) * camera.scale);
    ctx.globalAlpha = x < 6 ? 0.92 : 0;
    ctx.fillStyle = theme.paper;
    ctx.fillRect(0, sy - 13, left + room, 26);
    ctx.globalAlpha = 1;
    outline(ctx, "company", left + 6, sy, 6);
    ctx.fillStyle = theme.segment(segment);
    ctx.fill();
    paintMark(ctx, segment?.mark ?? "plain", left + 6, sy, 3.8, theme.paper);
    ctx.fillStyle = theme.ink;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.font = `600 12px ${theme.font}`;
    const whole = this.rowTitle(segment);
    const name = ctx.measureText(whole).width <= room - 20 || !segment ? whole : lines(segment)[0];
    ctx.fillText(clip(ctx, name, room - 20), left + 17, sy);
  }

  rowTitle(segment) {
    return segment ? title(segment) : brief(this.merged ? "otherSegments" : "noSegment");
  }

  cellAt(stage, x, y) {
    const [wx, wy] = stage.camera.toWorld(x, y);
    const isIn = (cell) => wx >= cell.x && wx <= cell.x + cell.width && wy >= cell.y && wy <= cell.y + this.high;
    return [...this.cells.values()].find(isIn) ?? null;
  }

  byKey(key) {
    return this.cells.get(key) ?? null;
  }

  name(cell) {
    return `${this.rowTitle(this.segmentOf(cell))} × ${title(this.app.doc.tiers[cell.tier])}`;
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

function comma() {
  return speech.lang === "en" ? ", " : "、";
}

// All or nothing: half a count would mislead.
function fitting(ctx, text, room) {
  return ctx.measureText(text).width <= room ? text : "";
}

function kinds(cell) {
  const firms = cell.nodes.filter((node) => node.type === "company").length;
  const parts = [
    [firms, "firms"],
    [cell.nodes.length - firms, "others"],
  ].filter(([number]) => number);
  return parts.map(([number, what]) => (parts.length > 1 ? `${number} ${brief(what)}` : brief(what))).join(" ");
}

// As many names as a line holds, taken from the list, the first in any case; dots where the last line leaves some over.
function squeeze(ctx, names, room, isLast = true) {
  let text = clip(ctx, names.shift(), room);
  const left = [];
  for (const name of names) {
    const next = text + comma() + name;
    if (ctx.measureText(`${next}…`).width <= room) text = next;
    else left.push(name);
  }
  names.splice(0, names.length, ...left);
  const dotted = `${text}…`;
  return isLast && left.length && !text.endsWith("…") && ctx.measureText(dotted).width <= room ? dotted : text;
}

function clip(ctx, text, room) {
  if (ctx.measureText(text).width <= room) return text;
  let short = text;
  while (short && ctx.measureText(`${short}…`).width > room) short = short.slice(0, -1);
  return `${short}…`;
}
