// Reports the arrow keys, which turn the findings on a projector; never while somebody writes.

const reports = new WeakMap();
const STEPS = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back" };

export default function ({ parentElement, setTriggerValue }) {
  if (reports.has(parentElement)) {
    reports.get(parentElement).report = setTriggerValue;
    return;
  }
  const state = { report: setTriggerValue };
  reports.set(parentElement, state);
  const press = (event) => {
    const step = STEPS[event.key];
    const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const writes = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (!step || held || writes) return;
    event.preventDefault();
    state.report("step", step);
  };
  document.addEventListener("keydown", press);
  return () => {
    document.removeEventListener("keydown", press);
    reports.delete(parentElement);
  };
}
