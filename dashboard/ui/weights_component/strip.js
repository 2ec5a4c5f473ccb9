// The first few of the ranking in one line, kept in sight on a phone while the weights are moved.

const IN_STRIP = 3;

class Strip {
  constructor(data) {
    const looks = new Map(data.alternatives.map((a) => [a.id, a]));
    this.items = Array.from({ length: Math.min(IN_STRIP, looks.size) }, () => {
      const item = make("span", { class: "strip-item" }, make("b"), mark(""), make("span", { class: "name" }), make("span", { class: "points" }));
      return { item, rank: item.querySelector("b"), path: item.querySelector("path"), name: item.querySelector(".name"), points: item.querySelector(".points") };
    });
    // The ranking itself says it to those who listen.
    this.element = make("div", { class: "strip", "aria-hidden": "true" }, ...this.items.map(({ item }) => item));
  }

  show(ranked) {
    this.items.forEach(({ item, rank, path, name, points }, place) => {
      const { alternative, score, rank: own } = ranked[place];
      write(rank, own);
      write(name, alternative.name);
      write(points, Math.round(score));
      if (item.dataset.id === alternative.id) return;
      item.dataset.id = alternative.id;
      path.setAttribute("d", alternative.mark);
      item.style.setProperty("--light", alternative.colour.light);
      item.style.setProperty("--dark", alternative.colour.dark);
    });
  }
}
