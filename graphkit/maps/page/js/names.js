// The names of the scene: placed when the camera rests, carried along while it moves.

import { course } from "./geometry.js";
import { drawLabels, placeLabels } from "./labels.js";

// Names of more nodes are only carried while the camera moves.
const MANY = 300;

// More nodes than this, seen from afar: a few names in the clear say more than many on top of the marks.
const DENSE = 2000;

export class Names {
  constructor(app) {
    this.app = app;
    this.boxes = [];
  }

  draw(ctx, stage, moving) {
    const { camera, size } = stage;
    if (moving && this.app.view.shown.length > MANY && this.boxes.length) this.#carry(camera);
    else this.boxes = this.#place(ctx, camera, { ...size, top: 34 });
    drawLabels(ctx, this.boxes, this.app.theme, (node) => (node === this.app.hover ? 1 : this.app.view.fade(node)));
  }

  #carry(camera) {
    for (const box of this.boxes) {
      const [x, y] = camera.toScreen(box.node.px, box.node.py);
      box.x0 = x + box.away;
      box.y0 = y - box.height / 2;
    }
  }

  #place(ctx, camera, view) {
    const { hover, lit, theme } = this.app;
    const { byWeight, litByWeight, shown } = this.app.view;
    const named = (lit && litByWeight) || byWeight;
    const nodes = hover?.shown ? [hover, ...named.filter((node) => node !== hover)] : named;
    const limit = course.tall ? 104 * camera.scale : Math.max(70, Math.min(176, 142 * camera.scale));
    return placeLabels(ctx, nodes, camera, view, {
      size: Math.max(10.5, Math.min(14.5, 12.5 * camera.scale)),
      both: camera.scale > 0.6,
      sparse: !lit && shown.length > DENSE && camera.scale < 0.4,
      limit,
      font: theme.font,
    });
  }
}
