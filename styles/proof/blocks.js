/* Structure: the block at hand, its role, the story it belongs to, what it is joined to and where it stands. */

let shaping = false;
let at = null;         // the block at hand
let carried = null;    // the block being moved
const ROLES = ["drop", "title", "subtitle", "heading1", "heading2", "paragraph", "caption", "byline", "kicker", "colophon"];

function structure() {
  shaping = !shaping;
  carried = null;
  $("corrections").hidden = shaping;
  $("structure").hidden = !shaping;
  if (!shaping) { mark(null); highlight(false); show(); return; }
  const item = one(current), place = selected();
  showBlock((place && holding(place[0], place[1])) || (item && holding(item.source, item.start)) || blocks()[0]);
}

function mark(element) {
  for (const held of [...document.getElementsByClassName("at")]) { held.classList.remove("at"); held.removeAttribute("aria-current"); }
  at = element;
  if (element) { element.classList.add("at"); element.setAttribute("aria-current", "true"); }
}

function showBlock(element, quiet) {
  mark(element);
  if (!element) return;
  const source = Number(element.dataset.s ?? 0), line = document.getElementById(element.dataset.l);
  if (!quiet) { bring(element); if (line) bring(line); }
  const shape = (element.dataset.shape || "").split(" ").filter(Boolean).map((name) => word("shapes")[name] || name).join(" · ");
  const role = word("roles")[element.dataset.r] || element.dataset.r;
  $("which").textContent = visible([role, shape].filter(Boolean).join(" · "));
  $("words-of").textContent = visible(Array.from(between(source, Number(element.dataset.a), Math.min(Number(element.dataset.a) + 40, element.dataset.y ? Infinity : Number(element.dataset.z)))).join(""));
  if (![...$("role").options].some((option) => option.value === element.dataset.r)) options($("role"), [...roleNames(), [element.dataset.r, role]]);
  $("role").value = element.dataset.r;
  for (const name of ["behind", "before"]) $(name).hidden = carried === null;
  $("choosing").hidden = carried === null;
}

function roleNames() {
  return Object.entries(word("roles")).map(([name, said]) => [name, ROLES.includes(name) ? `${ROLES.indexOf(name)} ${said}` : said]);
}

function step(by) {
  const all = blocks(), next = all[all.indexOf(at) + by];
  if (next) showBlock(next);
}

/** The place of a block: its first words, enough to know it again. */
function head(element) {
  const source = Number(element.dataset.s ?? 0), start = Number(element.dataset.a);
  const most = element.dataset.y ? start + 12 : Math.min(start + 12, Number(element.dataset.z));
  return placed(source, start, Math.max(most, start + 1));
}

function shape(kind, decision, right) {
  if (!at) return;
  if (kind === "article" && !at.closest("article")) { say(word("cannot")); return; }
  const made = make(kind, "block", head(at), {});
  const element = at;
  enter({ n: made.n, decision, right, scope: "here" });
  filter();
  showBlock(element.isConnected ? element : holding(made.source, made.start), true);
}

function chooseRole(role) { if (at && at.dataset.r !== role) shape("role", "replace", role); }

function runBefore() {
  const all = blocks(), earlier = all[all.indexOf(at) - 1];
  if (!earlier) { say(word("cannot")); return; }
  shape("join", "accept", reference(earlier, true));
}

function pick() { if (at) { carried = carried ? null : at; showBlock(at, true); } }

function drop(behind) {
  if (!carried || !at) return;
  const target = at, element = carried;
  carried = null;
  if (target === element) { showBlock(element); return; }
  if (!element.closest("article") || !target.closest("article")) { say(word("cannot")); showBlock(element); return; }
  at = element;
  shape("move", "replace", reference(target, behind));
  showBlock(element);
}

function partHere([source, start]) {
  const joined = added.find((item) => item.what === "block" && item.kind === "join" && !item.part && item.source === source && item.start === start && inForce.has(item.n));
  if (joined) { enter({ n: joined.n, decision: "open", right: "", scope: "here" }); return; }
  const made = make("join", "block", placed(source, start, Math.min(start + 12, lineEnd(source, start))), { part: true });
  enter({ n: made.n, decision: "reject", right: "", scope: "here" });
  filter();
  if (shaping) showBlock(holding(source, start)); else select(made.n, true);
}

function lineEnd(source, offset_) { const line = flat(source).lines.find((one_) => one_.start <= offset_ && offset_ < one_.end); return line ? line.end : offset_ + 1; }

function withdrawShape() {
  if (!at) return;
  const start = Number(at.dataset.a), source = Number(at.dataset.s ?? 0);
  const mine = added.filter((item) => item.what === "block" && item.source === source && item.start === start && inForce.has(item.n));
  if (!mine.length) { say(word("cannot")); return; }
  enter({ n: mine[mine.length - 1].n, decision: "open", right: "", scope: "here" });
  showBlock(holding(source, start), true);
}
