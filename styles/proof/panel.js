/* The panel: which items are shown, where the reader is, and what is said of the item at hand. */

let current = -1;
let shown = [];
let scope = "here";

function filter() {
  const what = $("show").value, rule = $("rule").value, least = Number($("least").value) || 0;
  shown = known().filter((item) => {
    if (rule !== "" && item.rule !== rule) return false;
    if (item.what === "edit" && item.confidence < least) return false;
    if (what === "asked") return isAsked(item);
    if (what === "undecided") return isAsked(item) && !inForce.has(item.n);
    if (what === "decidedOnes") return inForce.has(item.n);
    if (what === "corrections") return !item.layout && item.what !== "move";
    return item.status !== "added" || inForce.has(item.n);
  }).sort((a, b) => a.source - b.source || a.start - b.start || a.n - b.n).map((item) => item.n);
}

function shrinking() { return $("show").value === "undecided"; }

function go(step) {
  const at = shown.indexOf(current);
  if (shrinking() || at < 0) { const held = current; filter(); if (!shown.includes(held)) { near(held, step); return; } }
  const next = shown.indexOf(current) + step;
  if (next >= 0 && next < shown.length) select(shown[next]); else show();
}

/** From an item that is no longer shown to the next one that is. */
function near(number, step) {
  const from = one(number);
  if (!from) { if (shown.length) select(shown[0]); else { current = -1; show(); } return; }
  const behind = shown.findIndex((n) => { const item = one(n); return item.source > from.source || (item.source === from.source && item.start >= from.start); });
  const pick = step > 0 ? shown[behind] : shown[(behind < 0 ? shown.length : behind) - 1];
  if (pick !== undefined) select(pick); else show();
}

function elementsOf(number) {
  return number < items.length ? marks.get(number) || [] : [...document.querySelectorAll(`[data-own="${number}"]`)];
}

function select(number, quiet) {
  for (const element of [...document.getElementsByClassName("here")]) element.classList.remove("here");
  current = number;
  $("own").hidden = true;
  highlight(!quiet);
  show();
}

function highlight(scroll) {
  const item = one(current);
  if (!item) return;
  const elements = elementsOf(current);
  for (const element of elements) element.classList.add("here");
  if (!scroll) return;
  const line = document.getElementById(`l${item.source}-${item.line}`);
  for (const pane of ["edition", "source"]) {
    const target = elements.find((element) => $(pane).contains(element) && element.getClientRects().length)
      || (pane === "source" ? line : holding(item.source, item.start));
    if (target) bring(target);
  }
}

function choicesOf(item) { return item.what === "variant" ? item.choices : item.choices.map(inTongue); }

/** What `a` and `r` say of a question: words of its own, or to keep or delete the row of a decision that has no place. */
function answers(item) {
  const own = choicesOf(item).map((text) => (item.what === "variant" ? `“${visible(text)}”` : visible(text)));
  if (item.rule === "decision-lost" || item.rule === "decision-blocked") return [word("keep"), word("delete")];
  if (own.length > 1) return [`${own[0]} (a)`, `${own[1]} (r)`];
  return [item.what === "query" ? word("noted") : word("accept"), word("reject")];
}

function canReject(item) { return item.what !== "query" || item.choices.length > 1; }
function canEdit(item) { return item.what === "own" || item.kind === "text" && item.wrong !== "" || item.what === "variant" || item.kind === "join" && item.what === "edit"; }

function show() {
  const item = one(current), query = item && item.what === "query";
  $("accept").disabled = !item || item.what === "block" || item.what === "row" || item.what === "own";
  $("reject").disabled = $("accept").disabled || !canReject(item);
  $("edit").disabled = !item || !canEdit(item);
  $("withdraw").disabled = !item || !inForce.has(item.n);
  $("scope").disabled = Boolean(item) && !wide(item);
  $("change").replaceChildren();
  $("why").textContent = "";
  $("clip").hidden = true;
  $("same").textContent = "";
  if (!item) { $("place").textContent = word("none"); return; }
  const said = inForce.get(item.n), at = shown.indexOf(current) + 1;
  const page = item.page ? `${word("page")} ${item.page}, ` : "";
  const sure = item.what === "edit" || item.what === "variant" ? ` · ${item.confidence.toFixed(3)}` : "";
  $("place").textContent = visible(`${at ? `${at}/${shown.length} · ` : ""}${page}${word("line")} ${item.line} · ${query ? word("question") + " " : ""}${inTongue(item.rule)}${sure} · ${word("states")[state(item)]}`);
  change(item, said, query);
  $("why").textContent = visible(inTongue(item.why) + (item.choices.length ? ` (${choicesOf(item).join(" | ")})` : ""));
  [$("accept").textContent, $("reject").textContent] = answers(item);
  const clip = data.clips[`${item.source}-${item.line}`];
  if (clip && clip.startsWith("data:image/jpeg;base64,")) { $("clip").src = clip; $("clip").alt = visible(item.left + item.wrong + item.rightContext); $("clip").hidden = false; }
  const same = sameAs(item);
  if (same > 1) $("same").textContent = `${same} ${word("same")}`;
  $("scope").value = said && !said.before ? said.scope : item.what === "variant" && scope === "here" ? "issue" : scope;
}

function change(item, said, query) {
  const shape = item.what === "block" || item.what === "row" && item.kind !== "text";
  const text = shape ? shapeName(item, said) : reading(item), own = said && said.decision === "replace";
  $("change").append(part("span", item.left, "context"));
  if (item.what === "variant") { $("change").append(part("span", item.wrong, "context"), " → ", part("ins", text), part("span", item.rightContext, "context")); return; }
  if (item.wrong !== "") $("change").append(part(shape || (query && !own) ? "span" : "del", item.wrong));
  if (shape || !query || own) $("change").append(part("ins", shape ? `〔${text}〕` : text === "" ? word("nothing") : text));
  $("change").append(part("span", item.rightContext, "context"));
}

function shapeName(item, said) {
  const right = said ? said.right : item.right;
  if (item.kind === "role") return word("roles")[right] || right;
  if (item.part || item.kind === "join" && said && said.decision === "reject") return word("shapes").part;
  return word("shapes")[item.kind === "article" ? right || "begin" : item.kind] || item.kind;
}

function decide(decision, right) {
  const item = one(current);
  if (!item) return;
  if (decision === "reject" && !canReject(item)) decision = "accept"; // a question without answers is only noted
  if (item.what === "block" || item.what === "row" || item.what === "own" && decision !== "replace") return;
  const where = wide(item) ? $("scope").value : "here";
  if (item.what === "query" && decision === "reject" && (item.rule === "decision-lost" || item.rule === "decision-blocked")) dismiss(item);
  if (item.what === "query" && item.kind === "text" && item.rule === "issue-number" && decision !== "replace") {
    if (decision === "accept") { decision = "replace"; right = item.wrong.replace(item.choices[1], item.choices[0]); } else decision = "accept";
  }
  if (item.what === "variant" && decision === "reject") { decision = "replace"; right = item.other; }
  enter({ n: item.n, decision, right: decision === "replace" ? right : item.right, scope: where });
  moveOn();
}

function moveOn() {
  const held = current;
  if (shrinking()) { filter(); near(held, 1); } else go(1);
  if (current === held) { highlight(false); show(); }
}

function withdraw() {
  const item = one(current);
  if (!item || !inForce.has(item.n)) return;
  enter({ n: item.n, decision: "open", right: item.right, scope: "here" });
  filter();
  highlight(false);
  show();
}

function undo() {
  const last = log.pop();
  if (!last) return;
  keep();
  paint();
  filter();
  const item = one(last.n);
  if (item && item.what === "block" && shaping) { showBlock(holding(item.source, item.start)); return; }
  select(last.n);
}

/* ---- writing it oneself ------------------------------------------------------------------------------------------ */

let asking = null;     // what the form is for: "edit", "add" or "part", and where

function ask(what, place) {
  const item = one(current);
  if (what === "edit" && (!item || $("edit").disabled)) return;
  asking = { what, place };
  $("own").hidden = false;
  $("standing").hidden = what === "edit" || place !== null && place !== undefined;
  $("reads").hidden = what === "part";
  $("stood").textContent = word(what === "part" ? "begins" : "stands");
  $("stand").value = "";
  $("words").value = what === "edit" ? (reading(item) === "" || item.what === "query" ? item.wrong : reading(item)) : place ? between(...place) : "";
  const field = $("standing").hidden ? $("words") : $("stand");
  field.focus();
  field.select();
}

/** A correction, or a paragraph's beginning, where no rule saw one: of selected source text, else of words typed. */
function add(what) {
  const place = selected();
  if (what === "part" && place) partHere(place); else ask(what, place);
}

function answered() {
  const { what, place } = asking;
  if (what === "edit") { leave(); decide("replace", $("words").value); return; }
  const item = one(current), element = shaping || !item ? at || blocks()[0] : holding(item.source, item.start);
  const found = place || (element ? typed($("stand").value, element) : word("missing"));
  if (typeof found === "string") { say(found); return; }
  if (cuts(...found)) { say(word("cannot")); return; }
  if (what === "part") { leave(); partHere(found); return; }
  const made = make("text", "own", placed(...found), {});
  const where = $("scope").disabled ? scope : $("scope").value;
  leave();
  enter({ n: made.n, decision: "replace", right: $("words").value, scope: where });
  filter();
  select(made.n, true);
}

function leave() { $("words").blur(); $("stand").blur(); $("own").hidden = true; say(""); }
