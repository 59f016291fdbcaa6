// The state of the page in the fragment of its address: #id&depth=2&no-type=USES; mail and messengers keep it whole.

import { DIMENSIONS } from "./filters.js";

const encode = (text) =>
  encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replaceAll(/[!'()*~.]/g, (char) => `%${char.codePointAt(0).toString(16).toUpperCase()}`);

export function writeFragment(state) {
  const parts = [];
  if (state.id) parts.push(encode(state.id));
  if (state.second) parts.push(`to=${encode(state.second)}`);
  if (state.link) parts.push(`link=${state.link}`);
  if (state.depth) parts.push(`depth=${state.depth}`);
  if (state.view) parts.push(`view=${state.view}`);
  if (state.cell) parts.push(`cell=${encode(state.cell)}`);
  if (state.only) parts.push(`only=${state.only.split("~").map(encode).join("~")}`);
  if (state.around) parts.push(`around=${encode(state.around)}`);
  for (const name of DIMENSIONS) {
    if (state.off[name].length) parts.push(`no-${name}=${state.off[name].map(encode).join("~")}`);
  }
  if (state.day) parts.push(`day=${state.day}`);
  if (state.lang) parts.push(`lang=${state.lang}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

// Percent signs may have been encoded again on the way, and a full stop or bracket may have stuck to the end.
export function readFragment(hash, known) {
  const state = {
    id: "",
    second: "",
    link: "",
    depth: "",
    view: "",
    cell: "",
    around: "",
    only: "",
    day: "",
    lang: "",
    off: {},
  };
  for (const name of DIMENSIONS) state.off[name] = [];
  for (const part of hash.replace(/^#/, "").replaceAll("&amp;", "&").split("&").filter(Boolean)) {
    const at = part.indexOf("=");
    if (at === -1) {
      state.id = trimmed(decode(part), known);
      continue;
    }
    const [name, value] = [part.slice(0, at), part.slice(at + 1)];
    if (name === "id") state.id = trimmed(decode(value), known);
    else if (name === "to") state.second = trimmed(decode(value), known);
    else if (name.startsWith("no-") && Object.hasOwn(state.off, name.slice(3))) {
      state.off[name.slice(3)] = value.split("~").map(decode);
    } else if (name !== "off" && Object.hasOwn(state, name)) state[name] = decode(value);
  }
  if (!["1", "2", "all"].includes(state.depth)) state.depth = "";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(state.day)) state.day = "";
  return state;
}

function decode(text) {
  let now = text;
  for (let round = 0; round < 3; round += 1) {
    let next = now;
    try {
      next = decodeURIComponent(now);
    } catch {
      return now;
    }
    if (next === now) return now;
    now = next;
  }
  return now;
}

function trimmed(id, known) {
  let text = id;
  while (text && !known(text) && /[\s.,;:!?)\]>"'”’」』）】。，；]$/.test(text)) text = text.slice(0, -1);
  return text;
}
