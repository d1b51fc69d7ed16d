// Plenary's preview, never part of a published site: reloads this page when its own bytes change, swaps style sheets
// in place, keeps the scroll position, and shows errors in the content. The server adds it to pages as it serves them.
(() => {
  "use strict";
  const script = document.currentScript;
  const scroll = `plenary-scroll:${location.pathname}`;
  let since = script.dataset.version;
  let events = null;
  let panel = null;
  let shown = "";

  const reload = () => {
    try { sessionStorage.setItem(scroll, JSON.stringify([scrollX, scrollY])); } catch { /* storage is off */ }
    location.reload();
  };

  const restore = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(scroll));
      sessionStorage.removeItem(scroll);
    } catch { /* storage is off */ }
    if (!Array.isArray(place)) return;
    const go = () => scrollTo({ left: place[0], top: place[1], behavior: "instant" });
    go();
    addEventListener("load", go, { once: true });
  };

  const swap = (link, version) => {
    const fresh = link.cloneNode();
    const url = new URL(link.href);
    url.searchParams.set("v", version);
    fresh.href = url.href;
    // The old sheet stays until the new one has loaded: no flash of unstyled content.
    fresh.addEventListener("load", () => link.remove(), { once: true });
    fresh.addEventListener("error", () => fresh.remove(), { once: true });
    link.after(fresh);
  };

  const files = ({ version, paths }) => {
    since = version;
    const changed = new Set(paths);
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const path = new URL(link.href).pathname;
      if (paths.includes(path)) {
        swap(link, version);
        changed.delete(path);
      }
    }
    const used = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
    if (used.some((path) => changed.has(path))) reload();
  };

  const problems = (data) => {
    if (data === shown) return;
    shown = data;
    panel?.remove();
    panel = null;
    const { title, texts } = JSON.parse(data);
    if (texts.length === 0) return;
    panel = document.createElement("plenary-problems");
    const root = panel.attachShadow({ mode: "open" });
    const make = (name, words) => {
      const element = document.createElement(name);
      // textContent, so that text from the content is never interpreted as markup.
      if (words) element.textContent = words;
      return element;
    };
    const sheet = make("link");
    sheet.rel = "stylesheet";
    sheet.href = "/-/plenary/overlay.css";
    const section = make("section");
    section.setAttribute("role", "alert");
    section.lang = "en";
    section.dir = "ltr";
    const hide = make("button", "Hide");
    hide.type = "button";
    hide.addEventListener("click", () => panel?.remove());
    section.append(hide, make("h2", title), ...texts.map((text) => make("pre", text)));
    root.append(sheet, section);
    document.documentElement.append(panel);
  };

  const close = () => {
    events?.close();
    events = null;
  };

  const open = () => {
    close();
    if (document.visibilityState === "hidden") return;
    const query = new URLSearchParams({ page: location.pathname, hash: script.dataset.hash, since });
    events = new EventSource(`/-/plenary/events?${query}`);
    events.addEventListener("page", reload);
    events.addEventListener("files", (event) => files(JSON.parse(event.data)));
    events.addEventListener("problems", (event) => problems(event.data));
    events.addEventListener("error", (event) => {
      if (event.target.readyState === EventSource.CLOSED && event.target === events) setTimeout(open, 2000);
    });
  };

  restore();
  // Browsers allow six connections per host: tabs in the background must release theirs.
  document.addEventListener("visibilitychange", open);
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
})();
