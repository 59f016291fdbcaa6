// What the page says in Chinese, in English, or in both; and how it writes numbers, money and days.

const WORDS = {
  asOf: ["截至", "as of"],
  nodes: ["节点", "nodes"],
  links: ["关系", "links"],
  claims: ["条依据", "claims"],
  sources: ["来源", "sources"],
  allDays: ["全部时间", "all days"],
  search: ["搜索 名称、代码、拼音", "Search name, ticker, pinyin"],
  found: ["个结果", "results"],
  nothing: ["没有结果", "nothing found"],
  depth: ["层数", "Depth"],
  all: ["全部", "all"],
  language: ["语言", "Language"],
  theme: ["深浅", "Theme"],
  dark: ["深色", "Dark"],
  light: ["浅色", "Light"],
  reset: ["重置", "Reset"],
  fit: ["全图", "Fit"],
  list: ["列表", "List"],
  legend: ["图例", "Legend"],
  exportAs: ["导出", "Export"],
  help: ["帮助", "Help"],
  close: ["关闭", "Close"],
  print: ["打印", "Print"],
  copyLink: ["复制链接", "Copy link"],
  copied: ["已复制", "copied"],
  segment: ["板块", "Segments"],
  type: ["关系", "Links"],
  tier: ["层级", "Tiers"],
  certainty: ["确定性", "Certainty"],
  source: ["来源", "Sources"],
  country: ["国家/地区", "Countries"],
  mark: ["标记", "Marks"],
  shapes: ["形状", "Shapes"],
  only: ["仅看", "only"],
  every: ["全选", "all"],
  more: ["更多", "more"],
  fewer: ["收起", "fewer"],
  time: ["时间", "Day"],
  company: ["公司", "Company"],
  product: ["产品", "Product"],
  segmentNode: ["板块", "Segment"],
  firms: ["家公司", "firms"],
  others: ["个产品", "products"],
  upstream: ["上游", "Upstream"],
  downstream: ["下游", "Downstream"],
  near: ["其他关系", "Other links"],
  numbers: ["数据", "Figures"],
  related: ["相关", "related"],
  unknown: ["未知", "unknown"],
  noSource: ["无来源", "no source"],
  noDate: ["日期未知", "no date"],
  noSegment: ["未分板块", "no segment"],
  otherSegments: ["其他与未分板块", "others and none"],
  onlyChain: ["只看这条链", "Only this chain"],
  unlisted: ["无代码", "no ticker"],
  general: ["† 一般常识，并非来自来源", "† general knowledge, not from a source"],
  lentColour: ["颜色来自相关产品", "colour lent by its products"],
  routesTo: ["查看到…的路径", "Routes to …"],
  pickSecond: ["请选择第二个节点（点击或搜索），Esc 取消", "Pick the second node (click or search); Esc cancels"],
  routes: ["路径", "Routes"],
  noRoute: ["两者之间没有（可见的）路径", "No (visible) route between the two"],
  noFlow: ["没有沿供应方向的路径；以下不分方向", "None along the flow of goods; these disregard direction"],
  capped: ["仅列出最短的若干条", "only the shortest are listed"],
  hop: ["步", "hops"],
  disputed: ["来源不一致", "sources disagree"],
  alsoKnown: ["又称", "also"],
  leftOut: ["未画出", "Left out"],
  unlinked: ["个无关系的节点", "nodes without links"],
  leftNodes: ["个节点", "nodes"],
  leftLinks: ["条关系", "links"],
  hiddenNow: ["筛选隐藏", "hidden by filters"],
  nothingLeft: ["没有可显示的内容", "Nothing to show"],
  emptyMap: ["此图为空", "This map is empty"],
  showAll: ["显示全部", "Show all"],
  largest: ["显示更多", "Show more"],
  overview: ["概览", "Overview"],
  nodesView: ["节点", "Nodes"],
  cell: ["组", "cell"],
  open: ["打开", "Open"],
  back: ["返回概览", "Back to overview"],
  large: [
    "节点超过 1,500 个，先显示按板块与层级的概览",
    "More than 1,500 nodes: the overview by segment and tier comes first",
  ],
  dense: [
    "节点较多，先显示按板块与层级的概览；点“节点”画出每一个",
    "Many nodes: the overview by segment and tier comes first; “Nodes” draws each of them",
  ],
  tidy: ["重排", "Rearrange"],
  view: ["视图", "View"],
  name: ["名称", "Name"],
  kind: ["类型", "Type"],
  ticker: ["代码", "Ticker"],
  level: ["层级", "Tier"],
  validFrom: ["自", "from"],
  validTo: ["至", "to"],
  share: ["份额", "share"],
  stake: ["持股", "stake"],
  revenue_share: ["占卖方收入", "of seller's revenue"],
  amount: ["金额", "amount"],
  amount_cny: ["折合人民币", "in yuan"],
  quantity: ["数量", "quantity"],
  status: ["状态", "status"],
  essential: ["必需", "essential"],
  alternative_group: ["可互换组", "alternatives"],
  reason: ["理由", "reason"],
  round: ["轮次", "round"],
  metric: ["指标", "Metric"],
  period: ["期间", "Period"],
  value: ["数值", "Value"],
  yes: ["是", "yes"],
  no: ["否", "no"],
  role: ["角色", "as"],
  about: ["关于此图", "About this map"],
  hint: ["点击节点查看上下游与依据", "Click a node for its chain and the evidence"],
  fuller: ["图注：线型表示确定性，粗细表示已知份额", "Line style: certainty; width: known share"],
  keys: [
    "/ 搜索 · ←→ 上下游 · ↑↓ 同列 · Enter 选择 · Esc 清除 · +/− 缩放 · 0 全图 · 1 2 3 层数",
    "/ search · ←→ up/downstream · ↑↓ same column · Enter select · Esc clear · +/− zoom · 0 fit · 1 2 3 depth",
  ],
  shiftHint: ["按住 Shift 点击第二个节点查看路径", "Shift-click a second node for the routes between them"],
  claimsDisagree: ["说法不一", "claims differ"],
  listed: ["上市", "listed"],
  private: ["未上市", "private"],
  unit: ["下属单位", "unit"],
  institution: ["机构", "institution"],
  undisclosed: ["未披露", "undisclosed"],
  material: ["材料", "material"],
  component: ["元器件", "component"],
  module: ["模块", "module"],
  subsystem: ["子系统", "subsystem"],
  system: ["系统", "system"],
  service: ["服务", "service"],
  software: ["软件", "software"],
  supplier: ["供应商", "supplier"],
  designer: ["设计", "designer"],
  foundry: ["代工", "foundry"],
  integrator: ["集成", "integrator"],
  lessor: ["出租", "lessor"],
  manufacturer: ["制造", "manufacturer"],
  brand: ["品牌", "brand"],
  new: ["新增", "new"],
  changed: ["变更", "changed"],
  gone: ["消失", "gone"],
  lost: ["中断", "lost"],
  at_risk: ["受影响", "at risk"],
  single_source: ["单一来源", "single source"],
  in_production: ["量产", "in production"],
  sampling: ["送样", "sampling"],
  developing: ["在研", "developing"],
  announced: ["已发布", "announced"],
  shown: ["已展示", "shown"],
  discontinued: ["停产", "discontinued"],
  price: ["股价", "price"],
  price_change: ["涨跌幅", "price change"],
  market_cap: ["市值", "market cap"],
  rating: ["评级", "rating"],
  eps: ["EPS", "EPS"],
  pe: ["PE", "P/E"],
  revenue: ["收入", "revenue"],
  revenue_growth: ["收入增速", "revenue growth"],
  net_profit: ["净利润", "net profit"],
  net_profit_growth: ["净利润增速", "net profit growth"],
  gross_margin: ["毛利率", "gross margin"],
  market_size: ["市场规模", "market size"],
  market_growth: ["市场增速", "market growth"],
  cagr: ["复合增速", "CAGR"],
  market_share: ["市场份额", "market share"],
  penetration: ["渗透率", "penetration"],
  shipments: ["出货量", "shipments"],
  orders: ["订单", "orders"],
  capex: ["资本开支", "capex"],
  capex_growth: ["资本开支增速", "capex growth"],
  funding: ["融资额", "funding"],
  valuation: ["估值", "valuation"],
  arr: ["年化收入", "ARR"],
  rental_price: ["租赁价格", "rental price"],
  unit_price: ["单价", "unit price"],
  bom_cost: ["物料成本", "BOM cost"],
  power: ["功率", "power"],
  voltage: ["电压", "voltage"],
  efficiency: ["效率", "efficiency"],
  compute: ["算力", "compute"],
  bandwidth: ["带宽", "bandwidth"],
  memory: ["内存", "memory"],
  process_node: ["制程", "process node"],
  capacity: ["产能", "capacity"],
  launch_date: ["发布日期", "launch date"],
  tokens: ["Token量", "tokens"],
  parameters: ["参数量", "parameters"],
  users: ["用户", "users"],
  visits: ["访问量", "visits"],
  benchmark: ["评测", "benchmark"],
  context_window: ["上下文", "context window"],
  count: ["数量", "count"],
  cost: ["成本", "cost"],
  weight: ["重量", "weight"],
  chips: ["芯片数", "chips"],
};

export const speech = { lang: "both" };

// A word of the page in the language chosen; words that are not ours are shown as they are.
// A mark may say how far away its cause is: lost_tier_2.
const TIERED = /^(.+)_tier_(\d+)$/;

function pairOf(key) {
  const [, base, tier] = TIERED.exec(key) ?? [];
  if (base) return [`${pairOf(base)[0]} 第${tier}层`, `${pairOf(base)[1]}, tier ${tier}`];
  return Object.hasOwn(WORDS, key) ? WORDS[key] : [key.replaceAll("_", " "), key.replaceAll("_", " ")];
}

export function word(key, joiner = " ") {
  const pair = pairOf(key);
  if (speech.lang === "zh") return pair[0];
  if (speech.lang === "en" || pair[0] === pair[1]) return pair[1];
  return pair[0] + joiner + pair[1];
}

// The shorter form where room is scarce: Chinese unless English was chosen.
export function brief(key) {
  return pairOf(key)[speech.lang === "en" ? 1 : 0];
}

// The one or two lines of a thing with a Chinese and an English name.
export function lines(thing) {
  const first = speech.lang === "en" ? thing.en || thing.zh : thing.zh || thing.en;
  const second = speech.lang === "both" && thing.zh && thing.en && thing.zh !== thing.en ? thing.en : "";
  return [first, second];
}

export function title(thing) {
  return lines(thing).filter(Boolean).join(" ");
}

const plain = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });
const round = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 });

export function count(number) {
  return plain.format(number);
}

export function percent(share) {
  return `${round.format(share * 100)}%`;
}

function scaled(number) {
  const steps =
    speech.lang === "en"
      ? [
          [1e12, " trn"],
          [1e9, " bn"],
          [1e6, " m"],
        ]
      : [
          [1e12, "万亿"],
          [1e8, "亿"],
          [1e4, "万"],
        ];
  const [by, suffix] = steps.find(([size]) => Math.abs(number) >= size) ?? [1, ""];
  return round.format(number / by) + suffix;
}

export function money(amount, currency) {
  return `${scaled(amount)} ${currency || ""}`.trim();
}

export function figure(report) {
  if (report.text) return report.text;
  if (report.value === null) return word("unknown");
  if (report.unit === "1") return percent(report.value);
  return `${Math.abs(report.value) >= 1e5 ? scaled(report.value) : plain.format(report.value)} ${report.unit}`.trim();
}

const regions = new Map();
export function country(code) {
  if (!code) return word("unknown");
  if (!regions.size) for (const tag of ["zh", "en"]) regions.set(tag, new Intl.DisplayNames([tag], { type: "region" }));
  const of = (tag) => {
    try {
      return regions.get(tag).of(code) ?? code;
    } catch {
      return code;
    }
  };
  if (speech.lang === "zh") return of("zh");
  return speech.lang === "en" ? of("en") : `${of("zh")} ${code}`;
}
