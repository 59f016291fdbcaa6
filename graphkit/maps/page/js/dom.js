// Elements made from text; text is never read as markup.

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "checked" || name === "hidden" || name === "disabled" || name === "open") element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function get(id) {
  return document.getElementById(id);
}

// A link out of the page; an address that is not http or https is shown without a link.
export function outward(text, url) {
  if (!/^https?:\/\//i.test(url)) return make("span", { text });
  return make("a", { text, href: url, target: "_blank", rel: "noopener noreferrer" });
}
