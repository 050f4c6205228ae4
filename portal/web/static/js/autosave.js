/* Keeps a form from the first keystroke and shows its preview. Without this file the form has buttons for both. */

const form = document.querySelector("form[data-autosave]");
const state = document.querySelector("[data-autosave-state]");
const preview = document.querySelector("[data-autosave-preview]");
const FIRST = 300, NEXT = 1200, AGAIN = 5000, LONGEST_AT_THE_END = 60000;
let waiting = 0, running = null, changed = false, kept = false;

const say = (text, tone) => { if (state.textContent !== text) state.textContent = text; state.dataset.state = tone; };
const data = () => {
  const all = new FormData(form);
  for (const name of [...all.keys()]) if (all.get(name) instanceof File) all.delete(name);
  return all;
};
const later = (pause) => { clearTimeout(waiting); waiting = setTimeout(keep, pause); };

const keep = async (leaving = false) => {
  clearTimeout(waiting);
  if (running || !changed || form.dataset.sent) return;
  running = new AbortController();
  changed = false;
  const body = data();
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual", signal: running.signal, keepalive: leaving && JSON.stringify([...body]).length < LONGEST_AT_THE_END });
    if (answer.type === "opaqueredirect" || answer.status === 400 || answer.status === 403) {
      changed = true;
      say(state.dataset.signedOut, "failed");
      later(AGAIN);
    } else if (!answer.ok) {
      throw new Error(String(answer.status));
    } else {
      const told = await answer.json();
      form.elements.typing.value = told.typing;
      form.elements.typing_version.value = told.version;
      kept = true;
      history.replaceState(null, "", `${form.getAttribute("action")}?typing=${told.typing}`);
      if (preview) preview.innerHTML = told.preview;
      if (told.refused.length) say(`${state.dataset.refused} ${told.refused.join(", ")}`, "failed");
      else say(`${state.dataset.saved} ${told.at}`, "kept");
    }
  } catch {
    changed = true;
    if (form.dataset.sent) return;
    say(state.dataset.failed, "failed");
    later(AGAIN);
  } finally {
    running = null;
    if (changed) later(state.dataset.state === "failed" ? AGAIN : NEXT);
  }
};

if (form && state) {
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (event.target.type === "file") return;
      changed = true;
      if (!running) later(kept ? NEXT : FIRST);
    });
  }
  form.addEventListener("submit", () => { clearTimeout(waiting); running?.abort(); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(true); });
  window.addEventListener("pagehide", () => keep(true));
  window.addEventListener("beforeunload", (event) => {
    if (changed && !form.dataset.sent) event.preventDefault();
  });
}
