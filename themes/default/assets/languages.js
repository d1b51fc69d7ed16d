// The switch between languages keeps the paragraph: a version opened from `#p7` opens at its `#p7`.

const keep = () => {
  for (const link of document.querySelectorAll(".versions a[hreflang], .site-languages a")) link.hash = location.hash;
};
addEventListener("hashchange", keep);
keep();
