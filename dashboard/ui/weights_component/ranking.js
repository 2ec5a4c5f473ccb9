// The ranking: one bar an alternative, split by branch, on a common axis with the status quo line.

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
    make("span", { class: "gap" }),
    make("div", { class: "track" }, make("div", { class: "bar" }, ...segments), make("span", { class: "whisker" })),
    detail,
  );
  row.style.setProperty("--light", alternative.colour.light);
  row.style.setProperty("--dark", alternative.colour.dark);
  row.dataset.id = alternative.id;
  return row;
}

const rowParts = (row) => ({
  rank: row.querySelector(".rank"),
  score: row.querySelector(".score"),
  gap: row.querySelector(".gap"),
  segments: [...row.querySelectorAll(".segment")],
  whisker: row.querySelector(".whisker"),
});

// Whole points, as everywhere; a gap that rounds to nothing is said to be below one.
function gapWords(gap) {
  const whole = Math.round(gap);
  if (whole > 0) return `+${whole}`;
  return gap > 1e-9 ? "+<1" : "=";
}

class Ranking {
  // `onConfirm()` is told that hidden weights are final.
  constructor(data, onConfirm) {
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
        make("span", { class: "hint", text: "points, 0 to 100; small: ahead of the next" }),
      ),
      make("div", { class: "key", "aria-hidden": "true" }, ...key),
      this.list,
      this.axis,
    );
    this.list.append(...this.rows.values());
    this.cover = make(
      "div", { class: "cover" },
      make("p", { text: "The ranking is hidden, so that nobody weighs towards a winner. Set the weights, then confirm." }),
      button("Confirm the weights and show the ranking", onConfirm, { class: "primary" }),
    );
    this.element.append(this.cover);
    this.parts = new Map([...this.rows].map(([id, row]) => [id, rowParts(row)]));
  }

  hide(hidden) {
    this.cover.hidden = !hidden;
    for (const child of this.element.children) {
      if (child !== this.cover && !child.classList.contains("panel-head")) child.hidden = hidden;
    }
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
    ranked.forEach((row, place) => this.fill(row, ranked[place + 1], scale, branches, top, error));
    this.drawAxis(scale, status);
    this.element.classList.toggle("moving", moving);
    return ranked;
  }

  fill({ alternative, parts, score, rank, error: own }, next, scale, branches, top, error) {
    const row = this.rows.get(alternative.id);
    const part = this.parts.get(alternative.id);
    const undecided = top - score < error && rank > 1;
    row.classList.toggle("undecided", undecided);
    write(part.rank, rank);
    write(part.score, Math.round(score));
    write(part.gap, next ? gapWords(score - next.score) : "");
    part.gap.classList.toggle("decided", Boolean(next) && score - next.score >= error);
    let start = 0;
    part.segments.forEach((segment, index) => {
      const size = branches[index].criteria.length;
      const sum = parts.slice(start, start + size).reduce((total, points) => total + points, 0);
      start += size;
      segment.style.width = `${(sum / scale) * 100}%`;
      segment.title = `${branches[index].name}: ${sum.toFixed(1)} points`;
    });
    const from = Math.max(0, score - own);
    const to = Math.min(scale, score + own);
    part.whisker.style.left = `${(from / scale) * 100}%`;
    part.whisker.style.width = `${((to - from) / scale) * 100}%`;
    row.setAttribute(
      "aria-label",
      `Rank ${rank}: ${alternative.full_name}, ${Math.round(score)} points` +
        (next ? `, ${gapWords(score - next.score).replace("+", "")} ahead of the next` : "") +
        (undecided ? ", within the score error of the leader" : "") +
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
