// Copies the link to what is shown, and says so. Where a page may not write to the clipboard, as on
// plain http from another machine, the older way is tried; where that fails too, the link is there
// to be copied by hand.

const PATIENCE = 15_000;
const CONFIRMED = 8_000;
const buttons = new WeakMap();

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// The address of this page, with the weights and the question of Python's answer.
function linkOf(query) {
  const link = new URL(location.href);
  link.hash = "";
  for (const [name, value] of Object.entries(query)) link.searchParams.set(name, value);
  return link.href;
}

// `coming` brings the text. A browser wants to be told within the click that something will come.
async function write(coming) {
  const { clipboard } = navigator;
  if (!clipboard) return byTheOlderWay(await coming);
  try {
    const blob = coming.then((text) => new Blob([text], { type: "text/plain" }));
    await clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return byTheOlderWay(await coming);
  }
}

function byTheOlderWay(text) {
  const before = document.activeElement;
  const field = make("textarea", { readonly: "", "aria-hidden": "true", style: "position:fixed;top:0;opacity:0" });
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    before?.focus({ preventScroll: true });
  }
}

class CopyButton {
  constructor(root) {
    this.button = make("button", { type: "button", class: "copy" }, "Copy link");
    this.box = make("div", { class: "said", role: "status" });
    this.button.onclick = () => this.copy();
    root.replaceChildren(this.button, this.box);
    root.onkeydown = ({ key }) => { if (key === "Escape" && !this.box.hidden) { this.say(); this.button.focus(); } };
    this.say();
  }

  show(data, ask) {
    this.data = data;
    this.ask = ask;
    if (this.asked && data.answers === this.asked.id) this.asked.answer(data);
  }

  // What the server holds once it knows all moves.
  answer() {
    return new Promise((resolve, reject) => {
      const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
      const timer = setTimeout(() => reject(new Error("silence")), PATIENCE);
      this.asked = { id, answer: (data) => { clearTimeout(timer); this.asked = null; resolve(data); } };
      this.ask(id);
    });
  }

  async copy() {
    if (this.asked) return;
    this.say();
    const answer = this.answer();
    const link = answer.then(({ query }) => {
      if (!query) throw new Error("too long");
      return linkOf(query);
    });
    link.catch(() => {});
    try {
      const copied = await write(link);
      const { said } = await answer;
      if (copied) this.say(make("strong", {}, "Link copied."), ` ${said}`);
      else this.offer(await link);
    } catch (problem) {
      this.asked = null;
      if (problem.message === "silence") this.say("The server does not answer, so no link was copied. Try again in a moment.");
      else this.say((await answer).said);
    }
  }

  // Selected, so that one key copies it.
  offer(link) {
    const field = make("input", { type: "text", readonly: "", "aria-label": "The link" });
    field.value = link;
    field.onfocus = () => field.select();
    const close = make("button", { type: "button" }, "Close");
    close.onclick = () => { this.say(); this.button.focus(); };
    this.say(make("p", {}, "This browser does not let the page copy. Copy the link from here (Ctrl+C, or ⌘C on a Mac):"), field, close);
    clearTimeout(this.timer);
    field.focus();
  }

  say(...words) {
    clearTimeout(this.timer);
    this.box.replaceChildren(...words);
    this.box.hidden = words.length === 0;
    if (words.length) this.timer = setTimeout(() => this.say(), CONFIRMED);
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!buttons.has(parentElement)) {
    const root = make("div", { class: "copy-link" });
    parentElement.append(root);
    buttons.set(parentElement, new CopyButton(root));
  }
  buttons.get(parentElement).show(data, (id) => setTriggerValue("asked", id));
}
