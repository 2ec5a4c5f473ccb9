// Small helpers for building and changing elements.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

// Writing what stands there already would still cost a layout.
function write(element, text) {
  const words = String(text);
  if (element.shownText === words) return;
  element.shownText = words;
  element.textContent = words;
}

function mark(outline) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", outline);
  svg.append(path);
  return svg;
}

function button(text, onclick, attributes = {}) {
  const element = make("button", { type: "button", text, ...attributes });
  element.onclick = onclick;
  return element;
}

// A name that explains itself while it is pointed at, focused or tapped; ui/terms.js shows it.
const term = (name, meaning) =>
  make("button", { type: "button", class: "name term", text: name, "data-term": meaning, "aria-description": meaning });

// A box over the page; Escape and a click beside it close it.
function openSheet(root, title, ...children) {
  const sheet = make("dialog", { class: "sheet", "aria-label": title });
  sheet.append(make("h2", { text: title }), ...children);
  sheet.onclose = () => sheet.remove();
  sheet.onclick = (event) => { if (event.target === sheet) sheet.close(); };
  root.append(sheet);
  sheet.showModal();
  return sheet;
}
