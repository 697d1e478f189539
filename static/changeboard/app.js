// Clocks, keys, copying, and the "not live" mark. Everything else is HTML; nothing here writes to the server.
"use strict";

(() => {
  const root = document.documentElement;
  let ahead = 0; // platform time minus this computer's time, in milliseconds

  const hear = (iso) => { if (iso) ahead = Date.parse(iso) - Date.now(); };
  const now = () => new Date(Date.now() + ahead);
  hear(root.dataset.now);

  // ---------- clocks ----------

  const forms = new Map();
  const form = (zone, options) => {
    const key = zone + JSON.stringify(options);
    if (!forms.has(key)) forms.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
    return forms.get(key);
  };
  const two = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const faces = {
    minutes: (at, zone) => form(zone, two).format(at),
    seconds: (at, zone) => form(zone, { ...two, second: "2-digit" }).format(at),
    day: (at, zone) => form(zone, { weekday: "short", day: "numeric", month: "short" }).format(at).replace(",", ""),
  };
  const length = (milliseconds) => {
    const seconds = Math.floor(Math.abs(milliseconds) / 1000);
    const sign = milliseconds < 0 && seconds > 0 ? "−" : "";
    return sign + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0");
  };
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  const tick = () => {
    const at = now();
    for (const e of document.querySelectorAll("[data-clock]")) write(e, faces[e.dataset.clock](at, e.dataset.zone));
    for (const e of document.querySelectorAll("[data-since]")) {
      const since = at - Date.parse(e.dataset.since);
      write(e, length(since));
      if (e.dataset.limit) e.classList.toggle("is-over", since > e.dataset.limit * 1000);
    }
    for (const e of document.querySelectorAll("[data-until]")) write(e, length(Date.parse(e.dataset.until) - at));
  };
  tick();
  setInterval(tick, 1000);

  // ---------- live parts: correct the clock at every answer, say when none comes ----------

  let heard = now();
  const stale = (is) => {
    const mark = document.getElementById("stale");
    if (!mark) return;
    if (is) {
      write(mark.querySelector("[data-stale-at]"), faces.seconds(heard, root.dataset.zone || "UTC"));
    }
    mark.hidden = !is;
  };
  const polls = (event) => /every/.test(event.detail.elt?.getAttribute?.("hx-trigger") || "");

  // A button that is drawn anew between press and release hears no click: what comes meanwhile waits for the
  // next time, a second later. Not for ever: a release may go to a menu of the browser.
  const HELD = 5000;
  let pressedAt = -HELD;
  document.addEventListener("pointerdown", (event) => { if (event.button === 0) pressedAt = performance.now(); });
  const released = () => setTimeout(() => { pressedAt = -HELD; }, 0);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, released);
  addEventListener("blur", released);
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig;
    if (performance.now() - pressedAt < HELD && asked?.verb === "get" && polls({ detail: asked })) event.detail.shouldSwap = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    hear(event.detail.xhr?.getResponseHeader("X-Platform-Now"));
    heard = now();
    if (polls(event)) stale(false);
    tick();
  });
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => { if (polls(event)) stale(true); });
  }

  // ---------- keys: shown under "?" ----------

  const keyed = () => [...document.querySelectorAll("[data-key]")].filter((e) => e.offsetParent !== null && !e.disabled);
  const showKeys = () => {
    const list = document.querySelector("[data-keys]");
    list.replaceChildren(...[...keyed(), null].map((e) => {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const what = document.createElement("dd");
      const key = document.createElement("kbd");
      key.textContent = e ? e.dataset.key : "?";
      what.textContent = e ? e.dataset.keyWords || e.textContent.trim() : "These keys";
      term.append(key);
      row.append(term, what);
      return row;
    }));
    document.getElementById("keys").togglePopover();
  };
  // Another item took the field that somebody types in off the screen: what they type on is no command.
  const HUSH = 500;
  let hushedUntil = 0;
  let item;
  const itemShown = () => document.querySelector(".running-order__link[aria-current]")?.dataset.item;
  const hush = () => { hushedUntil = performance.now() + HUSH; };
  document.addEventListener("htmx:beforeSwap", () => { item = itemShown(); });
  document.addEventListener("htmx:afterSwap", () => { if (item !== itemShown()) hush(); });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    // Out of a field, so that keys are keys again.
    if (typing && event.key === "Escape") typing.blur();
    if (typing) return;
    if (performance.now() < hushedUntil) { hush(); return; }
    if (event.key === "?") { showKeys(); return; }
    const element = keyed().find((e) => e.dataset.key === event.key);
    if (!element) return;
    event.preventDefault();
    if (element.matches("input, textarea, select")) element.focus(); else element.click();
  });

  // ---------- copying and printing ----------

  document.addEventListener("click", (event) => {
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      navigator.clipboard.writeText(copier.dataset.copy).then(() => {
        const said = copier.querySelector("[data-copied]") || copier;
        const before = said.textContent;
        said.textContent = "Copied";
        setTimeout(() => { said.textContent = before; }, 2000);
      });
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  // ---------- what typing.js keeps in this tab ends when it arrived, and when its person leaves ----------

  const held = (key) => key.startsWith("typing:") || key.startsWith("draft:");
  const typings = () => Object.keys(sessionStorage).filter((key) => key.startsWith("typing:"));
  if (document.querySelector(".nav") && !document.querySelector("form[data-typing]")) {
    for (const key of typings()) sessionStorage.removeItem(key);
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/sign-out/")) return;
    for (const key of Object.keys(sessionStorage).filter(held)) sessionStorage.removeItem(key);
  });

  let sentFrom = "";
  document.addEventListener("htmx:beforeRequest", (event) => {
    const panel = event.detail.elt.closest?.("section[aria-labelledby]");
    if (event.detail.requestConfig.verb !== "get") sentFrom = panel?.getAttribute("aria-labelledby") || "";
  });

  // ---------- after a swap: focus the list of faults where there is one ----------

  // A long agenda shows the item of now, on a phone it runs sideways.
  const centre = () => {
    const current = document.querySelector(".running-order__link[aria-current]");
    if (!current) return;
    const [agenda, order] = [current.closest("nav"), current.closest("ol")];
    agenda.scrollTop = current.offsetTop - agenda.offsetTop - agenda.clientHeight / 2;
    const [box, outer] = [current.getBoundingClientRect(), order.getBoundingClientRect()];
    order.scrollLeft += box.left - outer.left - (outer.width - box.width) / 2;
  };
  centre();

  document.addEventListener("htmx:afterSwap", (event) => {
    tick();
    centre();
    if (!event.detail.requestConfig || event.detail.requestConfig.verb === "get") return;
    const faults = event.detail.elt?.querySelector?.("#errors") || document.querySelector("#live #errors");
    // Where the form went with its answer, its panel's heading is where one was.
    const heading = document.getElementById(sentFrom);
    if (faults) faults.focus(); else if (heading && document.activeElement === document.body) heading.focus();
  });
})();
