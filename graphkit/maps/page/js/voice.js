// What the page says around the map, and aloud: labels, the legend, the live region, the table.

import { get } from "./dom.js";
import { buildLegend } from "./legend.js";
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
    if (this.app.second) { this.announce(`${title(this.app.selected)} ⇄ ${title(this.app.second)}: ${this.app.routes.found.length} ${word("routes")}`); return; }
    const sides = { up: 0, down: 0, near: 0 };
    for (const [node, { side }] of this.app.lit.nodes) if (node !== this.app.selected) sides[side] += 1;
    this.announce(`${title(this.app.selected)}: ${word("upstream")} ${sides.up}, ${word("downstream")} ${sides.down}, ${word("near")} ${sides.near}`);
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
    for (const element of document.querySelectorAll("[data-label]")) { element.setAttribute("aria-label", word(element.dataset.label)); element.title = word(element.dataset.label); }
    get("search").placeholder = `${brief("search")}  ( / )`;
    get("search").setAttribute("aria-label", word("search", " / "));
    for (const button of document.querySelectorAll("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === speech.lang));
    buildLegend(this.app, get("legend-body"));
    this.about();
    this.app.changed({ silent: true, keepCamera: true });
    if (!get("table").hidden) this.openTable();
  }

  about() {
    const { doc } = this.app;
    const left = doc.omitted;
    const parts = [
      left.nodes ? `${count(left.nodes)} ${word("leftNodes")}` : "", left.unlinked ? `${count(left.unlinked)} ${word("unlinked")}` : "",
      left.links ? `${count(left.links)} ${word("leftLinks")}` : "",
    ].filter(Boolean);
    get("as-of").textContent = doc.as_of ? `${word("asOf")} ${doc.as_of}` : "";
    get("query").textContent = doc.query;
    get("note").textContent = this.app.large ? word("large") : "";
    get("omitted").textContent = parts.length || left.reason ? `${word("leftOut")}: ${[...parts, left.reason].filter(Boolean).join(" · ")}` : "";
    get("sources").textContent = doc.sources.length ? `${word("sources")}: ${doc.sources.map((source) => [source.publisher, source.title].filter(Boolean).join(" ")).join(" | ")}` : "";
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
