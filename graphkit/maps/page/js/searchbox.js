// The search box: a combobox that waits for the input method to finish.

import { get, make } from "./dom.js";
import { brief, title, word } from "./words.js";

export function wireSearch(app) {
  const input = get("search");
  const list = get("results");
  let found = [];
  let at = -1;
  let composing = false;
  app.searches = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", `result-${at}`); list.children[at]?.scrollIntoView({ block: "nearest" }); }
  };
  const search = () => {
    if (composing) return;
    app.searches += 1;
    const start = performance.now();
    found = app.find(input.value);
    app.timings.search = performance.now() - start;
    at = found.length ? 0 : -1;
    list.replaceChildren(...(found.length ? found.map((node, place) => option(app, node, place)) : input.value.trim() ? [make("li", { class: "nothing", text: word("nothing") })] : []));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
    if (input.value.trim()) app.voice.announce(`${found.length} ${word("found")}`);
  };
  const choose = (node) => {
    input.value = "";
    close();
    if (!node.shown) app.reveal(node);
    app.select(node);
    get("stage").focus();
  };
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; search(); });
  input.addEventListener("input", search);
  input.addEventListener("focus", () => { if (input.value) search(); });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (composing || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = found.length ? (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length : -1;
      mark();
      event.preventDefault();
    } else if (event.key === "Enter" && found[at]) choose(found[at]);
    else if (event.key === "Escape") { if (input.value) { input.value = ""; close(); } else { app.clear(); get("stage").focus(); } event.stopPropagation(); }
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[data-place]");
    if (item) { event.preventDefault(); choose(found[Number(item.dataset.place)]); }
  });
}

function option(app, node, place) {
  const swatch = make("i", { class: `swatch ${node.type}` });
  swatch.style.background = app.theme.segment(app.doc.segments[node.colour]);
  return make("li", { role: "option", id: `result-${place}`, "data-place": place, "data-id": node.id },
    swatch, make("span", { class: "name", text: title(node) }),
    make("span", { class: "more", text: [node.tickers[0], brief(node.type === "segment" ? "segmentNode" : node.type)].filter(Boolean).join(" · ") }));
}
