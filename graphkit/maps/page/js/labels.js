// Names beside their nodes: the more important first, none over another, shortened where the room is short.

import { lines } from "./words.js";

const CELL = 32;

// So many of the most important names may stand over the marks of other nodes.
const FOREMOST = 90;

// Places the names of nodes, given in order of importance, in screen pixels; returns the boxes drawn.
export function placeLabels(ctx, nodes, camera, view, style) {
  const size = style.size;
  const small = Math.max(8.5, size * 0.8);
  const taken = new Taken(nodes, camera, view);
  const boxes = [];
  for (const node of nodes) {
    taken.bold = boxes.length < FOREMOST;
    const [x, y] = camera.toScreen(node.px, node.py);
    if (x < -20 || y < view.top || x > view.width || y > view.height) continue;
    const box = fit(ctx, node, x, y, size, small, camera.scale, taken, { ...style, edge: view.width });
    if (box && box.x0 + box.width > 0) { taken.add(box); boxes.push(box); }
  }
  return boxes;
}

function fit(ctx, node, x, y, size, small, scale, taken, style) {
  const [first, second] = lines(node);
  const left = x + node.radius * scale * 1.05 + 4;
  for (const second_ of second && style.both ? [second, ""] : [""]) {
    const height = second_ ? size + small + 5 : size + 4;
    const room = Math.max(48, node.room * scale - node.radius * scale - 12);
    const most = Math.min(style.limit, Math.max(44, style.edge - left - 4));
    for (const limit of room < most ? [most, room] : [most]) {
      const main = shorten(ctx, first, limit, size, 600, style.font);
      const under = second_ ? shorten(ctx, second_, limit, small, 400, style.font) : { text: "", width: 0 };
      const width = Math.max(main.width, under.width) + 2;
      const box = { node, away: left - x, x0: left, y0: y - height / 2, width, height, main: main.text, under: under.text, size, small };
      if (taken.free(box, node)) return box;
    }
  }
  return null;
}

const widths = new Map();

function shorten(ctx, text, limit, size, weight, font) {
  const key = `${weight} ${text}`;
  if (!widths.has(key)) {
    ctx.font = `${weight} 20px ${font}`;
    widths.set(key, [...text].map((char) => ctx.measureText(char).width / 20));
  }
  const each = widths.get(key);
  let width = 0;
  const characters = [...text];
  for (let i = 0; i < each.length; i += 1) {
    if ((width + each[i]) * size > limit && i > 0) {
      return { text: `${characters.slice(0, Math.max(1, i - 1)).join("")}…`, width: width * size };
    }
    width += each[i];
  }
  return { text, width: width * size };
}

// What is taken on the screen: boxes of names, and the marks of nodes.
class Taken {
  constructor(nodes, camera, view) {
    this.cells = new Map();
    this.crowded = nodes.length > 500;
    // Specks may be written over.
    if (nodes.length > 2500 && camera.scale < 0.3) return;
    for (const node of nodes) {
      const [x, y] = camera.toScreen(node.px, node.py);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const r = Math.min(4, node.radius * camera.scale * 0.7);
      this.add({ node, isMark: true, x0: x - r, y0: y - r, width: 2 * r, height: 2 * r });
    }
  }

  * keys(box) {
    for (let i = Math.floor(box.x0 / CELL); i <= Math.floor((box.x0 + box.width) / CELL); i += 1) {
      for (let j = Math.floor(box.y0 / CELL); j <= Math.floor((box.y0 + box.height) / CELL); j += 1) yield i * 65536 + j;
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  free(box, node) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (this.bold && other.isMark && this.crowded) continue;
        if (other.node !== node && box.x0 < other.x0 + other.width && other.x0 < box.x0 + box.width
          && box.y0 < other.y0 + other.height && other.y0 < box.y0 + box.height) return false;
      }
    }
    return true;
  }
}

export function drawLabels(ctx, boxes, theme, fade) {
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  for (const box of boxes) {
    ctx.globalAlpha = fade(box.node);
    const middle = box.under ? box.y0 + box.size / 2 + 1.5 : box.y0 + box.height / 2;
    write(ctx, box.main, box.x0, middle, `600 ${box.size}px ${theme.font}`, theme.ink, theme.paper);
    if (box.under) write(ctx, box.under, box.x0, middle + box.size / 2 + box.small / 2 + 1.5, `400 ${box.small}px ${theme.font}`, theme.soft, theme.paper);
  }
  ctx.globalAlpha = 1;
}

function write(ctx, text, x, y, font, colour, halo) {
  ctx.font = font;
  ctx.strokeStyle = halo;
  ctx.lineWidth = 3.5;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
