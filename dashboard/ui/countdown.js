// Counts down to the end of a round. Python says how much is left; in between the clock here runs.

const running = new WeakMap();
const OFF = 1.5; // seconds by which the two may differ before ours is set again

function text(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole === 0) return "Time is up";
  const pad = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const shown = hours ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
  return `${shown} left`;
}

export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".countdown");
  place.classList.toggle("large", data.large);
  const kept = running.get(parentElement);
  const end = performance.now() / 1000 + data.left;
  const name = `${data.round} ${data.closes_at}`;
  const show = (state) => {
    const said = text(state.end - performance.now() / 1000);
    if (place.textContent !== said) place.textContent = said;
  };
  if (kept) {
    if (kept.name !== name || Math.abs(kept.end - end) > OFF) Object.assign(kept, { name, end });
    show(kept);
    return;
  }
  const state = { name, end };
  state.timer = setInterval(() => show(state), 250);
  running.set(parentElement, state);
  show(state);
  return () => {
    clearInterval(state.timer);
    running.delete(parentElement);
  };
}
