"use strict";
/* The proof page: decisions on rows, kept in the browser, saved as an errata file.  Text is only ever set as text. */

const data = JSON.parse(document.getElementById("data").textContent);
const items = data.items;
const $ = (name) => document.getElementById(name);
const COLUMNS = ["kind", "source", "start", "end", "wrong", "right", "left", "right_context", "rule", "confidence",
  "decision", "scope", "by", "date"];
const SCOPES = ["here", "issue", "batch"];

const WORDS = {
  en: {
    show: "Show", asked: "asked", corrections: "corrections", everything: "everything", undecided: "undecided",
    rule: "Rule", all: "all", least: "Confidence from", by: "Name", open: "Open errata", save: "Save errata (w)",
    theme: "Dark / light (d)", tongue: "中文", help: "Help (?)", edition: "Edition", source: "Source as found", panel: "Decision",
    back: "Back (k)", next: "Next (j)", accept: "Accept (a)", reject: "Reject (r)", edit: "Edit (e)", undo: "Undo (u)",
    scope: "Where (s)", here: "here", issue: "same in this issue", batch: "same in every issue", own: "Should read",
    take: "Take it", leave: "Leave it", close: "Close", of: "of", decided: "decided", line: "line", page: "page", none: "Nothing to show.",
    same: "the same", nothing: "∅", question: "question", noted: "Noted (a)",
    states: { open: "open", applied: "applied", done: "accepted", rejected: "refused" },
    about: "Decisions stay in this browser until you save them. Put the saved file beside the issue: the next build reads it. " +
      "Select text in the source and press n to correct what no rule found.",
    keys: { "j k": "next, back", "a r": "accept, reject", e: "write it yourself", u: "undo", s: "here, in this issue, everywhere",
      n: "correct selected source text", w: "save errata", d: "dark or light", l: "language", "?": "this help" },
    saved: "Saved.", kept: "The browser keeps nothing here: save before you leave.",
  },
  zh: {
    show: "显示", asked: "待定", corrections: "改动", everything: "全部", undecided: "未决", rule: "规则", all: "全部",
    least: "置信度不低于", by: "署名", open: "打开勘误", save: "保存勘误 (w)", theme: "深色／浅色 (d)", tongue: "English",
    help: "帮助 (?)", edition: "重排本", source: "原文", panel: "裁定", back: "上一条 (k)", next: "下一条 (j)", accept: "采纳 (a)",
    reject: "不采纳 (r)", edit: "自改 (e)", undo: "撤销 (u)", scope: "范围 (s)", here: "仅此处", issue: "本期同样处", batch: "各期同样处",
    own: "应作", take: "确定", leave: "取消", close: "关闭", of: "／", decided: "已定", line: "行", page: "页", none: "没有可显示的条目。",
    same: "处相同", nothing: "∅", question: "疑问", noted: "知道了 (a)",
    states: { open: "待定", applied: "已改", done: "已采纳", rejected: "未采纳" },
    about: "裁定暂存在浏览器里，保存后把文件放在原文旁边，下次生成时即生效。在原文里选中文字按 n，可改正规则没有发现的错字。",
    keys: { "j k": "下一条、上一条", "a r": "采纳、不采纳", e: "自己改", u: "撤销", s: "仅此处、本期、各期", n: "改正选中的原文",
      w: "保存勘误", d: "深色或浅色", l: "语言", "?": "帮助" },
    saved: "已保存。", kept: "浏览器不能暂存：离开前请保存。",
  },
};

/* ---- what is decided ------------------------------------------------------------------------------------------- */

let log = [];          // [{n, decision, right, scope}] in the order given; the last one about an item counts
let added = [];        // items the editor found
let foreign = [];      // rows of an opened file that belong to no item here, kept as they are
let settings = {};
let current = -1;
let shown = [];
const marks = new Map();
const groups = new Map();

function groupOf(item) { return `${item.kind}\u0000${item.wrong}\u0000${item.right}`; }

function known() { return items.concat(added); }

/** Decision in force for each item: its own, else that of a series, else what the file said before. */
function decisions() {
  const own = new Map(), series = new Map();
  for (const entry of log) {
    if (entry.decision === "open") { own.delete(entry.n); for (const [group, said] of series) if (said.n === entry.n) series.delete(group); continue; }
    own.set(entry.n, entry);
    const item = known()[entry.n];
    for (const [group, said] of series) if (said.n === entry.n) series.delete(group);
    if (entry.scope !== "here" && item) series.set(groupOf(item), entry);
  }
  const found = new Map();
  for (const item of known()) {
    const said = own.get(item.n) || (item.kind !== "move" && item.what === "edit" ? series.get(groupOf(item)) : undefined);
    if (said) found.set(item.n, said);
    else if (item.status === "accepted" || item.status === "rejected") {
      found.set(item.n, { n: item.n, decision: item.status === "accepted" ? "accept" : "reject", right: item.right, scope: "here", before: true });
    }
  }
  return found;
}

let inForce = new Map();

function state(item) {
  const said = inForce.get(item.n);
  if (!said) return item.asked ? "open" : "applied";
  return said.decision === "reject" ? "rejected" : "done";
}

function reading(item) {
  const said = inForce.get(item.n);
  return said && said.decision !== "reject" && item.what !== "query" || said && said.decision === "replace" ? said.right : item.right;
}

/* ---- marks in the text ------------------------------------------------------------------------------------------ */

function collect() {
  for (const element of document.querySelectorAll("[data-n]")) {
    for (const number of element.dataset.n.split(" ")) {
      if (number === "") continue;
      const list = marks.get(+number) || [];
      list.push(element);
      marks.set(+number, list);
    }
  }
  for (const item of items) {
    const group = groupOf(item);
    groups.set(group, (groups.get(group) || 0) + 1);
  }
}

const painted = new Map();

function paint() {
  inForce = decisions();
  for (const item of known()) {
    const now = state(item), text = reading(item), sign = `${now}\u0000${text}`;
    if (painted.get(item.n) === sign) continue;
    painted.set(item.n, sign);
    for (const element of marks.get(item.n) || []) paintMark(element);
  }
  progress();
}

/** A mark shows its first item; one that shares it shows through where it was decided, or is still asked. */
function paintMark(element) {
  const here = element.dataset.n.split(" ").map((number) => items[Number(number)]), first = here[0];
  const taken = (item) => { const said = inForce.get(item.n); return said && (item.what === "query" ? said.decision === "replace" : said.decision !== "reject"); };
  const other = here.slice(1).find(taken);
  let now = first.what === "query" && state(first) === "done" && !taken(first) ? "rejected" : state(first);
  if (other) now = "done";
  element.classList.remove("open", "rejected", "done", "asked");
  if (now !== "applied") element.classList.add(now);
  if (element.tagName === "MARK") return;
  if (!other && here.slice(1).some((item) => state(item) === "open")) element.classList.add("asked");
  element.querySelector(":scope > ins").textContent = other ? reading(other) : now === "open" || now === "rejected" ? "" : reading(first);
}

function progress() {
  const asked = known().filter((item) => item.asked);
  const decided = asked.filter((item) => inForce.has(item.n)).length;
  $("progress").textContent = `${decided} ${word("of")} ${asked.length} ${word("decided")}`;
}

/* ---- the panel --------------------------------------------------------------------------------------------------- */

function word(name) { return WORDS[settings.language][name]; }

function visible(text) {
  return text.replace(/[\n\r\u2028\u2029]/g, "⏎").replace(/\t/g, "⇥").replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

function part(name, text, kind) {
  const element = document.createElement(name);
  element.textContent = visible(text);
  if (kind) element.className = kind;
  return element;
}

function filter() {
  const what = $("show").value, rule = $("rule").value, least = Number($("least").value) || 0;
  shown = known().filter((item) => {
    if (rule !== "" && item.rule !== rule) return false;
    if (item.what === "edit" && item.confidence < least) return false;
    if (what === "asked") return item.asked;
    if (what === "undecided") return item.asked && !inForce.has(item.n);
    if (what === "corrections") return !item.layout && item.what !== "move";
    return true;
  }).sort((a, b) => a.source - b.source || a.start - b.start || a.n - b.n).map((item) => item.n);
}

function go(step) {
  const at = shown.indexOf(current);
  if (what() === "undecided" || at < 0) { const held = current; filter(); if (!shown.includes(held)) { near(held, step); return; } }
  const next = shown.indexOf(current) + step;
  if (next >= 0 && next < shown.length) select(shown[next]); else show();
}

function what() { return $("show").value; }

/** From an item that is no longer shown to the next one that is. */
function near(number, step) {
  const from = known()[number];
  if (!from) { if (shown.length) select(shown[0]); else show(); return; }
  const after = shown.filter((n) => { const item = known()[n]; return item.source > from.source || (item.source === from.source && item.start >= from.start); });
  const before = shown.filter((n) => !after.includes(n));
  const pick = step > 0 ? after[0] : before[before.length - 1];
  if (pick !== undefined) select(pick); else show();
}

function select(number, quiet) {
  for (const element of marks.get(current) || []) element.classList.remove("here");
  current = number;
  for (const element of marks.get(current) || []) element.classList.add("here");
  if (!quiet) {
    for (const element of marks.get(current) || []) element.scrollIntoView({ block: "center" });
    settle($("edition"));
    settle($("source"));
  }
  $("own").hidden = true;
  show();
}

function ruleName(rule) { return settings.language === "zh" && Object.hasOwn(data.rules, rule) ? data.rules[rule] : rule; }

function show() {
  const item = known()[current];
  const query = item && item.what === "query";
  for (const name of ["accept", "reject", "edit", "scope"]) $(name).disabled = !item || (name === "edit" && (item.kind === "move" || (query && (item.wrong === "" || item.kind !== "text"))));
  $("change").replaceChildren();
  $("why").textContent = "";
  $("clip").hidden = true;
  $("same").textContent = "";
  if (!item) { $("place").textContent = word("none"); return; }
  const position = shown.indexOf(current) + 1;
  const page = item.page ? `${word("page")} ${item.page}, ` : "";
  const sure = item.what === "edit" ? ` · ${item.confidence.toFixed(3)}` : "";
  $("place").textContent = visible(`${position}/${shown.length} · ${page}${word("line")} ${item.line} · ${query ? word("question") + " " : ""}${ruleName(item.rule)}${sure} · ${word("states")[state(item)]}`);
  const said = inForce.get(item.n);
  const text = reading(item);
  $("change").append(part("span", item.left, "context"));
  if (item.wrong !== "") $("change").append(part(query && !(said && said.decision === "replace") ? "span" : "del", item.wrong));
  if (!query || (said && said.decision === "replace")) $("change").append(part("ins", text === "" ? word("nothing") : text));
  $("change").append(part("span", item.rightContext, "context"));
  $("why").textContent = visible((settings.language === "zh" && item.whyZh || item.why) + (item.choices.length ? ` (${item.choices.join(" | ")})` : ""));
  const choice = query && item.kind !== "text" && item.choices.length > 1;
  $("accept").textContent = choice ? `${visible(item.choices[0])} (a)` : query ? word("noted") : word("accept");
  $("reject").textContent = choice ? `${visible(item.choices[1])} (r)` : word("reject");
  $("reject").disabled = !item || (query && !choice);
  const clip = data.clips[`${item.source}-${item.line}`];
  if (clip && clip.startsWith("data:image/jpeg;base64,")) { $("clip").src = clip; $("clip").alt = visible(item.left + item.wrong + item.rightContext); $("clip").hidden = false; }
  const same = groups.get(groupOf(item)) || 1;
  if (same > 1 && !query) $("same").textContent = `${same} ${word("same")}`;
  $("scope").value = said ? said.scope : scope;
}

let scope = "here";

function decide(decision, right) {
  const item = known()[current];
  if (!item) return;
  if (item.what === "query" && decision === "reject" && item.kind === "text") decision = "accept";
  const wide = item.what === "query" || item.kind === "move" ? "here" : $("scope").value;
  log.push({ n: item.n, decision, right: decision === "replace" ? right : item.right, scope: wide });
  keep();
  paint();
  const held = current;
  if (what() === "undecided") { filter(); near(held, 1); } else go(1);
  if (current === held) show();
}

function undo() {
  const last = log.pop();
  if (!last) return;
  keep();
  paint();
  filter();
  select(last.n);
}

function write() {
  const item = known()[current];
  if (!item || $("edit").disabled) return;
  $("own").hidden = false;
  $("words").value = reading(item) === "" || item.what === "query" ? item.wrong : reading(item);
  $("words").focus();
  $("words").select();
}

/** A correction of selected source text that no rule found. */
function add() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const from = offset(range.startContainer, range.startOffset), to = offset(range.endContainer, range.endOffset);
  if (!from || !to || from.line !== to.line || from.at >= to.at) return;
  const whole = from.element.textContent, base = from.base;
  const chars = Array.from(whole);
  const start = from.at, end = to.at;
  const wrong = chars.slice(start - base, end - base).join("");
  const lineText = (name) => { const near = document.getElementById(name); return near ? Array.from(near.textContent) : []; };
  const number = Number(from.element.dataset.line), source = Number(from.element.dataset.s);
  const before = lineText(`l${source}-${number - 1}`).concat("\n", chars.slice(0, start - base)).slice(-12).join("");
  const after = chars.slice(end - base).concat("\n", lineText(`l${source}-${number + 1}`)).slice(0, 12).join("");
  const item = {
    n: known().length, kind: "text", what: "edit", id: "", source, start, end, line: number, page: "", status: "added", rule: "editor",
    confidence: 1, wrong, right: wrong, left: before, rightContext: after, why: "", choices: [], asked: false, layout: false,
  };
  added.push(item);
  filter();
  if (!shown.includes(item.n)) shown.push(item.n);
  select(item.n, true);
  write();
}

/** Source offset (code points) of a place in the source pane, its line and the line's own offset. */
function offset(node, inside) {
  const element = (node.nodeType === 3 ? node.parentElement : node).closest(".l");
  if (!element) return null;
  let base = null, seen = 0, at = null;
  for (const child of element.children) {
    if (base === null) base = Number(child.dataset.o);
    const text = child.textContent;
    if (child.contains(node)) at = base + seen + Array.from(text.slice(0, inside)).length;
    seen += Array.from(text).length;
  }
  if (at === null && node === element) at = base + Array.from(element.textContent).length;
  return base === null || at === null ? null : { element, line: element.id, base, at };
}

/* ---- keeping and saving ------------------------------------------------------------------------------------------- */

function keep() {
  try {
    localStorage.setItem(data.key, JSON.stringify({ version: 1, log: log.map((entry) => ({ ...entry, at: stamp(known()[entry.n]) })), added, foreign }));
    localStorage.setItem("reissue:settings", JSON.stringify(settings));
  } catch { $("progress").textContent += ` · ${word("kept")}`; }
}

/** What an item is, whatever its number in another build of the page. */
function stamp(item) { return [item.what, item.source, item.start, item.end, item.wrong, item.right, item.rule]; }

function recall() {
  try { settings = JSON.parse(localStorage.getItem("reissue:settings")) || {}; } catch { settings = {}; }
  if (!WORDS[settings.language]) settings.language = (navigator.language || "").startsWith("zh") ? "zh" : "en";
  if (settings.theme !== "dark" && settings.theme !== "light") {
    settings.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  let stored = null;
  try { stored = JSON.parse(localStorage.getItem(data.key)); } catch { stored = null; }
  if (!stored || stored.version !== 1) return;
  added = (stored.added || []).map((item, index) => ({ ...item, n: items.length + index }));
  foreign = stored.foreign || [];
  const by = new Map(known().map((item) => [JSON.stringify(stamp(item)), item.n]));
  log = (stored.log || []).filter((entry) => by.has(JSON.stringify(entry.at))).map((entry) => ({ ...entry, n: by.get(JSON.stringify(entry.at)) }));
}

function cell(value) {
  return String(value).replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n").replace(/\r/g, "\\r")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "\ufffd");
}

function uncell(text) {
  return text.replace(/\\([tnr\\])/g, (_, mark) => ({ t: "\t", n: "\n", r: "\r", "\\": "\\" })[mark]);
}

/** The errata file: one row for each item decided here or before; a series is one row, its exceptions rows of their own. */
function errata() {
  const lines = [COLUMNS.join("\t")];
  const today = new Date().toISOString().slice(0, 10);
  for (const row of foreign) lines.push(COLUMNS.map((name) => cell(row[name] ?? "")).join("\t"));
  for (const [number, said] of decisions()) {
    if (said.n !== number) continue;
    const item = known()[number];
    const rule = item.what === "query" ? `query:${item.rule}` : item.rule;
    const right = said.decision === "replace" ? said.right : item.what === "query" ? "" : item.right;
    const row = {
      kind: item.kind, source: data.sources[item.source], start: item.start, end: item.end, wrong: item.wrong, right, left: item.left,
      right_context: item.rightContext, rule, confidence: item.confidence, decision: said.decision, scope: said.scope,
      by: $("by").value, date: said.before ? "" : today,
    };
    lines.push(COLUMNS.map((name) => cell(row[name])).join("\t"));
  }
  return `${lines.join("\n")}\n`;
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([errata()], { type: "text/tab-separated-values" }));
  link.download = `${data.name.split(/[\\/]/).pop().replace(/\.[^.]*$/, "") || "issue"}.errata.tsv`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  $("progress").textContent = word("saved");
}

/** Read an errata file back: rows about items here become decisions, the others are kept for the next save. */
function load(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"));
  const names = (lines.shift() || "").split("\t").map((name) => name.trim());
  for (const line of lines) {
    const cells = line.split("\t"), row = {};
    names.forEach((name, index) => { row[name] = uncell(cells[index] ?? ""); });
    const item = items.find((one) => one.wrong === row.wrong && one.kind === row.kind && one.start === Number(row.start)
      && (!row.source || row.source === data.sources[one.source])
      && (one.what === "query" ? row.rule === `query:${one.rule}` : row.decision === "replace" || one.right === row.right));
    if (!item) { foreign.push(row); continue; }
    log.push({ n: item.n, decision: row.decision, right: row.right, scope: SCOPES.includes(row.scope) ? row.scope : "here" });
  }
  keep();
  paint();
  filter();
  show();
}

/* ---- the page ------------------------------------------------------------------------------------------------------- */

function dress() {
  document.documentElement.dataset.theme = settings.theme;
  document.documentElement.lang = settings.language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  options($("show"), ["asked", "undecided", "corrections", "everything"].map((name) => [name, word(name)]));
  options($("scope"), SCOPES.map((name) => [name, word(name)]));
  const rules = [...new Set(known().map((item) => item.rule))].sort();
  options($("rule"), [["", word("all")], ...rules.map((name) => [name, visible(ruleName(name))])]);
  $("keys").replaceChildren(...Object.entries(word("keys")).flatMap(([key, text]) => [part("dt", key), part("dd", text)]));
}

function options(select, rows) {
  const held = select.value;
  select.replaceChildren(...rows.map(([value, text]) => { const option = part("option", text); option.value = value; return option; }));
  if (rows.some(([value]) => value === held)) select.value = held;
}

const settled = new WeakMap();

/** Remember where the page itself put a side: that scroll is not the reader's. */
function settle(side) { settled.set(side, side.scrollTop); }

/** Scrolling one side brings the same line up on the other; what is not laid out yet is looked for again. */
function together(from, to, find) {
  const follow = (tries) => {
    if (Math.abs((settled.get(from) ?? -1e9) - from.scrollTop) < 2) return;
    const box = from.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + 12);
    const target = top && find(top);
    if (!target) { if (tries > 0) requestAnimationFrame(() => follow(tries - 1)); return; }
    settled.delete(from);
    to.scrollTop += target.getBoundingClientRect().top - to.getBoundingClientRect().top - 12;
    settle(to);
  };
  from.addEventListener("scroll", () => requestAnimationFrame(() => follow(8)), { passive: true });
}

function start() {
  collect();
  recall();
  dress();
  $("show").value = items.some((item) => item.asked) ? "asked" : "corrections";
  const byLine = new Map();
  for (const block of document.querySelectorAll("#edition .b")) if (!byLine.has(block.dataset.l)) byLine.set(block.dataset.l, block);
  together($("edition"), $("source"), (top) => { const block = top.closest(".b"); return block && document.getElementById(block.dataset.l); });
  together($("source"), $("edition"), (top) => { const line = top.closest(".l"); return line && byLine.get(line.id); });
  paint();
  filter();
  if (shown.length) select(shown.find((n) => !inForce.has(n)) ?? shown[0]); else show();
  for (const name of ["show", "rule", "least"]) $(name).addEventListener("change", () => { filter(); if (shown.includes(current)) show(); else if (shown.length) select(shown[0]); else { current = -1; show(); } });
  $("scope").addEventListener("change", () => { scope = $("scope").value; });
  $("by").value = settings.by || "";
  $("by").addEventListener("change", () => { settings.by = $("by").value; keep(); });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("[data-n]");
    if (mark && mark.dataset.n !== "") select(Number(mark.dataset.n.split(" ")[0]));
  });
  const actions = {
    next: () => go(1), back: () => go(-1), accept: () => decide("accept"), reject: () => decide("reject"), edit: write, undo, save,
    open: () => $("file").click(), ask: () => $("help").showModal(),
    theme: () => { settings.theme = settings.theme === "dark" ? "light" : "dark"; dress(); keep(); },
    tongue: () => { settings.language = settings.language === "zh" ? "en" : "zh"; dress(); paint(); show(); keep(); },
    leave: () => { $("words").blur(); $("own").hidden = true; },
    series: () => { $("scope").value = SCOPES[(SCOPES.indexOf($("scope").value) + 1) % 3]; scope = $("scope").value; }, add,
  };
  for (const name of ["next", "back", "accept", "reject", "edit", "undo", "save", "open", "ask", "theme", "tongue", "leave"]) {
    $(name).addEventListener("click", actions[name]);
  }
  $("own").addEventListener("submit", (event) => { event.preventDefault(); actions.leave(); decide("replace", $("words").value); });
  $("file").addEventListener("change", () => {
    const file = $("file").files[0];
    if (file) { const reader = new FileReader(); reader.onload = () => load(String(reader.result)); reader.readAsText(file); }
  });
  const keys = { j: "next", k: "back", ArrowDown: "next", ArrowUp: "back", a: "accept", r: "reject", e: "edit", u: "undo", s: "series",
    n: "add", w: "save", d: "theme", l: "tongue", "?": "ask" };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("help").open) { $("own").hidden = true; document.activeElement.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const action = keys[event.key];
    if (action) { event.preventDefault(); actions[action](); }
  });
}

start();
