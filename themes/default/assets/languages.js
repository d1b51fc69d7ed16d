// The switch between languages keeps the paragraph: a version opened from `#p7` opens at its `#p7`.

/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".versions a[hreflang], .site-languages a");
const keep = () => {
  for (const link of links) link.hash = location.hash;
};
addEventListener("hashchange", keep);
keep();
