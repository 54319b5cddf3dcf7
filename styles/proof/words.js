"use strict";
/* What the proof page says, in English and Chinese.  Texts of the issue are never in here. */

const WORDS = {
  en: {
    show: "Show", asked: "asked", corrections: "corrections", everything: "everything", undecided: "undecided", decidedOnes: "decided",
    rule: "Rule", all: "all", least: "Confidence from", by: "Name", open: "Open errata", save: "Save errata (w)",
    theme: "Dark / light (d)", help: "Help (?)", edition: "Edition", source: "Source as found", panel: "Decision",
    back: "Back (k)", next: "Next (j)", accept: "Accept (a)", reject: "Reject (r)", edit: "Edit (e)", undo: "Undo (u)",
    withdraw: "Withdraw (x)", add: "Correct words (n)", part: "New paragraph (p)", blocks: "Structure (b)", rows: "Back to corrections (b)",
    scope: "Where (s)", here: "here", issue: "same in this issue", batch: "same in every issue", own: "Should read",
    stands: "Stands in the source", begins: "The new paragraph begins with",
    take: "Take it", leave: "Leave it", close: "Close", of: "of", decided: "decided", line: "line", page: "page", none: "Nothing to show.",
    same: "read the same", nothing: "∅", question: "question", noted: "Noted (a)", keep: "Keep the row (a)", delete: "Delete the row (r)",
    role: "Role (o)", begin: "A story begins here (g)", goOn: "Goes on the story before (c)", run: "Joins the block before (i)",
    pick: "Move (m)", behind: "Put it behind this block (Enter)", before: "Put it before this block (v)",
    choosing: "Choose a block with j and k; Enter puts it behind, v before, Escape leaves it.",
    shapes: { begin: "a story begins here", continue: "goes on the story before", join: "joined to the block before", part: "a new paragraph",
      move: "moved" },
    roles: { title: "title", subtitle: "subtitle", heading1: "heading", heading2: "heading, second level", heading3: "heading, third level",
      paragraph: "paragraph", "paragraph:verse": "verse", "paragraph:quotation": "quotation", "paragraph:list-item": "list item",
      "paragraph:question": "question", "paragraph:answer": "answer", "paragraph:note": "note", "paragraph:editorial": "editor's note",
      "paragraph:contents": "contents line", "paragraph:table-row": "table row", caption: "caption", byline: "byline", kicker: "kicker", colophon: "colophon", drop: "not part of the edition" },
    states: { open: "open", applied: "applied", done: "accepted", rejected: "refused" },
    about: "Decisions stay in this browser until you save them. Put the saved file beside the issue, in place of the one there: it holds " +
      "that one's rows too. The next build reads it.",
    keys: { "j k": "next, back", "a r": "accept, reject", e: "write it yourself", u: "undo", x: "withdraw a decision", s: "here, in this issue, everywhere",
      n: "correct words no rule found: selected in the source, or typed", p: "new paragraph at selected or typed words",
      b: "structure: roles, stories, joins, moves, for the block at hand", "0-9": "roles, in structure", w: "save errata", d: "dark or light", l: "language", "?": "this help" },
    saved: "Saved.", kept: "The browser keeps nothing here: save before you leave.", filed: "in the errata file",
    read: "decisions were read from the file", differ: "differ from what was decided here; the file's hold",
    missing: "These words are not in this paragraph.", several: "These words stand here more than once: type more of them.",
    cannot: "That cannot be done here.", nowhere: "There is no such block.",
  },
  zh: {
    show: "显示", asked: "待定", corrections: "改动", everything: "全部", undecided: "未决", decidedOnes: "已决", rule: "规则", all: "全部",
    least: "置信度不低于", by: "署名", open: "打开勘误", save: "保存勘误 (w)", theme: "深色／浅色 (d)",
    help: "帮助 (?)", edition: "重排本", source: "原文", panel: "裁定", back: "上一条 (k)", next: "下一条 (j)", accept: "采纳 (a)",
    reject: "不采纳 (r)", edit: "自改 (e)", undo: "撤销 (u)", withdraw: "收回 (x)", add: "改正文字 (n)", part: "另起一段 (p)",
    blocks: "结构 (b)", rows: "回到勘误 (b)", scope: "范围 (s)", here: "仅此处", issue: "本期同样处", batch: "各期同样处",
    own: "应作", stands: "原文作", begins: "新段以此开头", take: "确定", leave: "取消", close: "关闭", of: "／", decided: "已定", line: "行", page: "页",
    none: "没有可显示的条目。", same: "处相同", nothing: "∅", question: "疑问", noted: "知道了 (a)", keep: "保留该行 (a)", delete: "删去该行 (r)",
    role: "角色 (o)", begin: "新文章由此开始 (g)", goOn: "接续上一篇 (c)", run: "并入上一段 (i)", pick: "移动 (m)",
    behind: "放在此段之后 (Enter)", before: "放在此段之前 (v)", choosing: "用 j、k 选定一段；Enter 放在其后，v 放在其前，Escape 作罢。",
    shapes: { begin: "新文章由此开始", continue: "接续上一篇", join: "并入上一段", part: "另起一段", move: "已移动" },
    roles: { title: "标题", subtitle: "副题", heading1: "小标题", heading2: "二级小标题", heading3: "三级小标题", paragraph: "正文",
      "paragraph:verse": "诗行", "paragraph:quotation": "引文", "paragraph:list-item": "列表项", "paragraph:question": "问", "paragraph:answer": "答",
      "paragraph:note": "注", "paragraph:editorial": "编者按", "paragraph:contents": "目录行", "paragraph:table-row": "表格行", caption: "图说", byline: "署名", kicker: "引题",
      colophon: "版权信息", drop: "不入重排本" },
    states: { open: "待定", applied: "已改", done: "已采纳", rejected: "未采纳" },
    about: "裁定暂存在浏览器里。保存后把文件放在原文旁边，替换旧的勘误文件：旧文件的各行都在其中。下次生成时即生效。",
    keys: { "j k": "下一条、上一条", "a r": "采纳、不采纳", e: "自己改", u: "撤销", x: "收回裁定", s: "仅此处、本期、各期",
      n: "改正规则没有发现的文字：在原文里选中，或键入", p: "在选中或键入的文字前另起一段", b: "结构：当前段的角色、文章起讫、合并、移动",
      "0-9": "结构中：角色", w: "保存勘误", d: "深色或浅色", l: "语言", "?": "帮助" },
    saved: "已保存。", kept: "浏览器不能暂存：离开前请保存。", filed: "见勘误文件",
    read: "条裁定已从文件读入", differ: "条与此处的裁定不同，以文件为准", missing: "这一段里没有这些字。", several: "这些字在这里不止一处：请多键入几个。",
    cannot: "此处不能这样做。", nowhere: "没有这一段。",
  },
};

const COLUMNS = ["kind", "source", "start", "end", "wrong", "right", "left", "right_context", "rule", "confidence",
  "decision", "scope", "by", "date"];
const TONGUES = { en: "English", zh: "简体", "zh-Hant": "繁體" };
const SCOPES = ["here", "issue", "batch"];

const data = JSON.parse(document.getElementById("data").textContent);
const EMPTY = { id: "", page: "", why: "", choices: [], layout: false };
const items = data.items.map((item) => ({ ...EMPTY, ...item }));
const $ = (name) => document.getElementById(name);
let settings = {};

/** The language of a browser: Traditional script for Taiwan, Hong Kong and Macau, or where it says so. */
function tongueOf(tag) {
  if (!/^zh\b/i.test(tag)) return "en";
  return /-(hant|tw|hk|mo)\b/i.test(tag) && !/-hans\b/i.test(tag) ? "zh-Hant" : "zh";
}

function nextTongue() { const all = Object.keys(TONGUES); return all[(all.indexOf(settings.language) + 1) % all.length]; }

/** What the issue's reader says in English, in the language of the interface where the page knows it. */
function inTongue(text) {
  if (settings.language === "en" || !Object.hasOwn(data.chinese, text)) return text;
  return data.chinese[text][settings.language === "zh" ? 0 : 1];
}

function word(name) { return WORDS[settings.language][name]; }

/** A text on one line, its controls made visible: nothing from an issue may turn the page's own words about. */
function visible(text) {
  return text.replace(/[\n\r\u2028\u2029]/g, "⏎").replace(/\t/g, "⇥").replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

function part(name, text, kind) {
  const element = document.createElement(name);
  element.textContent = visible(text);
  if (kind) element.className = kind;
  return element;
}

function say(text) { $("said").textContent = text; }
