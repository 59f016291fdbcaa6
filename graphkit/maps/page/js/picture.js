// A picture of the scene somewhat larger than the screen: painted once, then moved and stretched while the camera moves.

const MARGIN = 0.25;

export class Picture {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.at = null;
  }

  // Paints what `draw` draws for a camera; the stage that it is given is as large as the picture.
  paint(at, size, ratio, draw) {
    const big = { width: size.width * (1 + 2 * MARGIN), height: size.height * (1 + 2 * MARGIN) };
    const [width, height] = [Math.ceil(big.width * ratio), Math.ceil(big.height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    const ctx = this.canvas.getContext("2d");
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    toWorld(ctx, at, big, ratio);
    draw(ctx, { size: big, camera: cameraOf(at, big) });
    this.at = { x: at.x, y: at.y, scale: at.scale };
    this.big = big;
  }

  isOf(at) {
    return this.at !== null && this.at.x === at.x && this.at.y === at.y && this.at.scale === at.scale;
  }

  // Shows it where another camera would see it; the context counts in pixels of the screen.
  show(ctx, at, size) {
    const zoom = at.scale / this.at.scale;
    const [width, height] = [this.big.width * zoom, this.big.height * zoom];
    const x = size.width / 2 + (this.at.x - at.x) * at.scale - width / 2;
    const y = size.height / 2 + (this.at.y - at.y) * at.scale - height / 2;
    ctx.drawImage(this.canvas, x, y, width, height);
  }

  // Whether it covers the whole screen for a camera, at no more than twice its size.
  covers(at, size) {
    if (!this.at) return false;
    const zoom = at.scale / this.at.scale;
    const slack = (side) => (this.big[side] * zoom - size[side]) / 2;
    return zoom < 2 && Math.abs(this.at.x - at.x) * at.scale <= slack("width") && Math.abs(this.at.y - at.y) * at.scale <= slack("height");
  }
}

export function cameraOf({ x, y, scale }, { width, height }) {
  return {
    x, y, scale,
    toScreen: (px, py) => [(px - x) * scale + width / 2, (py - y) * scale + height / 2],
    toWorld: (sx, sy) => [(sx - width / 2) / scale + x, (sy - height / 2) / scale + y],
  };
}

export function toWorld(ctx, { x, y, scale }, { width, height }, ratio) {
  ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (width / 2 - x * scale), ratio * (height / 2 - y * scale));
}
