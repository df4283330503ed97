// The interview guide: its questions are moved by a grip, with mouse, finger or arrow keys, and by their buttons; who
// asks is saved as it is chosen. Nothing of it reloads the page. One request is under way at a time and the newest
// order is sent last. What is shown as saved, the server has said is saved. Without this script the buttons send forms.

const list = document.querySelector("[data-guide]");
const note = document.querySelector("[data-note]");
const said = note?.querySelector("[data-said]");
const LONGEST_PAUSE = 30_000;
const PATIENCE = 20_000; // for an answer
const STILL = 5; // pixels that a pointer may stray in a click
const EDGE = 70; // pixels from the edge of the window where dragging scrolls
const STAY = 4_000; // a note that all is well goes away after

let timer;

// What is said is read aloud; a note that something is wrong stays.
function say(text, isBad = false) {
  clearTimeout(timer);
  note.classList.remove("sr-only");
  note.classList.toggle("is-bad", isBad);
  said.textContent = text;
  if (isBad) return;
  timer = setTimeout(() => {
    note.classList.add("sr-only");
    said.textContent = "";
  }, STAY);
}

// Answers {status, answer}; status 0 when there was no answer.
async function post(url, body, headers = {}) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, answer: isJson ? await response.json() : null };
  } catch {
    return { status: 0, answer: null };
  }
}

function replace(selector, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(selector);
  document.querySelector(selector).replaceWith(fresh);
}

// The order

class Order {
  constructor() {
    this.state = list.dataset.state;
    this.known = this.ids; // the order that the server has; null while that is not certain
    this.isSending = false;
    this.isOver = false; // somebody else has changed the guide: only a fresh page helps
    this.pause = 0;
  }

  get cards() {
    return [...list.querySelectorAll(":scope > [data-question]")];
  }

  get ids() {
    return this.cards.map((card) => Number(card.dataset.question));
  }

  get isSaved() {
    return String(this.ids) === String(this.known);
  }

  // The neighbour changes places, not the card: the card keeps the focus, and the pointer that holds it.
  step(card, isUp) {
    const other = isUp ? card.previousElementSibling : card.nextElementSibling;
    if (!other?.matches("[data-question]")) return false;
    if (isUp) card.after(other);
    else card.before(other);
    return true;
  }

  // After a card has come to its place: everything on the page that depends on it, and the server.
  settle(card) {
    const cards = this.cards;
    for (const [place, each] of cards.entries()) {
      each.querySelector("[data-number]").textContent = place + 1;
      each.querySelector("[data-move=up]").hidden = place === 0;
      each.querySelector("[data-move=down]").hidden = place === cards.length - 1;
    }
    card.scrollIntoView({ block: "nearest" });
    this.where = list.dataset.moved.replace("{place}", cards.indexOf(card) + 1).replace("{count}", cards.length);
    say(`${this.where} ${list.dataset.saving}`);
    this.save();
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isSending || this.isOver) return;
    this.isSending = true;
    while (!this.isSaved) {
      const ids = this.ids;
      const body = JSON.stringify({ order: ids, state: this.state });
      const { status, answer } = await post(list.dataset.guide, body, { "Content-Type": "application/json" });
      if (status !== 200 || !answer) {
        this.refuse(status, answer?.error);
        break;
      }
      Object.assign(this, { state: answer.state, known: ids, pause: 0 });
      replace("[data-time]", answer.time);
    }
    this.isSending = false;
    if (this.isSaved) say(`${this.where} ${list.dataset.saved}`);
  }

  refuse(status, sentence) {
    // Worth another try: no connection, a server in trouble. What became of the order is not known then.
    if (status === 0 || status >= 500) {
      this.known = null;
      this.pause = Math.min(LONGEST_PAUSE, this.pause * 2 || 2_000);
      this.timer = setTimeout(() => this.save(), this.pause);
      say(status === 0 ? list.dataset.offline : (sentence ?? list.dataset.offline), true);
      return;
    }
    this.isOver = status === 409;
    if (this.isOver) list.querySelectorAll("[data-grip], [data-move]").forEach((part) => (part.hidden = true));
    note.querySelector("[data-reload]").hidden = status === 401;
    say(sentence ?? list.dataset.unknown, true);
  }
}

// Dragging: the cards become small, the held one follows the pointer, and the others make way for it.

function middleOf(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}

class Drag {
  constructor(order, grip, event) {
    Object.assign(this, { order, grip, pointer: event.pointerId, from: event.clientY, y: event.clientY });
    this.card = grip.closest("[data-question]");
    this.before = order.cards;
    this.isLifted = false;
  }

  move(y) {
    this.y = y;
    if (!this.isLifted && Math.abs(y - this.from) < STILL) return;
    if (!this.isLifted) this.lift();
    this.follow();
  }

  lift() {
    this.isLifted = true;
    const before = middleOf(this.grip);
    list.classList.add("is-sorting");
    this.card.classList.add("is-held");
    this.offset = middleOf(this.grip) - this.card.getBoundingClientRect().top;
    window.scrollBy({ top: middleOf(this.grip) - before, behavior: "instant" });
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  follow() {
    this.card.style.transform = "";
    const { previousElementSibling: above, nextElementSibling: below } = this.card;
    if (above.matches("[data-question]") && this.y < middleOf(above)) {
      this.order.step(this.card, true);
      this.follow();
    } else if (below.matches("[data-question]") && this.y > middleOf(below)) {
      this.order.step(this.card, false);
      this.follow();
    } else {
      const place = this.y - this.offset - this.card.getBoundingClientRect().top;
      this.card.style.transform = `translateY(${place}px)`;
    }
  }

  // Near the edge of the window the page moves on.
  scroll() {
    const speed = this.y < EDGE ? this.y - EDGE : Math.max(0, this.y - (window.innerHeight - EDGE));
    if (speed) {
      window.scrollBy({ top: speed / 5, behavior: "instant" });
      this.follow();
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  drop() {
    if (!this.isLifted) return;
    this.#end();
    if (this.order.cards.some((card, place) => card !== this.before[place])) this.order.settle(this.card);
  }

  cancel() {
    if (!this.isLifted) return;
    const last = list.lastElementChild;
    for (const card of this.before) list.insertBefore(card, last);
    this.#end();
    say(list.dataset.cancelled);
  }

  #end() {
    cancelAnimationFrame(this.frame);
    list.classList.remove("is-sorting");
    this.card.classList.remove("is-held");
    this.card.style.transform = "";
    this.card.scrollIntoView({ block: "nearest" });
    this.grip.focus();
  }
}

function makeMovable() {
  const order = new Order();
  let drag = null;
  for (const grip of list.querySelectorAll("[data-grip]")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || drag) return;
      grip.setPointerCapture(event.pointerId);
      drag = new Drag(order, grip, event);
    });
    grip.addEventListener("pointermove", (event) => {
      if (drag?.pointer === event.pointerId) drag.move(event.clientY);
    });
    const end = (event, how) => {
      if (drag?.pointer !== event.pointerId) return;
      const ended = drag;
      drag = null;
      ended[how]();
    };
    grip.addEventListener("pointerup", (event) => end(event, "drop"));
    grip.addEventListener("pointercancel", (event) => end(event, "cancel"));
    grip.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drag) {
        end({ pointerId: drag.pointer }, "cancel");
      } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !drag) {
        event.preventDefault();
        const card = grip.closest("[data-question]");
        if (order.step(card, event.key === "ArrowUp")) order.settle(card);
      }
    });
  }
  list.addEventListener("submit", (event) => {
    const part = event.target.closest("[data-move]");
    if (!part) return;
    event.preventDefault();
    const card = part.closest("[data-question]");
    if (!order.step(card, part.dataset.move === "up")) return;
    order.settle(card);
    if (part.hidden) card.querySelector("[data-move]:not([hidden]) button").focus();
  });
  window.addEventListener("online", () => order.save());
  window.addEventListener("beforeunload", (event) => {
    if (!order.isSaved && !order.isOver) event.preventDefault();
  });
}

// Who asks: saved as it is chosen, one question after the other.

let saving = Promise.resolve();

async function give(form) {
  const { status, answer } = await post(form.action, new FormData(form));
  if (status === 200 && answer) {
    replace("[data-askers]", answer.askers);
    say(list.dataset.saved);
  } else {
    say(answer?.error ?? (status === 0 ? list.dataset.unreached : list.dataset.unknown), true);
  }
}

if (list) {
  if (list.querySelector("[data-grip]")) makeMovable();
  for (const form of list.querySelectorAll("[data-asker]")) {
    form.querySelector("button").hidden = true;
    form.addEventListener("change", () => {
      saving = saving.then(() => give(form));
    });
  }
  note.querySelector("[data-reload]").addEventListener("click", () => location.reload());
}
