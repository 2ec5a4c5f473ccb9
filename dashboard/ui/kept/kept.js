// Keeps a visitor's work in this browser: reads it when a visit begins, writes what Python gives.
//
// Each tab writes to a record of its own or to one that it has read. A record carries a stamp, new
// with every write: a tab that finds another stamp than the one it knows does not write over it,
// but goes on in a record of its own and says so. What stands in the storage is text from outside:
// Python checks the work, the weights check the steps to undo.

const VERSION = 1;
const LONGEST = 300000;
const LONGEST_UNDO = 400000;
const MOST_RECORDS = 8;
const PREFIX = "counterweight:kept:";
const TAB = "counterweight:tab:";

const random = () => [...crypto.getRandomValues(new Uint8Array(6))].map((n) => n.toString(16).padStart(2, "0")).join("");

// One for the page: components come and go with the pages of a visit.
const desk = (globalThis.counterweightKept ??= {
  stamps: new Map(), // by the key of a record: the stamp that this tab knows
  forks: new Map(), // by the key of a record: the slot that this tab went on in
  found: new Map(), // by visit: what was reported to Python, or null
  said: new Set(), // what was reported once
  steps: new Map(), // by visitor and scales: the steps to undo of this tab
  done: new Set(), // clearings that were done
  data: null,
  report: null,
  listening: false,
  signedOut: false,

  // The weights hand their steps over, and ask for them when they are drawn again. Until Python has
  // answered what was found, those that were found hold: the weights shown have no history yet.
  remember(visitor, scales, steps) {
    if (this.data?.visitor === visitor && !this.pending) this.steps.set(`${visitor}:${scales}`, steps);
  },
  undo(visitor, scales) {
    if (this.data?.visitor !== visitor) return undefined;
    return (this.pending ? undefined : this.steps.get(`${visitor}:${scales}`)) ?? this.foundSteps(scales);
  },
  get pending() { return Boolean(this.data && this.found.get(this.data.visit) && !this.data.answered); },
  foundSteps(scales) {
    const found = this.data && this.found.get(this.data.visit);
    return found && this.data.scales === scales ? read(keyOf(this.data, found.slot))?.undo : undefined;
  },
});

// ------------------------------------------------------------------------------ records

const stepsKey = (data) => `${data.visitor}:${data.scales}`;
const keyOf = (data, slot) => `${PREFIX}${data.owner}:${data.scales}:${slot}`;

function read(key) {
  let record;
  try { record = JSON.parse(localStorage.getItem(key)); } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const fine = record && record.version === VERSION && typeof record.stamp === "string" &&
    Number.isSafeInteger(record.at) && typeof record.text === "string" && record.text.length <= LONGEST;
  return fine ? record : null;
}

// Those of one account, newest first; of all scales, since a question may have been edited.
function records(data) {
  const start = `${PREFIX}${data.owner}:`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(start))
    .map((key) => {
      const [scales, slot] = key.slice(start.length).split(":");
      return { key, scales, slot, record: read(key) };
    })
    .filter(({ slot, record }) => record && /^[0-9a-f]{12}$/.test(slot))
    .sort((a, b) => b.record.at - a.record.at);
}

// The slot of this tab; "" once it was told to begin without one.
const ownSlot = (data) => sessionStorage.getItem(`${TAB}${data.owner}:${data.scales}`);

function takeSlot(data, slot) {
  const key = `${TAB}${data.owner}:${data.scales}`;
  if (slot !== null) sessionStorage.setItem(key, slot);
  else if (data.fresh) sessionStorage.setItem(key, "");
  else sessionStorage.removeItem(key);
}

function find(data) {
  const all = records(data);
  const mine = all.filter(({ scales }) => scales === data.scales);
  const own = ownSlot(data);
  const edited = all.filter(({ record }) => record.slug === data.slug && data.slug);
  const chosen = mine.find(({ slot }) => slot === own) ??
    mine.find(({ record }) => data.link && record.link === data.link) ?? mine[0] ?? edited[0];
  if (!chosen) return null;
  desk.stamps.set(chosen.key, chosen.record.stamp);
  return {
    slot: chosen.slot,
    edited: chosen.scales !== data.scales,
    fresh: own === "",
    others: mine.filter((one) => one !== chosen).slice(0, 3).map(({ slot, record }) => ({ slot, when: when(record) })),
    ...shown(chosen.record),
  };
}

// Minutes since 1970 by the clock on the wall of whoever sits here.
const when = ({ at }) => Math.floor(at / 60000) - new Date(at).getTimezoneOffset();
const shown = (record) => ({ when: when(record), text: record.text });

// ------------------------------------------------------------------------------ writing

function keep(data) {
  if (desk.pending) return;
  takeSlot(data, data.slot);
  if (data.text === null || data.slot === null) return;
  const given = keyOf(data, data.slot);
  const slot = desk.forks.get(given) ?? data.slot;
  const key = keyOf(data, slot);
  const stored = read(key);
  const known = desk.stamps.get(key);
  if (!stored && known !== undefined) {
    say("changed", { kind: "cleared", slot, when: 0, fork: null }, key);
    return;
  }
  if (stored && stored.stamp !== known && stored.text !== data.text) {
    const fork = random();
    desk.forks.set(given, fork);
    write(data, fork);
    say("changed", { kind: "written", slot, when: when(stored), fork }, stored.stamp);
    return;
  }
  // The same work by another tab, with steps of its own: there is nothing to add to it.
  if (stored && stored.stamp !== known) {
    desk.stamps.set(key, stored.stamp);
    return;
  }
  const undo = trimmed(desk.steps.get(stepsKey(data)) ?? stored?.undo ?? null);
  if (stored && stored.text === data.text && JSON.stringify(stored.undo) === JSON.stringify(undo)) return;
  write(data, slot);
}

function write(data, slot) {
  const key = keyOf(data, slot);
  const stamp = random();
  const undo = trimmed(desk.steps.get(stepsKey(data)) ?? read(key)?.undo ?? null);
  const record = { version: VERSION, stamp, at: Date.now(), slug: data.slug, link: data.link, text: data.text, undo };
  localStorage.setItem(key, JSON.stringify(record));
  desk.stamps.set(key, stamp);
  takeSlot(data, slot);
  for (const old of records(data).filter(({ scales }) => scales === data.scales).slice(MOST_RECORDS)) {
    localStorage.removeItem(old.key);
  }
}

function trimmed(undo) {
  let steps = undo;
  while (steps && JSON.stringify(steps).length > LONGEST_UNDO) {
    if (steps.at === 0) return null;
    steps = { ...steps, states: steps.states.slice(1), at: steps.at - 1 };
  }
  return steps;
}

// ------------------------------------------------------------------------------ clearing

function clear() {
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) || key.startsWith(TAB)) storage.removeItem(key);
    }
  }
  desk.stamps.clear();
  desk.forks.clear();
}

// ------------------------------------------------------------------------------ blind weighing

// The one thing that a page has to know before it is drawn: that it must not tell who leads.
// A cookie, since nothing else comes with the first request; it goes to the server's socket alone.
function blindfold(data, off) {
  const { name, path } = data.cookie;
  const held = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
  const before = new Set((held ?? "=").split("=")[1].split(".").filter(Boolean));
  const after = new Set(before);
  if (data.blind && !off) after.add(data.scales); else after.delete(data.scales);
  if (off === "all") after.clear();
  mark(name, path, [...after]);
}

function mark(name, path, scales) {
  const age = scales.length ? "" : "; max-age=0";
  document.cookie = `${name}=${scales.join(".")}; path=${path}; samesite=strict${age}`;
}

// ------------------------------------------------------------------------------ reporting

function say(name, what, once) {
  const { data } = desk;
  const mark_ = `${data.visit}:${name}:${once}`;
  if (desk.said.has(mark_) || !desk.report) return;
  desk.said.add(mark_);
  desk.report(name, { visit: data.visit, ...what });
}

function follow(data) {
  if (data.clear && !desk.done.has(data.clear)) {
    desk.done.add(data.clear);
    clear();
    blindfold(data, "all");
  }
  if (data.off || desk.signedOut) return;
  if (!desk.found.has(data.visit)) desk.found.set(data.visit, find(data));
  const found = desk.found.get(data.visit);
  // Again with each run that has not heard of it: a report may be lost with a run that is cut off.
  if (desk.pending) desk.report("found", { visit: data.visit, asked: false, ...found });
  if (data.ask && !desk.said.has(data.ask.id)) {
    desk.said.add(data.ask.id);
    answer(data, data.ask.slot);
  }
  keep(data);
  blindfold(data, null);
}

function answer(data, slot) {
  const key = keyOf(data, slot);
  const record = read(key);
  if (!record) {
    say("changed", { kind: "gone", slot, when: 0, fork: null }, data.ask.id);
    return;
  }
  desk.stamps.set(key, record.stamp);
  desk.forks.delete(key);
  desk.steps.delete(stepsKey(data));
  if (record.undo) desk.steps.set(stepsKey(data), record.undo);
  desk.report("found", { visit: data.visit, asked: true, slot, edited: false, fresh: false, others: [], ...shown(record) });
}

// Another tab wrote to the record of this one, or cleared it.
function heard(event) {
  const { data } = desk;
  if (!data || data.off || data.slot === null || desk.signedOut) return;
  const given = keyOf(data, data.slot);
  const key = keyOf(data, desk.forks.get(given) ?? data.slot);
  if (event.key !== null && event.key !== key) return;
  const slot = desk.forks.get(given) ?? data.slot;
  const stored = read(key);
  if (!stored) say("changed", { kind: "cleared", slot, when: 0, fork: null }, key);
  else if (stored.text === data.text) desk.stamps.set(key, stored.stamp);
  else if (stored.stamp !== desk.stamps.get(key)) say("changed", { kind: "written", slot, when: when(stored), fork: null }, stored.stamp);
}

// Whoever signs out may be sent elsewhere at once, so it is done here and not asked for by Python.
function clicked(event) {
  const button = event.target instanceof Element ? event.target.closest(".st-key-sign_out button") : null;
  if (!button) return;
  desk.signedOut = true;
  guarded(() => {
    clear();
    if (desk.data) mark(desk.data.cookie.name, desk.data.cookie.path, []);
  });
}

// A browser may refuse to keep anything, or have no room; that is said, and the page goes on.
function guarded(act) {
  try { act(); } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    say("unkept", { why: error.name === "QuotaExceededError" ? "full" : "refused" }, "unkept");
  }
}

export default function ({ data, setTriggerValue }) {
  if (data.visit !== desk.data?.visit) desk.signedOut = false;
  desk.data = data;
  desk.report = setTriggerValue;
  if (!desk.listening) {
    desk.listening = true;
    window.addEventListener("storage", (event) => guarded(() => heard(event)));
    document.addEventListener("click", clicked, true);
  }
  guarded(() => follow(data));
  return () => { if (desk.report === setTriggerValue) desk.report = null; };
}
