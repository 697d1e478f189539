// The form of a change: a copy of what is typed in this tab, for when the session ends before it is sent.
// The server keeps the same on its own; this is for what it never heard.
"use strict";

(() => {
  const form = document.querySelector("form[data-typing]");
  const out = document.getElementById("signed-out");
  const before = document.getElementById("typed-before");
  if (!form) return;
  const place = `typing:${location.pathname}`;
  const person = form.dataset.typing;
  const read = () => { try { return JSON.parse(sessionStorage.getItem(place)); } catch { return null; } };
  const drop = () => sessionStorage.removeItem(place);

  // ---------- what this tab held before the page was loaded anew ----------

  const held = read();
  const shown = "typingShown" in form.dataset;
  if (held && held.person === person && held.sent && !shown) before.hidden = false; else drop();
  before.querySelector("[data-typing-drop]").addEventListener("click", () => { drop(); before.hidden = true; });
  before.querySelector("[data-typing-restore]").addEventListener("click", () => {
    const again = document.createElement("form");
    again.method = "post";
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of [...held.fields, ["do", "step-keep"], ["csrfmiddlewaretoken", token]]) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      again.append(field);
    }
    again.hidden = true;
    document.body.append(again);
    drop();
    again.submit();
  });

  // ---------- the copy ----------

  const keep = (sent) => {
    const fields = [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    try { sessionStorage.setItem(place, JSON.stringify({ person, sent, fields })); } catch { /* Full: the server's copy remains. */ }
  };
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));

  // ---------- signed out: say so, and go on once somebody signed in ----------

  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) out.hidden = false;
  });
  addEventListener("focus", async () => {
    if (out.hidden) return;
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (!answer.ok) return;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (there.querySelector("form[data-typing]")?.dataset.typing !== person) return;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) {
      field.value = there.querySelector("[name=csrfmiddlewaretoken]").value;
    }
    out.hidden = true;
    form.querySelector("[name=title]").dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
