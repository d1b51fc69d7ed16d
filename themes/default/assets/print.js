// A meeting on paper as one document: a button fetches the texts of its statements, in the order of the list, and prints
// them after it. Without JavaScript the list is printed.

/** @type {HTMLTemplateElement | null} */
const template = document.querySelector("#page-print-tools");
const main = document.querySelector("main");

/**
 * Returns the text of a statement's page, without what belongs to the page: notes, contents, and names of anchors, of
 * which each may be in a document once.
 * @param {string} url
 */
async function textOf(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const section = document.createElement("section");
  section.className = "printed-text";
  for (const part of page.querySelectorAll("article h1, article .byline, article .notice, article .text")) {
    const copy = /** @type {HTMLElement} */ (document.importNode(part, true));
    for (const extra of copy.querySelectorAll(".notes, .footnotes-section .back")) extra.remove();
    for (const named of [copy, ...copy.querySelectorAll("[id]")]) named.removeAttribute("id");
    for (const link of copy.querySelectorAll("a[href]")) {
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", answer.url).href);
    }
    if (copy.matches(".text")) copy.dir = page.querySelector("main")?.dir ?? "";
    if (!copy.matches("h1")) {
      section.append(copy);
      continue;
    }
    const heading = document.createElement("h2");
    heading.lang = copy.lang;
    heading.append(...copy.childNodes);
    section.append(heading);
  }
  return section;
}

if (template && main) {
  const tools = /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
  const button = /** @type {HTMLButtonElement} */ (tools.querySelector("button"));
  const status = /** @type {HTMLElement} */ (tools.querySelector("[role=status]"));
  template.before(tools);
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = status.dataset.fetching ?? "";
    try {
      if (!main.querySelector(".printed-text")) {
        /** @type {NodeListOf<HTMLAnchorElement>} */
        const links = main.querySelectorAll(".cards a.card-name");
        main.append(...(await Promise.all([...links].map((link) => textOf(link.href)))));
      }
      status.textContent = "";
      print();
    } catch {
      status.textContent = status.dataset.failed ?? "";
    }
    button.disabled = false;
  });
}
