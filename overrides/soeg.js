/* Søgning i sidernes ord. Henter ord.json fra samme vært ved det første bogstav, og sender intet, nogen skriver. */
(() => {
  "use strict";
  const form = document.getElementById("soeg"), field = document.getElementById("ord");
  const status = document.getElementById("svar"), heading = document.getElementById("fundet");
  const list = document.getElementById("liste");
  const MOST = 8, EXACT = 1, INFLECTED = 0.9, BEGUN = 0.6, COMPOUND = 0.5, SLIP = 0.65, FAR = 0.3, PAUSE = 700;
  let fetched = null;

  /* Ét tegn for hvert dansk bogstav, så en slåfejl også dér kun er én; aa, ae og oe er å, æ og ø (aa først: taaen er
     tåen). Fremmede bogstaver skrives, som de lyder, så diskus og discus, fleksjob og flexjob er ét ord. */
  const danish = text => text.replace(/aa/g, "å").replace(/ae|ä/g, "æ").replace(/oe|ö/g, "ø").replace(/x/g, "ks")
    .replace(/ph/g, "f").replace(/th/g, "t").replace(/c[hk]|c(?![eiyæø])|q/g, "k").replace(/[cz]/g, "s")
    .replace(/w/g, "v");
  const fold = text => danish(text.toLowerCase().normalize("NFC"))
    .replace(/[^\x00-\x7fæøå]/g, letter => letter.normalize("NFD")[0])
    .split(/[^a-z0-9æøå]+/).filter(Boolean).map(word => /^ikk?e?$/.test(word) ? "ikke" : word);

  const ENDINGS = new RegExp("(?:" + [
    "(?:inger|elser|heder|hed)(?:nes?|s)?", "(?:ing|else|hed)(?:ens?|s)?",
    "ernes?|ene?s?|eren|ets?|ede|ende|ere|est|ers?|es?|te?|s|n|r",
  ].join("|") + ")$");
  const shorten = (word, least) => {
    const short = word.replace(ENDINGS, "");
    return (short.length < least ? word : short).replace(/([bdfgklmnprst])\1$/, "$1");
  };
  const stem = word => shorten(shorten(word, 3), 6);

  /* Fejl, folk laver tit, koster det halve i lange ord: bogstaver, der lyder ens eller er naboer på tastaturet, og
     stumme eller fordoblede bogstaver. */
  const CLOSE = new Set();
  for (const row of "qwertyuiopå asdfghjklæø zxcvbnm bp dt gk vf vu gj ei eæ aæ aå oå oø yø yi".split(" ")) {
    for (let i = 1; i < row.length; i++) CLOSE.add(row[i - 1] + row[i]).add(row[i] + row[i - 1]);
  }
  const swap = (a, b, half) => a === b ? 0 : CLOSE.has(a + b) ? half : 1;
  const gap = (word, at, half) => word[at] === word[at - 1] || "dgh".includes(word[at]) ? half : 1;

  /* Hvor mange tegn der er byttet, glemt, for meget eller skrevet i omvendt rækkefølge; der tælles kun lidt længere
     end most. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most * 2) return Infinity;
    const half = Math.min(a.length, b.length) > 5 ? 0.5 : 1;
    let before = [], row = [0];
    for (let j = 0; j < b.length; j++) row.push(row[j] + gap(b, j, half));
    for (let i = 0; i < a.length; i++) {
      const drop = gap(a, i, half), next = [row[0] + drop];
      let least = next[0];
      for (let j = 0; j < b.length; j++) {
        let cost = Math.min(row[j + 1] + drop, next[j] + gap(b, j, half), row[j] + swap(a[i], b[j], half));
        if (i && j && a[i] === b[j - 1] && a[i - 1] === b[j]) cost = Math.min(cost, before[j - 1] + 1);
        next.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return Infinity;
      before = row;
      row = next;
    }
    return row[b.length];
  };

  /* Hvor godt et skrevet ord passer på et kendt: 0 til 1. */
  const fits = (typed, known, least = 2) => {
    if (typed.word === known.word) return EXACT;
    if (typed.stem === known.stem) return INFLECTED;
    if (typed.word.length > least && known.word.startsWith(typed.word)) return BEGUN;
    const holds = typed.word.startsWith(known.word) || typed.word.endsWith(known.word);
    if (known.word.length > 3 && holds) return COMPOUND;
    if (known.stem.length > 4 && typed.word.startsWith(known.stem)) return FAR;
    return 0;
  };
  /* Bogstaverne i et ord som bits: ord, der har for få til fælles, behøver ikke måles. */
  const letters = word => [...word].reduce((bits, letter) => bits | 1 << letter.charCodeAt() % 31, 0);
  const unlike = (a, b) => { let left = a ^ b, number = 0; for (; left; left &= left - 1) number++; return number; };
  const slips = (typed, known) => {
    const shortest = Math.min(typed.word.length, known.word.length);
    const root = Math.min(typed.stem.length, known.stem.length);
    const most = shortest > 8 ? 2 : shortest > 6 ? 1.5 : 1;
    if (shortest < 4 || unlike(typed.letters, known.letters) > most * 4) return 0;
    const away = Math.min(distance(typed.word, known.word, most), distance(typed.wide, known.wide, 1),
      root > 3 && typed.stem[0] === known.stem[0] ? distance(typed.stem, known.stem, 1) : Infinity);
    return away > most ? 0 : away > 1.5 ? FAR : SLIP - away / 10;
  };
  const matches = (data, typed) => {
    if (!data.seen.has(typed.word)) data.seen.set(typed.word, matching(typed, data.known));
    return data.seen.get(typed.word);
  };
  const matching = (typed, known) => {
    const found = known.map(word => [word, fits(typed, word)]).filter(([, fit]) => fit);
    return found.some(([word, fit]) => fit === EXACT || (fit > COMPOUND && word.stem.length > 3)) ? found
      : [...found, ...known.map(word => [word, slips(typed, word)]).filter(([, fit]) => fit)];
  };

  const wide = word => word.replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa");
  const taken = word => ({
    word: danish(word), wide: wide(word), stem: stem(danish(word)), letters: letters(danish(word)),
  });
  /* Ordene i et udtryk, hvert med dem, der kan stå i stedet. De mindste (på, i, om) glemmes og slås forkert: to andre
     siger nok. */
  const said = (text, small) => {
    const words = text.split("-"), telling = words.filter(word => !small.includes(word));
    const kept = telling.length > 1 ? words.filter(word => danish(word).length > 2 || telling.includes(word)) : words;
    return kept.map(word => word.split("|").map(taken));
  };
  const prepare = data => ({
    ...data,
    seen: new Map(), /* det, der alt er slået op: de forreste ord skal ikke findes igen for hvert bogstav */
    known: Object.entries(data.ord).map(([word, places]) => ({ ...taken(word), places })),
    phrases: data.fraser.flatMap(([texts, places, urgent]) => texts.split(" ").map(text =>
      ({ words: said(text, data.smaaord), places: text.includes("-") ? places : [], urgent }))),
    alike: data.ligner.map(text => text.split("-").map(word => word.split("|").map(danish))),
    told: new Set(data.fraser.flatMap(([texts]) => texts.split(/[ |-]/)).concat(data.smaaord).map(danish)),
    sure: new Set(Object.keys(data.ord).map(danish)),
    small: new Set(data.smaaord.map(danish)),
    stems: new Set(Object.keys(data.ord).map(word => stem(danish(word)))),
  });
  const load = () => fetched ??= fetch("ord.json").then(answer => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }).then(prepare).catch(error => { fetched = null; throw error; });

  /* Om ét af ordene på hver plads er skrevet. Et ord, vi kender, er hverken en slåfejl for et andet eller
     begyndelsen på det. */
  const means = (data, typed, known) => {
    const fit = fits(typed, known, 3), sure = data.sure.has(typed.word) || data.told.has(typed.word);
    if (fit >= INFLECTED || fit === COMPOUND) return true;
    if (sure) return false;
    return fit === BEGUN || (known.word.length > 4 && !data.stems.has(typed.stem) && slips(typed, known) >= COMPOUND);
  };
  const says = (data, typed, words) =>
    words.every(choices => choices.some(known => typed.some(word => means(data, word, known))));

  /* De skrevne ord uden dem, der står i et udtryk, som kun ligner noget alvorligt (falde i søvn). De skal stå
     præcis sådan; et lille ord (ikke, om) tæller stadig. */
  const pressing = (data, words) => {
    const eaten = new Set();
    words.forEach((_, at) => data.alike.filter(places => places.every((choices, i) => choices.includes(words[at + i])))
      .forEach(places => places.forEach((_, i) => eaten.add(at + i))));
    return words.filter((word, at) => data.small.has(word) || !eaten.has(at));
  };

  /* Ord, der er skrevet i ét (ondtiryggen), som de ord, vi kender: de færreste, der går op. */
  const LONGEST = 40;
  const split = (data, word) => {
    const best = [[]], inside = part => data.small.has(part) || (part.length > 2 && data.sure.has(part))
      || (part.length > 3 && data.stems.has(stem(part)));
    for (let end = 1; end <= word.length; end++) {
      for (let start = 0; start < end; start++) {
        const part = word.slice(start, end), parts = best[start];
        if (parts && (!best[end] || parts.length + 1 < best[end].length) && inside(part)) best[end] = [...parts, part];
      }
    }
    const found = best[word.length];
    const telling = found && found.length > 1 && found.some(part => !data.small.has(part));
    return telling && found.length * 2.5 <= word.length ? found : [];
  };

  /* De skrevne ord, og hvad de bliver, når et delt ord samles (ryg smerter), og et samlet deles. */
  const read = (data, words) => {
    const sure = word => data.sure.has(word), found = [];
    words.forEach((word, at) => {
      const next = words[at + 1], both = word + next, before = words[at - 1] + word;
      const parted = () => !(sure(word) && sure(next)) && !data.small.has(word) && !data.small.has(next);
      const joins = () => sure(both) || (both.length > 5 && (data.stems.has(stem(both)) || parted()));
      if (next && joins()) found.push(both);
      if (sure(word) || !(sure(both) || (at && sure(before)))) found.push(word);
      if (word.length > 6 && word.length < LONGEST && !sure(word)) found.push(...split(data, word));
    });
    return [...new Set(found)].map(taken);
  };

  const search = (data, text) => {
    const words = fold(text), all = read(data, words), urging = pressing(data, words), hurried = read(data, urging);
    const telling = all.filter(typed => !data.small.has(typed.word));
    const scores = new Map(), add = (place, more) => scores.set(place, (scores.get(place) || 0) + more);
    for (const typed of telling.length ? telling : all) {
      const best = new Map(), found = matches(data, typed);
      const rarity = known => Math.log(1 + data.sider.length / (known.places.length / 2));
      const most = Math.min(...found.filter(([, fit]) => fit >= INFLECTED).map(([known]) => rarity(known)));
      for (const [known, fit] of found) {
        /* et sjældent ord, som det skrevne kun begynder, siger ikke mere */
        const rare = Math.min(rarity(known), most);
        for (let i = 0; i < known.places.length; i += 2) {
          const score = fit * rare * known.places[i + 1];
          if (score > (best.get(known.places[i]) || 0)) best.set(known.places[i], score);
        }
      }
      best.forEach((score, place) => add(place, score));
    }
    for (const { words, places } of data.phrases) {
      if (places.length && says(data, all, words)) places.forEach((place, rank) => add(place, 24 / (rank + 1)));
    }
    const first = data.phrases.some(({ words, urgent }) => urgent && says(data, hurried, words)) ? [data.hjaelp] : [];
    /* ligner kun: siden om hjælp er ikke svaret; linket står over alle svar */
    const alike = !first.length && urging.length < words.length;
    if (alike && scores.has(data.hjaelp)) scores.set(data.hjaelp, scores.get(data.hjaelp) / 4);
    const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (alike && ranked[0]?.[0] === data.hjaelp) ranked.shift();
    const enough = ranked.filter(([, score]) => score > ranked[0][1] / 8).map(([place]) => place);
    return [...new Set([...first, ...enough])].slice(0, MOST).map(place => data.sider[place]);
  };

  /* Det afsnit på siden, hvis overskrift siger mest af det, der blev skrevet. */
  const section = (headings, text, small) => {
    const typed = fold(text).filter(word => !small.has(word)).map(taken);
    const best = headings.map(([anchor, words]) => {
      const known = fold(words).map(taken);
      return [typed.filter(word => known.some(other => fits(word, other) >= BEGUN)).length, anchor, words];
    }).filter(([number]) => number);
    return best.sort((a, b) => b[0] - a[0])[0];
  };

  const element = (name, text, address) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (address !== undefined) made.href = address;
    return made;
  };
  /* Først når skriften hviler, og kun det, der er nyt: En skærmlæser siger det højt oven i bogstaverne. */
  let due = 0;
  const tell = (words, wait) => {
    clearTimeout(due);
    due = setTimeout(() => { if (status.textContent !== words) status.textContent = words; }, wait);
  };
  const show = (data, text, wait) => {
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
    tell(!fold(text).length ? ""
      : found.length ? `${found.length} ${found.length === 1 ? "side" : "sider"} om »${text.trim()}«`
        : `Vi fandt ingen sider om »${text.trim()}«. Prøv et andet ord, eller se listen fra A til Å.`, wait);
    /* til tilbage-knappen, uden at ordene står i adressen */
    history.replaceState({ ord: text }, "", location.pathname);
  };

  let turn = 0;
  const answer = async wait => {
    const mine = ++turn;
    try {
      const data = await load();
      if (mine === turn) show(data, field.value, wait);
    } catch {
      tell("Søgningen kan ikke hentes lige nu. Brug listen fra A til Å.", 0);
    }
  };

  form.hidden = false;
  field.addEventListener("input", () => answer(PAUSE));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await answer(0);
    if (!heading.hidden) heading.focus();
  });
  let asked = history.state?.ord ?? "";
  if (!asked) {
    try {
      asked = decodeURIComponent(location.hash.slice(1));
    } catch { /* en ødelagt adresse er ikke en søgning */ }
  }
  if (asked && !document.getElementById(asked)) {
    field.value = asked;
    answer(0);
  }
})();
