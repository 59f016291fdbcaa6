// Headings of tiers: over their columns, or at the top of their bands, with how many firms and others stand there.

import { brief, count, lines } from "./words.js";

const LARGE = 12.5;
const SMALL = 10.5;

// Headings stay in view while the map moves below them.
export function paintHeads(ctx, doc, heads, camera, view, theme) {
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const drawn = [];
  heads.forEach((head, place) => {
    const spot = "y0" in head ? bandSpot(head, camera, view) : columnSpot(head, heads[place + 1], camera, view);
    if (!spot) return;
    const tier = doc.tiers[head.tier];
    const text = options(tier, head).find((option) => widthOf(ctx, option, theme) <= spot.room) ?? {
      name: cut(ctx, lines(tier)[0], spot.room, theme),
      more: "",
      size: SMALL,
    };
    if (text.name) drawn.push({ tier, ...drawHead(ctx, text, spot, theme) });
  });
  return drawn;
}

// What a heading may say, the fullest first.
function options(tier, head) {
  const [first, second] = lines(tier);
  const kinds = [
    [head.firms, "firms"],
    [head.others, "others"],
  ].filter(([many]) => many);
  const number = kinds.map(([many, what]) => `${count(many)} ${brief(what)}`).join(" · ");
  return [
    { name: `${first} ${second}`.trim(), more: number, size: LARGE },
    { name: first, more: number, size: LARGE },
    { name: first, more: count(head.firms + head.others), size: LARGE },
    { name: first, more: "", size: LARGE },
    { name: first, more: "", size: SMALL },
  ];
}

function columnSpot(head, next, camera, view) {
  const [left] = camera.toScreen(head.x0 - 14, 0);
  const [right] = next ? camera.toScreen(next.x0 - 16, 0) : [view.width];
  const x = Math.max(left, 4);
  const room = Math.min(right, view.width - 4) - x;
  return room < 26 || left > view.width - 30 ? null : { x, y: 5, room };
}

function bandSpot(head, camera, view) {
  const [, top] = camera.toScreen(0, head.y0 + 2);
  const [, bottom] = camera.toScreen(0, head.y1);
  if (bottom < 34 || top > view.height) return null;
  return { x: 6, y: Math.min(Math.max(top, 4), bottom - 30), room: view.width - 12 };
}

function cut(ctx, text, room, theme) {
  let short = text;
  const isWide = () => widthOf(ctx, { name: `${short}…`, more: "", size: SMALL }, theme) > room;
  while (short && isWide()) short = short.slice(0, -1);
  return short ? `${short}…` : "";
}

const measured = new Map();

function widthOf(ctx, { name, more, size }, theme) {
  const key = `${size} ${name} ${more}`;
  if (!measured.has(key)) {
    ctx.font = `700 ${size}px ${theme.font}`;
    const width = ctx.measureText(name).width;
    ctx.font = `400 11px ${theme.font}`;
    measured.set(key, width + (more ? ctx.measureText(more).width + 8 : 0) + (size === LARGE ? 12 : 4));
  }
  return measured.get(key);
}

function drawHead(ctx, text, { x, y }, theme) {
  const { name, more, size } = text;
  const width = widthOf(ctx, text, theme);
  const edge = size === LARGE ? 6 : 2;
  ctx.globalAlpha = 0.88;
  ctx.fillStyle = theme.paper;
  ctx.fillRect(x, y, width, 24);
  ctx.globalAlpha = 1;
  ctx.fillStyle = theme.ink;
  ctx.font = `700 ${size}px ${theme.font}`;
  ctx.fillText(name, x + edge, y + 12.5);
  if (more) {
    const offset = ctx.measureText(name).width + edge + 7;
    ctx.fillStyle = theme.soft;
    ctx.font = `400 11px ${theme.font}`;
    ctx.fillText(more, x + offset, y + 12.5);
  }
  return { name, more, x0: x, x1: x + width };
}
