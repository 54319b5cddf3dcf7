"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent;
    const rows = [...table.tBodies[0].rows].sort((a, b) => value(a).localeCompare(value(b), "zh", { numeric: true }));
    table.tBodies[0].append(...(up ? rows : rows.reverse()));
  }));
}
const unfold = () => document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
addEventListener("hashchange", unfold);
unfold();
