// Reports a plain click on a link inside the dashboard to Python instead of loading the page again.
// A link past a long run of others only takes the focus there.
// A click with a key held down or with another button is left to the browser.

const reports = new WeakMap();

// What is opened on the page that shows it is a page of its own for whoever presses Back. One that
// stands on another page gets its entry with the change of pages (see `page_history.js`).
function addEntry(link) {
  const opened = ({ searchParams }) => [searchParams.get("score"), searchParams.get("entry")].join();
  const from = new URL(location.href);
  const to = new URL(link.href);
  if (from.pathname !== to.pathname || opened(from) === opened(to)) return;
  history.pushState({ isPage: true }, "", to);
}

export default function ({ parentElement, setTriggerValue }) {
  if (reports.has(parentElement)) {
    reports.get(parentElement).report = setTriggerValue;
    return;
  }
  const state = { report: setTriggerValue };
  reports.set(parentElement, state);
  const follow = (event) => {
    const past = event.target instanceof Element ? event.target.closest("a[data-past]") : null;
    if (past) {
      event.preventDefault();
      document.getElementById(past.dataset.past)?.focus();
      return;
    }
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target instanceof Element ? event.target.closest("a[data-go]") : null;
    if (!plain || !link || event.defaultPrevented) return;
    event.preventDefault();
    addEntry(link);
    state.report("go", link.dataset.go);
  };
  document.addEventListener("click", follow);
  return () => {
    document.removeEventListener("click", follow);
    reports.delete(parentElement);
  };
}
