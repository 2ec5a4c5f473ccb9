// Joins the weights and the ranking, and reports to Python when the hand rests.
// Python leads: what it sends with a new revision replaces what stands here. An echo of the
// browser's own report carries the old revision and must not undo a move made since.

const instances = new WeakMap();

function signature(data) {
  return JSON.stringify([data.visitor, data.question, data.branches, data.alternatives.map((a) => [a.id, a.flags])]);
}

class Instance {
  constructor(root, data, report) {
    this.signature = signature(data);
    this.revision = data.revision;
    this.report = report;
    const act = (kind, value) => this.report.action({ kind, value });
    this.toolbar = new Toolbar(root, act, (way) => this.step(way));
    this.ranking = new Ranking(data, () => act("blind", false));
    this.strip = new Strip(data);
    this.title = new Title();
    this.awaiting = false;
    this.weights = new Weights(data, (resting) => this.moved(resting));
    this.history = new History({ ...this.weights.state, whose: data.whose });
    this.resume(data);
    root.replaceChildren(this.toolbar.element, this.weights.element, this.ranking.element, this.strip.element);
    root.onkeydown = (event) => this.key(event);
    this.show(data);
  }

  // What Python sent, which may be an echo of what was reported.
  show(data) {
    this.data = data;
    this.ranking.data = data;
    this.toolbar.show(data);
    if (data.revision !== this.revision) {
      this.revision = data.revision;
      this.weights.take(data.points, data.locked);
      if (!this.resume(data)) this.history.add({ ...this.weights.state, whose: data.whose });
      this.awaiting = false;
    } else {
      this.history.settle(data);
      // Of weights that a move made since has left behind, its title is no answer.
      this.awaiting = !sameState(data, this.weights.state);
    }
    this.weights.follow(data);
    this.ranking.hide(data.blind);
    this.draw(false);
  }

  // Go on with the steps that this browser keeps, where the weights are those it keeps.
  resume(data) {
    return this.history.resume(globalThis.counterweightKept?.undo(data.visitor, data.work), this.weights.state);
  }

  draw(moving) {
    this.strip.element.hidden = this.data.blind;
    if (!this.data.blind) {
      const { ranked, lead } = this.ranking.show(this.weights.points, moving, !this.awaiting);
      this.strip.show(ranked);
      // Between letting go and Python's answer its title is of the weights before.
      this.title.show(this.data, lead, moving || this.awaiting, moving);
    }
    this.toolbar.remember(this.history);
    if (!moving) globalThis.counterweightKept?.remember(this.data.visitor, this.data.work, this.history.steps);
  }

  moved(resting) {
    if (resting) this.history.add({ ...this.weights.state, whose: null });
    this.awaiting = resting;
    this.draw(!resting);
    if (resting) this.tell(null);
  }

  // `whose` : whose weights these were, where a step goes back or forward to them.
  tell(whose) {
    this.report.weights({ ...this.weights.state, whose, revision: this.revision });
  }

  step(way) {
    const state = this.history[way]();
    if (!state) return;
    this.weights.take(state.points, state.locked);
    this.awaiting = true;
    this.draw(false);
    this.tell(state.whose);
  }

  key(event) {
    const undo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    // In a field being typed in, the browser undoes the typing.
    const typing = event.target.type === "text" && event.target.getAttribute("role") !== "spinbutton";
    if (!undo || this.weights.typing || typing) return;
    event.preventDefault();
    this.step(event.shiftKey ? "redo" : "undo");
  }
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".counterweight");
  const report = {
    weights: (moved) => setStateValue("weights", moved),
    action: (action) => setTriggerValue("action", action),
  };
  const instance = instances.get(root);
  if (!instance || instance.signature !== signature(data)) {
    instances.set(root, new Instance(root, data, report));
    return;
  }
  instance.report = report;
  instance.show(data);
}
