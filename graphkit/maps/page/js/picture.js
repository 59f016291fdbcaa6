// A picture of the scene somewhat larger than the screen: painted once, then moved and stretched with the camera.

const MARGIN = 0.25;

export class Picture {
  constructor(margin = MARGIN) {
    this.margin = margin;
    this.canvas = document.createElement("canvas");
    this.at = null;
  }

  // Paints what `draw` draws for a camera; the stage that it is given is as large as the picture.
  paint(at, size, ratio, draw) {
    draw(this.start(at, size, ratio), this.stage);
    this.finish();
  }

  // Clears it and aims it; what is painted then counts in the world. It shows nothing until it is finished.
  start(at, size, ratio) {
    const room = 1 + 2 * this.margin;
    const big = { width: size.width * room, height: size.height * room };
    const [width, height] = [Math.ceil(big.width * ratio), Math.ceil(big.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    toWorld(ctx, at, big, ratio);
    this.at = null;
    this.stage = { size: big, camera: cameraOf(at, big) };
    this.aim = { x: at.x, y: at.y, scale: at.scale };
    this.big = big;
    return ctx;
  }

  finish() {
    this.at = this.aim;
  }

  isOf(at) {
    return this.at !== null && this.at.x === at.x && this.at.y === at.y && this.at.scale === at.scale;
  }

  // Where another camera would see it on the screen; whole pixels where nothing is stretched.
  place(at, size, ratio = 1) {
    const zoom = at.scale / this.at.scale;
    const [width, height] = [this.big.width * zoom, this.big.height * zoom];
    const x = size.width / 2 + (this.at.x - at.x) * at.scale - width / 2;
    const y = size.height / 2 + (this.at.y - at.y) * at.scale - height / 2;
    const exact = (value) => (zoom === 1 ? Math.round(value * ratio) / ratio : value);
    return { x: exact(x), y: exact(y), width, height };
  }

  // Shows it where another camera would see it; the context counts in pixels of the screen.
  show(ctx, at, size, ratio) {
    const { x, y, width, height } = this.place(at, size, ratio);
    ctx.drawImage(this.canvas, x, y, width, height);
  }

  // How far the camera may still move before the picture ends, in pixels of the screen.
  slack(at, size) {
    if (!this.at) return -Infinity;
    const zoom = at.scale / this.at.scale;
    const left = (side, axis) =>
      (this.big[side] * zoom - size[side]) / 2 - Math.abs(this.at[axis] - at[axis]) * at.scale;
    return Math.min(left("width", "x"), left("height", "y"));
  }

  // Whether it covers the whole screen for a camera, at no more than twice its size.
  covers(at, size) {
    return this.at !== null && at.scale / this.at.scale < 2 && this.slack(at, size) >= 0;
  }
}

export function cameraOf({ x, y, scale }, { width, height }) {
  return {
    x,
    y,
    scale,
    toScreen: (px, py) => [(px - x) * scale + width / 2, (py - y) * scale + height / 2],
    toWorld: (sx, sy) => [(sx - width / 2) / scale + x, (sy - height / 2) / scale + y],
  };
}

export function toWorld(ctx, { x, y, scale }, { width, height }, ratio) {
  const by = ratio * scale;
  ctx.setTransform(by, 0, 0, by, ratio * (width / 2 - x * scale), ratio * (height / 2 - y * scale));
}
