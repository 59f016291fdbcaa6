// Opens the page: reads the document, draws it, and ties the controls to what they do.

import { App } from "./app.js";
import { readDocument } from "./doc.js";
import { get } from "./dom.js";
import { course } from "./geometry.js";
import { savePng, saveSvg, wirePrint } from "./export.js";
import { wireSearch } from "./searchbox.js";
import { CanvasStage } from "./stage-canvas.js";
import { VisStage } from "./stage-vis.js";
import { word } from "./words.js";

function wireToolbar(app) {
  const on = (id, act) => get(id).addEventListener("click", act);
  for (const button of document.querySelectorAll("[data-depth]")) {
    button.addEventListener("click", () => app.setDepth(button.dataset.depth));
  }
  for (const button of document.querySelectorAll("[data-lang]")) {
    button.addEventListener("click", () => app.voice.setLanguage(button.dataset.lang));
  }
  on("theme", () => app.voice.setTheme(app.theme.isDark ? "light" : "dark"));
  on("reset", () => app.reset());
  on("show-all", () => app.reset());
  on("fit", () => app.frame.fit(true));
  on("zoom-in", () => app.frame.zoom(1.4));
  on("zoom-out", () => app.frame.zoom(1 / 1.4));
  on("list", () => app.voice.openTable());
  on("table-close", () => app.voice.closeTable());
  on("panel-close", () => app.clear());
  on("back", () => app.parts.setMode(app.home));
  on("tidy", () => app.parts.setTidy(!app.tidy));
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => app.parts.setMode(button.dataset.view));
  }
  on("png", () => savePng(app));
  on("svg", () => saveSvg(app));
  on("print", () => window.print());
  on("copy", () => copyAddress(app));
  on("legend-toggle", () => {
    const root = document.documentElement;
    root.dataset.legend = root.dataset.legend === "open" ? "closed" : "open";
  });
}

async function copyAddress(app) {
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    /* an old browser: the address bar shows it */
  }
  app.voice.announce(word("copied"));
}

function wirePointer(app) {
  const stage = get("stage");
  app.stage.onMoved(() => {
    app.frame.fitted = false;
  });
  app.stage.onTap((point, event) => app.hands.tap(point, event));
  let waiting = false;
  stage.addEventListener("mousemove", (event) => {
    if (waiting || event.buttons) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = stage.getBoundingClientRect();
      app.hands.point(event.clientX - box.left, event.clientY - box.top);
    });
  });
  stage.addEventListener("mouseleave", () => {
    app.hover = null;
    app.overview.hovered = null;
    app.stage.relight();
  });
  new ResizeObserver(() => {
    const tall = app.size.width < 620;
    if (!app.opened || tall === app.wasTall || !app.size.width) return;
    app.wasTall = tall;
    app.place();
    app.frame.fit();
  }).observe(stage);
}

const KEYS = {
  ArrowLeft: (app) => app.hands.step("left"),
  ArrowRight: (app) => app.hands.step("right"),
  ArrowUp: (app) => app.hands.step("up"),
  ArrowDown: (app) => app.hands.step("down"),
  "+": (app) => app.frame.zoom(1.3),
  "=": (app) => app.frame.zoom(1.3),
  "-": (app) => app.frame.zoom(1 / 1.3),
  0: (app) => app.frame.fit(true),
  Enter: (app) => {
    if (app.mode === "overview" && app.overview.current) app.parts.openCell(app.overview.current);
  },
  1: (app) => app.setDepth("1"),
  2: (app) => app.setDepth("2"),
  3: (app) => app.setDepth("all"),
};

function wireKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input[type=search]");
    if (event.key === "Escape") {
      if (get("table").hidden) {
        app.clear();
      } else {
        app.voice.closeTable();
      }
      return;
    }
    if (typing) return;
    if (event.key === "/") {
      event.preventDefault();
      get("search").focus();
      return;
    }
    const onMap = event.target === get("stage") || event.target === document.body;
    if (!onMap || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key](app);
  });
}

function open() {
  const doc = readDocument(get("data").textContent);
  const app = new App(doc);
  const painter = app.painter();
  app.stage =
    typeof vis === "undefined"
      ? new CanvasStage(get("stage-canvas"), painter)
      : new VisStage(get("stage-canvas"), doc, painter);
  wireToolbar(app);
  wireSearch(app);
  wireKeys(app);
  wirePointer(app);
  wirePrint(app);
  app.trail.readAddress();
  app.frame.fit();
  if (app.lit && !course.tall) app.frame.makeRoom(false);
  if (app.lit) app.frame.fitLit();
  app.wasTall = app.size.width < 620;
  app.opened = true;
  app.stage.redraw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.voice.relabel());
  window.addEventListener("popstate", () => app.trail.readAddress());
  window.__gk = app;
}

open();
