// What was, to go back to and forward again: one entry each time the hand has rested. An entry is
// plain data: the points, the ids that are locked, and whose weights these are, as Python says it;
// null as long as Python has not answered.

const sameState = (a, b) =>
  Object.keys(a.points).every((id) => Math.abs(a.points[id] - b.points[id]) < 1e-6) &&
  a.locked.length === b.locked.length && a.locked.every((id) => b.locked.includes(id));

// A name alone is no other state: weights that are kept under one stay what they are.
const sameStart = (a, b) => !a || !b || (a.origin === b.origin && a.perspective === b.perspective);

// Steps from the browser's own storage, which anybody there can write to: numbers of these criteria,
// of which the present ones are where the weights stand now. Anything else is no history of theirs.
function areSteps(steps, now) {
  const ids = Object.keys(now.points);
  const arePoints = (points) => points && typeof points === "object" && Object.keys(points).length === ids.length &&
    ids.every((id) => Object.hasOwn(points, id) && Number.isFinite(points[id]) && points[id] >= 0) &&
    Math.abs(ids.reduce((sum, id) => sum + points[id], 0) - 100) < 1e-6;
  const isState = (state) => state && typeof state === "object" && arePoints(state.points) &&
    Array.isArray(state.locked) && state.locked.every((id) => ids.includes(id));
  return Boolean(steps) && Array.isArray(steps.states) && steps.states.length <= 100 &&
    steps.states.every(isState) && Number.isInteger(steps.at) && steps.at >= 0 && steps.at < steps.states.length &&
    sameState(steps.states[steps.at], now);
}

class History {
  constructor(state) {
    this.states = [state];
    this.at = 0;
  }

  get steps() { return { states: this.states, at: this.at }; }

  // Go on from steps that were kept; whether they are a history of these weights.
  resume(steps, now) {
    if (!areSteps(steps, now)) return false;
    this.states = steps.states.map(({ points, locked, whose = null }) => ({ points, locked, whose }));
    this.at = steps.at;
    return true;
  }

  // A new entry forgets what could have been done again.
  add(state) {
    if (sameState(this.now, state) && sameStart(this.now.whose, state.whose)) {
      this.settle(state);
      return;
    }
    this.states = [...this.states.slice(0, this.at + 1), state].slice(-100);
    this.at = this.states.length - 1;
  }

  get now() { return this.states[this.at]; }

  // Python's answer to what stands here: whose weights these are.
  settle(state) {
    if (state.whose && sameState(this.now, state)) this.states[this.at] = { ...this.now, whose: state.whose };
  }

  get canUndo() { return this.at > 0; }

  get canRedo() { return this.at < this.states.length - 1; }

  undo() { return this.canUndo ? this.states[--this.at] : null; }

  redo() { return this.canRedo ? this.states[++this.at] : null; }
}
