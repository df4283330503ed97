// Beside a letter while it is written: whom it names that it must not, and what is still to be filled in. The server
// looks, as before it is marked ready; nothing is stored by it. And a note of the panel's is put in where the cursor was.
import { put } from "./saving.js";
import { flushAll } from "./texts.js";

const PAUSE = 700; // after the last key
const RETRY = 15000; // after an answer that did not come
const field = document.querySelector("[data-save] textarea");
const box = document.querySelector("[data-check]");
const list = box.querySelector("ul");
let timer;
let isAsking = false;

async function check() {
  clearTimeout(timer);
  if (isAsking) {
    schedule(PAUSE);
    return;
  }
  isAsking = true;
  const text = field.value;
  const { status, answer } = await put(box.dataset.check, { text });
  isAsking = false;
  if (status === 0 || status >= 500) schedule(RETRY);
  if (status !== 200 || text !== field.value) return;
  const shown = answer.faults.join("\n");
  if (list.dataset.shown === shown) return; // not read aloud again
  list.dataset.shown = shown;
  list.replaceChildren(...answer.faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })));
  list.hidden = answer.faults.length === 0;
}

function schedule(pause) {
  clearTimeout(timer);
  timer = setTimeout(check, pause);
}

field.addEventListener("input", () => {
  // What the page was opened with holds no more: what is looked up below the field does.
  document.querySelector("[data-missing]")?.remove();
  schedule(PAUSE);
});
check();

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-insert]");
  if (!button) return;
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  const text = (before && !/\s$/.test(before) ? " " : "") + button.dataset.insert;
  // One step for Ctrl+Z.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});

// What is marked ready is what stands on the page: it is saved first, and not marked while it is not.
const ready = document.querySelector("[data-ready]");
ready.addEventListener("submit", async (event) => {
  event.preventDefault();
  await flushAll();
  if (document.querySelector("[data-save-status].unsaved")) {
    field.focus();
    return;
  }
  ready.elements.seen.value = document.querySelector("[data-save] [data-version]").value;
  ready.submit();
});
