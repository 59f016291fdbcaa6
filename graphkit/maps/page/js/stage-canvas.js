// The stage of our own, for maps of any size: pictures of the scene are painted once and moved with the camera.

import { Layers } from "./layers.js";
import { cameraOf } from "./picture.js";

const REST = 110;
const NEAR_EDGE = 60;

export class CanvasStage {
  constructor(container, painter) {
    this.container = container;
    this.painter = painter;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "own-stage";
    container.append(this.canvas);
    this.ctx = this.canvas.getContext("2d", { alpha: false });
    this.layers = new Layers(painter);
    this.at = { x: 0, y: 0, scale: 1 };
    this.stale = true;
    this.resize();
    new ResizeObserver(() => {
      this.resize();
      this.redraw();
    }).observe(container);
    this.#wire();
  }

  resize() {
    this.ratio = Math.min(2, window.devicePixelRatio || 1);
    const { width, height } = this.size;
    Object.assign(this.canvas, { width: width * this.ratio, height: height * this.ratio });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.stale = true;
  }

  get size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  get scale() {
    return this.at.scale;
  }

  get camera() {
    return cameraOf(this.at, this.size);
  }

  moveTo({ x, y, scale }, animate = false) {
    cancelAnimationFrame(this.gliding);
    if (!animate || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#set({ x, y, scale });
      return;
    }
    const from = this.at;
    const start = performance.now();
    const glide = (now) => {
      const t = Math.max(0, Math.min(1, (now - start) / 220));
      const ease = t * (2 - t);
      this.#set({
        x: from.x + (x - from.x) * ease,
        y: from.y + (y - from.y) * ease,
        scale: from.scale * (scale / from.scale) ** ease,
      });
      if (t < 1) this.gliding = requestAnimationFrame(glide);
    };
    this.gliding = requestAnimationFrame(glide);
  }

  #set(next) {
    this.at = next;
    this.moving = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.moving = false;
      this.#frame();
    }, REST);
    this.#frame();
  }

  // Whether all is painted as the camera sees it.
  get isAtRest() {
    return !this.moving && !this.waiting && !this.layers.job;
  }

  // Something has changed that the painted picture shows.
  redraw() {
    this.stale = true;
    this.#frame();
  }

  // Only what is lit, pointed at or chosen has changed.
  relight() {
    this.unlit = true;
    this.#frame();
  }

  relocate() {
    this.redraw();
  }

  #frame() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.#draw();
    });
  }

  #draw() {
    const { layers, at, size, ratio } = this;
    if (this.stale) {
      layers.renew(at, size, ratio);
      [this.stale, this.unlit] = [false, true];
    }
    if (this.#paints()) this.#frame();
    if (this.unlit || (!this.moving && !layers.front.isOf(at))) {
      layers.relight(at, size, ratio);
      this.unlit = false;
    }
    this.#show();
  }

  // Paints ahead, a little in each frame; whether more is to be done.
  #paints() {
    const { layers, at, size, ratio } = this;
    if (this.#isAstray()) layers.prepare(at, size, ratio);
    else if (!layers.job && !this.moving && layers.needsAfar) layers.prepareAfar(ratio);
    return layers.job !== null && (!layers.work(this.moving) || layers.needsAfar);
  }

  // Whether another picture is wanted than the one in view or the one begun.
  #isAstray() {
    const { layers, at, size, moving } = this;
    const { rest, job, spare } = layers;
    if (job?.picture === spare) return !moving && !isSame(spare.aim, at);
    if (!moving) return !rest.isOf(at);
    return rest.at?.scale === at.scale && rest.slack(at, size) < NEAR_EDGE && layers.isPartial;
  }

  #show() {
    const { ctx, ratio, at, size } = this;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.globalAlpha = 1;
    ctx.fillStyle = this.painter.paper();
    ctx.fillRect(0, 0, size.width, size.height);
    this.layers.show(ctx, at, size, ratio);
    this.painter.heads(ctx, this);
    this.painter.painted();
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
        if (moved > 4) {
          this.#set({
            ...this.at,
            x: this.at.x - (now[0] - before[0]) / this.scale,
            y: this.at.y - (now[1] - before[1]) / this.scale,
          });
        }
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
      if (here && moved <= 4 && event.type === "pointerup") this.onTapped?.({ x: here[0], y: here[1] }, event);
      else this.onMove?.();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.#zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)));
        this.onMove?.();
      },
      { passive: false },
    );
  }

  #zoomAt(sx, sy, by) {
    const [wx, wy] = this.camera.toWorld(sx, sy);
    const scale = Math.max(this.least ?? 0.005, Math.min(4, this.scale * by));
    const { width, height } = this.size;
    this.#set({ scale, x: wx - (sx - width / 2) / scale, y: wy - (sy - height / 2) / scale });
  }

  onTap(act) {
    this.onTapped = act;
  }

  onMoved(act) {
    this.onMove = act;
  }
}

function isSame(one, other) {
  return one.x === other.x && one.y === other.y && one.scale === other.scale;
}

function spread(pointers) {
  const [one, other] = [...pointers.values()];
  return other ? Math.hypot(one[0] - other[0], one[1] - other[1]) : 0;
}

function centre(pointers) {
  const [one, other] = [...pointers.values()];
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}
