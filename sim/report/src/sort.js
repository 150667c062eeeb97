// Sorts a table by the column whose title is pressed; a second press turns the order round.
for (const table of document.querySelectorAll("table")) {
  const titles = [...table.tHead.rows[0].cells];
  titles.forEach((title, column) => {
    title.querySelector("button").addEventListener("click", () => {
      const isDescending = title.getAttribute("aria-sort") === "ascending";
      const numeric = title.classList.contains("n");
      const value = (row) => {
        const cell = row.cells[column];
        return numeric ? parseFloat(cell.dataset.v) : cell.textContent;
      };
      const compare = (a, b) => {
        const [x, y] = [value(a), value(b)];
        if (!numeric) return x.localeCompare(y) * (isDescending ? -1 : 1);
        // Cells without a number go last in either order.
        if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
        return (x - y) * (isDescending ? -1 : 1);
      };
      const body = table.tBodies[0];
      body.append(...[...body.rows].sort(compare));
      titles.forEach((other) => other.removeAttribute("aria-sort"));
      title.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    });
  });
}
