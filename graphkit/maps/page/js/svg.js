// A drawing context that writes SVG: the few methods that the painter uses, with the same meaning.

const escapeXml = (text) =>
  text.replaceAll(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]);
const short = (number) => String(Math.round(number * 100) / 100);

export class SvgContext {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.parts = [];
    this.open = [0];
    this.measure = document.createElement("canvas").getContext("2d");
    Object.assign(this, {
      fillStyle: "#000",
      strokeStyle: "#000",
      lineWidth: 1,
      globalAlpha: 1,
      font: "12px sans-serif",
      textBaseline: "middle",
      textAlign: "left",
      lineJoin: "round",
    });
    this.dash = [];
    this.path = [];
    this.kept = [];
  }

  save() {
    this.kept.push({
      fillStyle: this.fillStyle,
      strokeStyle: this.strokeStyle,
      lineWidth: this.lineWidth,
      globalAlpha: this.globalAlpha,
      font: this.font,
      dash: this.dash,
    });
    this.open.push(0);
  }

  restore() {
    this.parts.push("</g>".repeat(this.open.pop()));
    Object.assign(this, this.kept.pop());
  }

  group(transform) {
    this.parts.push(`<g transform="${transform}">`);
    this.open[this.open.length - 1] += 1;
  }

  translate(x, y) {
    this.group(`translate(${short(x)} ${short(y)})`);
  }

  scale(x, y) {
    this.group(`scale(${x} ${y})`);
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = [];
  }

  moveTo(x, y) {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x, y) {
    this.path.push(`L${short(x)} ${short(y)}`);
  }

  bezierCurveTo(...c) {
    this.path.push(`C${c.map(short).join(" ")}`);
  }

  closePath() {
    this.path.push("Z");
  }

  // Whole circles, and the lower half that a mark needs.
  arc(x, y, r, from, to) {
    const [left, right] = [short(x - r), short(x + r)];
    const half = `A${short(r)} ${short(r)} 0 0 1`;
    this.path.push(`M${right} ${short(y)}${half} ${left} ${short(y)}`);
    if (to - from > Math.PI + 0.01) this.path.push(`${half} ${right} ${short(y)}`);
  }

  #look(fill, stroke) {
    const alpha = this.globalAlpha < 1 ? ` opacity="${short(this.globalAlpha)}"` : "";
    const dash = stroke && this.dash.length ? ` stroke-dasharray="${this.dash.map(short).join(" ")}"` : "";
    const line = stroke
      ? ` stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}"${dash} stroke-linejoin="round"`
      : "";
    return ` fill="${fill ? this.fillStyle : "none"}"${line}${alpha}`;
  }

  fill() {
    this.parts.push(`<path d="${this.path.join("")}"${this.#look(true, false)}/>`);
  }

  stroke() {
    this.parts.push(`<path d="${this.path.join("")}"${this.#look(false, true)}/>`);
  }

  #rect(x, y, width, height, look) {
    this.parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${look}/>`);
  }

  fillRect(x, y, width, height) {
    this.#rect(x, y, width, height, this.#look(true, false));
  }

  strokeRect(x, y, width, height) {
    this.#rect(x, y, width, height, this.#look(false, true));
  }

  #text(text, x, y, look) {
    const [, weight, size, family] = /^(\d+)?\s*([\d.]+)px\s+(.*)$/.exec(this.font);
    const font = `font-size="${size}" font-weight="${weight ?? 400}" font-family="${escapeXml(family)}"`;
    const place = `x="${short(x)}" y="${short(y)}" dominant-baseline="central"`;
    this.parts.push(`<text ${place} ${font}${look}>${escapeXml(text)}</text>`);
  }

  fillText(text, x, y) {
    this.#text(text, x, y, this.#look(true, false));
  }

  strokeText(text, x, y) {
    this.#text(text, x, y, this.#look(false, true));
  }

  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  toString() {
    const [width, height] = [Math.ceil(this.width), Math.ceil(this.height)];
    const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${this.parts.join("")}</svg>\n`;
  }
}
