/* The source as the page holds it: its text by offset (code points), its words found, and what is selected in it. */

const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const flats = new Map();

/** One source: its lines with their offsets, and its text without white space with the offset of each unit. */
function flat(source) {
  if (flats.has(source)) return flats.get(source);
  const lines = [...document.querySelectorAll(`#source .l[data-s="${source}"]`)].map((element) => ({ element, start: Number(element.dataset.a) }));
  const units = [], offsets = [];
  for (const line of lines) {
    let at = line.start;
    for (const character of line.element.textContent) {
      if (!SPACE.test(character)) for (const unit of character.split("")) { units.push(unit); offsets.push(at); }
      at += 1;
    }
    line.end = at;
  }
  const made = { lines, text: units.join(""), offsets };
  flats.set(source, made);
  return made;
}

/** Characters from one offset to another, as a list; a line end counts as the white space it is. */
function characters(source, from, to) {
  const { lines } = flat(source), found = [];
  let low = 0, high = lines.length;
  while (low < high) { const middle = (low + high) >> 1; if (lines[middle].end < from) low = middle + 1; else high = middle; }
  for (let at = Math.max(from, 0); low < lines.length && at < to; low += 1) {
    const line = lines[low];
    while (at < line.start && at < to) { found.push("\n"); at += 1; }
    const inside = Array.from(line.element.textContent);
    for (; at < line.end && at < to; at += 1) found.push(inside[at - line.start]);
  }
  return found;
}

function between(source, from, to) { return characters(source, from, to).join(""); }

function squeeze(text) { return Array.from(text).filter((character) => !SPACE.test(character)).join(""); }

/** Every place that reads so, white space apart: [start, end] in code points, as the build finds them. */
function every(source, wrong) {
  const core = squeeze(wrong), { text, offsets } = flat(source), found = [];
  if (core === "") return found;
  for (let at = text.indexOf(core); at >= 0; at = text.indexOf(core, at + 1)) found.push([offsets[at], offsets[at + core.length - 1] + 1]);
  return found;
}

/** A place of the source as an item carries it, with its context. */
function placed(source, start, end) {
  const line = flat(source).lines.findLast((one) => one.start <= start);
  return {
    source, start, end, line: line ? Number(line.element.dataset.line) : 1, page: "", wrong: between(source, start, end),
    left: between(source, start - 12, start), rightContext: between(source, end, end + 12),
  };
}

/** What is selected in the source pane: [source, start, end] within one line, or null. */
function selected() {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const from = offset(range.startContainer, range.startOffset), to = offset(range.endContainer, range.endOffset);
  if (!from || !to || from.source !== to.source || from.at >= to.at) return null;
  return [from.source, from.at, to.at];
}

/** Source offset of a place in the source pane. */
function offset(node, inside) {
  const element = (node.nodeType === 3 ? node.parentElement : node).closest(".l");
  if (!element) return null;
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, inside);
  return { source: Number(element.dataset.s), at: Number(element.dataset.a) + Array.from(range.toString()).length };
}

/** Words typed by the editor, found in the block at hand: [source, start, end], or why not. */
function typed(words, element) {
  const core = squeeze(words), runs = [...element.querySelectorAll("[data-o]")];
  if (core === "" || runs.length === 0) return word("missing");
  const found = [];
  for (const source of new Set(runs.map((run) => sourceOf(run)))) {
    const here = runs.filter((run) => sourceOf(run) === source).map((run) => Number(run.dataset.o));
    const low = Math.min(...here), last = runs.filter((run) => sourceOf(run) === source).map((run) => endOf(run)), high = Math.max(...last);
    for (const [start, end] of every(source, core)) if (start >= low && end <= high && holding(source, start) === element) found.push([source, start, end]);
  }
  return found.length === 1 ? found[0] : word(found.length ? "several" : "missing");
}
