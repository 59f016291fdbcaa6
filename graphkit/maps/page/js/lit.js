// What lights up: the nodes and links of a chain or of routes, and on which side of the chosen node they stand.

export function litReach(node, { up, down, near }) {
  const nodes = new Map();
  const edges = new Map();
  for (const [side, part] of [
    ["near", near],
    ["up", up],
    ["down", down],
  ]) {
    for (const [other, step] of part.nodes) nodes.set(other, { side, step });
    for (const edge of part.edges) edges.set(edge, side);
  }
  nodes.set(node, { side: "one", step: 0 });
  return { nodes, edges };
}

export function litRoutes(routes, ends) {
  const nodes = new Map(ends.map((node) => [node, { side: "one" }]));
  const edges = new Map();
  for (const route of routes.found) {
    for (const { edge, from, to } of route) {
      edges.set(edge, "route");
      for (const node of [from, to]) if (!nodes.has(node)) nodes.set(node, { side: "route", step: 1 });
    }
  }
  return { nodes, edges };
}
