/* The page comes alive: its language and colours, its keys and buttons, its two sides that scroll together. */

function dress() {
  document.documentElement.dataset.theme = settings.theme;
  document.documentElement.lang = settings.language === "zh" ? "zh-Hans" : settings.language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = word(element.dataset.t);
  $("tongue").textContent = TONGUES[nextTongue()];
  $("tongue").lang = nextTongue() === "zh" ? "zh-Hans" : nextTongue();
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  options($("show"), ["asked", "undecided", "decidedOnes", "corrections", "everything"].map((name) => [name, word(name)]));
  options($("scope"), SCOPES.map((name) => [name, word(name)]));
  const rules = [...new Set(known().map((item) => item.rule))].sort();
  options($("rule"), [["", word("all")], ...rules.map((name) => [name, visible(inTongue(name))])]);
  options($("role"), roleNames());
  $("keys").replaceChildren(...Object.entries(word("keys")).flatMap(([key, text]) => [part("dt", key), part("dd", text)]));
}

function options(select_, rows_) {
  const held = select_.value;
  select_.replaceChildren(...rows_.map(([value, text]) => { const option = part("option", text); option.value = value; return option; }));
  if (rows_.some(([value]) => value === held)) select_.value = held;
}

/* ---- scrolling ---------------------------------------------------------------------------------------------------- */

const settled = new WeakMap(); // where the page itself put a pane: that scroll is not the reader's
const brought = new WeakMap(); // what it put in the middle there

function still(pane) { return Math.abs((settled.get(pane) ?? -1e9) - pane.scrollTop) < 2; }

/** Bring an element to the middle of its pane; what is laid out only when near is looked for again. */
function bring(element) {
  const pane = element.closest("main > section");
  const once = (tries) => {
    if (!element.isConnected || brought.get(pane) !== element || tries < 4 && !still(pane)) { pane.classList.remove("pinned"); return; }
    element.scrollIntoView({ block: "center", inline: "nearest" });
    settled.set(pane, pane.scrollTop);
    if (tries > 0) requestAnimationFrame(() => once(tries - 1)); else pane.classList.remove("pinned");
  };
  brought.set(pane, element);
  pane.classList.add("pinned");
  once(4);
}

/** Scrolling one side brings the same line up on the other. */
function together(from, to, find) {
  const follow = (tries) => {
    if (still(from)) return;
    const box = from.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + 12);
    const target = top && find(top);
    if (!target) { if (tries > 0) requestAnimationFrame(() => follow(tries - 1)); return; }
    settled.delete(from);
    brought.delete(to);
    align(target, 4);
  };
  const align = (target, tries) => { // what comes into sight is laid out only then, and may push the line away
    to.scrollTop += target.getBoundingClientRect().top - to.getBoundingClientRect().top - 12;
    settled.set(to, to.scrollTop);
    to.classList.toggle("pinned", tries > 0);
    if (tries > 0) requestAnimationFrame(() => { if (still(to)) align(target, tries - 1); else to.classList.remove("pinned"); });
  };
  from.addEventListener("scroll", () => requestAnimationFrame(() => follow(8)), { passive: true });
}

function bind() {
  const byLine = new Map();
  for (const block of blocks()) if (!byLine.has(block.dataset.l)) byLine.set(block.dataset.l, block);
  together($("edition"), $("source"), (top) => { const block = top.closest(".b"); return block && document.getElementById(block.dataset.l); });
  together($("source"), $("edition"), (top) => { const line = top.closest(".l"); return line && byLine.get(line.id); });
}

/* ---- keys and buttons ---------------------------------------------------------------------------------------------- */

const both = {
  undo, save, open: () => $("file").click(), ask: () => $("help").showModal(), add: () => add("add"), part: () => { if (!data.variant) add("part"); }, blocks: () => { if (!data.variant) structure(); }, leave,
  theme: () => { settings.theme = settings.theme === "dark" ? "light" : "dark"; dress(); keep(); },
  tongue: () => {
    settings.language = nextTongue();
    dress(); progress(); show(); keep();
    if (shaping) showBlock(at, true);
  },
};
const correcting = {
  next: () => go(1), back: () => go(-1), accept: () => decide("accept"), reject: () => decide("reject"), edit: () => ask("edit"), withdraw,
  series: () => { if (!$("scope").disabled) { $("scope").value = SCOPES[(SCOPES.indexOf($("scope").value) + 1) % 3]; scope = $("scope").value; } },
};
const shapings = {
  next: () => step(1), back: () => step(-1), begin: () => shape("article", "accept", "begin"), goOn: () => shape("article", "accept", "continue"),
  run: runBefore, pick, behind: () => drop(true), before: () => drop(false), role: () => $("role").focus(), withdraw: withdrawShape,
};
const KEYS = { j: "next", k: "back", ArrowDown: "next", ArrowUp: "back", a: "accept", r: "reject", e: "edit", u: "undo", x: "withdraw", s: "series",
  n: "add", p: "part", b: "blocks", w: "save", d: "theme", l: "tongue", "?": "ask", g: "begin", c: "goOn", i: "run", m: "pick", v: "before", o: "role" };

function press(event) {
  if (event.key === "Escape" && !$("help").open) {
    if (!$("own").hidden) leave(); else if (carried) { carried = null; showBlock(at, true); }
    document.activeElement.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  if (shaping && event.key === "Enter" && carried && event.target.tagName !== "BUTTON") { event.preventDefault(); drop(true); return; }
  if (shaping && /^[0-9]$/.test(event.key)) { event.preventDefault(); chooseRole(ROLES[Number(event.key)]); return; }
  const name = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : "", action = both[name] || (shaping ? shapings : correcting)[name];
  if (action) { event.preventDefault(); action(); }
}

function chosen(event) {
  const target = event.target.closest ? event.target : null, own = target && target.closest("[data-own]"), mark_ = target && target.closest("[data-n]");
  const block = target && target.closest("#edition .b");
  if (shaping && block) showBlock(block, true);
  else if (own) select(Number(own.dataset.own));
  else if (mark_ && mark_.dataset.n !== "") select(Number(mark_.dataset.n.split(" ")[0]));
}

function start() {
  collect();
  gather();
  recall();
  dress();
  paint();
  $("show").value = items.some(isAsked) ? "asked" : "corrections";
  bind();
  for (const name of ["blocks", "part"]) $(name).hidden = data.variant !== "";
  filter();
  if (shown.length) select(shown.find((n) => !inForce.has(n)) ?? shown[0]); else show();
  for (const name of ["show", "rule", "least"]) {
    $(name).addEventListener("change", () => { filter(); if (shown.includes(current)) show(); else if (shown.length) select(shown[0]); else { current = -1; show(); } });
  }
  $("scope").addEventListener("change", () => { scope = $("scope").value; });
  $("role").addEventListener("change", () => { chooseRole($("role").value); $("role").blur(); });
  $("by").value = settings.by || "";
  $("by").addEventListener("change", () => { settings.by = $("by").value; keep(); });
  document.addEventListener("click", chosen);
  for (const button of document.querySelectorAll("button[data-do]")) {
    button.addEventListener("click", () => {
      const name = button.dataset.do;
      (both[name] || (shaping ? shapings : correcting)[name])();
    });
  }
  $("own").addEventListener("submit", (event) => { event.preventDefault(); answered(); });
  $("file").addEventListener("change", () => {
    const chosenFile = $("file").files[0];
    if (chosenFile) { const reader = new FileReader(); reader.onload = () => load(String(reader.result)); reader.readAsText(chosenFile); }
    $("file").value = "";
  });
  document.addEventListener("keydown", press);
}

start();
