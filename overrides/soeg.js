/* Søgning i sidernes ord. Henter ord.json fra samme vært ved det første bogstav, og sender intet, nogen skriver. */
(() => {
  "use strict";
  const form = document.getElementById("soeg"), field = document.getElementById("ord");
  const status = document.getElementById("svar"), heading = document.getElementById("fundet");
  const list = document.getElementById("liste");
  const MOST = 8, EXACT = 1, INFLECTED = 0.9, BEGUN = 0.6, COMPOUND = 0.5, SLIP = 0.55, FAR = 0.3;
  let fetched = null;

  /* Ét tegn for hvert dansk bogstav, så en slåfejl også dér kun er én; ae, oe og aa er æ, ø og å. */
  const danish = text => text.replace(/ae|ä/g, "æ").replace(/oe|ö/g, "ø").replace(/aa/g, "å");
  const fold = text => danish(text.toLowerCase().normalize("NFC")).replace(/[^\x00-\x7fæøå]/g, letter => letter.normalize("NFD")[0])
    .split(/[^a-z0-9æøå]+/).filter(Boolean);

  const ENDINGS = /(?:(?:inger|elser|heder|hed)(?:nes?|s)?|(?:ing|else|hed)(?:ens?|s)?|ernes?|ene?s?|eren|ets?|ede|ende|ere|est|ers?|es?|te?|s|n|r)$/;
  const shorten = (word, least) => {
    const short = word.replace(ENDINGS, "");
    return (short.length < least ? word : short).replace(/([bdfgklmnprst])\1$/, "$1");
  };
  const stem = word => shorten(shorten(word, 3), 6);

  /* Højst så mange tegn byttet, glemt, for meget eller skrevet i omvendt rækkefølge. */
  const near = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return false;
    let before = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      before = row;
      row = next;
      if (Math.min(...row) > most) return false;
    }
    return row[b.length] <= most;
  };

  /* Hvor godt et skrevet ord passer på et kendt: 0 til 1. */
  const fits = (typed, known, least = 2) => {
    if (typed.word === known.word) return EXACT;
    if (typed.stem === known.stem) return INFLECTED;
    if (typed.word.length > least && known.word.startsWith(typed.word)) return BEGUN;
    if (known.word.length > 3 && (typed.word.startsWith(known.word) || typed.word.endsWith(known.word))) return COMPOUND;
    if (known.stem.length > 4 && typed.word.startsWith(known.stem)) return FAR;
    return 0;
  };
  const slips = (typed, known) => {
    const shortest = Math.min(typed.word.length, known.word.length), root = Math.min(typed.stem.length, known.stem.length);
    if (shortest > 3 && (near(typed.word, known.word, 1) || near(typed.wide, known.wide, 1))) return SLIP;
    if (root > 3 && typed.stem[0] === known.stem[0] && near(typed.stem, known.stem, 1)) return SLIP;
    return shortest > 8 && near(typed.word, known.word, 2) ? FAR : 0;
  };
  const matches = (typed, known) => {
    const found = known.map(word => [word, fits(typed, word)]).filter(([, fit]) => fit);
    return found.some(([word, fit]) => fit === EXACT || (fit > COMPOUND && word.stem.length > 3)) ? found
      : [...found, ...known.map(word => [word, slips(typed, word)]).filter(([, fit]) => fit)];
  };

  const wide = word => word.replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa");
  const taken = word => ({ word: danish(word), wide: wide(word), stem: stem(danish(word)) });
  const prepare = data => ({
    ...data,
    known: Object.entries(data.ord).map(([word, places]) => ({ ...taken(word), places })),
    phrases: data.fraser.map(([text, places]) => ({ words: text.split("-").map(taken), places })),
    urgent: data.haster.map(text => text.split("-").map(taken)),
    sure: new Set(Object.keys(data.ord).map(danish)),
    small: new Set(data.smaaord.map(danish)),
  });
  const load = () => fetched ??= fetch("ord.json").then(answer => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }).then(prepare).catch(error => { fetched = null; throw error; });

  /* Om alle ordene er skrevet; et ord, vi kender, er ikke en slåfejl for et andet. */
  const says = (data, typed, words) => words.every(known => typed.some(word =>
    fits(word, known, 3) >= COMPOUND || (known.word.length > 4 && !data.sure.has(word.word) && slips(word, known) >= SLIP)));

  const search = (data, text) => {
    const all = fold(text).map(taken);
    const telling = all.filter(typed => !data.small.has(typed.word));
    const scores = new Map(), add = (place, more) => scores.set(place, (scores.get(place) || 0) + more);
    for (const typed of telling.length ? telling : all) {
      const best = new Map(), found = matches(typed, data.known);
      const rarity = known => Math.log(1 + data.sider.length / (known.places.length / 2));
      const most = Math.min(...found.filter(([, fit]) => fit >= INFLECTED).map(([known]) => rarity(known)));
      for (const [known, fit] of found) {
        const rare = Math.min(rarity(known), most); /* et sjældent ord, som det skrevne kun begynder, siger ikke mere */
        for (let i = 0; i < known.places.length; i += 2) {
          const score = fit * rare * known.places[i + 1];
          if (score > (best.get(known.places[i]) || 0)) best.set(known.places[i], score);
        }
      }
      best.forEach((score, place) => add(place, score));
    }
    for (const { words, places } of data.phrases) {
      if (says(data, all, words)) places.forEach((place, rank) => add(place, 24 / (rank + 1)));
    }
    const first = data.haster.length && data.urgent.some(words => says(data, all, words)) ? [data.hjaelp] : [];
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const enough = ranked.filter(([, score]) => score > ranked[0][1] / 8).map(([place]) => place);
    return [...new Set([...first, ...enough])].slice(0, MOST).map(place => data.sider[place]);
  };

  /* Det afsnit på siden, hvis overskrift siger mest af det, der blev skrevet. */
  const section = (headings, text, small) => {
    const typed = fold(text).filter(word => !small.has(word)).map(taken);
    const said = headings.map(([anchor, words]) => {
      const known = fold(words).map(taken);
      return [typed.filter(word => known.some(other => fits(word, other) >= BEGUN)).length, anchor, words];
    }).filter(([number]) => number);
    return said.sort((a, b) => b[0] - a[0])[0];
  };

  const element = (name, text, address) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (address !== undefined) made.href = address;
    return made;
  };
  const show = (data, text) => {
    const found = fold(text).length ? search(data, text) : [];
    list.replaceChildren(...found.map(([address, title, promise, headings]) => {
      const row = document.createElement("li"), inside = section(headings, text, data.small);
      row.append(element("a", title, `../${address}`), element("span", promise));
      if (inside) {
        const way = element("span", "Afsnit: ");
        way.append(element("a", inside[2], `../${address}#${inside[1]}`));
        row.append(way);
      }
      return row;
    }));
    heading.hidden = list.hidden = !found.length;
    status.textContent = !fold(text).length ? ""
      : found.length ? `${found.length} ${found.length === 1 ? "side" : "sider"} om »${text.trim()}«`
        : `Vi fandt ingen sider om »${text.trim()}«. Prøv et andet ord, eller se listen fra A til Å.`;
    history.replaceState({ ord: text }, "", location.pathname); /* til tilbage-knappen, uden at ordene står i adressen */
  };

  let turn = 0;
  const answer = async () => {
    const mine = ++turn;
    try {
      const data = await load();
      if (mine === turn) show(data, field.value);
    } catch {
      status.textContent = "Søgningen kan ikke hentes lige nu. Brug listen fra A til Å.";
    }
  };

  form.hidden = false;
  field.addEventListener("input", answer);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await answer();
    if (!heading.hidden) heading.focus();
  });
  let asked = history.state?.ord ?? "";
  if (!asked) try { asked = decodeURIComponent(location.hash.slice(1)); } catch { /* en ødelagt adresse er ikke en søgning */ }
  if (asked && !document.getElementById(asked)) {
    field.value = asked;
    answer();
  }
})();
