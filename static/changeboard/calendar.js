// The days of the calendar: arrow keys lead from day to day, a window's card is dragged to another one. Nothing
// here moves a window: a drop opens the form that says what clashes and who has to be told.
"use strict";

(() => {
  const table = () => document.getElementById("days");
  const days = () => [...(table()?.querySelectorAll("[data-day]") ?? [])];
  const dayLink = (cell) => cell?.querySelector(".cal__d");
  const say = (words) => { const said = document.getElementById("dragged"); if (said) said.textContent = words; };

  // ---------- keys: one day is in the order of tabs, and what stands on it ----------

  const settle = (current) => {
    for (const cell of days()) {
      for (const link of cell.querySelectorAll("a, summary")) link.tabIndex = cell === current ? 0 : -1;
    }
  };
  const begin = () => {
    const all = days();
    const held = document.activeElement?.closest?.("[data-day]");
    settle(all.includes(held) ? held : all.find((cell) => cell.matches(".is-today")) ?? all.find((cell) => !cell.matches(".is-out")));
  };
  const goTo = (cell, from) => {
    if (!cell) return;
    settle(cell);
    dayLink(cell).focus();
    from?.preventDefault();
  };
  const along = (event, cell) => {
    const all = days();
    const place = all.indexOf(cell);
    const row = place - (place % 7);
    const step = { ArrowLeft: place - 1, ArrowRight: place + 1, ArrowUp: place - 7, ArrowDown: place + 7, Home: row, End: row + 6 }[event.key];
    if (step !== undefined && !event.target.closest(".menu__pop")) goTo(all[step], event);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const open = event.target.closest?.(".ev__move[open]");
    if (open && event.key === "Escape") { open.open = false; open.querySelector("summary").focus(); return; }
    const cell = event.target.closest?.("#days [data-day]");
    if (cell) along(event, cell);
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest?.("#days [data-day]");
    if (cell) settle(cell);
  });
  document.addEventListener("htmx:afterSettle", begin);
  begin();

  // ---------- one menu at a time ----------

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".ev__move[open]")) return;
    for (const other of document.querySelectorAll(".ev__move[open]")) if (other !== event.target) other.open = false;
  }, true);

  // ---------- dragging ----------

  const FAR = 6; // pixels before a press is a drag
  const HOLD = 350; // milliseconds for which a finger rests on a card before it is lifted, so that a swipe scrolls
  let drag = null; // { card, pointer, x, y, startX, startY, lifted, ghost, over, frame, timer }

  const what = (cell, card) => {
    const frozen = (cell.dataset.frozen ?? "").split(" ");
    const taken = (cell.dataset.taken ?? "").split(" ").filter((reference) => reference && reference !== card.dataset.card);
    if ("past" in cell.dataset) return "over";
    if (frozen.includes("*") || frozen.includes(card.dataset.system)) return "frozen";
    return taken.length ? `taken by ${taken.join(", ")}` : "";
  };
  const lift = () => {
    const { card } = drag;
    drag.lifted = true;
    drag.ghost = card.querySelector(".ev").cloneNode(true);
    drag.ghost.removeAttribute("href");
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.classList.add("ev-ghost");
    document.body.append(drag.ghost);
    card.classList.add("is-lifted");
    document.body.classList.add("is-dragging");
    for (const cell of days()) cell.classList.toggle("is-barred", what(cell, card) !== "" && cell.dataset.day !== card.dataset.from);
    roll();
  };
  const look = () => {
    const cell = document.elementFromPoint(drag.x, drag.y)?.closest("#days [data-day]") ?? null;
    if (cell === drag.over) return;
    drag.over?.classList.remove("is-target");
    cell?.classList.add("is-target");
    drag.over = cell;
    if (!cell) return;
    const why = cell.dataset.day === drag.card.dataset.from ? "where it is" : what(cell, drag.card);
    say(`${drag.card.dataset.card}: ${dayLink(cell).getAttribute("aria-label")}${why ? `, ${why}` : ""}`);
  };
  const roll = () => {
    if (!drag?.lifted) return;
    const edge = 70;
    if (drag.y < edge) scrollBy(0, -12);
    else if (drag.y > innerHeight - edge) scrollBy(0, 12);
    drag.ghost.style.setProperty("left", `${drag.x + 8}px`);
    drag.ghost.style.setProperty("top", `${drag.y + 8}px`);
    look();
    drag.frame = requestAnimationFrame(roll);
  };
  const end = () => {
    clearTimeout(drag.timer);
    cancelAnimationFrame(drag.frame);
    drag.ghost?.remove();
    drag.card.classList.remove("is-lifted");
    document.body.classList.remove("is-dragging");
    for (const cell of days()) cell.classList.remove("is-barred", "is-target");
    drag = null;
  };

  // The platform day goes as far as the day that is shown: in another zone the two may differ.
  const shifted = (card, to) => {
    const days_ = (Date.parse(to) - Date.parse(card.dataset.from)) / 864e5;
    return new Date(Date.parse(card.dataset.on) + days_ * 864e5).toISOString().slice(0, 10);
  };
  const drop = () => {
    const { card, over } = drag;
    end();
    if (!over || over.dataset.day === card.dataset.from) { say(""); return; }
    const why = what(over, card);
    if (why === "over") { say(`That day is over. ${card.dataset.card} stays where it is.`); return; }
    location.assign(`${card.dataset.move}?on=${shifted(card, over.dataset.day)}`);
  };

  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || drag || event.button !== 0 || event.target.closest(".ev__move")) return;
    drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, startX: event.clientX, startY: event.clientY, lifted: false };
    if (event.pointerType !== "mouse") drag.timer = setTimeout(() => { if (drag) lift(); }, HOLD);
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.x = event.clientX;
    drag.y = event.clientY;
    if (drag.lifted || Math.hypot(drag.x - drag.startX, drag.y - drag.startY) < FAR) return;
    if (event.pointerType === "mouse") lift(); else end();
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.lifted) { end(); return; }
    // The link under the pointer is not followed after a drag.
    const hold = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", hold, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", hold, { capture: true }), 0);
    drop();
  });
  document.addEventListener("pointercancel", () => { if (drag) end(); });
  document.addEventListener("touchmove", (event) => { if (drag?.lifted) event.preventDefault(); }, { passive: false });
  document.addEventListener("contextmenu", (event) => { if (drag?.lifted) event.preventDefault(); });
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-card]")) event.preventDefault(); });
  document.addEventListener("keydown", (event) => {
    if (drag?.lifted && event.key === "Escape") { end(); say("Not moved."); }
  });
})();
