// Names beside their nodes: the more important first, none over another, shortened where the room is short.

import { lines } from "./words.js";

const CELL = 32;

// So many of the most important names may stand over the marks of other nodes.
const FOREMOST = 90;

// Seen from afar each name keeps this much paper around it.
const AIR = { x: 12, y: 9 };

// Places the names of nodes, given in order of importance, in screen pixels; returns the boxes.
export function placeLabels(ctx, nodes, camera, view, style) {
  const taken = new Taken(nodes, camera, view, style.sparse);
  const boxes = [];
  for (const node of nodes) {
    taken.bold = boxes.length < FOREMOST;
    const [x, y] = camera.toScreen(node.px, node.py);
    if (x < -20 || y < view.top || x > view.width || y > view.height) continue;
    const box = fit(ctx, { node, x, y, scale: camera.scale, edge: view.width }, taken, style);
    if (box && box.x0 + box.width > 0) {
      taken.add(box);
      boxes.push(box);
    }
  }
  return boxes;
}

// How far the ring of a selected node reaches: names stand beside it.
const RING = 6.5;

// The fullest form of a name that has room: with or without its second line, whole or shortened.
function fit(ctx, { node, x, y, scale, edge }, taken, { both, limit, size, font }) {
  const [first, second] = lines(node);
  const small = Math.max(8.5, size * 0.8);
  const away = (node.radius + RING) * scale + 1;
  const room = Math.max(48, node.room * scale - node.radius * scale - 12);
  const most = Math.min(limit, Math.max(44, edge - x - away - 4));
  for (const below of second && both ? [second, ""] : [""]) {
    const height = below ? size + small + 5 : size + 4;
    for (const width of room < most ? [most, room] : [most]) {
      const main = shorten(ctx, first, width, `600 ${font}`, size);
      const under = below ? shorten(ctx, below, width, `400 ${font}`, small) : { text: "", width: 0 };
      const box = {
        node,
        away,
        x0: x + away,
        y0: y - height / 2,
        width: Math.max(main.width, under.width) + 2,
        height,
      };
      if (taken.free(box, node)) return { ...box, main: main.text, under: under.text, size, small };
    }
  }
  return null;
}

// Widths of characters in each face at a size of one: names are many, characters few.
const faces = new Map();

function widthsOf(face) {
  if (!faces.has(face)) faces.set(face, new Map());
  return faces.get(face);
}

function measure(ctx, char, face, widths) {
  const [weight, ...font] = face.split(" ");
  ctx.font = `${weight} 20px ${font.join(" ")}`;
  widths.set(char, ctx.measureText(char).width / 20);
  return widths.get(char);
}

function shorten(ctx, text, limit, face, size) {
  const widths = widthsOf(face);
  const characters = [...text];
  let width = 0;
  for (const [i, char] of characters.entries()) {
    const next = widths.get(char) ?? measure(ctx, char, face, widths);
    if ((width + next) * size > limit && i > 0) {
      return { text: `${characters.slice(0, Math.max(1, i - 1)).join("")}…`, width: width * size };
    }
    width += next;
  }
  return { text, width: width * size };
}

// What is taken on the screen: boxes of names, and the marks of nodes.
class Taken {
  constructor(nodes, camera, view, sparse) {
    this.cells = new Map();
    this.crowded = nodes.length > 500;
    this.air = sparse ? AIR : { x: 0, y: 0 };
    // Specks may be written over.
    if (sparse) return;
    for (const node of nodes) {
      const [x, y] = camera.toScreen(node.px, node.py);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      const r = Math.min(4, node.radius * camera.scale * 0.7);
      this.add({ node, isMark: true, x0: x - r, y0: y - r, width: 2 * r, height: 2 * r });
    }
  }

  *keys(box) {
    const { x, y } = this.air;
    for (let i = Math.floor((box.x0 - x) / CELL); i <= Math.floor((box.x0 + box.width + x) / CELL); i += 1) {
      for (let j = Math.floor((box.y0 - y) / CELL); j <= Math.floor((box.y0 + box.height + y) / CELL); j += 1) {
        yield i * 65_536 + j;
      }
    }
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }

  free(box, node) {
    const { x, y } = this.air;
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (other.node === node || (this.bold && other.isMark && this.crowded)) continue;
        const beside = box.x0 - x >= other.x0 + other.width || other.x0 - x >= box.x0 + box.width;
        const over = box.y0 - y >= other.y0 + other.height || other.y0 - y >= box.y0 + box.height;
        if (!beside && !over) return false;
      }
    }
    return true;
  }
}

export function drawLabels(ctx, boxes, theme, fade) {
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 3.5;
  for (const box of boxes) {
    const { main, under, x0, y0, size, small, height } = box;
    ctx.globalAlpha = fade(box.node);
    const middle = under ? y0 + size / 2 + 1.5 : y0 + height / 2;
    write(ctx, main, [x0, middle], `600 ${size}px ${theme.font}`, theme.ink);
    if (under) {
      write(ctx, under, [x0, middle + size / 2 + small / 2 + 1.5], `400 ${small}px ${theme.font}`, theme.soft);
    }
  }
  ctx.globalAlpha = 1;
}

function write(ctx, text, [x, y], font, colour) {
  ctx.font = font;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
