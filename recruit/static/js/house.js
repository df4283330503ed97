// Picking criteria in the house. Every change is sent at once, one request at a time and the newest state last; the
// panel at the side is what the server answers with. "Saved" is shown only when the server said so. Without this
// script the form's button sends the whole choice.

const form = document.querySelector("[data-house]");
const status = form.querySelector("[data-save-status]");
const boxes = [...form.querySelectorAll("input[name=criterion]")];
const confirmDialog = document.getElementById("confirm");
const LONGEST_PAUSE = 30_000;

let isSending = false;
let hasChanges = false;
let isLeaving = false;
let pause = 0;
let timer;

// The status is read aloud; its echo stands where a narrow screen sees it.
function say(text, isBad = false) {
  for (const place of [status, form.querySelector("[data-echo]")]) {
    place.textContent = text;
    place.classList.toggle("unsaved", isBad);
  }
}

function picked() {
  return new Set(boxes.filter((box) => box.checked).map((box) => box.value));
}

// Throws TypeError when the server cannot be reached.
async function send(choice) {
  const body = new FormData();
  body.set("csrf_token", form.elements.csrf_token.value);
  body.set("shown", form.elements.shown.value);
  body.set("part", "side");
  choice.forEach((key) => body.append("criterion", key));
  const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  const text = await response.text();
  if (response.ok) {
    const panel = new DOMParser().parseFromString(text, "text/html").querySelector("[data-chosen]");
    if (panel) return { panel };
  }
  return { code: response.status, sentence: sentenceOf(text) };
}

function sentenceOf(text) {
  try {
    return JSON.parse(text).error ?? status.dataset.unknown;
  } catch {
    return status.dataset.unknown;
  }
}

// Boxes that were touched while the request was under way keep what the person chose; the others follow the server,
// so that what somebody else picked meanwhile is seen here too.
function accept(panel, choice) {
  const saved = panel.querySelector("[data-saved]");
  saved.remove();
  form.querySelector("[data-chosen]").replaceWith(panel);
  form.querySelector("[data-count]").textContent = panel.querySelector("h2").textContent;
  const kept = new Set([...panel.querySelectorAll("[data-key]")].map((item) => item.dataset.key));
  for (const box of boxes) {
    if (box.checked === choice.has(box.value)) box.checked = kept.has(box.value);
  }
  form.elements.shown.value = [...kept].join(" ");
  say(saved.textContent);
  const count = document.createElement("span");
  count.className = "sr-only";
  count.textContent = `${panel.querySelector("h2").textContent}. `;
  status.prepend(count);
}

async function save() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  while (hasChanges) {
    hasChanges = false;
    say(status.dataset.saving);
    const choice = picked();
    const outcome = await send(choice).catch(() => ({ code: 0 }));
    if (outcome.panel) {
      pause = 0;
      accept(outcome.panel, choice);
      continue;
    }
    hasChanges = true;
    refuse(outcome);
    break;
  }
  isSending = false;
}

function refuse({ code, sentence }) {
  if (code === 401) say(status.dataset.signedOut, true);
  else if (code === 0) say(status.dataset.offline, true);
  else say(status.dataset.failed.replace("{}", sentence), true);
  // Worth another try: no connection, a collision with somebody else's save, a server in trouble.
  if (code === 0 || code === 409 || code >= 500) {
    pause = Math.min(LONGEST_PAUSE, pause * 2 || 2_000);
    timer = setTimeout(save, pause);
  }
}

function change() {
  hasChanges = true;
  save();
}

function askBeforeDropping(box) {
  confirmDialog.querySelector("p").textContent = status.dataset.ask;
  confirmDialog.returnValue = "no";
  confirmDialog.showModal();
  confirmDialog.addEventListener(
    "close",
    () => {
      if (confirmDialog.returnValue === "yes") change();
      else box.checked = true;
    },
    { once: true },
  );
}

form.addEventListener("change", (event) => {
  const box = event.target;
  const isWritten = form.querySelector(`[data-key="${CSS.escape(box.value)}"][data-written]`);
  if (!box.checked && isWritten) askBeforeDropping(box);
  else change();
});
form.addEventListener("submit", () => {
  isLeaving = true; // the form itself carries everything
  clearTimeout(timer);
});
window.addEventListener("online", save);
window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && (hasChanges || isSending)) event.preventDefault();
});
