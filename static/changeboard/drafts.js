// A field of the meeting that goes with its item when the chair moves on: what was typed in it is kept in this
// tab until it is sent, and stands there again with the item.
"use strict";

(() => {
  const place = (form) => `draft:${location.pathname}${form.dataset.draft}`;
  const words = (form) => form.querySelector("[name=text]");
  const restore = () => {
    for (const form of document.querySelectorAll("form[data-draft]")) {
      const kept = sessionStorage.getItem(place(form));
      if (kept && !words(form).value) words(form).value = kept;
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form || event.target !== words(form)) return;
    if (event.target.value) sessionStorage.setItem(place(form), event.target.value);
    else sessionStorage.removeItem(place(form));
  });
  // Taken, it is the server's; what it refused stays.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt;
    if (event.detail.xhr.status < 400 && form?.matches?.("form[data-draft]")) sessionStorage.removeItem(place(form));
  });
  document.addEventListener("htmx:afterSettle", restore);
  restore();
})();
