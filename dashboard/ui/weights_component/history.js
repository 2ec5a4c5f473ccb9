// What was, to go back to and forward again: one entry each time the hand has rested. An entry is
// plain data: the points, the ids that are locked, and whose weights these are, as Python says it;
// null as long as Python has not answered.

const sameState = (a, b) =>
  Object.keys(a.points).every((id) => Math.abs(a.points[id] - b.points[id]) < 1e-6) &&
  a.locked.length === b.locked.length && a.locked.every((id) => b.locked.includes(id));

// A name alone is no other state: weights that are kept under one stay what they are.
const sameStart = (a, b) => !a || !b || (a.origin === b.origin && a.perspective === b.perspective);

class History {
  constructor(state) {
    this.states = [state];
    this.at = 0;
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
