/* What is decided: entries in the order given, and what they amount to for each item and each place. */

let log = [];          // [{n, decision, right, scope}] given here, in order; the last one about an item counts
let filed = [];        // the same, read from the errata file beside the issue or from one opened
let added = [];        // items the editor made: words no rule found, structure, rows of the file that are no item here
let inForce = new Map();
let elsewhere = [];    // places of series where no rule had found anything: [{source, start, end, said}]
const rows = new Map();     // same change: `wrong NUL right` to items
const beginnings = new Map(); // same words: `wrong` to items

function groupOf(item) { return `${item.wrong}\u0000${item.right}`; }

function known() { return added.length ? items.concat(added) : items; }

function one(number) { return number < items.length ? items[number] : added[number - items.length]; }

function gather() {
  for (const item of items) {
    if (item.what !== "edit") continue;
    rows.set(groupOf(item), [...(rows.get(groupOf(item)) || []), item]);
    beginnings.set(item.wrong, [...(beginnings.get(item.wrong) || []), item]);
  }
}

function wide(item) { return item.what === "edit" || item.what === "own" || item.what === "variant"; }

/** Decision in force for each item: its own, else that of a series, else what the issue was built with. */
function weigh() {
  const own = new Map(), withdrawn = new Set();
  for (const entry of [...filed, ...log]) {
    own.delete(entry.n);
    withdrawn.delete(entry.n);
    if (entry.decision !== "open") own.set(entry.n, entry);
    else if (["accepted", "rejected"].includes(one(entry.n).status)) withdrawn.add(entry.n); // what was built with it is open again
  }
  const found = new Map(own);
  elsewhere = [];
  const settled = new Set([...own.values()].map((entry) => placeOf(one(entry.n))));
  for (const entry of [...filed, ...log].reverse()) {
    const item = one(entry.n);
    if (own.get(entry.n) === entry && entry.scope !== "here" && wide(item)) spread(entry, item, found, settled);
  }
  for (const item of items) {
    if (!found.has(item.n) && !withdrawn.has(item.n) && (item.status === "accepted" || item.status === "rejected")) {
      found.set(item.n, { n: item.n, decision: item.status === "rejected" ? "reject" : "accept", right: item.right, scope: "here", before: true });
    }
  }
  inForce = found;
  inForce.withdrawn = withdrawn;
}

function placeOf(item) { return `${item.source}:${item.start}:${item.end}`; }

/** A series: rows that say the same; for own words, or where no rule found it, every place that reads so, as in the build. */
function spread(entry, item, found, settled) {
  const right = entry.decision === "replace" ? entry.right : item.right;
  const same = rows.get(`${item.wrong}\u0000${right}`) || [];
  const words = entry.decision === "replace" && same.length === 0;
  for (const other of words ? beginnings.get(item.wrong) || [] : same) {
    if (settled.has(placeOf(other))) continue;
    settled.add(placeOf(other));
    found.set(other.n, entry);
  }
  if (same.length || entry.decision === "reject" || Array.from(squeeze(item.wrong)).length < 2) return;
  if (item.what === "variant") return;
  for (const number of data.sources.keys()) {
    if (number !== item.source && entry.scope !== "batch" && data.sources.length > 1 && data.sources[number] !== data.sources[item.source]) continue;
    for (const [start, end] of every(number, item.wrong)) {
      const place = `${number}:${start}:${end}`;
      if (settled.has(place)) continue;
      settled.add(place);
      elsewhere.push({ source: number, start, end, said: entry });
    }
  }
}

function state(item) {
  const said = inForce.get(item.n);
  if (!said) return item.asked || inForce.withdrawn.has(item.n) || !["edit", "query", "variant"].includes(item.what) ? "open" : "applied";
  return said.decision === "reject" ? "rejected" : "done";
}

function isAsked(item) { return item.asked || inForce.withdrawn.has(item.n) && items.includes(item); }

function reading(item) {
  const said = inForce.get(item.n);
  if (!said || said.decision === "reject") return item.right;
  return said.decision === "replace" || item.what !== "query" && item.what !== "variant" ? said.right : item.right;
}

/** How many places a series of the item would reach. */
function sameAs(item) {
  if (!wide(item) || item.also) return item.also || 1;
  const same = (rows.get(groupOf(item)) || []).length;
  if (same || Array.from(squeeze(item.wrong)).length < 2) return Math.max(same, 1);
  return data.sources.reduce((sum, _, number) => sum + every(number, item.wrong).length, 0);
}

function enter(entry) {
  log.push(entry);
  keep();
  paint();
}

/** An item the editor makes; one of the same kind at the same place is taken up again. */
function make(kind, what, place, more) {
  const found = known().find((item) => item.kind === kind && item.what === what && placeOf(item) === placeOf(place)
    && (item.part || false) === (more.part || false));
  if (found) return found;
  const item = { n: known().length, kind, what, id: "", status: "added", rule: "editor", confidence: 1, right: place.wrong, why: "",
    choices: [], asked: false, layout: false, ...place, ...more };
  added.push(item);
  return item;
}
