// What was, to go back to and forward again: one entry each time the hand has rested.

const sameState = (a, b) =>
  Object.keys(a.points).every((id) => Math.abs(a.points[id] - b.points[id]) < 1e-9) &&
  a.locked.length === b.locked.length && a.locked.every((id) => b.locked.includes(id));

class History {
  constructor(state) {
    this.states = [state];
    this.at = 0;
  }

  // A new entry forgets what could have been done again.
  add(state) {
    if (sameState(this.states[this.at], state)) return;
    this.states = [...this.states.slice(0, this.at + 1), state].slice(-100);
    this.at = this.states.length - 1;
  }

  get canUndo() { return this.at > 0; }

  get canRedo() { return this.at < this.states.length - 1; }

  undo() { return this.canUndo ? this.states[--this.at] : null; }

  redo() { return this.canRedo ? this.states[++this.at] : null; }
}
