// One entry in the history of the browser for each page.
//
// Streamlit adds an entry whenever a run changes the query, so Back would have to be pressed once
// for each weight that was moved. Here a change of the query alone writes over the present entry,
// unless its state says that it is a page of its own (see `inner_links.js`).
//
// When the page changes, Streamlit writes the query of the new page before its path. That has hit
// the entry that is being left: it gets back the address that it had when the last run had ended.

{
  const write = History.prototype.replaceState;
  const add = History.prototype.pushState;
  let settled = null;
  const settle = () => { settled = location.href; };

  history.pushState = (state, unused, url) => {
    const other = url != null && new URL(url, location.href).pathname !== location.pathname;
    if (!other && !state?.isPage) {
      write.call(history, state, unused, url);
      return;
    }
    const target = new URL(url, location.href).href;
    if (other && settled) write.call(history, history.state, unused, settled);
    add.call(history, state, unused, target);
    settle();
  };

  addEventListener("popstate", settle);
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.dataset.testScriptState === "notRunning")) settle();
  }).observe(document, { subtree: true, attributeFilter: ["data-test-script-state"] });
}
