/* Drawing boxes on the picture of a page. The table of numbers beside it is the truth: this only fills it in. */

const stage = document.querySelector("[data-stage]");
const form = document.getElementById("redact-form");
const rows = form?.querySelector("[data-rows]");
const blank = document.getElementById("box-row");
const live = document.getElementById("live");
const NAMES = ["left", "top", "width", "height"];
const STEP = 0.5;
const LEAST = 0.2;
let made = 1000;

const say = (text) => { if (live) live.textContent = text; };
const put = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const input = (row, name) => row.querySelector(`[name$="-${name}"]`);
const within = (value, low, high) => Math.min(high, Math.max(low, value));
const number = (text) => Number.parseFloat(text.normalize("NFKC"));
const all = () => Array.from(rows.querySelectorAll("[data-box]"));

const read = (row) => {
  const place = Object.fromEntries(NAMES.map((name) => [name, number(input(row, name).value)]));
  return NAMES.every((name) => Number.isFinite(place[name])) ? place : null;
};
const write = (row, place) => {
  place.width = within(place.width, LEAST, 100);
  place.height = within(place.height, LEAST, 100);
  place.left = within(place.left, 0, 100 - place.width);
  place.top = within(place.top, 0, 100 - place.height);
  const [left, top] = [Number(place.left.toFixed(2)), Number(place.top.toFixed(2))];
  input(row, "left").value = String(left);
  input(row, "top").value = String(top);
  /* Rounding must not carry a box over the edge. */
  input(row, "width").value = String(Math.min(Number(place.width.toFixed(2)), Number((100 - left).toFixed(2))));
  input(row, "height").value = String(Math.min(Number(place.height.toFixed(2)), Number((100 - top).toFixed(2))));
};

const boxes = new Map();
const name = (row) => {
  const ground = input(row, "ground");
  const words = ground.value ? ground.selectedOptions[0].textContent.trim() : stage.dataset.noGround;
  return put(stage.dataset.name, { n: all().indexOf(row) + 1, ground: words });
};
const show = (row) => {
  let box = boxes.get(row);
  if (!box) {
    box = document.createElement("button");
    box.type = "button";
    box.className = "stage__box";
    box.setAttribute("aria-describedby", "stage-help");
    box.append(document.createElement("span"), Object.assign(document.createElement("i"), { className: "stage__corner" }));
    box.lastChild.setAttribute("aria-hidden", "true");
    boxes.set(row, box);
    stage.append(box);
    listen(row, box);
  }
  const place = read(row);
  box.hidden = !place;
  if (place) for (const side of NAMES) box.style[side] = `${place[side]}%`;
  box.firstChild.textContent = String(all().indexOf(row) + 1);
  box.setAttribute("aria-label", name(row));
};
const showAll = () => {
  all().forEach((row, index) => {
    const legend = put(stage.dataset.legend, { n: index + 1 });
    row.querySelector("legend").textContent = legend;
    row.querySelector("[data-remove] .visually-hidden").textContent = ` (${legend})`;
    show(row);
  });
};
const add = (place, focus = true) => {
  const mark = String(made++);
  const holder = document.createElement("div");
  holder.append(blank.content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const attribute of ["id", "for", "name", "aria-describedby"]) {
      const value = element.getAttribute(attribute);
      if (value?.includes("__n__")) element.setAttribute(attribute, value.replaceAll("__n__", mark));
    }
  }
  const row = holder.querySelector("[data-box]");
  rows.append(row);
  rows.parentElement.querySelector("[data-empty]")?.remove();
  write(row, place);
  showAll();
  say(put(stage.dataset.added, { box: name(row) }));
  if (focus) boxes.get(row).focus();
};
const remove = (row) => {
  const place = all().indexOf(row);
  const words = put(stage.dataset.removed, { box: name(row) });
  boxes.get(row)?.remove();
  boxes.delete(row);
  row.remove();
  showAll();
  say(words);
  const next = all()[Math.min(place, all().length - 1)];
  (next ? boxes.get(next) : form.querySelector("[value=add]")).focus();
};

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function listen(row, box) {
  box.addEventListener("focus", () => row.classList.add("box-row--here"));
  box.addEventListener("blur", () => row.classList.remove("box-row--here"));
  box.addEventListener("keydown", (event) => {
    const place = read(row);
    const way = KEYS[event.key];
    if (way && place) {
      const [across, down] = way.map((side) => side * STEP);
      if (event.shiftKey) { place.width += across; place.height += down; } else { place.left += across; place.top += down; }
      write(row, place);
      show(row);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      remove(row);
    } else if (event.key === "Enter") {
      input(row, "ground").focus();
    } else return;
    event.preventDefault();
  });
}

/* One pointer at a time: on a box it moves it, on its corner it changes the size, elsewhere it draws a new one. */
const at = (event) => {
  const area = stage.getBoundingClientRect();
  return [within((event.clientX - area.left) / area.width * 100, 0, 100), within((event.clientY - area.top) / area.height * 100, 0, 100)];
};
let drag = null;
const begin = (event) => {
  if (drag || event.button !== 0) return;
  const box = event.target.closest(".stage__box");
  const row = box && all().find((one) => boxes.get(one) === box);
  const [x, y] = at(event);
  drag = { id: event.pointerId, row, x, y, from: row && read(row), size: event.target.className === "stage__corner" };
  if (row) box.focus();
  else {
    drag.ghost = Object.assign(document.createElement("div"), { className: "stage__new" });
    stage.append(drag.ghost);
  }
  stage.setPointerCapture(event.pointerId);
  event.preventDefault();
};
const move = (event) => {
  if (drag?.id !== event.pointerId) return;
  const [x, y] = at(event);
  if (drag.row) {
    const place = { ...drag.from };
    if (drag.size) { place.width += x - drag.x; place.height += y - drag.y; } else { place.left += x - drag.x; place.top += y - drag.y; }
    write(drag.row, place);
    show(drag.row);
  } else {
    drag.place = { left: Math.min(x, drag.x), top: Math.min(y, drag.y), width: Math.abs(x - drag.x), height: Math.abs(y - drag.y) };
    for (const side of NAMES) drag.ghost.style[side] = `${drag.place[side]}%`;
  }
};
const end = (event) => {
  if (drag?.id !== event.pointerId) return;
  const { ghost, place } = drag;
  drag = null;
  ghost?.remove();
  if (event.type === "pointerup" && place && place.width >= LEAST && place.height >= LEAST) add(place);
};

if (stage && rows && blank) {
  const picture = Object.assign(new Image(), { src: stage.dataset.src, alt: stage.dataset.alt, draggable: false });
  stage.prepend(picture);
  stage.classList.add("stage--drawing");
  document.getElementById("stage-help").hidden = false;
  form.querySelector(".toolbar [value=show]").hidden = true;
  showAll();
  stage.addEventListener("pointerdown", begin);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);
  form.addEventListener("input", showAll);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.value === "add") add({ left: 35, top: 45, width: 30, height: 5 });
    else if (button?.hasAttribute("data-remove")) remove(button.closest("[data-box]"));
    else return;
    event.preventDefault();
  });
}
