// Above the weights: where they start from, and what can be done with all of them at once.

class Toolbar {
  // `act(kind, value)` reports what Python has to do; `step(name)` is undo or redo.
  constructor(root, act, step) {
    this.root = root;
    this.act = act;
    this.select = make("select");
    this.select.onchange = () => act("start", this.select.value);
    this.start = make(
      "div", { class: "start" },
      make("label", {}, make("span", { text: "Start from the weights of" }), this.select),
    );
    this.hint = make("p", { class: "hint", text: "The perspectives are proposed by the analyst; they are not statements of any government or group." });
    this.undo = button("Undo", () => step("undo"), { title: "Undo (Ctrl+Z)" });
    this.redo = button("Redo", () => step("redo"), { title: "Redo (Ctrl+Shift+Z)" });
    this.reset = button("Reset", () => act("reset", null));
    this.order = button("Order the swings", () => askSwingOrder(this.root, this.data.branches, (ids) => act("order", ids)), {
      title: "No weights yet? Say which improvement you would buy first, and which next",
    });
    this.keep = button("Keep", () => askToKeep(this.root, this.data.kept, act), { title: "Keep these weights under a name, or download them" });
    this.blind = button("Hide the ranking", () => act("blind", !this.data.blind), {
      title: "Weigh without seeing who leads, then confirm",
    });
    this.element = make(
      "div", { class: "toolbar" },
      this.start,
      make("div", { class: "tools", role: "group", "aria-label": "All weights" }, this.undo, this.redo, this.reset, this.order, this.keep, this.blind),
      this.hint,
    );
  }

  show(data) {
    this.data = data;
    this.start.hidden = data.perspectives.length === 0;
    this.hint.hidden = this.start.hidden;
    this.select.replaceChildren(
      ...data.perspectives.map(({ id, name, chosen }) => {
        // What is neither a perspective nor kept is where we stand, not somewhere to go.
        const option = make("option", { value: id, text: name, hidden: id === "" });
        option.selected = chosen;
        return option;
      }),
    );
    this.reset.title = `Back to: ${data.reset_to}`;
    this.blind.hidden = data.blind;
  }

  remember(history) {
    this.undo.disabled = !history.canUndo;
    this.redo.disabled = !history.canRedo;
  }
}
