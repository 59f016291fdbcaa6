// What the page says around the map, and aloud: labels, the legend, the live region, the table.

import { get } from "./dom.js";
import { isFiltered } from "./filters.js";
import { buildLegend } from "./legend.js";
import { showLink, showNode, showRoutes } from "./panel.js";
import { buildTable } from "./table.js";
import { applyTheme, readTheme } from "./theme.js";
import { brief, count, speech, title, word } from "./words.js";

export class Voice {
  constructor(app) {
    this.app = app;
  }

  announce(text) {
    get("live").textContent = text;
  }

  announceChoice() {
    if (!this.app.selected) return;
    if (this.app.second) {
      this.announce(
        `${title(this.app.selected)} ⇄ ${title(this.app.second)}: ${this.app.routes.found.length} ${word("routes")}`,
      );
      return;
    }
    const sides = { up: 0, down: 0, near: 0 };
    for (const [node, { side }] of this.app.lit.nodes) if (node !== this.app.selected) sides[side] += 1;
    const told = [
      ["upstream", sides.up],
      ["downstream", sides.down],
      ["near", sides.near],
    ].map(([name, number]) => `${word(name)} ${number}`);
    this.announce(`${title(this.app.selected)}: ${told.join(", ")}`);
  }

  toast(text) {
    get("toast").textContent = text;
    get("toast").hidden = !text;
  }

  setLanguage(lang, { quiet = false } = {}) {
    speech.lang = lang;
    this.relabel();
    if (!quiet) this.app.trail.writeAddress();
  }

  setTheme(choice) {
    applyTheme(choice);
    this.relabel();
  }

  // Everything that is text or colour is made again.
  relabel() {
    this.app.theme = readTheme();
    document.documentElement.lang = speech.lang === "en" ? "en" : "zh";
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
    for (const element of document.querySelectorAll("[data-brief]")) element.textContent = brief(element.dataset.brief);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", word(element.dataset.label));
      element.title = word(element.dataset.label);
    }
    get("search").placeholder = `${brief("search")}  ( / )`;
    get("search").setAttribute("aria-label", word("search", " / "));
    for (const button of document.querySelectorAll("[data-lang]")) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === speech.lang));
    }
    buildLegend(this.app, get("legend-body"));
    this.about();
    this.app.changed({ silent: true, keepCamera: true });
    if (!get("table").hidden) this.openTable();
  }

  about() {
    const { doc } = this.app;
    const left = doc.omitted;
    const parts = [
      left.nodes ? `${count(left.nodes)} ${word("leftNodes")}` : "",
      left.unlinked ? `${count(left.unlinked)} ${word("unlinked")}` : "",
      left.links ? `${count(left.links)} ${word("leftLinks")}` : "",
    ].filter(Boolean);
    get("as-of").textContent = doc.as_of ? `${word("asOf")} ${doc.as_of}` : "";
    get("query").textContent = doc.query;
    const dense = this.app.home === "overview" ? word("dense") : "";
    get("note").textContent = this.app.large ? word("large") : dense;
    get("omitted").textContent =
      parts.length || left.reason ? `${word("leftOut")}: ${[...parts, left.reason].filter(Boolean).join(" · ")}` : "";
    const named = doc.sources.map((source) => [source.publisher, source.title].filter(Boolean).join(" "));
    get("sources").textContent = named.length ? `${word("sources")}: ${named.join(" | ")}` : "";
  }

  // How much is shown, and which way of seeing it.
  status() {
    const { app } = this;
    const { doc, scene } = app;
    const part = (shown, all) => (shown === all ? count(all) : `${count(shown)} / ${count(all)}`);
    get("counts").textContent = [
      `${part(scene.shown.length, doc.nodes.length)} ${word("nodes")}`,
      `${part(scene.edges.length, doc.edges.length)} ${word("links")}`,
    ].join(" · ");
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === app.mode));
      button.disabled = button.dataset.view === "nodes" && app.large && !app.within;
    }
    get("back").hidden = !app.within;
    get("empty").hidden = scene.shown.length > 0;
    get("empty-text").textContent = word(doc.nodes.length ? "nothingLeft" : "emptyMap");
    get("show-all").hidden = !isFiltered(app.filters);
  }

  get isPanelOpen() {
    return !get("panel").hidden;
  }

  showPanel() {
    const { app } = this;
    const isOpen = Boolean(app.selected || app.edge);
    document.documentElement.dataset.panel = isOpen ? "open" : "closed";
    get("panel").hidden = !isOpen;
    get("panel-body").replaceChildren(...this.panelParts().filter(Boolean));
    get("panel-body").scrollTop = 0;
  }

  panelParts() {
    const { app } = this;
    if (app.routes) return showRoutes(app, app.routes);
    if (app.edge) return showLink(app, app.edge);
    return app.selected ? showNode(app, app.selected) : [];
  }

  syncLegend() {
    const { off } = this.app.filters;
    for (const box of document.querySelectorAll("#legend input[data-dimension]")) {
      box.checked = !off[box.dataset.dimension].has(box.dataset.value);
    }
    for (const part of document.querySelectorAll("#legend [data-group]")) {
      part.querySelector(".every").hidden = !off[part.dataset.group].size;
    }
  }

  openTable() {
    get("table-body").replaceChildren(buildTable(this.app));
    get("table").hidden = false;
    get("table-close").focus();
  }

  closeTable() {
    get("table").hidden = true;
    get("stage").focus();
  }
}
