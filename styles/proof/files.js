/* Keeping decisions in the browser, reading errata files, and writing the one the next build reads. */

function keep() {
  try {
    const entries = log.map((entry) => ({ ...entry, at: stamp(one(entry.n)) }));
    localStorage.setItem(data.key, JSON.stringify({ version: 2, log: entries, added: added.filter((item) => !item.filed) }));
    localStorage.setItem("reissue:settings", JSON.stringify(settings));
  } catch { say(word("kept")); }
}

/** What an item is, whatever its number in another build of the page. */
function stamp(item) { return [item.what, item.kind, item.source, item.start, item.end, item.wrong, item.status === "added" ? "" : item.right, item.rule, Boolean(item.part)]; }

function recall() {
  try { settings = JSON.parse(localStorage.getItem("reissue:settings")) || {}; } catch { settings = {}; }
  if (!Object.hasOwn(WORDS, settings.language ?? "")) settings.language = tongueOf(navigator.language || "");
  if (settings.theme !== "dark" && settings.theme !== "light") {
    settings.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  for (const row of data.decisions || []) file(row, filed);
  let stored = null;
  try { stored = JSON.parse(localStorage.getItem(data.key)); } catch { stored = null; }
  if (!stored || stored.version !== 2 || !Array.isArray(stored.log) || !Array.isArray(stored.added)) return;
  for (const item of stored.added) added.push({ ...item, n: known().length });
  const by = new Map(known().map((item) => [JSON.stringify(stamp(item)), item.n]));
  log = stored.log.filter((entry) => by.has(JSON.stringify(entry.at))).map((entry) => ({ ...entry, n: by.get(JSON.stringify(entry.at)) }));
}

/** A row of an errata file: about an item here it is a decision, else an item of its own that is kept as it is. */
function file(row, entries) {
  const source = Math.max(data.sources.indexOf(row.source), 0), start = Number(row.start) || 0;
  const mine = row.source === "" || data.sources.includes(row.source);
  const item = mine && items.find((each) => each.start === start && each.source === source && each.kind === row.kind
    && (each.wrong === row.wrong || each.what === "query" && row.wrong !== "" && each.wrong.startsWith(row.wrong))
    && (each.what === "query" ? row.rule === queryRule(each) : each.what !== "move" && (row.decision === "replace" || each.right === row.right)));
  const scope_ = SCOPES.includes(row.scope) ? row.scope : "here";
  if (item) { entries.push({ n: item.n, decision: row.decision, right: row.right, scope: scope_, row }); return true; }
  const kept = { n: known().length, kind: row.kind, what: "row", id: "", status: "added", filed: true, rule: row.rule || "editor",
    confidence: Number(row.confidence) || 1, source, start, end: Number(row.end) || 0, line: lineOf(source, start), page: "", wrong: row.wrong,
    right: row.right, left: row.left || "", rightContext: row.right_context || "", why: "", choices: [], asked: false, layout: false, row };
  if (added.some((each) => each.what === "row" && COLUMNS.every((name) => (each.row[name] ?? "") === (row[name] ?? "")))) return true;
  added.push(kept);
  entries.push({ n: kept.n, decision: row.decision, right: row.right, scope: scope_, row });
  return false;
}

function queryRule(item) { return `${data.variant ? `${data.variant}:` : ""}query:${item.rule}`; }

function lineOf(source, start) {
  const { lines } = flat(source), line = lines.findLast((each) => each.start <= start);
  return line ? Number(line.element.dataset.line) : 1;
}

/** The row of a decision that has no place is not written again. */
function dismiss(query) {
  const row = data.lost[query.id], item = added.find((each) => each.what === "row" && row !== undefined && each.row === data.decisions[row]);
  if (item) log.push({ n: item.n, decision: "open", right: "", scope: "here" });
}

function cell(value) {
  return String(value).replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n").replace(/\r/g, "\\r")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, "\ufffd");
}

function uncell(text) {
  return text.replace(/\\([tnr\\])/g, (_, mark_) => ({ t: "\t", n: "\n", r: "\r", "\\": "\\" })[mark_]);
}

/** The errata file: the rows that were there, then one for each item decided here; a series is one row, its exceptions their own. */
function errata() {
  const today = new Date().toISOString().slice(0, 10), kept = [], made = [], now = new Set();
  for (const item of known()) {
    const said = inForce.get(item.n);
    if (!said || said.n !== item.n || said.before && data.decisions) continue;
    if (item.what === "row") { kept.push(item.row); continue; }
    if (item.what === "query" && said.decision === "reject" && ["decision-lost", "decision-blocked"].includes(item.rule)) continue;
    const row = {
      kind: item.kind, source: data.sources[item.source], start: item.start, end: item.end, wrong: item.wrong,
      right: said.decision === "replace" || item.what === "block" ? said.right : item.what === "query" ? "" : item.right, left: item.left,
      right_context: item.rightContext, rule: item.what === "query" ? queryRule(item) : item.what === "variant" ? `${data.variant}:${item.rule}` : item.rule,
      confidence: item.confidence, decision: said.decision, scope: said.scope,
      by: said.row ? said.row.by : $("by").value, date: said.row ? said.row.date : said.before ? "" : today,
    };
    if (item.what === "query" && item.kind !== "variant") Object.assign(row, begun(row));
    if (data.variant && item.what === "own") { row.kind = "variant"; row.rule = `${data.variant}:editor`; }
    now.add(placeKey(row));
    made.push({ row, at: given(said) });
  }
  made.sort((a, b) => a.at - b.at);
  const lines = [...kept.filter((row) => !now.has(placeKey(row))), ...made.map(({ row }) => row)];
  return [COLUMNS, ...lines.map((row) => COLUMNS.map((name) => cell(row[name] ?? "")))].map((cells) => `${cells.join("\t")}\n`).join("");
}

/** A question about structure is known again by its first words: the fewer, the less a new reading spoils. */
function begun(row) {
  const words = Array.from(row.wrong);
  if (row.kind === "text" || words.length <= 12) return {};
  return { wrong: words.slice(0, 12).join(""), end: row.start + 12, right_context: words.slice(12, 24).join("") };
}

function placeKey(row) { return [row.kind, row.source, row.start, row.end, row.wrong, row.kind === "join" && row.decision === "reject", (row.rule || "").includes("query:") ? row.rule : ""].join("\u0000"); }

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([errata()], { type: "text/tab-separated-values" }));
  link.download = `${data.name.split(/[\\/]/).pop().replace(/\.[^.]*$/, "") || "issue"}.errata.tsv`;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(word("saved"));
}

/** Read an errata file back; rows that differ from what was decided here hold, and are counted. */
function load(text) {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => line.trim() && !line.startsWith("#"));
  const names = (lines.shift() || "").split("\t").map((name) => name.trim()), entries = [];
  for (const line of lines) {
    const cells = line.split("\t"), row = {};
    names.forEach((name, index) => { row[name] = uncell(cells[index] ?? ""); });
    file(row, entries);
  }
  const before = new Map(inForce), differ = entries.filter((entry) => {
    const held = before.get(entry.n);
    return held && !held.before && (held.decision !== entry.decision || held.right !== entry.right && entry.decision !== "reject");
  }).length;
  log.push(...entries);
  keep();
  paint();
  filter();
  highlight(false);
  show();
  say(`${entries.length} ${word("read")}${differ ? ` · ${differ} ${word("differ")}` : ""}`);
}
