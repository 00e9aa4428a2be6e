// Copies a text that can also be selected by hand; without this script nothing is missing but the button.
for (const text of document.querySelectorAll("[data-kopier]")) {
  const button = document.createElement("button"), said = document.createElement("span");
  button.type = "button";
  button.className = "button";
  button.textContent = text.dataset.kopier;
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.innerText.trim());
      said.textContent = text.dataset.kopier.replace("Kopiér", "Kopieret:"); // two alike would be taken for one
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "Teksten er markeret. Kopiér den med Ctrl og C.";
    }
  });
  const line = document.createElement("p");
  line.className = "copying";
  line.append(button, " ", said);
  text.after(line);
}
