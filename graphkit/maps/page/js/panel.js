// The panel beside the map: all that is known of a node or a link, each statement with who says so.

import { factCard, listed, numbers, section } from "./cards.js";
import { sideOf } from "./doc.js";
import { make } from "./dom.js";
import { brief, country, lines, speech, title, word } from "./words.js";

export function showNode(app, node) {
  const groups = { up: [], down: [], near: [] };
  for (const edge of node.edges) if (edge.shown) groups[sideOf(edge, node)].push(edge);
  const side = (key, name) =>
    groups[key].length
      ? section(
          `${word(name)}`,
          groups[key].length,
          listed(app, groups[key], (edge) => factCard(app, edge, node)),
        )
      : null;
  return [
    heading(app, node),
    routeButton(app, node),
    side("up", "upstream"),
    side("down", "downstream"),
    side("near", "near"),
    numbers(app, node),
  ];
}

function heading(app, node) {
  const [first, second] = lines(node);
  const added = new Set(node.added);
  const dagger = (name) => (added.has(name) ? "†" : "");
  const chips = [
    chip(word(node.type === "segment" ? "segmentNode" : node.type)),
    node.type === "product" ? chip(node.kind ? word(node.kind) : `${brief("level")} ${word("unknown")}`) : null,
    node.type === "company"
      ? chip((node.country ? country(node.country) : `${brief("country")} ${word("unknown")}`) + dagger("country"))
      : null,
    node.type === "company"
      ? chip(node.kind ? word(node.kind) + dagger("kind") : `${brief("kind")} ${word("unknown")}`)
      : null,
    ...node.tickers.map((ticker) => chip(ticker + dagger("tickers"), "code")),
    ...segmentChips(app, node),
    node.mark ? chip(word(node.mark), "marked") : null,
  ];
  return make(
    "header",
    { class: "who" },
    make("h2", { text: first + dagger(node.zh && speech.lang !== "en" ? "name_zh" : "name_en") }),
    second ? make("p", { class: "second", text: second + dagger("name_en") }) : null,
    node.aliases.length
      ? make("p", { class: "aliases", text: `${word("alsoKnown")}: ${node.aliases.join("、")}` })
      : null,
    make("p", { class: "chips" }, ...chips),
    added.size ? make("p", { class: "general", text: word("general") }) : null,
  );
}

function segmentChips(app, node) {
  const own = node.segments.map((i) => segmentChip(app, app.doc.segments[i]));
  if (own.length || node.type === "segment") return own;
  if (node.colour < 0) return [chip(word("noSegment"))];
  const lent = segmentChip(app, app.doc.segments[node.colour]);
  lent.title = word("lentColour");
  lent.classList.add("lent");
  return [lent];
}

function segmentChip(app, segment) {
  const swatch = make("i", { class: "swatch" });
  swatch.style.background = app.theme.segment(segment);
  return make("span", { class: "chip" }, swatch, title(segment));
}

function chip(text, kind = "") {
  return make("span", { class: `chip ${kind}`.trim(), text });
}

function routeButton(app, node) {
  return make(
    "p",
    { class: "acts" },
    make(
      "button",
      { type: "button", class: "act", "data-act": "routes", onclick: () => app.startPick(node) },
      word("routesTo"),
    ),
    make(
      "button",
      { type: "button", class: "act", "data-act": "only", onclick: () => app.parts.openChain(node) },
      word("onlyChain"),
    ),
  );
}

export function showLink(app, edge) {
  return [
    make("header", { class: "who" }, make("h2", { text: title(edge.kind) })),
    make(
      "p",
      { class: "ends" },
      make("button", { type: "button", class: "go", onclick: () => app.select(edge.from) }, title(edge.from)),
      " → ",
      make("button", { type: "button", class: "go", onclick: () => app.select(edge.to) }, title(edge.to)),
    ),
    factCard(app, edge, null),
  ];
}

export function showRoutes(app, routes) {
  const from = app.selected;
  const to = app.second;
  const head = make(
    "header",
    { class: "who" },
    make("h2", { text: word("routes") }),
    make("p", { class: "second", text: `${title(from)} ⇄ ${title(to)}` }),
  );
  if (!routes.found.length) return [head, make("p", { class: "none", text: word("noRoute") })];
  return [
    head,
    routes.directed ? null : make("p", { class: "disputed", text: word("noFlow") }),
    ...routes.found.map((route, place) =>
      make(
        "section",
        { class: "route" },
        make("h3", {}, `${place + 1}`, make("span", { class: "number", text: `${route.length} ${word("hop")}` })),
        ...route.map((step) => factCard(app, step.edge, null)),
      ),
    ),
    routes.capped ? make("p", { class: "none", text: word("capped") }) : null,
  ];
}
