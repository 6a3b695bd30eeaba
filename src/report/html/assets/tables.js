"use strict";
// Tables that can be sorted by any column; empty cells, which are unknown, stay last.

{
  const value = (row, column) => {
    const cell = row.cells[column];
    return (cell?.dataset.sort ?? cell?.textContent ?? "").trim();
  };
  const number = (text) => Number.parseFloat(text.replace(/,/g, "").replace("−", "-"));

  const sort = (table, column, ascending) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const numeric = rows.every((row) => value(row, column) === "" || /^[+−-]?[\d.,]+/.test(value(row, column)) && !/^\d{4}-\d\d-\d\d$/.test(value(row, column)));
    const compare = (a, b) => (numeric ? number(a) - number(b) : a.localeCompare(b, "en", { numeric: true }));
    rows.sort((one, other) => {
      const [a, b] = [value(one, column), value(other, column)];
      if (a === "" || b === "") return (a === "") - (b === "");
      return ascending ? compare(a, b) : compare(b, a);
    });
    body.append(...rows);
  };

  const prepare = (table) => {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = gainsay.node("button", { type: "button", class: "sort", "aria-label": `Sort by ${head.textContent.trim()}` });
      button.addEventListener("click", () => {
        const ascending = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
        sort(table, column, ascending);
      });
      head.append(button);
    });
  };

  // Tables that are folded away are prepared when they are opened: large pages have thousands.
  for (const table of document.querySelectorAll("table.sortable")) {
    const folded = table.closest("details:not([open])");
    if (folded) folded.addEventListener("toggle", () => prepare(table), { once: true });
    else prepare(table);
  }
}
