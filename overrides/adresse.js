/* På siden for adresser, der ikke findes: vejen til den region, adressen nævner, og en søgning på dens ord. */
(() => {
  "use strict";
  const base = new URL("..", document.currentScript.src).pathname, place = document.getElementById("herfra");
  let parts = [];
  try {
    parts = decodeURIComponent(location.pathname).slice(base.length).split("/").filter(Boolean);
  } catch { /* en ødelagt adresse har ingen ord */ }
  const region = [...document.querySelectorAll("footer a")].find(link => parts.length && link.pathname === `${base}${parts[0]}/`);
  const words = parts.slice(region ? 1 : 0).join(" ").replace(/\.html?$/, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ").slice(0, 80);
  const row = (text, address) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.textContent = text;
    link.href = address;
    item.append(link);
    place.firstElementChild.after(item);
  };
  const root = region ? region.pathname : base;
  if (words) row(`Søg efter »${words}«`, `${root}soeg/#${encodeURIComponent(words)}`);
  if (region) row(region.textContent, root);
})();
