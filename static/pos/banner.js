/* The banner at the point of service: one line above the order form of any web order system.
   <script src=".../pos/banner.js" data-url="/your-proxy/" data-shown-url="/your-proxy/shown/" defer></script>
   `data-url` is an address of the order system's own server, which asks changeboard with the client's key and
   hands the answer on: no key ever reaches a browser. It draws where [data-changeboard-banner] stands, else
   before the script. Nothing to say: nothing drawn. */
(() => {
  "use strict";
  const script = document.currentScript;
  const { url, shownUrl, acknowledgeUrl } = script.dataset;
  if (!url) return;
  const host = document.querySelector("[data-changeboard-banner]") || script.parentNode.insertBefore(document.createElement("div"), script);
  const root = host.attachShadow({ mode: "open" });
  // The order system's styles are not ours: nothing leaks in or out. Colours are literals, contrast 4.5 or more.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; font: 16px/1.45 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; color: #12161d; }
    :host([hidden]) { display: none; }
    .pos { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; gap: 2px 12px; align-items: center; padding: 10px 16px;
      border: 1px solid #c5ccd6; border-left-width: 6px; border-radius: 7px; background: #fff; }
    .soon { background: #e8eefc; border-color: #1d4ed0; } .now { background: #fdf1da; border-color: #b76e00; }
    .over { background: #fde8e6; border-color: #c2281d; } .done { background: #e3f4ea; border-color: #1c8350; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
    .soon svg { color: #1d4ed0; } .now svg { color: #8a5300; } .over svg { color: #b3241a; } .done svg { color: #17704a; }
    p { margin: 0; } .time { font-weight: 650; white-space: nowrap; }
    button { font: inherit; font-weight: 600; min-height: 32px; padding: 2px 12px; border: 1px solid currentColor; border-radius: 7px; background: #fff; color: #12161d; cursor: pointer; }
    button:focus-visible { outline: 3px solid #1d4ed0; outline-offset: 2px; }
    @media (max-width: 560px) { .pos { grid-template-columns: auto minmax(0, 1fr); } .time, button { grid-column: 2; justify-self: start; } }
    @media (forced-colors: active) { .pos { border-width: 2px; border-left-width: 6px; } }`);
  root.adoptedStyleSheets = [sheet];

  const LOOK = { starting: "soon", under_way: "now", extended: "over", done: "done", moved: "soon", cancelled: "done" };
  const DRAWN = {
    soon: "M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 0 0 8 1.6M8 4.3V8l2.5 1.7",
    now: "M8 1.9 15 14.1H1zM8 6.3v3.6M8 12v.1",
    over: "M8 1.9 15 14.1H1zM8 6.3v3.6M8 12v.1",
    done: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1M4.8 8.3 7 10.5l4.2-4.8",
  };
  let answer = null;
  let ahead = 0;
  let reported = "";
  let read = "";
  let timer = 0;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const serverNow = () => Date.now() + ahead;
  const nameOf = (said) => [said.window, said.phase, said.sequence].join(" ");

  const icon = (look) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    const path = svg.appendChild(document.createElementNS(space, "path"));
    path.setAttribute("d", DRAWN[look]);
    return svg;
  };

  /* "in 42 minutes" is counted here, so that the server's answer, and its ETag, can stand still. */
  const countdown = (said) => {
    const minutes = Math.ceil((Date.parse(said.starts_at) - serverNow()) / 60000);
    return said.phase === "starting" && minutes > 0 ? ` In ${minutes} minute${minutes === 1 ? "" : "s"}.` : "";
  };

  const draw = (said) => {
    const look = LOOK[said.phase] || "soon";
    const line = element("div", `pos ${look}`);
    line.setAttribute("role", said.phase === "extended" ? "alert" : "status");
    const words = element("p");
    words.append(element("b", "", said.headline), element("span", "countdown", countdown(said)), ` ${said.detail}`);
    if (said.workaround) words.append(` ${said.workaround}`);
    line.append(icon(look), words, element("p", "time", said.local.short));
    if (acknowledgeUrl && said.acknowledge && read !== nameOf(said)) line.append(button(said));
    root.replaceChildren(line);
  };

  const button = (said) => {
    const made = element("button", "", "I have read it");
    made.type = "button";
    made.addEventListener("click", async () => {
      if (await post(acknowledgeUrl, said)) { read = nameOf(said); made.remove(); }
    });
    return made;
  };

  const post = async (to, { window: name, phase, sequence }) => {
    try {
      const body = JSON.stringify({ window: name, phase, sequence, actor: script.dataset.actor || "" });
      return (await fetch(to, { method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "same-origin" })).ok;
    } catch { return false; }
  };

  const show = (said) => {
    if (answer && nameOf(answer) === nameOf(said) && answer.detail === said.detail && answer.local.short === said.local.short) {
      const counting = root.querySelector(".countdown");
      if (counting) counting.textContent = countdown(said);
    } else if (said.phase === "nothing") {
      root.replaceChildren();
    } else {
      draw(said);
    }
    answer = said;
    if (shownUrl && said.phase !== "nothing" && reported !== nameOf(said) && document.visibilityState === "visible") {
      const name = nameOf(said);
      post(shownUrl, said).then((taken) => { if (taken) reported = name; });
    }
  };

  /* No answer for longer than the last one is valid: say that we do not know, rather than nothing. */
  const lost = () => {
    if (answer && Date.parse(answer.valid_until) > serverNow()) return;
    const line = element("div", "pos");
    line.setAttribute("role", "status");
    line.append(icon("now"), element("p", "", "We cannot say at the moment whether maintenance is planned."));
    root.replaceChildren(line);
    answer = null;
  };

  const ask = async () => {
    window.clearTimeout(timer);
    let wait = 30;
    try {
      const response = await fetch(url, { cache: "no-cache", credentials: "same-origin", headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(String(response.status));
      // Header Date is the server's clock: the reader's may be wrong. A proxy may hand on another one.
      const clock = Date.parse(response.headers.get("X-Changeboard-Now") || response.headers.get("Date") || "");
      if (!Number.isNaN(clock)) ahead = clock - Date.now();
      const said = await response.json();
      show(said);
      const change = said.next_change_at ? (Date.parse(said.next_change_at) - serverNow()) / 1000 + 0.5 : Infinity;
      wait = Math.max(1, Math.min(said.poll_after_s, change));
    } catch {
      lost();
    }
    timer = window.setTimeout(ask, wait * 1000);
  };

  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ask(); });
  ask();
})();
