// Routes between two nodes: along the flow of goods one way or the other, else regardless of direction.

import { otherEnd, sideOf } from "./doc.js";

const LONGEST = 7;
const MOST = 12;

export function routesBetween(from, to, isVisible) {
  const down = shortest(from, to, (edge, node) => sideOf(edge, node) === "down", isVisible);
  const up = shortest(to, from, (edge, node) => sideOf(edge, node) === "down", isVisible);
  if (down.found.length || up.found.length) {
    const found = [...down.found, ...up.found].sort((one, other) => one.length - other.length).slice(0, MOST);
    return { found, directed: true, capped: down.capped || up.capped };
  }
  return { ...shortest(from, to, () => true, isVisible), directed: false };
}

// All simple routes of the least length and of one step more, nearest first, up to a number that can be read.
function shortest(from, to, allowed, isVisible) {
  if (from === to) return { found: [], capped: false };
  const distance = distances(to, (edge, node) => allowed(edge, otherEnd(edge, node)), isVisible);
  if (!distance.has(from)) return { found: [], capped: false };
  const limit = Math.min(LONGEST, distance.get(from) + 1);
  const found = [];
  let visits = 0;
  const step = (node, route, seen, room) => {
    visits += 1;
    if (node === to) {
      found.push(route);
      return;
    }
    if (found.length > MOST * 4 || visits > 20_000) return;
    for (const edge of node.edges) {
      const next = otherEnd(edge, node);
      if (seen.has(next) || !isVisible(edge) || !allowed(edge, node) || (distance.get(next) ?? Infinity) > room - 1) {
        continue;
      }
      step(next, [...route, { edge, from: node, to: next }], new Set(seen).add(next), room - 1);
    }
  };
  if (distance.get(from) <= LONGEST) step(from, [], new Set([from]), limit);
  found.sort((one, other) => one.length - other.length);
  return { found: found.slice(0, MOST), capped: found.length > MOST };
}

function distances(to, allowed, isVisible) {
  const steps = new Map([[to, 0]]);
  let frontier = [to];
  for (let step = 1; step <= LONGEST && frontier.length; step += 1) {
    const next = [];
    for (const node of frontier) {
      for (const edge of node.edges) {
        const other = otherEnd(edge, node);
        if (!isVisible(edge) || !allowed(edge, node) || steps.has(other)) continue;
        steps.set(other, step);
        next.push(other);
      }
    }
    frontier = next;
  }
  return steps;
}
