// Finding nodes by Chinese or English name, alias, ticker with or without suffix, pinyin initials or id.

export function folder(doc) {
  const simplified = new Map(Object.entries(doc.traditional));
  return (text) =>
    [...text.normalize("NFKC").toLowerCase().trim()].map((char) => simplified.get(char) ?? char).join("");
}

export function searcher(doc) {
  const fold = folder(doc);
  const entries = doc.nodes.map((node) => ({
    node,
    names: [node.zh, node.en, ...node.aliases].filter(Boolean).map(fold),
    tickers: node.tickers.flatMap((ticker) => [fold(ticker), fold(ticker).split(".")[0]]),
    initials: node.initials,
    id: fold(node.id),
    slug: fold(node.id).replace(/^[a-z]+:/, ""),
  }));
  return (text, limit = 12) => {
    const wanted = fold(text);
    if (!wanted) return [];
    const ranked = [];
    for (const entry of entries) {
      const rank = rankOf(entry, wanted);
      if (rank < 9) ranked.push([rank, -entry.node.edges.length, entry.node.i, entry.node]);
    }
    ranked.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
    return ranked.slice(0, limit).map((item) => item[3]);
  };
}

// 0 the whole name, ticker or id; 1 a name begins so; 2 a ticker does; 3 initials; 4 a word begins so; 5 inside.
function rankOf(entry, wanted) {
  if (entry.tickers.includes(wanted) || entry.names.includes(wanted) || entry.id === wanted) return 0;
  if (entry.names.some((name) => name.startsWith(wanted))) return 1;
  if (entry.initials && entry.initials === wanted) return 1;
  if (isCode(wanted)) return entry.tickers.some((ticker) => ticker.startsWith(wanted)) ? 2 : inside(entry, wanted);
  if (entry.tickers.some((ticker) => ticker.startsWith(wanted))) return 2;
  if (entry.initials.startsWith(wanted)) return 3;
  if (entry.names.some((name) => name.includes(` ${wanted}`))) return 4;
  return inside(entry, wanted);
}

// A six-figure code is never part of something else by accident.
function isCode(wanted) {
  return /^\d{6}$/.test(wanted);
}

function inside(entry, wanted) {
  if (isCode(wanted)) return 9;
  if (entry.names.some((name) => name.includes(wanted)) || entry.slug.includes(wanted)) return 5;
  return 9;
}
