// The sections of a profile are moved by their buttons and by Alt with an arrow key, without a new page. The order is
// saved at once, one request at a time and the newest last; it is shown as saved when the server has said so.
import { put } from "./saving.js";

const list = document.querySelector("[data-sections]");
const said = document.querySelector("[data-order-status]");
let known = keys();
let isSending = false;

function keys() {
  return [...list.querySelectorAll(":scope > [data-section]")].map((card) => card.dataset.section);
}

function say(text, isBad = false) {
  said.textContent = text;
  said.classList.toggle("unsaved", isBad);
}

// The neighbour changes places, not the card: the card keeps the focus and what is selected in it.
function step(card, isUp) {
  const other = isUp ? card.previousElementSibling : card.nextElementSibling;
  if (!other?.matches("[data-section]")) return;
  if (isUp) card.after(other);
  else card.before(other);
  card.scrollIntoView({ block: "nearest" });
  mark();
  const place = keys().indexOf(card.dataset.section) + 1;
  say(list.dataset.moved.replace("{place}", place).replace("{count}", keys().length));
  save();
}

function mark() {
  const cards = [...list.querySelectorAll(":scope > [data-section]")];
  for (const [place, card] of cards.entries()) {
    card.querySelector("[data-move=up]").disabled = place === 0;
    card.querySelector("[data-move=down]").disabled = place === cards.length - 1;
  }
}

async function save() {
  if (isSending) return;
  isSending = true;
  while (String(keys()) !== String(known)) {
    const order = keys();
    const { status, answer } = await put(list.dataset.order, { order, seen: known });
    if (status !== 200) {
      say(answer?.error ?? list.dataset.failed, true);
      break;
    }
    known = order;
    if (String(keys()) === String(known)) say(`${said.textContent} ${list.dataset.saved}`);
  }
  isSending = false;
}

list.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const card = button.closest("[data-section]");
  step(card, button.dataset.move === "up");
  if (button.disabled) card.querySelector("[data-move]:not(:disabled)").focus();
  else button.focus();
});

list.addEventListener("keydown", (event) => {
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const card = event.target.closest("[data-section]");
  if (!card) return;
  event.preventDefault();
  step(card, event.key === "ArrowUp");
  event.target.focus();
});

addEventListener("online", save);
mark();
