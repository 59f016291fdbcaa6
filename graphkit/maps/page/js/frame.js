// The camera: what part of the map is in view, and how it gives way to the panel.

import { get } from "./dom.js";
import { bounds, course } from "./geometry.js";

export class Frame {
  constructor(app) {
    this.app = app;
    this.fitted = false;
  }

  // The part of the map that nothing covers.
  free() {
    const { width, height } = this.app.stage.size;
    const panel = get("panel").getBoundingClientRect();
    const open = !get("panel").hidden;
    const sheet = open && panel.width >= width * 0.9;
    return {
      left: 22,
      top: 40,
      right: open && !sheet ? width - panel.width - 8 : width - (this.app.mode === "overview" && !course.tall ? 56 : 8),
      bottom: sheet ? height - panel.height - 8 : height - 12,
    };
  }

  // After a change: the panel has come or gone, or what was chosen may be out of sight.
  follow(keepCamera, panelMoved) {
    if (this.fitted && panelMoved && !course.tall) this.makeRoom();
    else if (!keepCamera) this.bringIntoView();
  }

  openWidth() {
    const { left, right } = this.free();
    return right - left;
  }

  // What is lit fills the free part of the screen.
  fitLit() {
    if (course.tall) {
      this.centre(this.app.selected ?? this.app.edge.from, 1);
      return;
    }
    const nodes = [...this.app.lit.nodes.keys()].filter((node) => node.shown);
    this.lookAt(bounds(nodes, 30), 1.1, false);
  }

  // The panel has come or gone: the map takes the shape of what is left to it.
  makeRoom(animate = true) {
    if (this.app.mode === "nodes") {
      this.app.place();
      this.app.view.relight();
    }
    this.fit(animate);
  }

  fit(animate = false) {
    this.fitted = true;
    const box = this.app.scene.bounds();
    if (course.tall && this.app.mode === "nodes") this.lookAtTop(box);
    else if (course.tall) this.lookAtCorner(box);
    else this.lookAt(box, 1.5, animate);
  }

  // An upright screen opens at the top, as wide as its columns.
  lookAtTop(box) {
    const { width, height } = this.app.stage.size;
    const scale = Math.min(1.1, (width - 12) / Math.max(240, box.x1 - box.x0 + 84));
    this.app.stage.least = Math.min(scale * 0.6, (height / (box.y1 - box.y0 + 60)) * 0.9);
    const y = Math.min(box.y0 + (height / 2 - 52) / scale, (box.y0 + box.y1) / 2 + Math.max(0, height / 2 / scale));
    this.app.stage.moveTo({ scale, x: box.x0 + 8 + (width / 2 - 8) / scale, y });
  }

  // Cells of an upright screen keep a size that can be read; what has no room is a swipe away.
  lookAtCorner(box) {
    const { width, height } = this.app.stage.size;
    this.app.stage.least = (width / (box.x1 - box.x0)) * 0.6;
    this.app.stage.moveTo({ scale: 1, x: box.x0 + width / 2 - 4, y: box.y0 + height / 2 - 32 });
  }

  lookAt(box, most, animate) {
    const free = this.free();
    const room = { width: free.right - free.left, height: free.bottom - free.top };
    // Names stand right of their nodes, and keep their size: they need room that does not shrink with the scale.
    const name = this.app.mode === "overview" ? 0 : Math.min(110, room.width * 0.16);
    const scale = Math.max(
      0.02,
      Math.min(most, (room.width - name) / Math.max(1, box.x1 - box.x0), room.height / Math.max(1, box.y1 - box.y0)),
    );
    const { width, height } = this.app.stage.size;
    this.app.stage.least = Math.min(this.app.stage.least ?? Infinity, scale * 0.6);
    this.app.stage.moveTo(
      {
        scale,
        x: (box.x0 + box.x1) / 2 + (width / 2 - (free.left + free.right - name) / 2) / scale,
        y: (box.y0 + box.y1) / 2 + (height / 2 - (free.top + free.bottom) / 2) / scale,
      },
      animate,
    );
  }

  // The chosen node is moved into the open only if something covers it.
  bringIntoView() {
    if (!this.app.stage || !this.app.selected) return;
    const free = this.free();
    const camera = this.app.stage.camera;
    const [x, y] = camera.toScreen(this.app.selected.px, this.app.selected.py);
    if (x > free.left && x < free.right - 90 && y > free.top && y < free.bottom) return;
    this.centre(this.app.selected, Math.max(camera.scale, 0.55), true);
  }

  centre(node, scale, animate = false) {
    const free = this.free();
    const { width, height } = this.app.stage.size;
    const x = course.tall ? (this.app.view.bounds().x0 + this.app.view.bounds().x1) / 2 + 30 : node.px;
    this.app.stage.moveTo(
      {
        scale,
        x: x + (width / 2 - (free.left + free.right) / 2) / scale,
        y: node.py + (height / 2 - (free.top + free.bottom) / 2) / scale,
      },
      animate,
    );
  }

  zoom(by) {
    const camera = this.app.stage.camera;
    this.app.stage.moveTo(
      { x: camera.x, y: camera.y, scale: Math.max(this.app.stage.least ?? 0.02, Math.min(4, camera.scale * by)) },
      true,
    );
  }
}
