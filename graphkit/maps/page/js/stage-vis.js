// The stage up to 1,500 nodes: vis-network holds the nodes and moves the camera; the painter draws.

import { cameraOf, Picture } from "./picture.js";

const REST = 110;

// Letters stretched farther than this (as a logarithm) are written anew.
const STRETCH = 0.3;

export class VisStage {
  constructor(container, doc, painter) {
    this.container = container;
    this.painter = painter;
    const byId = new Map(doc.nodes.map((node) => [node.i, node]));
    const nodes = new vis.DataSet(doc.nodes.map((node) => ({ id: node.i, x: node.px, y: node.py })));
    this.network = new vis.Network(
      container,
      { nodes, edges: new vis.DataSet([]) },
      {
        autoResize: true,
        physics: { enabled: false },
        layout: { improvedLayout: false, randomSeed: 1 },
        interaction: { dragNodes: false, selectable: false, hover: false, keyboard: false, zoomSpeed: 0.7 },
        nodes: { shape: "custom", fixed: true, ctxRenderer: ({ ctx, id }) => this.#renderer(ctx, byId.get(id)) },
      },
    );
    this.picture = new Picture();
    this.front = new Picture(0);
    this.network.on("beforeDrawing", (ctx) => this.#before(ctx));
    this.network.on("afterDrawing", (ctx) => this.#after(ctx));
    this.network.on("zoom", () => this.#clamp());
  }

  #renderer(ctx, node) {
    const size = node.radius * 2;
    const drawNode = () => {
      if (!this.moving) this.painter.node(ctx, node, this.scale);
    };
    return { drawNode, nodeDimensions: { width: size, height: size } };
  }

  // While the camera moves, a picture of what rests is moved instead of painting it again for each frame.
  #before(ctx) {
    const at = this.camera;
    const moved = this.last && (this.last.x !== at.x || this.last.y !== at.y || this.last.scale !== at.scale);
    this.last = { x: at.x, y: at.y, scale: at.scale };
    this.moving = Boolean(moved);
    if (!moved) {
      this.painter.below(ctx, this);
      this.picture.at = null;
      return;
    }
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.network.redraw(), REST);
    const ratio = this.network.canvas.pixelRatio;
    if (!this.picture.covers(at, this.size)) {
      this.picture.paint(at, this.size, ratio, (inner, stage) => this.painter.still(inner, stage));
    }
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.picture.show(ctx, at, this.size, ratio);
    ctx.restore();
  }

  #after(ctx) {
    const ratio = this.network.canvas.pixelRatio;
    ctx.save();
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#names(ctx, ratio);
    this.painter.heads(ctx, this);
    this.painter.painted();
    ctx.restore();
  }

  // Names are placed when the camera rests; while it moves, a picture of them does.
  #names(ctx, ratio) {
    const { camera: at, front, size } = this;
    if (!this.moving) {
      front.at = null;
      this.painter.names(ctx, this, false);
      return;
    }
    if (!front.at || Math.abs(Math.log(at.scale / front.at.scale)) > STRETCH) {
      front.paint(at, size, ratio, (inner, stage) => {
        inner.setTransform(ratio, 0, 0, ratio, 0, 0);
        this.painter.names(inner, stage, true);
      });
    }
    front.show(ctx, at, size, ratio);
  }

  #clamp() {
    const scale = Math.max(this.least ?? 0.02, Math.min(4, this.scale));
    if (scale !== this.scale) this.network.moveTo({ scale });
  }

  // Whether all is painted as the camera sees it.
  get isAtRest() {
    return !this.moving;
  }

  get scale() {
    return this.network.getScale();
  }

  get size() {
    return { width: this.container.clientWidth, height: this.container.clientHeight };
  }

  get camera() {
    const { x, y } = this.network.getViewPosition();
    return cameraOf({ x, y, scale: this.scale }, this.size);
  }

  moveTo({ x, y, scale }, animate = false) {
    this.network.moveTo({
      position: { x, y },
      scale,
      animation:
        animate && !matchMedia("(prefers-reduced-motion: reduce)").matches
          ? { duration: 260, easingFunction: "easeInOutQuad" }
          : false,
    });
  }

  // Nodes have moved: vis-network learns their new places at once, not by way of its slow data set.
  relocate(nodes) {
    for (const node of nodes) Object.assign(this.network.body.nodes[node.i], { x: node.px, y: node.py });
  }

  onTap(act) {
    this.network.on("click", ({ pointer, event }) => act(pointer.DOM, event.srcEvent));
  }

  onDouble(act) {
    this.network.on("doubleClick", ({ pointer }) => act(pointer.DOM));
  }

  onMoved(act) {
    this.network.on("dragEnd", act);
    this.network.on("zoom", act);
  }

  redraw() {
    this.network.redraw();
  }

  relight() {
    this.network.redraw();
  }
}
