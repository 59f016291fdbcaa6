// The legend: what colours, marks, lines and columns mean, with counts; every row switches what it names.

import { dashOf, outline, paintMark } from "./paint.js";
import { make } from "./dom.js";
import { segmentKey, sourceKey, turningDays } from "./filters.js";
import { count, country, title, word } from "./words.js";

const FIRST = { segment: 12, country: 6, source: 6 };

// The rows of every dimension: id, text, how many, and how to draw the sample.
export function dimensions(app) {
  const { doc } = app;
  const tally = (items, key) => {
    const counts = new Map();
    for (const one of items) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
    return counts;
  };
  const bySegment = tally(doc.nodes, (node) => segmentKey(doc, node));
  const byType = tally(doc.edges, (edge) => edge.kind.id);
  const byTier = tally(doc.nodes, (node) => doc.tiers[node.tier].id);
  const claims = doc.edges.flatMap((edge) => (edge.claims.length ? edge.claims : [{ certainty: "", source: -1 }]));
  const byCertainty = tally(claims, (claim) => claim.certainty || "-");
  const bySource = tally(claims, (claim) => sourceKey(doc, claim));
  const byCountry = tally(
    doc.nodes.filter((node) => node.type === "company"),
    (node) => node.country || "-",
  );
  const byMark = tally(
    [...doc.nodes, ...doc.edges].filter((one) => one.mark),
    (one) => one.mark,
  );
  const present = (list, counts) =>
    list
      .filter(({ id }) => counts.has(id))
      .map((one) => ({ id: one.id, text: () => title(one), number: counts.get(one.id), item: one }));
  const none = (counts, key) => (counts.has("-") ? [{ id: "-", text: () => word(key), number: counts.get("-") }] : []);
  const ranked = (counts, text) =>
    [...counts]
      .filter(([id]) => id !== "-")
      .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
      .map(([id, number]) => ({ id, text: () => text(id), number }));
  const bySourceId = new Map(doc.sources.map((source) => [source.id, source]));
  return {
    mark: ranked(byMark, word),
    segment: [...present(doc.segments, bySegment), ...none(bySegment, "noSegment")],
    type: present(doc.types, byType),
    certainty: [...present(doc.certainties, byCertainty), ...none(byCertainty, "unknown")],
    tier: present(doc.tiers, byTier),
    country: [...ranked(byCountry, country), ...none(byCountry, "unknown")],
    source: [
      ...ranked(bySource, (id) => {
        const source = bySourceId.get(id);
        return `${source.title}${source.published ? ` ${source.published}` : ""}`;
      }),
      ...none(bySource, "noSource"),
    ],
  };
}

export function buildLegend(app, box) {
  const rows = dimensions(app);
  const parts = [shapes(app)];
  for (const name of ["mark", "segment", "type", "certainty", "tier", "country", "source"]) {
    if (rows[name].length) parts.push(group(app, name, rows[name]));
  }
  const days = turningDays(app.doc);
  if (days.length) parts.splice(1, 0, slider(app, days));
  box.replaceChildren(...parts);
}

function group(app, name, rows) {
  const first = FIRST[name] ?? 99;
  const list = make(
    "ul",
    {},
    ...rows.map((row, place) => item(app, name, row, rows, place >= first && !app.unfolded.has(name))),
  );
  const fold =
    rows.length > first
      ? make("button", {
          type: "button",
          class: "act fold",
          text: app.unfolded.has(name) ? word("fewer") : `${word("more")} (${rows.length - first})`,
          onclick: () => {
            if (!app.unfolded.delete(name)) app.unfolded.add(name);
            app.voice.relabel();
          },
        })
      : null;
  const every = make("button", {
    type: "button",
    class: "act every",
    text: word("every"),
    hidden: !app.filters.off[name].size,
    onclick: () => app.setOff(name, []),
  });
  const open = !app.folded.has(name);
  const details = make(
    "details",
    { class: "group", "data-group": name, open, ontoggle: () => app.folded[details.open ? "delete" : "add"](name) },
    make("summary", {}, make("span", { text: word(name) }), every),
    list,
    fold,
  );
  return details;
}

function item(app, name, row, rows, hidden) {
  const off = app.filters.off[name];
  const box = make("input", {
    type: "checkbox",
    checked: !off.has(row.id),
    "data-dimension": name,
    "data-value": row.id,
    onchange: () => app.toggle(name, row.id),
  });
  const only = make("button", {
    type: "button",
    class: "only",
    text: word("only"),
    onclick: () =>
      app.setOff(
        name,
        rows.map((other) => other.id).filter((id) => id !== row.id),
      ),
  });
  return make(
    "li",
    { hidden },
    make(
      "label",
      {},
      box,
      sample(app, name, row),
      make("span", { class: "text", text: row.text(), title: row.text() }),
      make("span", { class: "number", text: count(row.number) }),
    ),
    only,
  );
}

function canvas(width, height) {
  const ratio = 2;
  const element = make("canvas", {
    width: width * ratio,
    height: height * ratio,
    "aria-hidden": "true",
    class: "sample",
  });
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  const ctx = element.getContext("2d");
  ctx.scale(ratio, ratio);
  return [element, ctx];
}

function sample(app, name, row) {
  const { theme } = app;
  if (name === "segment") return dot(theme, theme.segment(row.item), row.item?.mark ?? "plain");
  if (name === "type") return line(theme.type(row.id), [], row.item.tip);
  if (name === "certainty") return line(theme.soft, dashOf({ surest: row.id }), "none");
  if (name === "mark") return dot(theme, theme.mark(row.id), "plain");
  return null;
}

function dot(theme, colour, mark, type = "company") {
  const [element, ctx] = canvas(18, 16);
  outline(ctx, type, 9, 8, 6.5);
  ctx.fillStyle = colour;
  ctx.fill();
  paintMark(ctx, mark, 9, 8, 4, theme.paper);
  return element;
}

function line(colour, dash, tip) {
  const [element, ctx] = canvas(30, 16);
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = 2;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(1, 8);
  ctx.lineTo(tip === "none" ? 29 : 22, 8);
  ctx.stroke();
  if (tip === "none") return element;
  ctx.setLineDash([]);
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.moveTo(28, 8);
  ctx.lineTo(21, 4.5);
  ctx.lineTo(21, 11.5);
  ctx.closePath();
  ctx[tip === "open" ? "stroke" : "fill"]();
  return element;
}

function shapes(app) {
  const types = new Set(app.doc.nodes.map((node) => node.type));
  const shown = [
    ["company", "company"],
    ["product", "product"],
    ["segment", "segmentNode"],
  ].filter(([type]) => types.has(type));
  return make(
    "p",
    { class: "shapes" },
    ...shown.map(([type, key]) => make("span", {}, dot(app.theme, app.theme.none, "plain", type), word(key))),
  );
}

// The as-of slider: left of the first day nothing that begins later holds; at the right end all days count.
function slider(app, days) {
  const at = app.filters.day ? days.findIndex((day) => day >= app.filters.day) : days.length;
  const text = make("output", { class: "day", text: app.filters.day || word("allDays") });
  const range = make("input", {
    type: "range",
    min: 0,
    max: days.length,
    step: 1,
    value: at < 0 ? days.length : at,
    "aria-label": word("time"),
    id: "day",
    oninput: () => {
      app.setDay(days[Number(range.value)] ?? "");
      text.textContent = app.filters.day || word("allDays");
      range.setAttribute("aria-valuetext", text.textContent);
    },
  });
  return make("div", { class: "time" }, make("label", { for: "day", text: word("time") }), text, range);
}
