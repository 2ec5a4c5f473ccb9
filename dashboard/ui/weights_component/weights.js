// The weights: a slider, a number and a lock for every branch and every criterion, and on each
// slider the interval in which the leader stays.

const shown = (value) => String(Math.round(value * 10) / 10);

class Weights {
  // `onChange(resting)` is told of every move; `resting` when the hand has let go.
  constructor(data, onChange) {
    this.data = data;
    this.names = data.alternatives.map((alternative) => alternative.name);
    this.points = { ...data.points };
    this.locked = new Set(data.locked);
    this.onChange = onChange;
    this.controls = new Map();
    const column = new Map(data.criteria.map((id, j) => [id, j]));
    // In the order in which the controls are made: a branch, then what is in it.
    const nodes = data.branches.flatMap((branch) => {
      const leaves = branch.criteria.map((criterion) => column.get(criterion.id));
      return [[leaves[0], leaves.at(-1) + 1], ...leaves.map((j) => [j, j + 1])];
    });
    this.values = data.alternatives.map((alternative) => alternative.values);
    this.sight = new Sight(() => this.refresh());
    this.message = make("p", { class: "message", role: "status", id: "weights-message" });
    this.element = make(
      "section",
      { class: "weights", "aria-label": "Weights" },
      make(
        "div",
        { class: "panel-head" },
        make("h2", { text: "Weights" }),
        make("span", { class: "hint", text: "sum 100 %; a move rescales what is not locked" }),
      ),
      this.message,
      ...data.branches.map((branch) => this.branch(branch)),
    );
    [...this.controls.values()].forEach((control, k) => {
      control.node = nodes[k];
      control.line = control.slider.closest(".line");
      this.sight.watch(control.line);
    });
    this.refresh();
  }

  branch(branch) {
    const leaves = branch.criteria.map((criterion) => criterion.id);
    const control = this.control(branch.id, `${branch.name} (branch)`, leaves, branch.swing);
    const body = make("div", { class: "leaves", id: `leaves-${branch.id}` }, ...branch.criteria.map((c) => this.leaf(c)));
    const open = !matchMedia("(max-width: 640px)").matches;
    const toggle = make("button", {
      class: "toggle", type: "button", "aria-expanded": String(open), "aria-controls": body.id,
      // One target for both: what the branch asks, and its criteria.
      ...(branch.question ? { "data-term": branch.question, "aria-description": branch.question } : {}),
    });
    toggle.append(make("span", { class: "chevron", "aria-hidden": "true" }), make("span", { class: "name", text: branch.name }));
    body.hidden = !open;
    toggle.onclick = () => {
      body.hidden = !body.hidden;
      toggle.setAttribute("aria-expanded", String(!body.hidden));
    };
    const swing = make("span", { class: "swing", text: branch.swing });
    return make(
      "div",
      { class: "branch", role: "group", "aria-label": branch.name },
      make("div", { class: "line branch-line" }, make("div", { class: "label" }, toggle, swing), ...control),
      body,
    );
  }

  leaf(criterion) {
    const label = make(
      "div",
      { class: "label" },
      term(criterion.name, criterion.definition),
      make("span", { class: "swing", text: criterion.swing }),
    );
    return make("div", { class: "line" }, label, ...this.control(criterion.id, criterion.name, null, criterion.swing));
  }

  control(id, name, leaves, detail) {
    const slider = make("input", {
      type: "range", min: 0, max: TOTAL, step: 0.1, "aria-label": `Weight of ${name}`, "data-id": id,
    });
    // A field of type "number" drops a comma without a word: 1,8 would become 18.
    const number = make("input", {
      class: "number", type: "text", role: "spinbutton", inputmode: "decimal", autocomplete: "off",
      "aria-valuemin": 0, "aria-valuemax": TOTAL, "aria-label": `Weight of ${name} in percent`,
    });
    const lock = make("button", { type: "button", class: "lock", "aria-pressed": "false", "aria-label": `Lock ${name}` });
    lock.append(make("span", { class: "lock-icon", "aria-hidden": "true" }));
    const rail = make("span", { class: "rail", "aria-hidden": "true" });
    const stable = make("span", { class: "stable", "aria-hidden": "true" });
    const crossing = make("span", { class: "crossing", id: `crossing-${id}` });
    slider.setAttribute("aria-describedby", crossing.id);
    this.controls.set(id, { id, slider, number, lock, leaves, detail, rail, stable, crossing });
    const tapped = (target) => { this.drag(id, target); this.rest(); };
    followHand(slider, () => this.value(id), (target) => this.drag(id, target), tapped);
    slider.onchange = () => this.rest();
    slider.onblur = () => { if (this.timer) this.rest(); };
    slider.onkeydown = (event) => this.key(event, id);
    slider.onkeyup = (event) => {
      if (event.key.startsWith("Arrow") || event.key.startsWith("Page")) this.restSoon();
    };
    number.oninput = () => { this.typing = number; };
    number.onblur = () => { this.typing = null; this.refresh(); };
    number.onchange = () => this.enter(id, number);
    number.onkeydown = (event) => this.step(event, id, number);
    lock.onclick = () => this.toggleLock(id);
    return [make("div", { class: "slot" }, rail, slider, stable, crossing), make("span", { class: "entry" }, number, make("span", { class: "unit", text: "%", "aria-hidden": "true" })), lock];
  }

  value(id) {
    const { leaves } = this.controls.get(id);
    return leaves ? sumOf(this.points, leaves) : this.points[id];
  }

  // A hand may move faster than the screen: what is drawn next is the last place it has been.
  drag(id, target) {
    this.target = { id, target };
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.frame = null;
    if (!this.target) return;
    const { id, target } = this.target;
    this.target = null;
    this.move(id, target, false);
  }

  move(id, target, resting) {
    const { leaves } = this.controls.get(id);
    const result = leaves
      ? moveBranch(this.points, this.locked, leaves, target)
      : moveLeaf(this.points, this.locked, id, target);
    this.refuse(null);
    this.say(id, result.refused ?? "");
    this.points = result.points;
    if (resting && !result.refused) this.comeBack();
    this.refresh(!resting);
    if (!result.refused) this.onChange(resting);
    return !result.refused;
  }

  key(event, id) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 };
    const target = { Home: 0, End: TOTAL }[event.key] ?? this.value(id) + (steps[event.key] ?? NaN);
    if (Number.isNaN(target)) return;
    event.preventDefault();
    if (this.move(id, target, false)) this.restSoon();
  }

  // What cannot be taken stays in its field, beside the reason, until it is changed or a weight moves.
  enter(id, number) {
    this.typing = null;
    const read = readNumber(number.value, 0, TOTAL);
    if (read.sentence) {
      this.say(id, read.sentence);
      this.refuse(number);
      return;
    }
    this.refuse(null);
    // The number that stands there already: the digits behind it stay as well.
    if (shown(this.value(id)) === shown(read.value)) {
      this.refresh();
      return;
    }
    if (this.move(id, read.value, true) && Math.abs(this.value(id) - read.value) > 0.05) {
      this.say(id, `Set to ${shown(this.value(id))} %: the locked weights leave no more room.`);
    }
  }

  refuse(number) {
    for (const name of ["aria-invalid", "aria-describedby"]) this.refused?.removeAttribute(name);
    this.refused = number;
    number?.setAttribute("aria-invalid", "true");
    number?.setAttribute("aria-describedby", this.message.id);
  }

  step(event, id, number) {
    const by = { ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.typing = null;
    this.refuse(null);
    if (this.move(id, clamp(Math.round(this.value(id)) + by, 0, TOTAL), false)) this.restSoon();
    this.refresh();
  }

  // A message stands below the weight it is about, where the eye is.
  say(id, words) {
    const line = this.controls.get(id).slider.closest(".line");
    if (words && line.nextSibling !== this.message) line.after(this.message);
    this.message.textContent = words;
  }

  toggleLock(id) {
    const ids = this.controls.get(id).leaves ?? [id];
    const lock = !ids.every((leaf) => this.locked.has(leaf));
    for (const leaf of ids) {
      if (lock) this.locked.add(leaf);
      else this.locked.delete(leaf);
    }
    this.message.textContent = "";
    this.refuse(null);
    this.refresh();
    this.onChange(true);
  }

  // What shows the numbers of known weights is those weights: no hand can set a third of a hundred.
  comeBack() {
    const alike = (known) => [...this.controls.values()].every(({ id, leaves }) =>
      shown(leaves ? sumOf(known, leaves) : known[id]) === shown(this.value(id)));
    const found = this.data.starts.find(alike);
    if (found) this.points = { ...found };
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = null;
    this.draw();
    this.comeBack();
    this.refresh();
    this.onChange(true);
  }

  // Keys come in runs: report once the run has paused.
  restSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), 200);
  }

  get state() {
    return { points: this.points, locked: [...this.locked] };
  }

  take(points, locked) {
    this.target = null;
    this.refuse(null);
    this.points = { ...points };
    this.locked = new Set(locked);
    this.message.textContent = "";
    this.refresh();
  }

  // Settings and overrides change the partial values, and a hidden ranking hides the crossings.
  follow(data) {
    this.data = data;
    this.blind = data.blind;
    this.element.classList.toggle("blind", data.blind);
    this.values = data.alternatives.map((alternative) => alternative.values);
    this.showIntervals();
  }

  // `moving`: what is out of sight waits until the hand rests.
  refresh(moving = false) {
    for (const [id, control] of this.controls) {
      if (moving && !this.sight.has(control.line)) continue;
      const value = this.value(id);
      const locked = (control.leaves ?? [id]).every((leaf) => this.locked.has(leaf));
      if (control.value !== value) this.showValue(control, value);
      else if (Number(control.slider.value) !== value) control.slider.value = value;
      if (control.number !== this.typing && control.number !== this.refused) control.number.value = shown(value);
      if (control.isLocked !== locked) this.showLock(control, locked);
    }
    this.showIntervals(moving);
  }

  showValue(control, value) {
    control.value = value;
    control.slider.value = value;
    control.rail.style.backgroundSize = `${value}% 100%`;
    control.slider.setAttribute("aria-valuetext", `${shown(value)} percent`);
    control.number.setAttribute("aria-valuenow", shown(value));
  }

  showLock(control, locked) {
    control.isLocked = locked;
    control.slider.disabled = locked;
    control.number.disabled = locked;
    control.lock.setAttribute("aria-pressed", String(locked));
    control.lock.title = locked ? "Unlock" : "Lock: keep this weight while others move";
  }

  // Where the leader changes on each slider, for the weights as they are in this frame.
  intervals(nodes) {
    const weights = this.data.criteria.map((id) => this.points[id] / TOTAL);
    const locked = this.data.criteria.map((id) => this.locked.has(id));
    return leaderIntervals(this.values, nodes, weights, locked, this.data.tolerance);
  }

  showIntervals(moving = false) {
    const shown = [...this.controls.values()].filter((control) => !moving || this.sight.has(control.line));
    const found = this.blind ? [] : this.intervals(shown.map((control) => control.node));
    shown.forEach((control, k) => this.showInterval(control, found[k]));
  }

  showInterval({ id, stable, crossing }, interval) {
    stable.hidden = !interval;
    const words = interval ? this.crossingWords(interval, this.value(id) / TOTAL) : [];
    write(crossing, words[0] ?? "");
    const title = words.join("; ");
    if (crossing.title !== title) crossing.title = title;
    if (!interval) return;
    const low = `${(interval.low * 100).toFixed(2)}%`;
    const high = `${(interval.high * 100).toFixed(2)}%`;
    stable.style.backgroundPosition = `${low} 0, ${high} 0, 0 0.6rem, 0 0.6rem`;
    stable.style.backgroundSize = `2px 100%, 2px 100%, ${low} 0.2rem, ${high} 0.2rem`;
    stable.classList.toggle("below", interval.below !== null);
    stable.classList.toggle("above", interval.above !== null);
  }

  // The crossings of a weight, the nearer one first.
  crossingWords({ low, high, below, above }, now) {
    const words = [];
    if (above !== null) words.push({ far: high - now, text: `${beyondWords(high, now, true)}: ${this.names[above]} first` });
    if (below !== null) words.push({ far: now - low, text: `${beyondWords(low, now, false)}: ${this.names[below]} first` });
    return words.sort((a, b) => a.far - b.far).map((entry) => entry.text);
  }
}
