// The document: rows of the data block as objects that know their neighbours.

// Rows end where only empty cells follow.
const LISTS = new Set(["segments", "tickers", "aliases", "added", "disputed", "claims"]);
const NUMBERS = new Set(["share", "value"]);

function rowsToObjects(columns, rows) {
  return rows.map((row, i) => {
    const item = { i };
    columns.forEach((name, column) => {
      item[name] = row[column] ?? missing(name);
    });
    return item;
  });
}

function missing(name) {
  if (LISTS.has(name)) return [];
  return NUMBERS.has(name) ? null : "";
}

function readClaim([source, locator, certainty = "", values = {}, note = "", from = "", to = "", url = ""]) {
  return { source, locator, certainty, from, to, note, url, values };
}

export function readDocument(text) {
  const raw = JSON.parse(text);
  const nodes = rowsToObjects(raw.node_columns, raw.nodes);
  const edges = rowsToObjects(raw.edge_columns, raw.edges);
  const doc = {
    ...raw,
    nodes,
    edges,
    byId: new Map(nodes.map((node) => [node.id, node])),
    sources: raw.sources.map(([id, title, publisher, published, url]) => ({ id, title, publisher, published, url })),
    segments: raw.segments.map(([id, zh, en, light, dark, mark, parent], i) => ({
      i,
      id,
      zh,
      en,
      light,
      dark,
      mark,
      parent,
    })),
    types: raw.types.map(([id, zh, en, along, tip], i) => ({ i, id, zh, en, along, tip })),
    tiers: raw.tiers.map(([id, zh, en], i) => ({ i, id, zh, en })),
    heads: raw.heads.map(([tier, x0, x1, firms, others]) => ({ tier, x0, x1, firms, others })),
    certainties: raw.certainties.map(([id, zh, en], i) => ({ i, id, zh, en })),
  };
  for (const node of nodes) Object.assign(node, { edges: [], reports: [], gone: false });
  for (const edge of edges) link(doc, edge);
  for (const report of rowsToObjects(raw.report_columns, raw.reports)) nodes[report.node].reports.push(report);
  for (const node of nodes) node.radius = 5 + Math.min(8, Math.sqrt(node.edges.length));
  spreadParallels(edges);
  return doc;
}

function link(doc, edge) {
  edge.from = doc.nodes[edge.a];
  edge.to = doc.nodes[edge.b];
  edge.kind = doc.types[edge.type];
  edge.claims = edge.claims.map(readClaim);
  edge.newest = edge.claims.find((claim) => claim.certainty)?.certainty ?? "";
  edge.surest = surest(doc, edge);
  edge.from.edges.push(edge);
  if (edge.to !== edge.from) edge.to.edges.push(edge);
}

function surest(doc, edge) {
  const order = doc.certainties.map((word) => word.id);
  const ranks = edge.claims.map((claim) => order.indexOf(claim.certainty)).filter((rank) => rank >= 0);
  return ranks.length ? order[Math.min(...ranks)] : "";
}

// Links between the same two nodes, either way round, get lanes: ... -1, 0, 1 ... side by side.
function spreadParallels(edges) {
  const groups = new Map();
  for (const edge of edges) {
    const key = edge.a < edge.b ? `${edge.a} ${edge.b}` : `${edge.b} ${edge.a}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(edge);
  }
  for (const group of groups.values()) {
    group.forEach((edge, place) => {
      edge.lane = place - (group.length - 1) / 2;
      edge.lanes = group.length;
    });
  }
}

export function otherEnd(edge, node) {
  return edge.from === node ? edge.to : edge.from;
}

// "up" where goods come to the node over this link, "down" where they leave, "near" where none flow.
export function sideOf(edge, node) {
  const along = edge.kind.along;
  if (!along) return "near";
  return (edge.to === node) === along > 0 ? "up" : "down";
}
