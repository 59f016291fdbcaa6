// Which nodes and links are shown: what is switched off, by dimension; the day; and what follows from both.

export const DIMENSIONS = ["segment", "type", "tier", "certainty", "source", "country", "mark"];

export function noFilters() {
  return { off: Object.fromEntries(DIMENSIONS.map((name) => [name, new Set()])), day: "" };
}

export function isFiltered(filters) {
  return filters.day !== "" || DIMENSIONS.some((name) => filters.off[name].size > 0);
}

// A claim holds on a day unless its first or last day says otherwise; an unknown day never does.
export function holdsOn(claim, day) {
  if (!day) return true;
  return !(claim.from && firstDay(claim.from) > day) && !(claim.to && lastDay(claim.to) < day);
}

export function firstDay(partial) {
  return partial + "-01-01".slice(partial.length - 4);
}

export function lastDay(partial) {
  if (partial.length === 10) return partial;
  const [year, month = 12] = partial.split("-").map(Number);
  return `${partial.slice(0, 4)}-${String(month).padStart(2, "0")}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
}

// Works out `node.shown` and `edge.shown`. A node whose links are all switched off goes with them.
export function applyFilters(doc, filters, within = null) {
  const { off, day } = filters;
  const bySource = off.certainty.size + off.source.size > 0 || day !== "";
  for (const node of doc.nodes) node.shown = passes(doc, node, off) && (!within || within.has(node));
  for (const edge of doc.edges) {
    const isOn = !off.type.has(edge.kind.id) && !off.mark.has(edge.mark || "-");
    edge.kept = isOn && (!bySource || isClaimed(doc, edge, filters));
    edge.shown = edge.kept && edge.from.shown && edge.to.shown;
  }
  if (off.type.size || bySource) {
    for (const node of doc.nodes) node.shown &&= !node.edges.length || node.edges.some((edge) => edge.kept);
  }
}

function passes(doc, node, off) {
  return (
    !off.segment.has(segmentKey(doc, node)) &&
    !off.tier.has(doc.tiers[node.tier].id) &&
    !off.country.has(node.country || "-") &&
    !off.mark.has(node.mark || "-")
  );
}

// Whether one of its claims stands; without any claim, whether such links are wanted.
function isClaimed(doc, edge, { off, day }) {
  if (!edge.claims.length) return !off.certainty.has("-") && !off.source.has("-");
  return edge.claims.some(
    (claim) =>
      !off.certainty.has(claim.certainty || "-") && !off.source.has(sourceKey(doc, claim)) && holdsOn(claim, day),
  );
}

export function segmentKey(doc, node) {
  return node.colour < 0 ? "-" : doc.segments[node.colour].id;
}

export function sourceKey(doc, claim) {
  return claim.source < 0 ? "-" : doc.sources[claim.source].id;
}

// Every day on which something begins or ends to hold, in order.
export function turningDays(doc) {
  const days = new Set();
  for (const edge of doc.edges) {
    for (const claim of edge.claims) {
      if (claim.from) days.add(firstDay(claim.from));
      if (claim.to) days.add(lastDay(claim.to));
    }
  }
  return [...days].sort();
}
