// The search box: a combobox that waits for the input method to finish.

import { get, make } from "./dom.js";
import { brief, title, word } from "./words.js";

export function wireSearch(app) {
  const box = new SearchBox(app);
  const { input, list } = box;
  app.searches = 0;
  input.addEventListener("compositionstart", () => {
    box.composing = true;
  });
  input.addEventListener("compositionend", () => {
    box.composing = false;
    box.search();
  });
  input.addEventListener("input", () => box.search());
  input.addEventListener("focus", () => {
    if (input.value) box.search();
  });
  input.addEventListener("blur", () => setTimeout(() => box.close(), 150));
  input.addEventListener("keydown", (event) => {
    if (!box.composing && !event.isComposing) box.press(event);
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[data-place]");
    if (!item) return;
    event.preventDefault();
    box.choose(box.found[Number(item.dataset.place)]);
  });
}

class SearchBox {
  constructor(app) {
    this.app = app;
    this.input = get("search");
    this.list = get("results");
    this.found = [];
    this.at = -1;
    this.composing = false;
  }

  search() {
    if (this.composing) return;
    const { app, input, list } = this;
    app.searches += 1;
    const start = performance.now();
    this.found = app.find(input.value);
    app.timings.search = performance.now() - start;
    this.at = this.found.length ? 0 : -1;
    const asked = input.value.trim() !== "";
    const none = asked && !this.found.length ? [make("li", { class: "nothing", text: word("nothing") })] : [];
    list.replaceChildren(...this.found.map((node, place) => option(app, node, place)), ...none);
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    this.mark();
    if (asked) app.voice.announce(`${this.found.length} ${word("found")}`);
  }

  mark() {
    [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === this.at)));
    if (this.at < 0) return;
    this.input.setAttribute("aria-activedescendant", `result-${this.at}`);
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(node) {
    this.input.value = "";
    this.close();
    if (!node.shown) this.app.reveal(node);
    this.app.select(node);
    get("stage").focus();
  }

  press(event) {
    const { found } = this;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const by = event.key === "ArrowDown" ? 1 : found.length - 1;
      this.at = found.length ? (this.at + by) % found.length : -1;
      this.mark();
      event.preventDefault();
    } else if (event.key === "Enter" && found[this.at]) this.choose(found[this.at]);
    else if (event.key === "Escape") this.leave(event);
  }

  // Escape empties the box first, and leaves it and the choice then.
  leave(event) {
    if (this.input.value) {
      this.input.value = "";
      this.close();
    } else {
      this.app.clear();
      get("stage").focus();
    }
    event.stopPropagation();
  }
}

function option(app, node, place) {
  const swatch = make("i", { class: `swatch ${node.type}` });
  swatch.style.background = app.theme.segment(app.doc.segments[node.colour]);
  return make(
    "li",
    { role: "option", id: `result-${place}`, "data-place": place, "data-id": node.id },
    swatch,
    make("span", { class: "name", text: title(node) }),
    make("span", {
      class: "more",
      text: [node.tickers[0], brief(node.type === "segment" ? "segmentNode" : node.type)].filter(Boolean).join(" · "),
    }),
  );
}
