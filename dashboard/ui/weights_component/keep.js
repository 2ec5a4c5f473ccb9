// Weights kept under a name in this browser, and as a file; never written into the question.

function download(name, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/yaml" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function keptRow(entry, act, sheet) {
  return make(
    "li", {},
    make("span", { class: "name", text: entry.name }),
    button("Use", () => { sheet().close(); act("use", entry.name); }, { "aria-label": `Use ${entry.name}` }),
    button("Download (YAML)", () => download(entry.file, entry.yaml), { "aria-label": `Download ${entry.name} as YAML` }),
    button("Forget", () => { sheet().close(); act("forget", entry.name); }, { "aria-label": `Forget ${entry.name}` }),
  );
}

// `act(kind, name)` tells Python to keep, use or forget weights under a name.
function askToKeep(root, kept, act) {
  const input = make("input", { type: "text", maxlength: 80, "aria-label": "Name of these weights", placeholder: "a name, such as: our unit's view" });
  const said = make("p", { class: "message", role: "status" });
  const form = make("form", { class: "actions" }, input, make("button", { type: "submit", class: "primary", text: "Keep" }));
  form.onsubmit = (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name) {
      said.textContent = "Give the weights a name first.";
      input.focus();
      return;
    }
    sheet.close();
    act("keep", name);
  };
  const sheet = openSheet(
    root, "Keep these weights",
    make("p", { text: "They join the list of perspectives in this browser. Download the file to use them elsewhere; the question itself is never changed." }),
    form, said,
    ...(kept.length ? [make("ul", { class: "kept", "aria-label": "Kept weights" }, ...kept.map((entry) => keptRow(entry, act, () => sheet)))] : []),
    make("div", { class: "actions" }, button("Close", () => sheet.close())),
  );
  input.focus();
}
