/* Conveniences. Every page works without this file; nothing here is needed to read, fill in or send anything. */

const live = document.getElementById("live");
const say = (text) => { if (live) { live.textContent = ""; requestAnimationFrame(() => { live.textContent = text; }); } };
const words = new Intl.NumberFormat(document.documentElement.lang);

/* Buttons that need a script are shown only now. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        say(button.dataset.done);
        button.classList.add("is-done");
      } catch {
        getSelection().selectAllChildren(source);
      }
    });
  }
}

/* After a failed send, the keyboard begins at the list of what to correct. */
document.querySelector("[data-focus]")?.focus();

/* One click sends once. The server refuses a second one anyway; this spares the waiting person the doubt. */
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
    say(live?.dataset.sending);
  });
}
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

/* Characters left, counted as readers count them. */
const segmenter = window.Intl?.Segmenter ? new Intl.Segmenter(document.documentElement.lang, { granularity: "grapheme" }) : null;
const count = (text) => {
  if (!segmenter) return Array.from(text).length;
  let n = 0;
  for (const _ of segmenter.segment(text)) n += 1;
  return n;
};
for (const area of document.querySelectorAll("textarea[data-count]")) {
  const note = document.querySelector(`[data-count-note="${CSS.escape(area.id)}"]`);
  if (!note) continue;
  let waiting = 0;
  const show = () => {
    const left = Number(area.dataset.count) - count(area.value);
    note.dataset.state = left < 0 ? "over" : "within";
    note.textContent = `${left < 0 ? note.dataset.over : note.dataset.left} ${words.format(Math.abs(left))}`;
  };
  area.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 300); });
  show();
}

/* Words that the search knows, while something is typed; without this the field offers a fixed list. */
for (const field of document.querySelectorAll("input[data-suggest]")) {
  const offered = document.getElementById(field.getAttribute("list"));
  let waiting = 0, last = "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const typed = field.value.trim();
      if (!offered || !typed || typed === last) return;
      last = typed;
      try {
        const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        const { suggestions } = await answer.json();
        if (typed === last) offered.replaceChildren(...suggestions.map((word) => new Option(word, word)));
      } catch { /* what was offered before stays */ }
    }, 200);
  });
}

/* Name and size of the chosen file. */
for (const input of document.querySelectorAll("input[type=file]")) {
  const note = document.querySelector(`[data-file-note="${CSS.escape(input.id)}"]`);
  if (!note) continue;
  input.addEventListener("change", () => {
    const most = Number(input.dataset.maxBytes || 0);
    note.textContent = Array.from(input.files, (file) => `${file.name} (${words.format(Math.max(1, Math.round(file.size / 1024)))} KB)`).join(", ");
    const over = most > 0 && Array.from(input.files).some((file) => file.size > most);
    note.dataset.state = over ? "over" : "within";
    if (over) note.textContent += ` ${live?.dataset.tooLarge}`;
  });
}
