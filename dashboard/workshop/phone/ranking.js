// The place in a field: a whole number; null where it is none.
function number({ value }) {
  return /^\s*\d+\s*$/.test(value) && value >= 1 && value <= fields.length ? Number(value) : null;
}

// Groups of tied cards, in order of the places that are chosen so far.
function groupsOf(cards) {
  const placed = cards.map((card) => [number(card.field), card]).filter(([place]) => place !== null);
  const by = new Map();
  for (const [place, card] of placed.sort((a, b) => a[0] - b[0])) by.set(place, [...(by.get(place) ?? []), card]);
  return [...by.values()];
}

function addOrder(changed) {
  const cards = fields.map((field) => ({ field, card: field.closest(".swing"), home: field.closest("fieldset"), name: field.labels[0].firstChild.textContent }));
  const section = make("fieldset", { hidden: true });
  section.append(make("legend", { textContent: "In your order" }));
  fields[0].form.querySelector("fieldset").before(section);

  function draw() {
    const order = groupsOf(cards).flat();
    for (const one of cards) {
      const placed = order.includes(one);
      one.home.append(one.card);
      one.buttons.forEach((button) => { button.hidden = button.dataset.act === "place" ? placed : !placed; });
    }
    section.append(...order.map((one) => one.card));
    section.hidden = !order.length;
    for (const home of new Set(cards.map((one) => one.home))) home.hidden = !home.querySelector(".swing");
  }

  function act(one, what) {
    const groups = groupsOf(cards);
    const at = groups.findIndex((group) => group.includes(one));
    const shared = at >= 0 && groups[at].length > 1;
    if (at >= 0) groups[at] = groups[at].filter((other) => other !== one);
    const next = { place: groups.length, top: 0, up: shared ? at : at - 1, down: shared ? at + 1 : at + 2 }[what];
    groups.splice(Math.max(0, next), 0, [one]);
    let place = 1;
    for (const group of groups) {
      for (const other of group) other.field.value = place;
      place += group.length;
    }
    draw();
    changed();
    const button = one.buttons.find((other) => other.dataset.act === what && !other.hidden) ?? one.buttons[1];
    if (what !== "place") button.focus();
    else groupsNext(cards)?.focus({ preventScroll: true });
    say(`${one.name} is number ${one.field.value} of ${cards.length}`, { quiet: true });
  }

  for (const one of cards) {
    one.buttons = [["place", "Next in order"], ["top", "⤒", "to the top"], ["up", "↑", "up"], ["down", "↓", "down"]].map(([what, text, words]) => {
      const button = make("button", { type: "button", textContent: text, className: what });
      button.dataset.act = what;
      button.setAttribute("aria-label", words ? `Move ${one.name} ${words}` : `${text}: ${one.name}`);
      button.onclick = () => act(one, what);
      one.card.append(button);
      return button;
    });
    // Not while the field loses the focus: a card that is moved then is lost.
    one.field.onchange = () => setTimeout(() => {
      const focused = document.activeElement;
      draw();
      focused.focus({ preventScroll: true });
    });
  }
  return (field) => field || draw();
}

const groupsNext = (cards) => cards.flatMap((one) => one.buttons).find((button) => button.dataset.act === "place" && !button.hidden);

beginWeighing(addOrder);
