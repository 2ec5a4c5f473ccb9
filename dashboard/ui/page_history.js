// One entry in the history of the browser for each page.
//
// Streamlit adds an entry whenever a run changes the query, so Back would have to be pressed once
// for each weight that was moved. Here a change of the query alone writes over the present entry.
// What is opened on the page Evidence is a page of its own: `inner_links.js` adds its entry.

{
  const write = History.prototype.replaceState;
  const add = History.prototype.pushState;
  history.pushState = (state, unused, url) => {
    const same = url == null || new URL(url, location.href).pathname === location.pathname;
    (same ? write : add).call(history, state, unused, url);
  };
}
