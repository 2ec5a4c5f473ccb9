// What every page does beyond links: a countdown, and news of the workshop. Pages work without it.
"use strict";
const $ = (selector) => document.querySelector(selector);
const page = document.body.dataset;
const form = $("#ballot");
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

// Words without an address are for the moment. Quiet ones are for listeners: others see it happen.
function say(words, { address, link, quiet = false } = {}) {
  const line = $("#say");
  line.textContent = words;
  line.classList.toggle("quiet", quiet);
  clearTimeout(say.timer);
  if (!address) say.timer = setTimeout(() => { line.textContent = ""; }, 8000);
  if (address) line.append(" ", make("a", { href: address, textContent: link }));
}

let ends = null;
const told = new Set();

function tellTime() {
  const clock = $("#clock");
  if (!clock || ends === null) return;
  const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  clock.textContent = left ? `closes in ${words}` : "closes now";
  for (const [at, news] of [[60, "The round closes in one minute."], [15, "The round closes in 15 seconds."]]) {
    if (left <= at && left > at - 5 && !told.has(at) && form) { told.add(at); say(news); }
  }
}

function setTime(left) {
  const clock = $("#clock");
  ends = left === null || left === undefined ? null : performance.now() + left * 1000;
  if (clock) clock.hidden = ends === null;
  tellTime();
}

const NEWS = {
  open: "The round is open.",
  closed: "The round is closed. What you had not sent was not counted.",
  revealed: "The room's answers are revealed.",
  ended: "The workshop is closed.",
};

function arrived(stage) {
  const kind = stage.split("-")[0];
  const news = kind === "closed" && !form ? "The round is closed." : NEWS[kind] ?? "The workshop goes on.";
  if ("follow" in page) {
    say(news);
    setTimeout(() => location.reload(), 1200);
  } else {
    say(news, { address: page.at, link: "Go there" });
  }
}

// Whoever comes back to the tab is told at once how things stand, not after the longest wait.
const restOrReturn = (seconds) => Promise.race([
  pause(seconds),
  new Promise((done) => document.addEventListener("visibilitychange", () => document.hidden || done(), { once: true })),
]);

async function watch() {
  let known = page.stage;
  let wait = 5;
  let away = false;
  for (;;) {
    await restOrReturn(wait * (0.8 + Math.random() * 0.4));
    if (document.hidden) { wait = Math.min(wait * 1.5, 60); continue; }
    try {
      const got = await fetch(`${page.at}/state`, { cache: "no-store" });
      if (!got.ok) throw new Error(got.status);
      const now = await got.json();
      wait = 5;
      if (away) { away = false; say("Connected again."); }
      if (now.stage !== known) arrived(known = now.stage);
      if ($("#counts")) $("#counts").textContent = `${now.voted} of ${now.joined} have voted. `;
      setTime(now.left);
    } catch {
      wait = Math.min(wait * 1.5, 60);
      if (!away && !$("#send")?.disabled) say("No connection. What you typed is kept on this phone.");
      away = true;
    }
  }
}

function dropDrafts(start) {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key);
  } catch { /* a phone may keep nothing */ }
}

// What was confirmed is no draft any more, and who leaves leaves nothing on the phone.
if (page.done) dropDrafts(`cw-${page.done}`);
$("form[action$='/leave']")?.addEventListener("submit", () => dropDrafts(`cw-${page.at.slice(3)}-`));
$("#errors")?.focus();
if ($("#clock")) setTime(Number($("#clock").dataset.left));
setInterval(tellTime, 1000);
if (page.stage && page.stage !== "ended") watch();
// A page that the browser kept may be of an earlier round.
window.onpageshow = ({ persisted }) => { if (persisted && !form) location.reload(); };
