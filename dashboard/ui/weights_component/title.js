// The title above the panel. Python writes it; while a hand moves a weight it says here what Python
// would say of the weights as they stand, and what cannot follow is marked until Python has.

class Title {
  show(data, lead, moving) {
    if (!data.title) return;
    const { id, text, updating } = data.title;
    const line = document.getElementById(id);
    if (line) write(line, moving ? headlineOf(data.headlines, lead, data.alternatives.map((a) => a.name)) : text);
    document.getElementById(updating)?.toggleAttribute("data-moving", moving);
  }
}
