// The course of a link between two nodes as one cubic curve, and distances to it.

const LANE = 9;

// Nodes no farther apart than this stand in one column.
const BESIDE = 24;

// Whether goods flow down the screen instead of to the right.
export const course = { tall: false };

// Both ends and both control points: [x0, y0, x1, y1, x2, y2, x3, y3].
export function curve(edge) {
  return course.tall ? falling(edge) : flowing(edge);
}

function falling({ from, to, lane }) {
  const dx = to.px - from.px;
  const dy = to.py - from.py;
  const [shift, near] = [lane * LANE, lane * 2.6];
  if (Math.abs(dy) < 14) {
    const sag = 14 + Math.min(40, Math.abs(dx) * 0.16) + shift;
    return [
      from.px + near,
      from.py + from.radius,
      from.px + dx * 0.12,
      from.py + sag,
      to.px - dx * 0.12,
      to.py + sag,
      to.px + near,
      to.py + to.radius + 2,
    ];
  }
  const way = dy > 0 ? 1 : -1;
  const reach = Math.max(14, Math.abs(dy) * 0.4);
  return [
    from.px + near,
    from.py + way * from.radius,
    from.px + shift,
    from.py + way * reach,
    to.px + shift,
    to.py - way * reach,
    to.px + near,
    to.py - way * (to.radius + 2),
  ];
}

function flowing(edge) {
  const { from, to, lane } = edge;
  const dx = to.px - from.px;
  const dy = to.py - from.py;
  const shift = lane * LANE;
  const near = lane * 2.6;
  if (from === to) {
    const r = from.radius;
    return [
      from.px - r,
      from.py,
      from.px - 40,
      from.py - 34 + shift,
      from.px + 40,
      from.py - 34 + shift,
      from.px + r,
      from.py,
    ];
  }
  if (Math.abs(dx) < BESIDE) {
    const bulge = 18 + Math.min(74, Math.abs(dy) * 0.13) + shift;
    return [
      from.px - from.radius,
      from.py + near,
      from.px - bulge,
      from.py + dy * 0.12,
      to.px - bulge,
      to.py - dy * 0.12,
      to.px - to.radius - 2,
      to.py + near,
    ];
  }
  const way = dx > 0 ? 1 : -1;
  const reach = Math.max(26, Math.abs(dx) * 0.46);
  return [
    from.px + way * from.radius,
    from.py + near,
    from.px + way * reach,
    from.py + shift,
    to.px - way * reach,
    to.py + shift,
    to.px - way * (to.radius + 2),
    to.py + near,
  ];
}

export function pointAt(c, t) {
  const u = 1 - t;
  const [b0, b1, b2, b3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  return [b0 * c[0] + b1 * c[2] + b2 * c[4] + b3 * c[6], b0 * c[1] + b1 * c[3] + b2 * c[5] + b3 * c[7]];
}

export function distanceTo(c, x, y) {
  const left = Math.min(c[0], c[2], c[4], c[6]);
  const right = Math.max(c[0], c[2], c[4], c[6]);
  const top = Math.min(c[1], c[3], c[5], c[7]);
  const bottom = Math.max(c[1], c[3], c[5], c[7]);
  if (x < left - 12 || x > right + 12 || y < top - 12 || y > bottom + 12) return Infinity;
  let best = Infinity;
  let [px, py] = pointAt(c, 0);
  for (let step = 1; step <= 24; step += 1) {
    const [qx, qy] = pointAt(c, step / 24);
    best = Math.min(best, toSegment(x, y, px, py, qx, qy));
    [px, py] = [qx, qy];
  }
  return best;
}

function toSegment(x, y, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const t = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

// The box around the points of some nodes.
export function bounds(nodes, room = 0) {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    x0 = Math.min(x0, node.px);
    x1 = Math.max(x1, node.px);
    y0 = Math.min(y0, node.py);
    y1 = Math.max(y1, node.py);
  }
  return x0 > x1 ? { x0: 0, y0: 0, x1: 1, y1: 1 } : { x0: x0 - room, y0: y0 - room, x1: x1 + room, y1: y1 + room };
}

// How far left the links within columns bulge.
export function leftmost(edges) {
  let left = Infinity;
  for (const { from, to } of edges) {
    const bulge = 14 + Math.min(74, Math.abs(from.py - to.py) * 0.1);
    if (Math.abs(from.px - to.px) < BESIDE) left = Math.min(left, from.px - bulge);
  }
  return left;
}

// A grid over the points of nodes, for finding the node under a finger.
export function grid(nodes, size = 48) {
  const cells = new Map();
  for (const node of nodes) {
    const key = `${Math.floor(node.px / size)} ${Math.floor(node.py / size)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(node);
  }
  return (x, y, radius, wanted = () => true) => {
    let best = null;
    let least = radius;
    const span = Math.ceil((radius + 12) / size);
    const [cx, cy] = [Math.floor(x / size), Math.floor(y / size)];
    for (let i = cx - span; i <= cx + span; i += 1) {
      for (let j = cy - span; j <= cy + span; j += 1) {
        for (const node of cells.get(`${i} ${j}`) ?? []) {
          const distance = Math.hypot(node.px - x, node.py - y) - node.radius;
          if (distance < least && wanted(node)) {
            least = distance;
            best = node;
          }
        }
      }
    }
    return best;
  };
}
