// What our own stage shows, in three pictures, so that a moving camera only moves them: what rests, what stands out of
// it, and the whole map from afar for places that the first does not reach.

import { drain } from "./paint.js";
import { Picture } from "./picture.js";

// So many milliseconds of a frame may go into painting ahead.
const SLICE = { moving: 4, resting: 9 };
const AFAR = 1600;

export class Layers {
  constructor(painter) {
    this.painter = painter;
    this.rest = new Picture();
    this.spare = new Picture();
    this.front = new Picture(0);
    this.afar = new Picture(0);
    this.job = null;
  }

  // Paints all at once: the scene has changed, and whoever changed it waits.
  renew(at, size, ratio) {
    this.job = null;
    this.afar.at = null;
    this.rest.paint(at, size, ratio, (ctx, stage) => drain(this.painter.base(ctx, stage)));
  }

  // What is lit, and the names: as far as the screen reaches.
  relight(at, size, ratio) {
    this.front.paint(at, size, ratio, (ctx, stage) => {
      this.painter.lit(ctx, stage);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.painter.names(ctx, stage);
    });
  }

  // Begins to paint for another camera, some each frame; what is there stays in view till all is done.
  prepare(at, size, ratio) {
    const ctx = this.spare.start(at, size, ratio);
    this.job = { ctx, picture: this.spare, steps: this.painter.base(ctx, this.spare.stage) };
  }

  // Whether the picture of what rests leaves something of the map out; else nothing is to be seen beyond it.
  get isPartial() {
    const { x0, y0, x1, y1 } = this.painter.bounds();
    const { size, camera } = this.rest.stage;
    const [left, top] = camera.toWorld(0, 0);
    const [right, bottom] = camera.toWorld(size.width, size.height);
    return left > x0 || top > y0 || right < x1 || bottom < y1;
  }

  get needsAfar() {
    return !this.afar.at && this.isPartial;
  }

  prepareAfar(ratio) {
    const { x0, y0, x1, y1 } = this.painter.bounds();
    const scale = AFAR / Math.max(x1 - x0, y1 - y0, 1);
    const size = { width: (x1 - x0) * scale, height: (y1 - y0) * scale };
    const ctx = this.afar.start({ x: (x0 + x1) / 2, y: (y0 + y1) / 2, scale }, size, ratio);
    this.job = { ctx, picture: this.afar, steps: this.painter.base(ctx, this.afar.stage) };
  }

  // A slice of what was begun; whether it is now done.
  work(moving) {
    const { ctx, picture, steps } = this.job;
    const until = performance.now() + (moving ? SLICE.moving : SLICE.resting);
    while (performance.now() < until) {
      if (steps.next().done) {
        picture.finish();
        if (picture === this.spare) [this.rest, this.spare] = [this.spare, this.rest];
        this.job = null;
        return true;
      }
      this.look(ctx.canvas);
    }
    return false;
  }

  // Drawing is put off by browsers till somebody looks; a look keeps slices as short as they are meant to be.
  look(canvas) {
    this.eye ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    this.eye.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
  }

  // The context counts in pixels of the screen.
  show(ctx, at, size, ratio) {
    ctx.globalAlpha = this.painter.veil();
    if (!this.rest.covers(at, size) && this.afar.at) {
      this.afar.show(ctx, at, size, ratio);
      const { x, y, width, height } = this.rest.place(at, size, ratio);
      ctx.globalAlpha = 1;
      ctx.fillRect(x, y, width, height);
      ctx.globalAlpha = this.painter.veil();
    }
    this.rest.show(ctx, at, size, ratio);
    ctx.globalAlpha = 1;
    this.front.show(ctx, at, size, ratio);
  }
}
