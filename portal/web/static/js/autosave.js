/* Keeps a form from the first keystroke and shows its preview. Without this file the form has buttons for both.
   A form with data-autosave-local keeps in the browser what the server does not have yet, and takes it back later. */

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector("[data-autosave-state]");
const preview = document.querySelector("[data-autosave-preview]");
const FIRST = 300, NEXT = 1200, AGAIN = 5000, LONGEST_AT_THE_END = 60000;
const PATIENCE = 4000;
let waiting = 0, running = null, pending = Promise.resolve(), changed = false, kept = false, apart = false;

const say = (text, tone) => { if (state.textContent !== text) state.textContent = text; state.dataset.state = tone; };
const data = () => {
  const all = new FormData(form);
  for (const name of [...all.keys()]) if (all.get(name) instanceof File) all.delete(name);
  return all;
};
const later = (pause) => { clearTimeout(waiting); waiting = setTimeout(keep, pause); };

/* What is only in this browser: one entry for each page of a draft, gone as soon as the server has it. */
const prefix = form?.dataset.autosaveLocal, OWN = new Set(["csrf_token", "place", "typing_version", "do"]);
const local = {
  name: () => `${prefix}${form.elements.place.value}`,
  values: () => [...data()].filter(([name]) => !OWN.has(name)),
  read: () => { try { return JSON.parse(localStorage.getItem(local.name())); } catch { return null; } },
  write(sent = false) {
    if (!prefix) return false;
    try { localStorage.setItem(local.name(), JSON.stringify({ version: form.elements.typing_version.value, sent, values: local.values() })); return true; } catch { return false; }
  },
  drop(name) { try { localStorage.removeItem(name || local.name()); } catch { /* it keeps nothing */ } },
};
const lost = (words) => {
  const there = local.write();
  say(!prefix || there || words !== state.dataset.failed ? words : state.dataset.unkept, "failed");
};

const keep = (leaving = false) => { pending = save(leaving === true); };
const save = async (leaving) => {
  clearTimeout(waiting);
  if (running || !changed || apart || form.dataset.sent) return;
  running = new AbortController();
  changed = false;
  const body = data();
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual", signal: running.signal, keepalive: leaving && JSON.stringify([...body]).length < LONGEST_AT_THE_END });
    if (answer.type === "opaqueredirect" || [400, 403, 410].includes(answer.status)) {
      changed = true;
      lost(state.dataset.signedOut);
      later(AGAIN);
    } else if (!answer.ok) {
      throw new Error(String(answer.status));
    } else {
      const told = await answer.json();
      apart = Boolean(told.apart);
      if (!apart) form.elements.typing_version.value = told.typing_version ?? told.version;
      kept = true;
      if (told.typing) {
        form.elements.typing.value = told.typing;
        history.replaceState(null, "", `${form.getAttribute("action")}?typing=${told.typing}`);
      }
      if (preview) preview.innerHTML = told.preview;
      if (apart) lost(state.dataset.apart);
      else if (told.refused.length) lost(`${state.dataset.refused} ${told.refused.join(", ")}`);
      else {
        if (prefix && !changed) local.drop();
        say(`${state.dataset.saved} ${told.at}`, "kept");
      }
    }
  } catch {
    changed = true;
    if (form.dataset.sent) return;
    lost(state.dataset.failed);
    later(AGAIN);
  } finally {
    running = null;
    if (changed) later(state.dataset.state === "failed" ? AGAIN : NEXT);
  }
};

/* Puts values back into the form, whatever kind its fields are. */
const fill = (values) => {
  const told = Map.groupBy ? Map.groupBy(values, ([name]) => name) : values.reduce((all, pair) => all.set(pair[0], [...(all.get(pair[0]) ?? []), pair]), new Map());
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.type === "file" || field.tagName === "BUTTON") continue;
    const texts = (told.get(field.name) ?? []).map(([, text]) => text);
    if (field.type === "checkbox" || field.type === "radio") field.checked = texts.includes(field.value);
    else if (texts.length) field.value = texts[0];
  }
};
const plain = (values) => JSON.stringify(values).replaceAll("\\r\\n", "\\n");
const same = (one, other) => plain(one) === plain(other);

/* What the server sent, whatever the browser has put in its place since. */
const given = () => {
  const found = [];
  for (const field of form.elements) {
    if (!field.name || OWN.has(field.name) || field.disabled || field.type === "file" || field.tagName === "BUTTON") continue;
    if (field.type === "checkbox" || field.type === "radio") { if (field.defaultChecked) found.push([field.name, field.value]); }
    else if (field.tagName === "SELECT") {
      const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
      if (chosen) found.push([field.name, chosen.value]);
    } else found.push([field.name, field.defaultValue]);
  }
  return found;
};

const takeBack = () => {
  const versions = JSON.parse(form.dataset.versions || "{}");
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(prefix) || name === local.name()) continue;
    const entry = JSON.parse(localStorage.getItem(name));
    if (entry.sent && Number(versions[name.slice(prefix.length)]) > Number(entry.version)) local.drop(name);
  }
  const found = local.read();
  if (!found) {
    if (!same(given(), local.values())) { changed = true; later(FIRST); }
    return;
  }
  const received = found.sent && Number(form.elements.typing_version.value) > Number(found.version);
  if (received || same(found.values, given())) { local.drop(); return; }
  const put = () => { fill(found.values); changed = true; say(state.dataset.restored, "kept"); later(FIRST); };
  if (found.version === form.elements.typing_version.value) { put(); return; }
  const box = document.querySelector("[data-autosave-found]"), before = new Map(local.values());
  box.querySelector("[data-autosave-found-text]").textContent = found.values.filter(([name, text]) => text && before.get(name) !== text).map(([, text]) => text).join("\n\n");
  box.hidden = false;
  box.querySelector("[data-autosave-take]").addEventListener("click", () => { box.hidden = true; put(); });
  box.querySelector("[data-autosave-drop]").addEventListener("click", () => { box.hidden = true; local.drop(); });
};

if (form && state) {
  if (prefix) window.addEventListener("pageshow", (event) => { if (!event.persisted) try { takeBack(); } catch { /* it keeps nothing */ } });
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (event.target.type === "file") return;
      changed = true;
      if (state.dataset.state === "failed") local.write();
      if (!running) later(kept ? NEXT : FIRST);
    });
  }
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    if (prefix && running && !event.defaultPrevented) {
      /* What is on its way arrives first, so that what is sent now is not taken for another window's. */
      event.preventDefault();
      const stopped = running, button = event.submitter;
      setTimeout(() => stopped.abort(), PATIENCE);
      pending.finally(() => { clearTimeout(waiting); delete form.dataset.sent; form.requestSubmit(button); });
      return;
    }
    running?.abort();
    local.write(true);
  });
  window.addEventListener("online", () => { if (changed) keep(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
  window.addEventListener("pagehide", () => { if (changed) local.write(Boolean(form.dataset.sent)); keep(true); });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !form.dataset.sent) event.preventDefault();
  });
}

/* The letter was sent: nothing of it stays in this browser. */
const done = document.querySelector("[data-autosave-done]");
if (done) {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(done.dataset.autosaveDone)) localStorage.removeItem(name);
  } catch { /* it keeps nothing */ }
}
