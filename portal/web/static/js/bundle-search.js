/* The search of a copy of the record: looks through what the scripts beside this page hold, year by year. */
(() => {
  const found = document.getElementById("found");
  const hits = document.getElementById("hits");
  const more = document.getElementById("more");
  const field = document.getElementById("q");
  if (!found || !hits || !field) return;
  const root = document.currentScript.src.replace(/static\/js\/[^/]*$/, "");
  const folder = `${root}search/`;
  const STEP = 30, AROUND = 60;
  let kanji = {};
  const parts = new Map();

  globalThis.kaijiKanji = (forms) => { kanji = forms; };
  globalThis.kaijiFound = (name, lines) => { parts.set(name, lines); };

  const load = (name) => new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = `${folder}${name}.js`;
    script.onload = script.onerror = resolve;
    document.head.append(script);
  });

  /* As the index was folded: width, case, accents, old forms of kanji, separators of thousands. */
  const fold = (text) => {
    const plain = text.normalize("NFKC").toLowerCase().replace(/[\u2010-\u2015\u2212]/g, "-");
    const bare = Array.from(plain, (one) => (one.codePointAt(0) < 0x250
      ? one.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : kanji[one] ?? one)).join("");
    return bare.replace(/(\d),(?=\d{3}(?!\d))/g, "$1").replace(/ヶ/g, "ケ").replace(/ヵ/g, "カ");
  };

  const passage = (text, terms) => {
    const at = Math.max(0, Math.min(...terms.map((term) => text.indexOf(term)).filter((n) => n >= 0)));
    const from = Math.max(0, at - AROUND);
    const piece = text.slice(from, at + 2 * AROUND);
    const line = document.createElement("p");
    let place = 0;
    while (place < piece.length) {
      const next = terms.map((term) => [piece.indexOf(term, place), term]).filter(([n]) => n >= 0)
        .sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
      if (!next) break;
      line.append(piece.slice(place, next[0]));
      const mark = document.createElement("mark");
      mark.textContent = next[1];
      line.append(mark);
      place = next[0] + next[1].length;
    }
    line.append(piece.slice(place));
    return line;
  };

  const show = (list, terms) => {
    for (const [file, heading, day, , words] of list) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + file.split("/").map(encodeURIComponent).join("/");
      link.textContent = heading;
      item.append(link, day ? ` ${day}` : "", passage(words, terms));
      hits.append(item);
    }
  };

  const search = async (text) => {
    await load("kanji");
    const terms = fold(text).split(/\s+/).filter(Boolean);
    if (!terms.length) return;
    const names = found.dataset.years.split(" ").map((year) => `${found.dataset.language}-${year}`);
    await Promise.all(names.map(load));
    const all = names.flatMap((name) => parts.get(name) ?? [])
      .filter(([, , , title, words]) => terms.every((term) => title.includes(term) || words.includes(term)));
    const weight = ([, , , title]) => terms.filter((term) => title.includes(term)).length;
    all.sort((a, b) => weight(b) - weight(a) || (a[2] < b[2] ? 1 : a[2] > b[2] ? -1 : 0) || (a[0] < b[0] ? -1 : 1));
    found.textContent = all.length ? `${found.dataset.found} ${all.length}` : found.dataset.nothing;
    let shown = 0;
    const next = () => { show(all.slice(shown, shown + STEP), terms); shown += STEP; more.hidden = shown >= all.length; };
    more.addEventListener("click", next);
    next();
  };

  const asked = new URLSearchParams(location.search).get("q") ?? "";
  field.value = asked;
  search(asked);
})();
