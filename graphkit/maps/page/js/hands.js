// What fingers, mouse and arrow keys do to the map.

import { otherEnd } from "./doc.js";
import { get } from "./dom.js";
import { word } from "./words.js";

export class Hands {
  constructor(app) {
    this.app = app;
  }

  nodeAt(x, y) {
    return this.app.mode === "nodes" ? this.app.view.nodeAt(this.app.stage, x, y) : null;
  }

  tap({ x, y }, event) {
    const start = performance.now();
    if (this.app.mode === "overview") this.tapCell(x, y);
    else this.tapNode(x, y, event);
    this.app.timings.tap = performance.now() - start;
  }

  tapNode(x, y, event) {
    const node = this.nodeAt(x, y);
    if (node && event?.shiftKey && this.app.selected && node !== this.app.selected) {
      this.app.selectPair(this.app.selected, node);
    } else if (node) this.app.select(node);
    else this.tapLink(x, y);
  }

  tapLink(x, y) {
    const edge = this.app.view.linkAt(this.app.stage, x, y);
    if (edge) this.app.selectLink(edge);
    else this.app.clear();
  }

  tapCell(x, y) {
    const cell = this.app.overview.cellAt(this.app.stage, x, y);
    if (cell) this.app.parts.openCell(cell);
  }

  point(x, y) {
    if (this.app.mode === "overview") {
      this.pointCell(this.app.overview.cellAt(this.app.stage, x, y));
      return;
    }
    const node = this.nodeAt(x, y);
    if (node === this.app.hover) return;
    this.app.hover = node;
    get("stage").classList.toggle("over", Boolean(node));
    this.app.stage.relight();
  }

  pointCell(cell) {
    if (cell === this.app.overview.hovered) return;
    this.app.overview.hovered = cell;
    get("stage").classList.toggle("over", Boolean(cell));
    this.app.stage.redraw();
  }

  // Left and right follow the flow of goods, up and down the column.
  step(way) {
    if (this.app.mode === "overview") {
      this.stepCell(way);
      return;
    }
    const from = this.app.selected ?? this.app.view.byWeight[0];
    if (!from) return;
    if (!this.app.selected) {
      this.app.select(from);
      return;
    }
    const next = way === "left" || way === "right" ? this.along(from, way) : this.inColumn(from, way);
    if (next) this.app.select(next);
  }

  stepCell(way) {
    const { overview, voice, stage } = this.app;
    overview.current = overview.step(way);
    overview.hovered = overview.current;
    if (!overview.current) return;
    voice.announce(`${overview.name(overview.current)}: ${overview.current.nodes.length} ${word("nodes")}`);
    stage.redraw();
  }

  along(from, way) {
    const sign = way === "right" ? 1 : -1;
    const near = from.edges
      .filter((edge) => edge.shown)
      .map((edge) => otherEnd(edge, from))
      .filter((node) => Math.sign(node.px - from.px) === sign);
    near.sort((one, other) => Math.abs(one.py - from.py) - Math.abs(other.py - from.py) || one.i - other.i);
    return near[0];
  }

  inColumn(from, way) {
    const column = this.app.view.shown
      .filter((node) => node.tier === from.tier)
      .sort((one, other) => one.py - other.py || one.px - other.px);
    return column[column.indexOf(from) + (way === "down" ? 1 : -1)];
  }
}
