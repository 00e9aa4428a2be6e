// Takes a code typed from paper to its page; where it holds a slip, looks for the codes it may be a slip of.
// The alphabet and the check character are those of generator/codes/alphabet.py; a test holds the two together.
(() => {
  const form = document.getElementById("kode");
  if (!form) return;
  const alphabet = "23456789abcdefghjkmnpqrstwxyz";
  const home = new URL("./", document.currentScript.src);
  const field = form.querySelector("input");
  const answer = form.querySelector("[role=status]");

  const clean = (typed) => typed.toLowerCase().replace(/[\s\u2010-\u2015-]/g, "");
  const isValid = (code) => {
    const values = [...code].map((letter) => alphabet.indexOf(letter));
    return values.length === 6 && !values.includes(-1)
      && values.reduce((sum, value, place) => sum + (6 - place) * value, 0) % alphabet.length === 0;
  };
  // Every valid code that is one slip away: a wrong, missing or extra character, or two that changed places.
  const near = (code) => {
    const found = new Set();
    for (let at = 0; at <= code.length; at += 1) {
      const [before, after] = [code.slice(0, at), code.slice(at)];
      for (const letter of alphabet) found.add(before + letter + after.slice(1)).add(before + letter + after);
      found.add(before + after.slice(1));
      if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2));
    }
    return [...found].filter((other) => other !== code && isValid(other));
  };
  const exists = (code) => fetch(new URL(`${code}/`, home), { method: "HEAD" }).then((reply) => reply.ok, () => false);
  const say = (...parts) => answer.replaceChildren(...parts);
  const wayTo = (code) => {
    const link = document.createElement("a");
    link.href = new URL(`${code}/`, home);
    link.textContent = code;
    link.className = "button";
    return link;
  };

  const seek = async (typed) => {
    const code = clean(typed);
    if (isValid(code) && await exists(code)) {
      window.location.assign(new URL(`${code}/`, home));
      return;
    }
    const found = await Promise.all(near(code).map(async (other) => [other, await exists(other)]));
    const known = found.filter(([, there]) => there).map(([other]) => other);
    if (known.length) say("Den kode findes ikke. Mente du: ", ...known.flatMap((other) => [wayTo(other), " "]));
    else say("Den kode findes ikke. Se efter på folderen: En kode har seks tegn, "
      + "og der er aldrig et o, i, l, u, v, 0 eller 1 i den.");
  };

  const look = () => {
    say("Leder …");
    seek(field.value);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  const typed = /\/q\/([^/]+)\/?$/i.exec(window.location.pathname);
  if (!typed && !form.dataset.always) return;
  form.hidden = false;
  if (typed) {
    try {
      field.value = decodeURIComponent(typed[1]);
    } catch {
      field.value = typed[1]; // an address may hold bytes that are no text
    }
    look();
  }
})();
