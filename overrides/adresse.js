/* På siden for adresser, der ikke findes: vejen til den region, adressen nævner, dens numre først, og en søgning på
   ordene. */
(() => {
  "use strict";
  const base = new URL("..", document.currentScript.src).pathname, place = document.getElementById("herfra");
  let parts = [];
  try {
    parts = decodeURIComponent(location.pathname).slice(base.length).split("/").filter(Boolean);
  } catch { /* en ødelagt adresse har ingen ord */ }
  const first = parts[0]?.toLowerCase();
  const own = [...document.querySelectorAll("[data-regioner]")]
    .filter(row => row.dataset.regioner.split(" ").includes(first));
  const region = own[0]?.dataset;
  const named = parts.slice(region ? 1 : 0).join(" ").replace(/\.html?$/, "").split(/[^\p{L}\p{N}]+/u);
  const words = first === "q" ? "" : named.filter(word => /\p{L}/u.test(word)).join(" ").slice(0, 80);
  const row = (text, address) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.textContent = text;
    link.href = address;
    item.append(link);
    place.firstElementChild.after(item);
  };
  const root = base + (region?.vej ?? "");
  if (words) row(`Søg efter »${words}«`, `${root}soeg/#${encodeURIComponent(words)}`);
  if (region) {
    row(region.navn, root);
    own[0].parentElement.prepend(...own);
  }
})();
