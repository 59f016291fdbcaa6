// The stage of our own, for maps of any size: a picture larger than the screen is painted once and moved about.

import { cameraOf, Picture, toWorld } from "./picture.js";

const REST = 110;

export class CanvasStage {
  constructor(container, painter) {
    this.container = container;
    this.painter = painter;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "own-stage";
    container.append(this.canvas);
    this.ctx = this.canvas.getContext("2d");
    this.picture = new Picture();
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
    this.settling = setTimeout(() => { this.stale ||= !this.picture.isOf(this.at); this.#frame(); }, REST);
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
      if (this.stale || !this.picture.at) {
        this.picture.paint(this.at, this.size, this.ratio, (ctx, stage) => this.painter.base(ctx, stage));
        this.stale = false;
      }
      this.#show();
    });
  }

  #show() {
    const { ctx, ratio, at, size } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.painter.paper();
    ctx.fillRect(0, 0, size.width, size.height);
    ctx.globalAlpha = this.painter.veil();
    this.picture.show(ctx, at, size);
    ctx.globalAlpha = 1;
    ctx.save();
    toWorld(ctx, at, size, ratio);
    this.painter.lit(ctx, { size, camera: this.camera });
    ctx.restore();
    this.painter.above(ctx, this, !this.picture.isOf(at));
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

function spread(pointers) {
  const [one, other] = [...pointers.values()];
  return other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
}

function centre(pointers) {
  const [one, other] = [...pointers.values()];
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}
