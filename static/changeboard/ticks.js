// The list of changes: one box ticks all rows of the page. Without it each row is ticked by hand.
"use strict";

(() => {
  const all = document.querySelector("[data-tick-all]");
  if (!all) return;
  const rows = [...document.querySelectorAll("input[name=ref][form=ticked]")];
  const said = document.querySelector("[data-ticked]");
  const box = all.querySelector("input");
  const count = () => {
    const ticked = rows.filter((row) => row.checked).length;
    box.checked = ticked === rows.length;
    box.indeterminate = ticked > 0 && ticked < rows.length;
    said.textContent = ticked ? `With the ${ticked} ticked:` : "With the ticked:";
  };
  all.hidden = false;
  box.addEventListener("change", () => { for (const row of rows) row.checked = box.checked; count(); });
  for (const row of rows) row.addEventListener("change", count);
  count();
})();
