// The visitor's own clock: detected once, kept in a cookie for the public pages, and shown at once.
"use strict";

(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const kept = () => document.cookie.split("; ").some((each) => each.startsWith("zone="));
  if (!zone || kept() || new URLSearchParams(location.search).has("tz")) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/maintenance/; max-age=31536000; samesite=lax${secure}`;
  // Without cookies it stays with the platform's clock; reloading would never end.
  if (kept() && document.getElementById("state")?.dataset.zone !== zone) location.reload();
})();
