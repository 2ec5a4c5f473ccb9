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

// `addHands(changed)` gives what a hand can do beside the fields, and a way to draw it again.
function beginWeighing(addHands) {
  restoreDraft();
  const rank = typeof liveRanking === "function" ? liveRanking() : () => {};
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
