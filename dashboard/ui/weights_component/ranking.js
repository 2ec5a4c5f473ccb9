// The ranking: one bar an alternative, split by branch, on a common axis with the status quo line.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

function mark(outline) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}

// Strongest tint first, so that adjoining branches differ in lightness on paper and to every eye.
const tint = (index, count) => Math.round(100 - (index * 68) / Math.max(1, count - 1));

// A flag opens the names of its constraints, for hand and keyboard alike.
function flagChips(flags, detail) {
  return flags.map((flag) => {
    const chip = make("button", { type: "button", class: `flag ${flag.verdict}`, "aria-expanded": "false", text: flag.label });
    chip.onclick = () => {
      const open = chip.getAttribute("aria-expanded") === "true";
      for (const other of chip.parentElement.children) other.setAttribute("aria-expanded", "false");
      chip.setAttribute("aria-expanded", String(!open));
      detail.textContent = open ? "" : `${flag.label}: ${flag.detail}`;
    };
    return chip;
  });
}

function rankingRow(alternative, branches) {
  const segments = branches.map((branch, index) =>
    make("span", { class: "segment", style: `--tint:${tint(index, branches.length)}%` }),
  );
  const detail = make("p", { class: "flag-detail", role: "status" });
  const row = make(
    "li",
    { class: `row ${alternative.kind}` },
    make("span", { class: "rank" }),
    make(
      "div",
      { class: "who" },
      mark(alternative.mark),
      make("span", { class: "name", text: alternative.name, title: alternative.full_name }),
      ...(alternative.kind === "rival" ? [make("span", { class: "kind", text: "rival" })] : []),
      make("span", { class: "flags" }, ...flagChips(alternative.flags, detail)),
    ),
    make("span", { class: "score" }),
    make("div", { class: "track" }, make("div", { class: "bar" }, ...segments), make("span", { class: "whisker" })),
    detail,
  );
  row.style.setProperty("--light", alternative.colour.light);
  row.style.setProperty("--dark", alternative.colour.dark);
  row.dataset.id = alternative.id;
  return row;
}

class Ranking {
  constructor(data) {
    this.data = data;
    this.list = make("ol", { class: "rows" });
    this.rows = new Map(data.alternatives.map((a) => [a.id, rankingRow(a, data.branches)]));
    this.axis = make("div", { class: "axis", "aria-hidden": "true" });
    const key = data.branches.map((branch, index) =>
      make("span", { class: "key-item" }, make("span", { class: "swatch", style: `--tint:${tint(index, data.branches.length)}%` }), branch.short_name),
    );
    this.element = make(
      "section",
      { class: "ranking", "aria-label": "Ranking" },
      make(
        "div",
        { class: "panel-head" },
        make("h2", { text: "Ranking" }),
        make("span", { class: "hint", text: "points, 0 to 100" }),
      ),
      make("div", { class: "key", "aria-hidden": "true" }, ...key),
      this.list,
      this.axis,
    );
    this.list.append(...this.rows.values());
  }

  show(points, moving) {
    const { alternatives, criteria, branches, tolerance } = this.data;
    const ranked = rankAlternatives(alternatives, criteria, points, tolerance);
    const top = Math.max(...ranked.map((row) => row.score));
    const reach = Math.max(...ranked.map((row) => row.score + row.error));
    const scale = Math.max(20, Math.min(100, Math.ceil(reach / 20) * 20));
    const status = ranked.find((row) => row.alternative.kind === "status-quo");
    this.element.style.setProperty("--status-quo", status ? `${(status.score / scale) * 100}%` : "0%");
    this.element.classList.toggle("no-status-quo", !status);
    const errors = ranked.map((row) => row.error).sort((a, b) => a - b);
    const half = errors.length >> 1;
    const error = errors.length % 2 ? errors[half] : (errors[half - 1] + errors[half]) / 2;
    this.reorder(ranked.map((row) => this.rows.get(row.alternative.id)));
    for (const row of ranked) this.fill(row, scale, branches, top, error);
    this.drawAxis(scale, status);
    this.element.classList.toggle("moving", moving);
  }

  fill({ alternative, parts, score, rank, error: own }, scale, branches, top, error) {
    const element = this.rows.get(alternative.id);
    const undecided = top - score < error;
    element.classList.toggle("undecided", undecided && rank > 1);
    element.querySelector(".rank").textContent = rank;
    element.querySelector(".score").textContent = Math.round(score);
    let start = 0;
    element.querySelectorAll(".segment").forEach((segment, index) => {
      const size = branches[index].criteria.length;
      const sum = parts.slice(start, start + size).reduce((total, part) => total + part, 0);
      start += size;
      segment.style.width = `${(sum / scale) * 100}%`;
      segment.title = `${branches[index].name}: ${sum.toFixed(1)} points`;
    });
    const whisker = element.querySelector(".whisker");
    const from = Math.max(0, score - own);
    const to = Math.min(scale, score + own);
    whisker.style.left = `${(from / scale) * 100}%`;
    whisker.style.width = `${((to - from) / scale) * 100}%`;
    element.setAttribute(
      "aria-label",
      `Rank ${rank}: ${alternative.full_name}, ${Math.round(score)} points` +
        (undecided && rank > 1 ? ", within the score error of the leader" : "") +
        (alternative.flags.length ? `. Constraints: ${alternative.flags.map((f) => f.label).join(", ")}` : ""),
    );
  }

  // Move rows to their new places by a short glide from where they stood (none if motion is off).
  reorder(elements) {
    if (elements.every((element, index) => this.list.children[index] === element)) return;
    const before = new Map(elements.map((element) => [element, element.getBoundingClientRect().top]));
    this.list.append(...elements);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const element of elements) {
      const shift = before.get(element) - element.getBoundingClientRect().top;
      if (shift) element.animate([{ transform: `translateY(${shift}px)` }, { transform: "none" }], 160);
    }
  }

  drawAxis(scale, status) {
    const ticks = [];
    for (let at = 0; at <= scale; at += 20) {
      ticks.push(make("span", { class: "tick", style: `left:${(at / scale) * 100}%`, text: at }));
    }
    if (status) {
      const left = (status.score / scale) * 100;
      ticks.push(make("span", { class: "tick line-label", style: `left:${left}%`, text: "status quo" }));
    }
    this.axis.replaceChildren(...ticks);
  }
}
