// Upstream and downstream of a node along the flow of goods, step by step, over visible links only.

import { otherEnd, sideOf } from "./doc.js";

// Nodes and links reached from the starting nodes on one side ("up" or "down") in at most `depth` steps.
export function walk(starts, side, depth, isVisible, first = () => true) {
  const nodes = new Map(starts.map((node) => [node, 0]));
  const edges = new Set();
  let frontier = starts;
  for (let step = 1; step <= depth && frontier.length; step += 1) {
    const next = [];
    for (const node of frontier) {
      for (const edge of node.edges) {
        if (sideOf(edge, node) !== side || !isVisible(edge) || !first(edge, node)) continue;
        const other = otherEnd(edge, node);
        edges.add(edge);
        if (!nodes.has(other)) {
          nodes.set(other, step);
          next.push(other);
        }
      }
    }
    frontier = next;
  }
  for (const node of starts) nodes.delete(node);
  return { nodes, edges };
}

// What a node depends on and what depends on it. What goes into the products of a company is upstream of it;
// other makers of the same products are not.
export function reach(node, depth, isVisible) {
  const makes = (edge) => edge.kind.id === "MAKES" && edge.from === node && isVisible(edge);
  const own = node.type === "company" ? node.edges.filter(makes) : [];
  const products = own.map((edge) => edge.to);
  const ours = new Set(products);
  const notRivals = (edge) => !(edge.kind.id === "MAKES" && ours.has(edge.to));
  const up = walk([node, ...products], "up", depth, isVisible, notRivals);
  const down = walk([node], "down", depth, isVisible);
  const near = { nodes: new Map(), edges: new Set() };
  for (const edge of node.edges) {
    if (sideOf(edge, node) !== "near" || !isVisible(edge)) continue;
    near.edges.add(edge);
    if (otherEnd(edge, node) !== node) near.nodes.set(otherEnd(edge, node), 1);
  }
  return { up, down, near };
}
