// Where the nodes of the scene stand: as the document has them, or arranged anew for a part or an upright screen.

import { arrangeTall, arrangeWide } from "./arrange.js";
import { bounds, course } from "./geometry.js";

// Names in bands have this much room.
const TALL_ROOM = 104;

// So many nodes are arranged anew for what room the panel leaves: else their names would not fit.
const FEW = 300;

// Writes `px`, `py` and `room` of each node; returns the headings.
export function placeNodes(doc, size, part) {
  const nodes = part ?? doc.nodes;
  course.tall = size.width < 620;
  const heads = arranged(doc, nodes, size, part);
  measureRoom(nodes);
  return heads;
}

function arranged(doc, nodes, size, part) {
  if (course.tall) return arrangeTall(nodes, { width: Math.max(300, size.width - 20) });
  const crowded = size.open !== undefined && nodes.length <= FEW;
  if (part || crowded) return arrangeWide(nodes, { width: (size.open ?? size.width) - 120, height: size.height - 70 });
  return asWritten(doc, size);
}

// Stretched to the height of the screen, so that no room is left unused.
function asWritten(doc, size) {
  const box = bounds(doc.nodes.map((node) => ({ px: node.x, py: node.y })));
  const shape = (size.height - 90) / Math.max(1, (size.open ?? size.width) - 140);
  const wanted = (shape * (box.x1 - box.x0)) / Math.max(1, box.y1 - box.y0);
  const stretch = Math.max(1, Math.min(size.open ? 2.6 : 1.8, wanted));
  for (const node of doc.nodes) [node.px, node.py] = [node.x, Math.round(node.y * stretch)];
  return doc.heads.map((head) => ({ tier: head.tier, x0: head.x0, x1: head.x1 }));
}

// How far it is from each node to the next column: so long may a name be.
function measureRoom(nodes) {
  const columns = [...new Set(nodes.map((node) => node.px))].sort((one, other) => one - other);
  const next = new Map(columns.map((x, place) => [x, (columns[place + 1] ?? x + 170) - x]));
  for (const node of nodes) node.room = course.tall ? TALL_ROOM : next.get(node.px);
}
