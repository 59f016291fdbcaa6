// The stage of our own, for maps of any size: a picture larger than the screen is painted once and moved about.

const MARGIN = 0.25;
const REST = 110;

export class CanvasStage {
  constructor(container, painter) {
    this.container = container;
    this.painter = painter;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "own-stage";
    container.append(this.canvas);
    this.ctx = this.canvas.getContext("2d");
    this.buffer = document.createElement("canvas");
    this.at = { x: 0, y: 0, scale: 1 };
    this.stale = true;
    this.handlers = { tap: () => {}, moved: () => {} };
    this.resize();
    new ResizeObserver(() => { this.resize(); this.redraw(); }).observe(container);
    this.#wire();
  }

  resize() {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const { width, height } = this.size;
    Object.assign(this.canvas, { width: width * this.ratio, height: height * this.ratio });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    Object.assign(this.buffer, { width: Math.ceil(width * (1 + 2 * MARGIN) * this.ratio), height: Math.ceil(height * (1 + 2 * MARGIN) * this.ratio) });
    this.stale = true;
  }

  get size() { return { width: this.container.clientWidth, height: this.container.clientHeight }; }

  get scale() { return this.at.scale; }

  get camera() { return cameraOf(this.at, this.size); }

  moveTo({ x, y, scale }, animate = false) {
    cancelAnimationFrame(this.gliding);
    if (!animate || matchMedia("(prefers-reduced-motion: reduce)").matches) { this.#set({ x, y, scale }); return; }
    const from = this.at;
    const start = performance.now();
    const glide = (now) => {
      const t = Math.min(1, (now - start) / 220);
      const ease = t * (2 - t);
      this.#set({ x: from.x + (x - from.x) * ease, y: from.y + (y - from.y) * ease, scale: from.scale * (scale / from.scale) ** ease });
      if (t < 1) this.gliding = requestAnimationFrame(glide);
    };
    this.gliding = requestAnimationFrame(glide);
  }

  #set(next) {
    this.at = next;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => { this.stale = true; this.#frame(); }, REST);
    this.#frame();
  }

  // Something has changed that the painted picture shows.
  redraw() {
    this.stale = true;
    this.#frame();
  }

  // Only what is lit, pointed at or chosen has changed.
  relight() { this.#frame(); }

  relocate() { this.redraw(); }

  #frame() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (this.stale) this.#paintBuffer();
      this.#show();
    });
  }

  #paintBuffer() {
    const { width, height } = this.size;
    const ctx = this.buffer.getContext("2d");
    const big = { width: width * (1 + 2 * MARGIN), height: height * (1 + 2 * MARGIN) };
    const stage = { size: big, camera: cameraOf(this.at, big) };
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, this.buffer.width, this.buffer.height);
    toWorld(ctx, this.at, big, this.ratio);
    this.painter.base(ctx, stage);
    this.painted = this.at;
    this.stale = false;
  }

  #show() {
    const { width, height } = this.size;
    const { ctx, ratio, painted, at } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.painter.paper();
    ctx.fillRect(0, 0, width, height);
    const zoom = at.scale / painted.scale;
    const [big, tall] = [width * (1 + 2 * MARGIN) * zoom, height * (1 + 2 * MARGIN) * zoom];
    ctx.globalAlpha = this.painter.veil();
    ctx.drawImage(this.buffer, width / 2 + (painted.x - at.x) * at.scale - big / 2, height / 2 + (painted.y - at.y) * at.scale - tall / 2, big, tall);
    ctx.globalAlpha = 1;
    const stage = { size: { width, height }, camera: this.camera };
    ctx.save();
    toWorld(ctx, at, this.size, ratio);
    this.painter.lit(ctx, stage);
    ctx.restore();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.painter.above(ctx, this, this.painted !== this.at);
  }

  // ------------------------------------------------------------------ fingers and wheels

  #wire() {
    const pointers = new Map();
    let moved = 0;
    let pinch = 0;
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      if (pointers.size === 1) moved = 0;
      pinch = spread(pointers);
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = [event.offsetX, event.offsetY];
      pointers.set(event.pointerId, now);
      if (pointers.size === 1) {
        moved += Math.hypot(now[0] - before[0], now[1] - before[1]);
        if (moved > 4) this.#set({ ...this.at, x: this.at.x - (now[0] - before[0]) / this.scale, y: this.at.y - (now[1] - before[1]) / this.scale });
      } else {
        moved = 99;
        const next = spread(pointers);
        const [cx, cy] = centre(pointers);
        if (pinch) this.#zoomAt(cx, cy, next / pinch);
        pinch = next;
      }
    });
    const up = (event) => {
      const here = pointers.get(event.pointerId);
      pointers.delete(event.pointerId);
      if (here && moved <= 4 && event.type === "pointerup") this.handlers.tap({ x: here[0], y: here[1] }, event);
      else this.handlers.moved();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)));
      this.handlers.moved();
    }, { passive: false });
  }

  #zoomAt(sx, sy, by) {
    const [wx, wy] = this.camera.toWorld(sx, sy);
    const scale = Math.max(this.least ?? 0.005, Math.min(4, this.scale * by));
    const { width, height } = this.size;
    this.#set({ scale, x: wx - (sx - width / 2) / scale, y: wy - (sy - height / 2) / scale });
  }

  onTap(act) { this.handlers.tap = act; }

  onMoved(act) { this.handlers.moved = act; }
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

function spread(pointers) {
  const [one, other] = [...pointers.values()];
  return other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
}

function centre(pointers) {
  const [one, other] = [...pointers.values()];
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}
