// Where the weights start from: a perspective of the question, or the visitor's own weights.

class Perspectives {
  // `onChoose(id)` is told of a choice; the weights of it come back from Python.
  constructor(onChoose) {
    this.select = make("select");
    this.select.onchange = () => onChoose(this.select.value);
    this.element = make(
      "div",
      { class: "start" },
      make("label", {}, make("span", { text: "Start from the weights of" }), this.select),
      make("span", { class: "hint", text: "Proposed by the analyst; not statements of any government or group." }),
    );
  }

  show(options) {
    this.element.hidden = options.length === 0;
    this.select.replaceChildren(
      ...options.map(({ id, name, chosen }) => {
        // What is neither a perspective nor kept is where we stand, not somewhere to go.
        const option = make("option", { value: id, text: name, hidden: id === "" });
        option.selected = chosen;
        return option;
      }),
    );
  }
}
