// Keeps a visitor's work in this browser: reads it when a visit begins, writes what Python gives.
//
// Each tab writes to a record of its own or to one that it has read. A record lies under the name of
// its question and the fingerprint of the scales, and carries a stamp, new with every write: a tab
// that finds another stamp than the one it knows does not write over it, but goes on in a record of
// its own and says so. What stands in the storage is text from outside: Python checks the work, the
// weights check the steps to undo.

const VERSION = 1;
const LONGEST = 300000;
const LONGEST_UNDO = 400000;
const MOST_RECORDS = 8;
const PREFIX = "counterweight:kept:";
const TAB = "counterweight:tab:";
const CLEARING = "counterweight:clearing";
// Whoever asked that nothing be kept, or opened a briefing, gets no cookie either.
const HOLDS_NOTHING = ["forgotten", "cleared", "briefing"];

const random = () => [...crypto.getRandomValues(new Uint8Array(6))].map((n) => n.toString(16).padStart(2, "0")).join("");

// One for the page: components come and go with the pages of a visit.
const desk = (globalThis.counterweightKept ??= {
  stamps: new Map(), // by the key of a record: the stamp that this tab knows
  forks: new Map(), // by the key of a record: the slot that this tab went on in
  found: new Map(), // by visit: what was reported to Python, or null
  said: new Set(), // what was reported once
  steps: new Map(), // by visitor and question: the steps to undo of this tab
  done: new Set(), // clearings that were done
  data: null,
  report: null,
  listening: false,
  signedOut: false,

  // The weights hand their steps over, and ask for them when they are drawn again. Until Python has
  // answered what was found, those that were found hold: the weights shown have no history yet.
  remember(visitor, work, steps) {
    if (this.data?.visitor === visitor && !this.pending) this.steps.set(`${visitor}:${work}`, steps);
  },
  undo(visitor, work) {
    if (this.data?.visitor !== visitor) return undefined;
    return (this.pending ? undefined : this.steps.get(`${visitor}:${work}`)) ?? this.foundSteps(work);
  },
  get pending() { return Boolean(this.data && this.found.get(this.data.visit) && !this.data.answered); },
  foundSteps(work) {
    const found = this.data && this.found.get(this.data.visit);
    return found && this.data.work === work ? read(keyOf(this.data, found.slot))?.undo : undefined;
  },
});

// ------------------------------------------------------------------------------ records

const stepsKey = (data) => `${data.visitor}:${data.work}`;
const keyOf = (data, slot) => `${PREFIX}${data.owner}:${data.slug}:${data.scales}:${slot}`;
const tabKey = (data) => `${TAB}${data.owner}:${data.slug}:${data.scales}`;

// Where this tab writes: Python may not have heard yet that it went on in a record of its own.
const slotOf = (data) => (data.slot === null ? null : desk.forks.get(keyOf(data, data.slot)) ?? data.slot);

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

// Those of one account and question, newest first; of all scales, since it may have been edited.
function records(data) {
  const start = `${PREFIX}${data.owner}:${data.slug}:`;
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
const ownSlot = (data) => sessionStorage.getItem(tabKey(data));

function takeSlot(data, slot) {
  const key = tabKey(data);
  if (slot !== null) sessionStorage.setItem(key, slot);
  else if (data.fresh) sessionStorage.setItem(key, "");
  else sessionStorage.removeItem(key);
}

function find(data) {
  const all = records(data);
  const mine = all.filter(({ scales }) => scales === data.scales);
  const own = ownSlot(data);
  const chosen = mine.find(({ slot }) => slot === own) ??
    mine.find(({ record }) => data.link && record.link === data.link) ?? mine[0] ?? all[0];
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
  const slot = slotOf(data);
  takeSlot(data, slot);
  if (data.text === null || slot === null) return;
  const key = keyOf(data, slot);
  const stored = read(key);
  const known = desk.stamps.get(key);
  // One that is gone while others stay made room for a newer one, and is written again.
  if (!stored && known !== undefined && isCleared()) {
    say("changed", { kind: "cleared", slot, when: 0, fork: null }, key);
    return;
  }
  if (stored && stored.stamp !== known && stored.text !== data.text) {
    const fork = random();
    desk.forks.set(keyOf(data, data.slot), fork);
    write(data, fork);
    // Not under the stamp: that another tab wrote it may have been said before, without the fork.
    say("changed", { kind: "written", slot, when: when(stored), fork }, fork);
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
  const record = { version: VERSION, stamp, at: Date.now(), link: data.link, text: data.text, undo };
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

// Other tabs see each step of it in this order, so none takes a record that is gone for one that
// made room, and writes it again.
function clear() {
  try { localStorage.setItem(CLEARING, ""); } catch { /* a full storage takes no mark */ }
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) || key.startsWith(TAB)) storage.removeItem(key);
    }
  }
  localStorage.removeItem(CLEARING);
  desk.stamps.clear();
  desk.forks.clear();
}

const isCleared = () => localStorage.getItem(CLEARING) !== null || !Object.keys(localStorage).some((key) => key.startsWith(PREFIX));

// ------------------------------------------------------------------------------ blind weighing

// The one thing that a page has to know before it is drawn: that it must not tell who leads.
// A cookie for each question, since nothing else comes with the first request; it goes to the
// server's socket alone, so no script can read it here.
function blindfold({ name, path }, on) {
  document.cookie = `${name}=${on ? "1" : ""}; path=${path}; samesite=strict${on ? "" : "; max-age=0"}`;
}

function takeBlindfolds({ path, all }) {
  for (const name of all) blindfold({ name, path }, false);
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
    takeBlindfolds(data.cookie);
    clear();
  }
  // Before anything that fails where nothing can be kept: the ranking stays hidden all the same.
  if (!desk.signedOut && !HOLDS_NOTHING.includes(data.off)) blindfold(data.cookie, data.blind);
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
  const slot = slotOf(data);
  const key = keyOf(data, slot);
  if (event.key !== null && event.key !== key) return;
  const stored = read(key);
  if (!stored) {
    if (isCleared()) say("changed", { kind: "cleared", slot, when: 0, fork: null }, key);
  } else if (stored.text === data.text) desk.stamps.set(key, stored.stamp);
  else if (stored.stamp !== desk.stamps.get(key)) say("changed", { kind: "written", slot, when: when(stored), fork: null }, stored.stamp);
}

// A record that made room for another is written again before a reload looks for it.
function left() {
  if (desk.data && !desk.data.off && !desk.signedOut) keep(desk.data);
}

// Whoever signs out may be sent elsewhere at once, so it is done here and not asked for by Python.
function clicked(event) {
  const button = event.target instanceof Element ? event.target.closest(".st-key-sign_out button") : null;
  if (!button) return;
  desk.signedOut = true;
  guarded(() => {
    if (desk.data) takeBlindfolds(desk.data.cookie);
    clear();
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
    window.addEventListener("pagehide", () => guarded(left));
    document.addEventListener("click", clicked, true);
  }
  guarded(() => follow(data));
  return () => { if (desk.report === setTriggerValue) desk.report = null; };
}
