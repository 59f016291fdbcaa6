// Pictures to keep: PNG, SVG and print, each of the whole map with title, day, legend and what was left out.

import { get } from "./dom.js";
import { dimensions } from "./legend.js";
import { dashOf, outline, paintMark } from "./paint.js";
import { cameraOf } from "./picture.js";
import { SvgContext } from "./svg.js";
import { word } from "./words.js";

const EDGE = 28;
const NAMES = 150;
const LARGEST = 7000;

// How large the picture is, and where its parts stand.
function plan(app) {
  const box = app.scene.bounds();
  const scale = Math.max(0.05, Math.min(1.1, LARGEST / 2 / (box.x1 - box.x0 + NAMES), LARGEST / 2 / (box.y1 - box.y0)));
  const width = Math.max(760, Math.ceil((box.x1 - box.x0) * scale) + NAMES + 2 * EDGE);
  const height = Math.ceil((box.y1 - box.y0) * scale) + 60;
  return { box, scale, width, map: { width, height }, top: 84 };
}

function compose(app, makeContext) {
  const layout = plan(app);
  const entries = legendEntries(app);
  const probe = new SvgContext(layout.width, 0);
  const foot = notes();
  const rows = flow(probe, app, entries, layout.width);
  const lines = foot.flatMap((text) => wrap(probe, text, layout.width - 2 * EDGE, `400 11px ${app.theme.font}`));
  const height = layout.top + layout.map.height + 16 + rows.length * 22 + lines.length * 17 + 20;
  const ctx = makeContext(layout.width, height);
  ctx.fillStyle = app.theme.paper;
  ctx.fillRect(0, 0, layout.width, height);
  paintTitle(ctx, app, layout);
  paintMap(ctx, app, layout);
  let y = layout.top + layout.map.height + 20;
  for (const row of rows) {
    for (const { entry, x } of row) paintEntry(ctx, app, entry, x, y);
    y += 22;
  }
  ctx.font = `400 11px ${app.theme.font}`;
  ctx.fillStyle = app.theme.soft;
  for (const line of lines) {
    ctx.fillText(line, EDGE, y + 4);
    y += 17;
  }
  return ctx;
}

function paintTitle(ctx, app, { width }) {
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.fillStyle = app.theme.ink;
  ctx.font = `700 22px ${app.theme.font}`;
  ctx.fillText(app.doc.title, EDGE, 32);
  ctx.fillStyle = app.theme.soft;
  ctx.font = `400 12.5px ${app.theme.font}`;
  ctx.fillText(subtitle(app), EDGE, 58);
  ctx.fillStyle = app.theme.line;
  ctx.fillRect(EDGE, 74, width - 2 * EDGE, 1);
}

function subtitle(app) {
  const { doc } = app;
  return [
    doc.as_of ? `${word("asOf")} ${doc.as_of}` : "",
    app.filters.day ? `${word("time")} ${app.filters.day}` : "",
    get("counts").textContent,
    doc.query,
  ]
    .filter(Boolean)
    .join(" · ");
}

function paintMap(ctx, app, { box, scale, width, map, top }) {
  const at = {
    scale,
    x: (box.x0 + box.x1) / 2 + (NAMES / 2 - EDGE / 2) / scale,
    y: (box.y0 + box.y1) / 2 - 14 / scale,
  };
  const stage = { size: map, camera: cameraOf(at, map), still: true };
  ctx.save();
  ctx.translate(0, top);
  ctx.save();
  ctx.translate(width / 2 - at.x * scale, map.height / 2 - at.y * scale);
  ctx.scale(scale, scale);
  const hover = app.hover;
  app.hover = null;
  app.scene.below(ctx, stage);
  app.scene.nodes(ctx, stage);
  ctx.restore();
  const { boxes } = app.view.names;
  app.scene.paintNames(ctx, stage);
  app.scene.paintHeadings(ctx, stage);
  app.view.names.boxes = boxes;
  app.hover = hover;
  ctx.restore();
}

// ------------------------------------------------------------------ the legend below the map

function legendEntries(app) {
  const rows = dimensions(app);
  const keep = (name) => rows[name].filter((row) => !app.filters.off[name].has(row.id)).map((row) => ({ name, row }));
  return [...keep("mark"), ...keep("segment"), ...keep("type"), ...keep("certainty")];
}

function flow(ctx, app, entries, width) {
  const rows = [[]];
  let x = EDGE;
  ctx.font = `400 12px ${app.theme.font}`;
  for (const entry of entries) {
    const room = 40 + ctx.measureText(entry.row.text()).width + 12;
    if (x + room > width - EDGE && rows.at(-1).length) {
      rows.push([]);
      x = EDGE;
    }
    rows.at(-1).push({ entry, x });
    x += room;
  }
  return rows;
}

function paintEntry(ctx, app, { name, row }, x, y) {
  const { theme } = app;
  ctx.globalAlpha = 1;
  if (name === "segment" || name === "mark") {
    outline(ctx, "company", x + 20, y, 6.5);
    ctx.fillStyle = name === "mark" ? theme.mark(row.id) : theme.segment(row.item);
    ctx.fill();
    if (name === "segment") paintMark(ctx, row.item?.mark ?? "plain", x + 20, y, 4, theme.paper);
  } else {
    ctx.strokeStyle = name === "type" ? theme.type(row.id) : theme.soft;
    ctx.lineWidth = 2;
    ctx.setLineDash(name === "type" ? [] : dashOf({ surest: row.id }));
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 28, y);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.fillStyle = theme.ink;
  ctx.font = `400 12px ${theme.font}`;
  ctx.fillText(row.text(), x + 33, y);
}

function notes() {
  return [get("omitted").textContent, get("sources").textContent].filter(Boolean);
}

function wrap(ctx, text, room, font) {
  ctx.font = font;
  const lines = [""];
  for (const char of text) {
    if (ctx.measureText(lines.at(-1) + char).width > room) lines.push("");
    lines[lines.length - 1] += char;
  }
  return lines;
}

// ------------------------------------------------------------------ the three ways out

export function drawPng(app) {
  let canvas = null;
  compose(app, (width, height) => {
    const ratio = Math.max(1, Math.min(2, LARGEST / width, LARGEST / height));
    canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * ratio);
    canvas.height = Math.ceil(height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    return ctx;
  });
  return canvas;
}

export function savePng(app) {
  drawPng(app).toBlob((blob) => offer(blob, fileName(app, "png")), "image/png");
}

export function saveSvg(app) {
  offer(
    new Blob([compose(app, (width, height) => new SvgContext(width, height)).toString()], { type: "image/svg+xml" }),
    fileName(app, "svg"),
  );
}

function fileName(app, kind) {
  const safe = app.doc.title.replaceAll(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60) || "map";
  return `${[safe, app.doc.as_of].filter(Boolean).join("-")}.${kind}`;
}

function offer(blob, name) {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}

// Print shows the same picture, on paper colours.
export function wirePrint(app) {
  window.addEventListener("beforeprint", () => {
    const theme = document.documentElement.dataset.theme;
    app.voice.setTheme("light");
    get("sheet").replaceChildren(drawPng(app));
    app.voice.setTheme(theme || "");
  });
  window.addEventListener("afterprint", () => get("sheet").replaceChildren());
}
