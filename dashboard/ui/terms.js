// Shows what a name stands for while it is pointed at, focused or tapped (WCAG 2.2, 1.4.13): Escape
// puts it away, the pointer may go onto it, and it stays until pointer and focus have left.
// One box serves the whole page, the weights component with its shadow root among it.

const GAP = 6;
const LEAVE_MS = 250;

const named = (event) => event.composedPath().find((one) => one instanceof Element && one.hasAttribute("data-term"));

class Tip {
  constructor() {
    this.box = document.createElement("div");
    this.box.id = "cw-tip";
    this.box.setAttribute("role", "tooltip");
    this.box.hidden = true;
    // Within the app: there the theme says whether it is light or dark.
    (document.querySelector("[data-testid=stApp]") ?? document.body).append(this.box);
  }

  show(name) {
    clearTimeout(this.leaving);
    if (this.name === name) return;
    this.name = name;
    this.box.textContent = name.dataset.term;
    this.box.hidden = false;
    const at = name.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const left = Math.max(GAP, Math.min(at.left, innerWidth - width - GAP));
    const below = at.bottom + GAP;
    const top = below + height > innerHeight && at.top - GAP - height > 0 ? at.top - GAP - height : below;
    this.box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    clearTimeout(this.leaving);
    this.name = null;
    this.box.hidden = true;
  }

  hideSoon() {
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.hide(), LEAVE_MS);
  }
}

// A page that is left takes its script along, and the next one brings it again.
let listening = null;

function listen() {
  const tip = new Tip();
  const inside = (event) => event.composedPath().includes(tip.box);
  const handlers = {
    pointerover: (event) => {
      const name = named(event);
      if (name) tip.show(name);
      else if (inside(event)) clearTimeout(tip.leaving);
      else if (tip.name && !tip.focused) tip.hideSoon();
    },
    focusin: (event) => {
      const name = named(event);
      tip.focused = Boolean(name);
      if (name) tip.show(name);
      else tip.hide();
    },
    focusout: () => {
      tip.focused = false;
      tip.hideSoon();
    },
    click: (event) => {
      const name = named(event);
      if (name) tip.show(name);
      else if (!inside(event)) tip.hide();
    },
    keydown: (event) => {
      if (event.key !== "Escape" || tip.box.hidden) return;
      // What lies under it, such as a dialog, stays open.
      event.stopPropagation();
      tip.hide();
    },
    scroll: () => tip.hide(),
  };
  for (const [kind, handler] of Object.entries(handlers)) document.addEventListener(kind, handler, true);
  return () => {
    for (const [kind, handler] of Object.entries(handlers)) document.removeEventListener(kind, handler, true);
    tip.box.remove();
  };
}

export default function () {
  listening ??= listen();
  return () => {
    listening?.();
    listening = null;
  };
}
