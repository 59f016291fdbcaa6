// Opens the page: reads the document, draws it, and ties the controls to what they do.

import { App } from "./app.js";
import { readDocument } from "./doc.js";
import { get } from "./dom.js";
import { course } from "./geometry.js";
import { savePng, saveSvg, wirePrint } from "./export.js";
import { wireSearch } from "./searchbox.js";
import { CanvasStage } from "./stage-canvas.js";
import { VisStage } from "./stage-vis.js";

function wireToolbar(app) {
  const on = (id, act) => get(id).addEventListener("click", act);
  for (const button of document.querySelectorAll("[data-depth]")) button.addEventListener("click", () => app.setDepth(button.dataset.depth));
  for (const button of document.querySelectorAll("[data-lang]")) button.addEventListener("click", () => app.setLanguage(button.dataset.lang));
  on("theme", () => app.setTheme(app.theme.isDark ? "light" : "dark"));
  on("reset", () => app.reset());
  on("show-all", () => app.reset());
  on("fit", () => app.fit(true));
  on("zoom-in", () => app.zoom(1.4));
  on("zoom-out", () => app.zoom(1 / 1.4));
  on("list", () => app.openTable());
  on("table-close", () => app.closeTable());
  on("panel-close", () => app.clear());
  on("back", () => app.setMode("overview"));
  on("tidy", () => app.setTidy(!app.tidy));
  for (const button of document.querySelectorAll("[data-view]")) button.addEventListener("click", () => app.setMode(button.dataset.view));
  on("png", () => savePng(app));
  on("svg", () => saveSvg(app));
  on("print", () => window.print());
  on("copy", () => copyAddress(app));
  on("legend-toggle", () => { const root = document.documentElement; root.dataset.legend = root.dataset.legend === "open" ? "closed" : "open"; });
}

async function copyAddress(app) {
  try { await navigator.clipboard.writeText(location.href); } catch { /* an old browser: the address bar shows it */ }
  app.announce(app.copiedText());
}

function wirePointer(app) {
  const stage = get("stage");
  app.stage.onMoved(() => { app.fitted = false; });
  app.stage.onTap((point, event) => app.tap(point, event));
  let waiting = false;
  stage.addEventListener("mousemove", (event) => {
    if (waiting || event.buttons) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = stage.getBoundingClientRect();
      app.point(event.clientX - box.left, event.clientY - box.top);
    });
  });
  stage.addEventListener("mouseleave", () => { app.hover = null; app.overview.hovered = null; app.stage.relight(); });
  new ResizeObserver(() => {
    const tall = app.size.width < 620;
    if (!app.opened || tall === app.wasTall || !app.size.width) return;
    app.wasTall = tall;
    app.place();
    app.fit();
  }).observe(stage);
}

const KEYS = {
  ArrowLeft: (app) => app.step("left"), ArrowRight: (app) => app.step("right"), ArrowUp: (app) => app.step("up"), ArrowDown: (app) => app.step("down"),
  "+": (app) => app.zoom(1.3), "=": (app) => app.zoom(1.3), "-": (app) => app.zoom(1 / 1.3), 0: (app) => app.fit(true),
  Enter: (app) => { if (app.mode === "overview" && app.overview.current) app.openCell(app.overview.current); },
  1: (app) => app.setDepth("1"), 2: (app) => app.setDepth("2"), 3: (app) => app.setDepth("all"),
};

function wireKeys(app) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest?.("input[type=search]");
    if (event.key === "Escape") { if (!get("table").hidden) app.closeTable(); else app.clear(); return; }
    if (typing) return;
    if (event.key === "/") { event.preventDefault(); get("search").focus(); return; }
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
  app.stage = typeof vis === "undefined" ? new CanvasStage(get("stage-canvas"), painter) : new VisStage(get("stage-canvas"), doc, painter);
  wireToolbar(app);
  wireSearch(app);
  wireKeys(app);
  wirePointer(app);
  wirePrint(app);
  app.readAddress();
  app.fit();
  if (app.lit && !course.tall) app.makeRoom(false);
  if (app.lit) app.fitLit();
  app.wasTall = app.size.width < 620;
  app.opened = true;
  app.stage.redraw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.relabel());
  window.addEventListener("popstate", () => app.readAddress());
  window.addEventListener("hashchange", () => app.readAddress());
  window.__gk = app;
}

open();
