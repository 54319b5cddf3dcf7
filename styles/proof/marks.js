/* Marks in the text: each item's in both panes, repainted where its state has changed. */

const marks = new Map();
const painted = new Map();

function collect() {
  for (const element of document.querySelectorAll("[data-n]")) {
    for (const number of element.dataset.n.split(" ")) {
      if (number === "") continue;
      const list = marks.get(Number(number)) || [];
      list.push(element);
      marks.set(Number(number), list);
    }
  }
}

function paint() {
  weigh();
  for (const item of items) {
    const sign = `${state(item)}\u0000${reading(item)}\u0000${item.also > 1 && inForce.get(item.n)?.scope}`;
    if (painted.get(item.n) === sign) continue;
    painted.set(item.n, sign);
    for (const element of marks.get(item.n) || []) paintMark(element);
  }
  arrange();
  progress();
}

/** A mark shows its first item; one that shares it shows through where it was decided, or is still asked. */
function paintMark(element) {
  const here = element.dataset.n.split(" ").map((number) => items[Number(number)]), first = here[0];
  const taken = (item) => { const said = inForce.get(item.n); return said && (item.what === "query" ? said.decision === "replace" : said.decision !== "reject"); };
  const other = here.slice(1).find(taken);
  let now = first.what === "query" && state(first) === "done" && !taken(first) ? "rejected" : state(first);
  if (other) now = "done";
  if (element.dataset.also !== undefined && inForce.get(first.n) && inForce.get(first.n).scope === "here") now = "open";
  element.classList.remove("open", "rejected", "done", "asked");
  if (now !== "applied") element.classList.add(now);
  if (element.tagName === "MARK") return;
  if (!other && here.slice(1).some((item) => state(item) === "open")) element.classList.add("asked");
  element.querySelector(":scope > ins").textContent = other ? reading(other) : now === "open" || now === "rejected" ? "" : reading(first);
}

function progress() {
  const asked = known().filter(isAsked);
  const decided = asked.filter((item) => inForce.has(item.n)).length;
  $("progress").textContent = `${decided} ${word("of")} ${asked.length} ${word("decided")}`;
}

/* ---- places in the edition ------------------------------------------------------------------------------------- */

let runs = null;       // by source: runs of the edition in order of their offset

function sourceOf(element) { return Number(element.dataset.s ?? element.closest("[data-a]").dataset.s ?? 0); }

function lengthOf(element) {
  const text = element.classList.contains("m") ? element.querySelector(":scope > del").textContent : element.textContent;
  return Array.from(text).length;
}

function endOf(element) { return Number(element.dataset.o) + lengthOf(element); }

function runsOf(source) {
  if (runs === null) {
    runs = new Map();
    for (const element of document.querySelectorAll("#edition [data-o]")) {
      if (element.querySelector("[data-o]")) continue; // a question round other runs
      const number = sourceOf(element), row = { start: Number(element.dataset.o), element };
      if (runs.has(number)) runs.get(number).push(row); else runs.set(number, [row]);
    }
    for (const list of runs.values()) list.sort((a, b) => a.start - b.start);
  }
  return runs.get(source) || [];
}

/** The last run that begins at or before an offset. */
function rank(list, at) {
  let low = 0, high = list.length;
  while (low < high) { const middle = (low + high) >> 1; if (list[middle].start <= at) low = middle + 1; else high = middle; }
  return low - 1;
}

/** Whether a range begins or ends inside a change that is in force, or runs over the end of its block. */
function cuts(source, start, end) {
  const list = runsOf(source), block = holding(source, start);
  for (let number = Math.max(rank(list, start), 0); number < list.length && list[number].start < end; number += 1) {
    const { element, start: low } = list[number], high = endOf(element);
    if (high <= start || low >= end) continue;
    if (element.closest(".b") !== block) return true;
    if (element.matches(".m:not(.open, .rejected)") && (low < start || high > end)) return true;
    if (element.parentElement.closest(".m.done:not(.own)")) return true;
  }
  return false;
}

/** The block of the edition that holds a character of the source. */
function holding(source, at) {
  const list = runsOf(source), number = rank(list, at);
  return number < 0 ? null : list[number].element.closest(".b");
}
