// Colours of the canvas, read from the style sheet, so that it knows them alone.

export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(name).trim();
  const isDark = value("--is-dark") === "1";
  const none = value("--none");
  const types = new Map();
  const marks = new Map();
  return {
    isDark,
    paper: value("--paper"),
    band: value("--band"),
    ink: value("--ink"),
    soft: value("--soft"),
    line: value("--line"),
    up: value("--up"),
    down: value("--down"),
    near: value("--near"),
    focus: value("--focus"),
    none,
    route: value("--route"),
    font: value("--font"),
    type(id) {
      if (!types.has(id)) {
        types.set(id, value(`--type-${id.toLowerCase().replaceAll("_", "-")}`) || value("--type-other"));
      }
      return types.get(id);
    },
    mark(id) {
      if (!marks.has(id)) {
        const [plain] = id.toLowerCase().split("_tier_");
        marks.set(id, value(`--mark-${plain.replaceAll("_", "-")}`) || value("--mark-other"));
      }
      return marks.get(id);
    },
    segment(segment) {
      if (!segment) return none;
      return isDark ? segment.dark : segment.light;
    },
  };
}

// Chosen by hand, else by the system.
export function applyTheme(choice) {
  const root = document.documentElement;
  if (choice) root.dataset.theme = choice;
  else delete root.dataset.theme;
}
