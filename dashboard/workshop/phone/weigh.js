// Beside the form of a ballot: a draft on this phone, one's own ranking, sending that keeps trying.
const fields = [...form.elements].filter((field) => /^a\d/.test(field.name));

// ------------------------------------------------------------------ draft

const drafts = {
  key: `cw-${form.dataset.draft}`,
  read: () => { try { return JSON.parse(localStorage.getItem(drafts.key)); } catch { return null; } },
  keep() {
    const typed = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    try { localStorage.setItem(drafts.key, JSON.stringify(typed)); } catch { /* a phone may keep nothing */ }
  },
};

function restoreDraft() {
  const draft = drafts.read();
  if (!draft || $("#errors") || fields.every((field) => (draft[field.name] ?? "") === field.value)) return;
  for (const field of fields) field.value = draft[field.name] ?? "";
  const note = make("p", { className: "note calm", id: "draft", textContent: "What you had not sent yet is filled in again. " });
  const away = make("button", { type: "button", className: "second", textContent: "Discard it" });
  away.onclick = () => { dropDrafts(drafts.key); location.reload(); };
  note.append(away);
  form.before(note);
}

// ------------------------------------------------------------------ own ranking

// The rules of Python: the same headline, points and ties. A browser test holds the two equal.
const whole = (value) => Math.floor(value + 0.5);

// Rank-order centroid; ties share the mean of the weights of the places they take up.
function centroid(ranks) {
  const count = ranks.length;
  const at = ranks.map((_, place) => { let sum = 0; for (let k = count; k > place; k -= 1) sum += 1 / k; return sum / count; });
  return ranks.map((rank) => {
    const before = ranks.filter((other) => other < rank).length;
    const tied = ranks.filter((other) => other === rank).length;
    return at.slice(before, before + tied).reduce((sum, weight) => sum + weight, 0) / tied;
  });
}

function ranked(data, weights) {
  const rows = data.values.map((values, index) => ({
    index,
    score: values.reduce((sum, value, j) => sum + value * weights[j], 0),
  }));
  for (const row of rows) row.rank = 1 + rows.filter((other) => other.score > row.score + 1e-9).length;
  rows.sort((a, b) => a.rank - b.rank || a.index - b.index);
  return { rows, lead: leadOf(data.moments, weights, scoresAt(data.moments, weights), rows) };
}

function rowOf([name, colour, outline]) {
  const item = $("#row").content.firstElementChild.cloneNode(true);
  item.querySelector("bdi").textContent = name;
  item.querySelector("path").setAttribute("d", outline);
  for (const drawn of item.querySelectorAll("svg")) drawn.classList.add(colour);
  return item;
}

function liveRanking() {
  const data = JSON.parse($("#data").textContent);
  const swings = page.method === "swing";
  const sheet = $("#live");
  const summary = sheet.firstElementChild;
  const list = sheet.querySelector("ol");
  const items = data.signs.map(rowOf);
  const labels = data.signs.map(([name]) => name);
  sheet.hidden = false;
  return () => {
    const given = fields.map(number);
    const missing = given.filter((value) => value === null).length;
    const sum = given.reduce((total, value) => total + value, 0);
    list.hidden = swings ? !sum : missing > 0;
    if (list.hidden) {
      summary.textContent = swings ? "Your ranking: give points first" : `Your ranking: ${missing} still without a place`;
      return;
    }
    const { rows, lead } = ranked(data, swings ? given.map((value) => value / sum) : centroid(given));
    summary.textContent = headlineOf(data.headlines, lead, labels) + (missing ? ` (${missing} still blank)` : "");
    for (const row of rows) {
      const { index, rank, score } = row;
      const item = items[index];
      item.classList.toggle("u", lead.near.includes(row));
      item.querySelector(".r").textContent = rank;
      item.querySelector(".s").textContent = whole(score);
      item.querySelector("rect").setAttribute("width", `${score}%`);
      list.append(item);
    }
  };
}

// ------------------------------------------------------------------ sending

const newRequest = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What was sent stays as it is until the answer is there: an edit is another request.
function addSending() {
  const button = $("#send");
  const label = button.textContent;
  const stop = make("button", { type: "button", className: "second", textContent: "Stop and change", hidden: true });
  button.after(stop);
  let attempt = 0;

  function rest(waiting) {
    for (const part of form.querySelectorAll("fieldset")) part.disabled = waiting;
    button.disabled = waiting;
    stop.hidden = !waiting;
    if (!waiting) button.textContent = label;
  }

  stop.onclick = () => {
    attempt += 1;
    form.elements.request.value = newRequest();
    rest(false);
    say("Stopped. It may not have arrived: send it again when you are ready.");
  };

  async function answer(sent) {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), 10000);
    try {
      return await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" }, redirect: "manual", signal: over.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const sent = new URLSearchParams(new FormData(form));
    const mine = attempt += 1;
    rest(true);
    button.textContent = "Sending …";
    for (let wait = 1; mine === attempt; wait = Math.min(wait * 2, 15)) {
      const got = await answer(sent);
      if (mine !== attempt) return;
      if (got?.ok) {
        dropDrafts(drafts.key);
        location.replace((await got.json()).go);
        return;
      }
      // Our pages say best what is wrong with it; the same request counts once.
      if (got && got.status < 500) {
        rest(false);
        HTMLFormElement.prototype.submit.call(form);
        return;
      }
      say("Not sent yet, trying again. Keep this page open.");
      clearTimeout(say.timer);
      button.textContent = "Not sent yet …";
      await pause(wait * (0.75 + Math.random() / 2));
    }
  };
}

// ------------------------------------------------------------------ begin

// `addHands(changed)` gives what a hand can do beside the fields, and a way to draw it anew.
function beginWeighing(addHands) {
  restoreDraft();
  const rank = $("#data") ? liveRanking() : () => {};
  const changed = () => { drafts.keep(); rank(); };
  const draw = addHands(changed);
  form.oninput = ({ target }) => {
    if (!fields.includes(target)) return;
    draw(target);
    changed();
  };
  draw();
  rank();
  addSending();
}
