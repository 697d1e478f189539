// Steps of a plan, or items of an agenda, are moved: dragged by their grip, or with Alt and the arrow keys. The buttons do the work.
"use strict";

(() => {
  const steps = () => [...document.querySelectorAll("[data-movable] > [data-step]")];
  const said = document.getElementById("moved");
  if (!said) return;
  const showGrips = () => { for (const grip of document.querySelectorAll("[data-grip]")) grip.hidden = false; };
  showGrips();

  // ---------- after a move: focus stays with the step, and where it went is said ----------

  // Where the focus goes after a step was added or removed: the words of the step that is there now.
  let placed = null; // "last" or the number of the step that was removed
  document.addEventListener("click", (event) => {
    const match = /^step-(?:(add)|remove-(\d+))$/.exec(event.target.closest?.("[name=do]")?.value || "");
    if (match) placed = match[2] ? Number(match[2]) : "last";
  }, true);
  const focusPlaced = () => {
    const all = steps();
    const step = placed === "last" ? all.at(-1) : all[Math.min(placed, all.length) - 1];
    const field = step?.querySelector("input:not([type=hidden]), textarea") || document.querySelector("[name=do][value=step-add]");
    field?.focus();
    said.textContent = placed === "last" ? `Added: step ${all.length}` : `Removed: ${all.length} left`;
    placed = null;
  };

  let moved = null; // { to, name } of the step under way: its new number, and the control that had the focus
  const control = (step, name) => step?.querySelector(`[name="${CSS.escape(name.replace("#", step.dataset.step))}"], [value="${CSS.escape(name.replace("#", step.dataset.step))}"]`);
  const nameOf = (element, number) => ((element.name === "do" ? element.value : element.name) || "")
    .replace(new RegExp(`^step-(up-|down-)?${number}(?=-|$)`), "step-$1#");

  const press = (button, to, focused, number) => {
    if (!button || button.disabled) return;
    moved = { to, name: nameOf(focused, number) };
    button.click();
  };

  document.addEventListener("click", (event) => {
    const match = /^step-(up|down)-(\d+)$/.exec(event.target.closest?.("[name=do]")?.value || "");
    if (!match || (moved && !event.isTrusted)) return;
    moved = { to: Number(match[2]) + (match[1] === "up" ? -1 : 1), name: `step-${match[1]}-#` };
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id !== "plan" && event.detail.elt?.id !== "plan") return;
    showGrips();
    if (placed) focusPlaced();
    if (!moved) return;
    const all = steps();
    const step = all[moved.to - 1];
    const wanted = control(step, moved.name);
    const field = wanted && !wanted.disabled ? wanted : step?.querySelector("button:not([disabled]):not([data-grip])");
    field?.focus();
    said.textContent = step ? `Moved: now step ${moved.to} of ${all.length}` : "";
    moved = null;
  });
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, () => { moved = placed = null; });
  }

  // ---------- keys ----------

  document.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const step = event.target.closest?.("[data-step]");
    // Alt and an arrow open a list of choices: that stays so.
    if (!way || !event.altKey || event.ctrlKey || event.metaKey || !step || event.target.matches("select")) return;
    event.preventDefault();
    const number = Number(step.dataset.step);
    press(step.querySelector(`[value="step-${way}-${number}"]`), number + (way === "up" ? -1 : 1), event.target, number);
  });

  // ---------- dragging ----------

  let drag = null; // { step, to, y, frame }
  const clear = () => { for (const step of steps()) step.classList.remove("is-drop-before", "is-drop-after", "is-dragged"); };
  const end = () => { cancelAnimationFrame(drag.frame); clear(); drag = null; };
  const look = () => {
    const others = steps().filter((step) => step !== drag.step);
    const after = others.filter((step) => { const box = step.getBoundingClientRect(); return drag.y > box.top + box.height / 2; });
    clear();
    drag.step.classList.add("is-dragged");
    drag.to = after.length + 1;
    if (others[after.length]) others[after.length].classList.add("is-drop-before");
    else others.at(-1)?.classList.add("is-drop-after");
  };
  const roll = () => {
    const edge = 80;
    if (drag.y < edge) scrollBy(0, -12);
    else if (drag.y > innerHeight - edge) scrollBy(0, 12);
    look();
    drag.frame = requestAnimationFrame(roll);
  };

  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    drag = { step: grip.closest("[data-step]"), to: 0, y: event.clientY, frame: 0 };
    roll();
  });
  document.addEventListener("pointermove", (event) => { if (drag) drag.y = event.clientY; });
  document.addEventListener("pointerup", (event) => {
    if (!drag) return;
    drag.y = event.clientY;
    look();
    const { step, to } = drag;
    const number = Number(step.dataset.step);
    end();
    const place = document.querySelector("[data-place]");
    if (to === number || !place) return;
    place.value = `step-place-${number}-${to}`;
    press(place, to, step.querySelector("[name$='-text']") ?? step, number);
  });
  document.addEventListener("pointercancel", () => { if (drag) end(); });
  document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") end(); });
})();
