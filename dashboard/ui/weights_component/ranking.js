// The ranking: one bar an alternative, split by branch, on a common axis with the status quo line.
// What changes with every move is written to the element it concerns: a custom property set further
// up would have the browser work out the style of everything below it, in every frame. Bars and
// whiskers are backgrounds of elements that keep their size, so that a move lays nothing out.

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
  const detail = make("p", { class: "flag-detail", role: "status" });
  const row = make(
    "li",
    { class: `row ${alternative.kind}` },
    make("span", { class: "rank" }),
    make(
      "div",
      { class: "who" },
      mark(alternative.mark),
      term(alternative.name, alternative.meaning),
      ...(alternative.kind === "rival" ? [make("span", { class: "kind", text: "rival" })] : []),
      make("span", { class: "flags" }, ...flagChips(alternative.flags, detail)),
    ),
    make("span", { class: "score" }),
    make("span", { class: "gap" }),
    make("div", { class: "track" }, make("div", { class: "bar" }), make("span", { class: "whisker" })),
    detail,
  );
  row.style.setProperty("--light", alternative.colour.light);
  row.style.setProperty("--dark", alternative.colour.dark);
  row.querySelector(".bar").style.backgroundImage = layersOf(branches).join();
  row.dataset.id = alternative.id;
  return row;
}

const rowParts = (row) => ({
  rank: row.querySelector(".rank"),
  score: row.querySelector(".score"),
  gap: row.querySelector(".gap"),
  bar: row.querySelector(".bar"),
  whisker: row.querySelector(".whisker"),
});

// For the small figure beside a score.
function gapChip(score, next) {
  const { short } = gapBetween(score, next);
  return /^\d/.test(short) ? `+${short}` : short;
}

// The segments of a bar are layers, each over the next and with a gap at its end. A move changes how
// far they reach and leaves the colours alone: working those out would take longest.
function layersOf(branches) {
  return branches.map((branch, index) => {
    const colour = `color-mix(in oklab, var(--c) ${tint(index, branches.length)}%, var(--st-background-color))`;
    return `linear-gradient(to right, ${colour} calc(100% - 1.5px), var(--st-background-color) 0)`;
  });
}

function reachOf(sums, scale) {
  let end = 0;
  return sums.map((sum) => `${((end += sum) * (100 / scale)).toFixed(2)}% 100%`).join();
}

// Which of the parts, laid end to end, a place falls into.
function partAt(parts, place) {
  let end = 0;
  return parts.findIndex((part) => (end += part) >= place);
}

const MOST_GLIDING = 20;

// The same for those who listen.
function aheadOf(score, next) {
  const { words, short, scores } = gapBetween(score, next);
  return short === "=" ? "level with the next" : `${words} ahead of the next${scores}`;
}

// Of more options the first are drawn until somebody asks for all: thousands of rows take a browser
// seconds to lay out.
const MOST_ROWS = 50;

class Ranking {
  // `onConfirm()` is told that hidden weights are final.
  constructor(data, onConfirm) {
    this.data = data;
    // Of many that pass each other at once nobody sees the motion, and each would be a layer to move.
    this.list = make("ol", { class: data.alternatives.length > MOST_GLIDING ? "rows many" : "rows" });
    this.rows = new Map();
    this.whole = data.alternatives.length <= MOST_ROWS;
    this.more = button("", () => this.showMore(), { class: "more" });
    this.more.hidden = this.whole;
    this.spoken = make("p", { class: "spoken", role: "status" });
    this.line = make("span", { class: "status-line", "aria-hidden": "true" });
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
        make("span", { class: "hint", text: "points, 0 to 100; small: ahead of the next, before rounding" }),
      ),
      make("div", { class: "key", "aria-hidden": "true" }, ...key),
      make("div", { class: "plot" }, this.list, this.line),
      this.axis,
      this.more,
      this.spoken,
    );
    this.labels = data.alternatives.map((alternative) => alternative.name);
    this.cover = make(
      "div", { class: "cover" },
      make("p", { text: "The ranking is hidden, so that nobody weighs towards a winner. Set the weights, then confirm." }),
      button("Confirm the weights and show the ranking", onConfirm, { class: "primary" }),
    );
    this.element.append(this.cover);
    // Told of by the browser when it changes; asking for it would lay out the page in mid-frame.
    this.heights = new Map();
    this.sizes = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) this.heights.set(target, borderBoxSize[0].blockSize);
    });
    this.latest = new Map();
    this.sight = new Sight((rows) => { for (const row of rows) this.fill(...this.latest.get(row)); });
    this.parts = new Map();
  }

  // A row is made when it is first shown.
  rowOf(alternative) {
    const known = this.rows.get(alternative.id);
    if (known) return known;
    const row = rankingRow(alternative, this.data.branches);
    const part = rowParts(row);
    part.bar.onpointermove = (event) => this.tell(part, event);
    this.rows.set(alternative.id, row);
    this.parts.set(alternative.id, part);
    this.sizes.observe(row);
    this.sight.watch(row);
    return row;
  }

  showMore() {
    this.whole = !this.whole;
    this.show(this.points, false);
  }

  hide(hidden) {
    this.cover.hidden = !hidden;
    for (const child of this.element.children) {
      if (child !== this.cover && !child.classList.contains("panel-head")) child.hidden = hidden;
    }
    if (this.data.alternatives.length <= MOST_ROWS) this.more.hidden = true;
  }

  // `settled`: Python has answered, so its title is of these weights.
  show(points, moving, settled = this.settled) {
    this.settled = settled;
    const { alternatives, criteria, branches, tolerance } = this.data;
    const ranked = rankAlternatives(alternatives, criteria, points, tolerance);
    const weights = criteria.map((id) => points[id] / TOTAL);
    const { moments } = this.data;
    const scores = scoresAt(moments, weights);
    for (const row of ranked) row.error = scores.errors[row.index];
    const lead = leadOf(moments, weights, scores, ranked);
    const over = (one, other) => leadOver(moments, weights, scores, one.index, other.index);
    const shown = this.whole ? ranked : ranked.slice(0, MOST_ROWS);
    this.points = points;
    const count = alternatives.length.toLocaleString("en-GB");
    write(this.more, this.whole ? `Show the first ${MOST_ROWS} options` : `Show all ${count} options`);
    const reach = Math.max(...ranked.map((row) => row.score + row.error));
    const scale = Math.max(20, Math.min(100, Math.ceil(reach / 20) * 20));
    const status = ranked.find((row) => row.alternative.kind === "status-quo");
    if (status) this.line.style.left = `calc(1.8rem + (100% - 4.4rem) * ${status.score / scale})`;
    this.line.hidden = !status;
    this.place(shown.map((row) => this.rowOf(row.alternative)), moving);
    const frame = { scale, branches, near: new Set(lead.near), over, moving };
    shown.forEach((ranking, place) => {
      const row = this.rows.get(ranking.alternative.id);
      this.latest.set(row, [ranking, ranked[place + 1], frame]);
      if (!moving || this.sight.has(row)) this.fill(...this.latest.get(row));
    });
    if (scale !== this.scale || !moving) this.drawAxis(scale, status);
    this.scale = scale;
    if (!moving) this.speak(lead);
    if (status) this.axis.querySelector(".line-label").style.left = `${(status.score / scale) * 100}%`;
    this.element.classList.toggle("moving", moving);
    return { ranked, lead };
  }

  fill(ranking, next, frame) {
    const { alternative, parts, score, rank, error: own } = ranking;
    const { scale, branches, near, over, moving } = frame;
    const row = this.rows.get(alternative.id);
    const part = this.parts.get(alternative.id);
    const undecided = near.has(ranking);
    row.classList.toggle("undecided", undecided);
    write(part.rank, rank);
    write(part.score, Math.round(score));
    write(part.gap, next ? gapChip(score, next.score) : "");
    part.gap.classList.toggle("decided", Boolean(next) && over(ranking, next).decided);
    this.fillBar(part, parts, score, own, scale, branches);
    // Read out and pointed at when the hand rests; until then it would only cost time.
    if (moving) return;
    row.setAttribute(
      "aria-label",
      `Rank ${rank}: ${alternative.full_name}, ${Math.round(score)} points` +
        (next ? `, ${aheadOf(score, next.score)}` : "") +
        (undecided ? ", too close to the leader to call" : "") +
        (alternative.flags.length ? `. Constraints: ${alternative.flags.map((f) => f.label).join(", ")}` : ""),
    );
  }

  fillBar(part, parts, score, own, scale, branches) {
    let start = 0;
    part.sums = branches.map(({ criteria }) => {
      let sum = 0;
      for (const stop = start + criteria.length; start < stop; start += 1) sum += parts[start];
      return sum;
    });
    part.bar.style.backgroundSize = reachOf(part.sums, scale);
    // An exact score has no line.
    part.whisker.hidden = !own;
    const from = (Math.max(0, score - own) / scale) * 100;
    const to = (Math.min(scale, score + own) / scale) * 100;
    // A background at 100 % ends at the right edge: its own width is taken off the way there.
    const way = to - from < 100 ? (from / (100 - to + from)) * 100 : 0;
    part.whisker.style.backgroundSize = `${(to - from).toFixed(2)}% 1.5px, 1.5px 0.42rem, 1.5px 0.42rem`;
    part.whisker.style.backgroundPosition = `${way.toFixed(2)}% 50%, ${from.toFixed(2)}% 50%, ${to.toFixed(2)}% 50%`;
  }

  // The segment under the pointer, by name.
  tell({ bar, sums }, { offsetX }) {
    const index = partAt(sums, (offsetX / bar.clientWidth) * this.scale);
    const branch = this.data.branches[index];
    bar.title = branch ? `${branch.name}: ${sums[index].toFixed(1)} points` : "";
  }

  // For those who listen: who leads now, once the hand rests; in the words of the title.
  speak(lead) {
    const { title, headlines } = this.data;
    write(this.spoken, `${this.settled && title ? title.text : headlineOf(headlines, lead, this.labels)}.`);
  }

  // While the hand moves, rows glide to their places by a transform: nothing is laid out again. When
  // it rests they stand in that order in the document too, for whoever reads or tabs through it.
  place(elements, moving) {
    if (!moving) {
      this.list.classList.add("still");
      const { children } = this.list;
      if (children.length !== elements.length || elements.some((element, index) => children[index] !== element)) this.list.replaceChildren(...elements);
      for (const element of elements) {
        element.style.transform = "";
        element.hidden = false;
      }
      // Without this the end of the glide would be seen as another one.
      requestAnimationFrame(() => this.list.classList.remove("still"));
      return;
    }
    if (!this.whole) this.exchange(elements);
    const natural = new Map();
    let top = 0;
    for (const element of this.list.children) {
      natural.set(element, top);
      if (!element.hidden) top += this.height(element);
    }
    top = 0;
    for (const element of elements) {
      element.style.transform = `translateY(${top - natural.get(element)}px)`;
      top += this.height(element);
    }
  }

  // Of many options some come among the first while the hand moves, and others leave them.
  exchange(elements) {
    const kept = new Set(elements);
    for (const element of this.list.children) element.hidden = !kept.has(element);
    for (const element of elements) if (element.parentElement !== this.list) this.list.append(element);
  }

  // What has just come in is as high as the first, until the browser has told.
  height(element) {
    return this.heights.get(element) || this.heights.get(this.list.firstElementChild) || 0;
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
