// The title above the panel. Python writes it; while a hand moves a weight it says here what Python
// would say of the weights as they stand, and what cannot follow is marked until Python has.

// A title with another number of lines moves the page, and a button that is being pressed must not
// leave the pointer: so what a field tells when it is left is shown once the press has ended.
const press = { down: false, then: null };
addEventListener("pointerdown", () => { press.down = true; }, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => {
    press.down = false;
    setTimeout(() => { press.then?.(); });
  }, true);
}

class Title {
  // `unsettled`: Python has not answered yet. `moving`: a hand holds the weight, so it follows at once.
  show(data, lead, unsettled, moving) {
    press.then = null;
    if (!data.title) return;
    if (press.down && !moving) {
      press.then = () => this.show(data, lead, unsettled, moving);
      return;
    }
    const { id, text, updating } = data.title;
    const line = document.getElementById(id);
    if (line) write(line, unsettled ? headlineOf(data.headlines, lead, data.alternatives.map((a) => a.name)) : text);
    document.getElementById(updating)?.toggleAttribute("data-moving", unsettled);
  }
}
