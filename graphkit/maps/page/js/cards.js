// Cards of the panel: what is said, and who says so.

import { otherEnd } from "./doc.js";
import { make, outward } from "./dom.js";
import { holdsOn } from "./filters.js";
import { count, figure, money, percent, title, word } from "./words.js";

const FIRST = 6;

export function section(name, number, ...children) {
  return make("section", {}, make("h3", {}, name, make("span", { class: "number", text: count(number) })), ...children);
}

// The first few, and a button for the rest.
export function listed(app, items, build) {
  const box = make("div", { class: "list" }, ...items.slice(0, FIRST).map(build));
  if (items.length > FIRST) {
    const button = make("button", {
      type: "button",
      class: "act more",
      text: `${word("largest")} (${count(items.length - FIRST)})`,
      onclick: () => {
        button.replaceWith(...items.slice(FIRST).map(build));
      },
    });
    box.append(button);
  }
  return box;
}

export function factCard(app, edge, node) {
  const other = node ? otherEnd(edge, node) : null;
  const name = other
    ? make(
        "button",
        { type: "button", class: "go", "data-id": other.id, onclick: () => app.select(other) },
        title(other),
      )
    : make("span", { class: "go", text: `${title(edge.from)} → ${title(edge.to)}` });
  return make(
    "article",
    { class: "fact", "data-edge": edge.id },
    make("div", { class: "said" }, name, relation(app, edge, node)),
    edge.disputed.length
      ? make("p", {
          class: "disputed",
          text: `≠ ${word("disputed")}: ${edge.disputed.map((key) => word(key)).join("、")}`,
        })
      : null,
    evidence(app, edge.claims),
  );
}

function relation(app, edge, node) {
  const way = edge.from === node ? "→ " : "← ";
  const arrow = !node || edge.kind.tip === "none" ? "" : way;
  const line = make("span", { class: "relation" });
  line.style.setProperty("--type", app.theme.type(edge.kind.id));
  line.append(make("b", { text: arrow + title(edge.kind) }));
  if (edge.role) line.append(` · ${word(edge.role)}`);
  const product = edge.product ? app.doc.byId.get(edge.product) : null;
  if (edge.product) {
    line.append(
      " · ",
      product
        ? make("button", { type: "button", class: "go small", onclick: () => app.select(product) }, title(product))
        : productName(app, edge.product),
    );
  }
  if (edge.mark) line.append(" · ", make("em", { text: word(edge.mark) }));
  return line;
}

// A product that is spoken of and not drawn.
function productName(app, id) {
  const [zh, en] = app.doc.named[id] ?? ["", id.replace(/^product:/, "")];
  return title({ zh, en });
}

function evidence(app, claims) {
  if (!claims.length) return make("p", { class: "claim none", text: `${word("noSource")}` });
  return make("ol", { class: "claims" }, ...claims.map((claim) => claimItem(app, claim)));
}

// One footnote: what it adds, then title, publisher and day, then the place in it.
function claimItem(app, claim) {
  const source = app.doc.sources[claim.source];
  const adds = [...values(claim.values), claim.note].filter(Boolean).join("；");
  const faded = !holdsOn(claim, app.filters.day);
  return make(
    "li",
    { class: faded ? "claim past" : "claim" },
    adds ? make("p", { class: "adds", text: adds }) : null,
    make(
      "p",
      { class: "footnote" },
      claim.certainty && claim.certainty !== "stated"
        ? make("span", { class: "sure", text: certaintyWord(app, claim.certainty) })
        : null,
      ...cite(app, source, claim.url),
      claim.locator >= 0 ? make("span", { class: "where", text: app.doc.locators[claim.locator] }) : null,
      validity(claim),
    ),
  );
}

function cite(app, source, url) {
  if (!source) return [make("span", { class: "none", text: word("noSource") })];
  return [
    url || source.url ? outward(source.title, url || source.url) : make("cite", { text: source.title }),
    make("span", { text: [source.publisher, source.published || word("noDate")].filter(Boolean).join(", ") }),
  ];
}

function validity(claim) {
  if (!claim.from && !claim.to) return null;
  const text = [
    claim.from ? `${word("validFrom")} ${claim.from}` : "",
    claim.to ? `${word("validTo")} ${claim.to}` : "",
  ]
    .filter(Boolean)
    .join(" ");
  return make("span", { class: "valid", text });
}

function certaintyWord(app, id) {
  const found = app.doc.certainties.find((item) => item.id === id);
  return found ? title(found) : id;
}

const SHARES = new Set(["share", "stake", "revenue_share"]);

export function values(given) {
  const said = [];
  for (const [key, value] of Object.entries(given)) {
    if (SHARES.has(key)) said.push(`${word(key)} ${percent(value)}`);
    else if (key === "amount") said.push(`${word(key)} ${money(value, given.currency)}`);
    else if (key === "amount_cny") said.push(`${word(key)} ${money(value, "CNY")}`);
    else if (key === "quantity") said.push(`${word(key)} ${count(value)}${given.unit ? ` ${given.unit}` : ""}`);
    else if (key === "essential") said.push(`${word(key)}: ${word(value ? "yes" : "no")}`);
    else if (key !== "currency" && !(key === "unit" && "quantity" in given)) {
      said.push(`${word(key)}: ${key === "status" ? word(String(value)) : value}`);
    }
  }
  return said;
}

export function numbers(app, node) {
  if (!node.reports.length) return null;
  return section(
    word("numbers"),
    node.reports.length,
    listed(app, node.reports, (report) => numberRow(app, report)),
  );
}

function numberRow(app, report) {
  const source = app.doc.sources[report.source];
  return make(
    "article",
    { class: "figure" },
    make(
      "div",
      { class: "said" },
      make("span", { class: "metric", text: [word(report.metric), report.period].filter(Boolean).join(" · ") }),
      make("b", { text: figure(report) }),
    ),
    report.note ? make("p", { class: "adds", text: report.note }) : null,
    make(
      "p",
      { class: "footnote" },
      report.certainty && report.certainty !== "stated"
        ? make("span", { class: "sure", text: certaintyWord(app, report.certainty) })
        : null,
      ...cite(app, source, ""),
      report.locator >= 0 ? make("span", { class: "where", text: app.doc.locators[report.locator] }) : null,
    ),
  );
}
