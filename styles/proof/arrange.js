/* The edition as decided: words of one's own painted everywhere, paragraphs parted and joined, roles, moves, stories.
   Each change leaves behind how to take it back; what was arranged is taken back, last first, and arranged anew. */

let undoing = [];
let arranged = "";

function arrange() {
  const words = elsewhere.slice(), shapes = [];
  for (const item of added) {
    const said = inForce.get(item.n);
    if (!said) continue;
    if (item.what === "own" && !words.some((place) => placeOf(place) === placeOf(item))) words.push({ source: item.source, start: item.start, end: item.end, said });
    if (item.what === "block") shapes.push({ item, said });
  }
  const sign = JSON.stringify([words.map((place) => [placeOf(place), place.said.right]), shapes.map(({ item, said }) => [item.n, said.decision, said.right, given(said)])]);
  if (sign === arranged) return;
  arranged = sign;
  while (undoing.length) undoing.pop()();
  runs = null;
  for (const place of words) if (data.variant) sourceMark(place.source, place.start, place.end, place.said.n); else paintWords(place);
  const joined = new Set(shapes.filter(({ item }) => item.kind === "join" && !item.part).map(({ item }) => item.start));
  const order = { part: 0, role: 1, join: 2, move: 2, article: 3 }, kind = ({ item, said }) => (outside(said.right) && item.kind === "role" ? 4 : order[item.part ? "part" : item.kind]);
  for (const shape of shapes.sort((a, b) => kind(a) - kind(b) || given(a.said) - given(b.said))) {
    const { item, said } = shape;
    if (["role", "article"].includes(item.kind) && joined.has(item.start)) continue;
    const element = item.part ? null : holding(item.source, item.start);
    if (item.part) partAt(item);
    else if (!element) continue;
    else if (item.kind === "role") { dressAs(element, said.right); if (!outside(said.right)) comeBack(element); }
    else if (item.kind === "article") story(element, said.right !== "continue");
    else other(said.right, (target, behind) => (item.kind === "join" ? runOn(target, element) : put(element, target, behind)));
    if (element) label(element, item, said);
  }
}

/** When a decision was given, as the file will have it. */
function given(entry) {
  const number = log.indexOf(entry);
  return number < 0 ? filed.indexOf(entry) - filed.length : number;
}

function later(action) { undoing.push(action); }

/** Where a node stands, to put it back. */
function home(node) {
  const parent = node.parentNode, next = node.nextSibling;
  later(() => parent.insertBefore(node, next));
}

function toggle(element, name, on) {
  if (element.classList.contains(name) === on) return;
  element.classList.toggle(name, on);
  later(() => element.classList.toggle(name, !on));
}

function set(element, name, value) {
  const held = element.getAttribute(name);
  if (value === null) element.removeAttribute(name); else element.setAttribute(name, value);
  later(() => { if (held === null) element.removeAttribute(name); else element.setAttribute(name, held); });
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/** A run of plain text cut in two at a source offset; the second part is returned, null where there is nothing to cut. */
function cut(list, number, at) {
  const { start, element } = list[number];
  if (at <= start || at >= endOf(element) || element.classList.contains("m") || element.children.length) return null;
  const text = Array.from(element.textContent), tail = element.cloneNode(false);
  tail.dataset.o = at;
  tail.textContent = text.slice(at - start).join("");
  element.textContent = text.slice(0, at - start).join("");
  element.after(tail);
  list.splice(number + 1, 0, { start: at, element: tail });
  later(() => { element.textContent += tail.textContent; tail.remove(); });
  return tail;
}

function cutAt(list, at) { const number = rank(list, at); if (number >= 0) cut(list, number, at); }

/** Words put in place of a range of the source, in both panes. */
function paintWords({ source, start, end, said }) {
  const list = runsOf(source);
  cutAt(list, start);
  cutAt(list, end);
  let first = true;
  for (let number = Math.max(rank(list, start), 0); number < list.length && list[number].start < end; number += 1) {
    const { element } = list[number], low = list[number].start;
    if (low < start || endOf(element) > end || endOf(element) === low && low === start) continue;
    if (!first) { toggle(element, "gone", true); continue; }
    first = false;
    const mark = document.createElement("span"), del = document.createElement("del"), ins = document.createElement("ins");
    mark.className = "m done own";
    mark.dataset.own = said.n;
    ins.textContent = said.right;
    mark.append(del, ins);
    element.before(mark);
    del.append(element);
    later(() => { mark.replaceWith(element); });
  }
  sourceMark(source, start, end, said.n);
}

function sourceMark(source, start, end, number) {
  const line = flat(source).lines.find((each) => each.start <= start && start < each.end);
  if (!line) return;
  for (const run of line.element.querySelectorAll(":scope > [data-o]")) {
    const low = Number(run.dataset.o);
    if (run.tagName === "MARK" || low > start || low + Array.from(run.textContent).length < Math.min(end, line.end)) continue;
    const held = [...run.childNodes], text = Array.from(run.textContent), mark = part("mark", "", "done own");
    if (held.some((node) => node.nodeType !== 3)) continue;
    mark.textContent = text.slice(start - low, end - low).join("");
    mark.dataset.own = number;
    run.replaceChildren(text.slice(0, start - low).join(""), mark, text.slice(end - low).join(""));
    later(() => run.replaceChildren(...held));
    return;
  }
}

/* ---- blocks ----------------------------------------------------------------------------------------------------- */

function blocks() { return [...document.querySelectorAll("#edition .b")]; }

function label(element, item, said) {
  const shape = item.kind === "role" ? "" : item.kind === "article" ? said.right || "begin" : item.kind;
  set(element, "data-shape", [element.getAttribute("data-shape"), shape].filter(Boolean).join(" "));
  toggle(element, "shaped", true);
}

function partAt(item) {
  const list = runsOf(item.source), number = rank(list, item.start);
  if (number < 0) return;
  const block = list[number].element.closest(".b"), tail = block.cloneNode(false);
  let from = cut(list, number, item.start) || (list[number].start === item.start ? list[number].element : null);
  if (!from) return;
  while (from.parentElement !== block) from = split(from);
  if (!from.previousSibling) return;
  tail.dataset.a = item.start;
  if (item.source) tail.dataset.s = item.source;
  tail.dataset.l = `l${item.source}-${item.line}`;
  tail.dataset.shape = "part";
  tail.classList.add("shaped");
  block.after(tail);
  while (from) { const next = from.nextSibling; tail.append(from); from = next; }
  later(() => { block.append(...tail.childNodes); tail.remove(); });
}

/** The mark round a node cut in two before it; its second half is returned. */
function split(node) {
  const parent = node.parentElement, copy = parent.cloneNode(false), moved = [];
  for (let next = node; next; next = next.nextSibling) if (next.tagName !== "INS") moved.push(next);
  copy.append(...moved);
  if (parent.classList.contains("m")) copy.append(document.createElement("ins"));
  parent.after(copy);
  later(() => { parent.append(...moved); copy.remove(); });
  return copy;
}

const HEADS = { title: "2", heading1: "3", heading2: "4", heading3: "5" };

function dressAs(element, role) {
  set(element, "class", `b ${role.replace(/[123]$/, "").replace(":", " ")}`);
  set(element, "data-r", role);
  set(element, "role", HEADS[role] ? "heading" : "paragraph");
  set(element, "aria-level", HEADS[role] || null);
  if (role === "drop") toggle(element, "dropped", true);
}

function outside(role) { return role === "colophon" || role === "drop"; }

/** A block of the colophon, or one dropped, that is given another role stands in the articles where the source has it. */
function comeBack(element) {
  if (element.closest("article")) return;
  const place = (block) => [Number(block.dataset.s ?? 0), Number(block.dataset.a)], [source, start] = place(element);
  let before = null;
  for (const block of document.querySelectorAll("#edition article .b")) {
    const [s, a] = place(block), held = before ? place(before) : [-1, -1];
    if ((s < source || s === source && a < start) && (s > held[0] || s === held[0] && a > held[1])) before = block;
  }
  home(element);
  if (before) before.after(element); else document.querySelector("#edition article")?.prepend(element);
}

function runOn(target, element) {
  if (target === element) return;
  const joint = part("span", "", "joint");
  target.append(joint);
  const nodes = [...element.childNodes], parent = element.parentNode, next = element.nextSibling;
  target.append(...nodes);
  element.remove();
  const start = target.dataset.z;
  target.dataset.z = element.dataset.z;
  later(() => { element.append(...nodes); parent.insertBefore(element, next); joint.remove(); target.dataset.z = start; });
}

function put(element, target, behind) {
  if (element === target || !element.closest("article") || !target.closest("article")) return;
  home(element);
  if (behind) target.after(element); else target.before(element);
}

/** The block a story begins with: captions may stand before it. */
function opening(article, element) {
  return [...article.querySelectorAll(".b")].find((block) => block === element || block.dataset.r !== "caption");
}

function story(element, begins) {
  const article = element.closest("article");
  if (!article) return;
  if (begins) {
    if (!article.querySelector(".b") || article.querySelector(".b") === element) return;
    const made = document.createElement("article"), nodes = [];
    for (let node = element; node; node = node.nextSibling) nodes.push(node);
    made.append(...nodes);
    article.after(made);
    later(() => { article.append(...nodes); made.remove(); });
  } else {
    const earlier = article.previousElementSibling;
    if (!earlier || earlier.tagName !== "ARTICLE" || opening(article, element) !== element) return;
    const nodes = [...article.childNodes];
    earlier.append(...nodes);
    home(article);
    article.remove();
    later(() => article.append(...nodes));
  }
}

/** A block as decisions name it: `after:` and its last words, `before:` and its first. */
function reference(element, behind) {
  const source = Number((behind && element.dataset.y) || element.dataset.s || 0);
  if (behind) {
    const end = Number(element.dataset.z);
    return `after:${Array.from(squeeze(between(source, Math.max(Number(element.dataset.y ? 0 : element.dataset.a), end - 60), end))).slice(-24).join("")}`;
  }
  const start = Number(element.dataset.a);
  return `before:${Array.from(squeeze(between(source, start, Math.min(start + 60, element.dataset.y ? start + 60 : Number(element.dataset.z))))).slice(0, 24).join("")}`;
}

/** The block a reference names, if there is just one. */
function other(said, action) {
  const behind = said.startsWith("after:"), core = said.slice(said.indexOf(":") + 1);
  const found = data.sources.flatMap((_, source) => every(source, core).map(([start, end]) => holding(source, behind ? end - 1 : start)));
  const border = found.length > 1 ? found.filter((element) => element && reference(element, behind) === said) : found;
  if (border.length === 1 && border[0]) action(border[0], behind);
}
