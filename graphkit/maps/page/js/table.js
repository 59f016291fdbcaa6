// The map as a table, for screen readers and for those who would rather read: every node, and where to go from it.

import { sideOf } from "./doc.js";
import { make } from "./dom.js";
import { count, country, title, word } from "./words.js";

export function buildTable(app) {
  const { doc } = app;
  const rows = [...doc.nodes].sort(
    (one, other) => one.tier - other.tier || one.type.localeCompare(other.type) || one.y - other.y || one.i - other.i,
  );
  const cell = (text) => make("td", { text });
  const body = rows.map((node) =>
    make(
      "tr",
      { hidden: !node.shown },
      make(
        "th",
        { scope: "row" },
        make(
          "button",
          {
            type: "button",
            class: "go",
            "data-id": node.id,
            onclick: () => {
              app.voice.closeTable();
              app.select(node);
            },
          },
          title(node),
        ),
      ),
      cell(word(node.type === "segment" ? "segmentNode" : node.type)),
      cell(title(doc.tiers[node.tier])),
      cell(node.colour < 0 ? word("noSegment") : title(doc.segments[node.colour])),
      cell(node.type === "company" ? country(node.country) : "–"),
      cell(node.tickers.join(", ") || "–"),
      cell(String(node.edges.filter((edge) => edge.shown && sideOf(edge, node) === "up").length)),
      cell(String(node.edges.filter((edge) => edge.shown && sideOf(edge, node) === "down").length)),
    ),
  );
  const head = ["name", "kind", "level", "segment", "country", "ticker", "upstream", "downstream"];
  return make(
    "table",
    {},
    make("caption", { text: `${doc.title} · ${count(rows.length)} ${word("nodes")}` }),
    make("thead", {}, make("tr", {}, ...head.map((key) => make("th", { scope: "col", text: word(key) })))),
    make("tbody", {}, ...body),
  );
}
