// Sends the form without leaving the page. Without this file the form works all the same.
(function () {
  "use strict";
  document.querySelectorAll("form.ask").forEach(function (form) {
    var base = form.action.replace(/\/v1\/feedback$/, ""), status = form.querySelector(".status");
    var number = random(), token = null, busy = false;
    function random() {
      return Array.from(crypto.getRandomValues(new Uint8Array(12)), function (b) {
        return b.toString(16).padStart(2, "0");
      }).join("");
    }
    function get() {
      token = token || fetch(base + "/v1/token?region=" + form.elements.region.value, { credentials: "omit" })
        .then(function (answer) { return answer.ok ? answer.json() : {}; }, function () { return {}; })
        .then(function (told) { return Object.assign(told, { since: Date.now() }); });
      return token;
    }
    function work(told) {
      if (!told.work) return Promise.resolve("");
      var n = 0;
      function next() {
        var answer = String(n++);
        var tried = new TextEncoder().encode(told.token + "." + answer);
        return crypto.subtle.digest("SHA-256", tried).then(function (hash) {
          return new DataView(hash).getUint32(0) >>> (32 - told.work) === 0 ? answer : next();
        });
      }
      return next();
    }
    function wait(told) {
      return new Promise(function (done) { setTimeout(done, Math.max(0, 4000 - (Date.now() - told.since))); });
    }
    function say(words) { status.textContent = words; }
    form.addEventListener("focusin", get, { once: true });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (busy) return;
      busy = true; // a button that is switched off would drop the focus, and with it a screen reader's place
      say("Sender …");
      get().then(function (told) {
        return Promise.all([work(told), wait(told)]).then(function (done) {
          var body = new URLSearchParams(new FormData(form));
          body.set("id", number);
          if (told.token) body.set("token", told.token);
          if (done[0]) body.set("work", done[0]);
          return fetch(form.action, {
            method: "POST", body: body, credentials: "omit", headers: { Accept: "application/json" }
          });
        });
      }).then(function (answer) {
        return answer.json().then(function (told) {
          if (answer.status === 201) {
            form.replaceChildren(status);
            status.removeAttribute("role"); // it is read because the focus comes to it, for what had the focus is gone
            say("Tak for dit svar. Ingen læser det nu. Har du brug for hjælp, så ring. "
              + "Er nogen i livsfare, så ring 112.");
            status.tabIndex = -1;
            status.focus();
          } else if (told.status === "confirm") {
            form.submit();
          } else {
            say([told.says].concat((told.problems || []).map(function (one) { return one.says; })).join(" "));
          }
        });
      }).catch(function () {
        say("Vi kunne ikke sende det. Prøv igen om lidt. Din tekst står her endnu.");
      }).then(function () { busy = false; token = null; });
    });
  });
})();
