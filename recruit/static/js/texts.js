// A page of several texts that more than one person may write: each is saved as it is typed. What is shown as saved,
// the server has said is saved; what another has saved meanwhile is shown beside one's own, and one of them chosen.
// Without this script the form at the bottom saves them all; a form without `data-done` is sent with it too, for there
// is more in it than these texts.
import { Keeper } from "./keeper.js";
import { isCleared } from "./kept.js";
import { Draft } from "./saving.js";
import { renewer } from "./session.js";
import { forget } from "./storage.js";

const form = document.querySelector("[data-texts]");
const words = JSON.parse(form.dataset.words);
const { person } = document.body.dataset;
const status = document.querySelector("[data-save-status]");
const news = document.querySelector("[data-save-news]");
const renew = renewer(form.dataset.member, form.dataset.signIn);
const keeper = new Keeper(person, form.dataset.label);
const drafts = new Map(); // place -> Draft
const places = [...form.querySelectorAll("[data-save]")];
let savedAt = "";
let isTrouble = false;
let isLeaving = false;

const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", () => value), text);
const fieldOf = (place) => place.querySelector("textarea, input[type=text]");
const all = () => [...drafts.values()];
const isAllClean = () => all().every((draft) => draft.isClean);

export function write(place, text) {
  const field = fieldOf(place);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function makeDraft(place) {
  const version = place.querySelector("[data-version]");
  return new Draft({
    url: place.dataset.save,
    read: () => ({ text: fieldOf(place).value }),
    write: ({ text }) => write(place, text),
    version: Number(version.value),
    known: { text: place.dataset.stored },
    isHeld: () => false,
    renew,
    saved: (answer) => {
      if (answer.saved) savedAt = fill(words.saved, answer.saved);
    },
    changed: () => {
      const draft = drafts.get(place);
      version.value = draft.version;
      keeper.follow(draft);
      showConflict(place, draft);
      show();
    },
  });
}

// The other's text, and the choice.

function showConflict(place, draft) {
  let panel = place.querySelector("[data-conflict]");
  if (!draft.conflict) {
    panel?.remove();
    return;
  }
  if (!panel) {
    fieldOf(place).closest(".form-group").after(document.querySelector("[data-conflict-template]").content.cloneNode(true));
    panel = place.querySelector("[data-conflict]");
  }
  panel.querySelector("[data-other-place]").textContent = draft.conflict.isHere ? words.otherHere : words.otherSaved;
  panel.querySelector("[data-other-text]").textContent = draft.conflict.content.text || words.noText;
}

function joined(first, second) {
  if (first.includes(second.trim())) return first;
  if (second.includes(first.trim())) return second;
  return `${first.trimEnd()}\n\n${second}`;
}

form.addEventListener("click", ({ target }) => {
  const choice = target.dataset.choose;
  if (!choice) return;
  const place = target.closest("[data-save]");
  const draft = drafts.get(place);
  const { name, content } = draft.conflict;
  const mine = draft.read().text;
  write(place, { mine, other: content.text, both: joined(content.text, mine) }[choice]);
  draft.settle();
  if (name) forget(name);
  fieldOf(place).focus();
});

// What is wrong, if something is: {text, label, url, isElsewhere}, the last three for a link to where it is mended.
function trouble() {
  const conflicted = places.find((place) => drafts.get(place).conflict);
  if (conflicted) return { text: words.conflict, label: words.toConflict, url: `#${conflicted.id}` };
  const failed = all().map((draft) => draft.failure).find(Boolean);
  if (!failed) return null;
  const whereItIs = keeper.unkept.size > 0 ? words.onlyHere : failed.kind === "refused" ? "" : words.keptHere;
  const text = `${failed.text ?? words[failed.kind]} ${whereItIs}`.trim();
  return failed.kind === "signIn" ? { text, label: words.toSignIn, url: form.dataset.signIn, isElsewhere: true } : { text };
}

function show() {
  const found = trouble();
  const isClean = isAllClean();
  const text = found ? fill(words.notSaved, found.text) : isClean ? savedAt : words.saving;
  if (status.dataset.shown !== `${text} ${found?.url}`) {
    status.dataset.shown = `${text} ${found?.url}`;
    status.textContent = text;
    status.classList.toggle("unsaved", Boolean(found));
    if (found?.url) {
      const link = Object.assign(document.createElement("a"), { href: found.url, textContent: found.label });
      if (found.isElsewhere) Object.assign(link, { target: "_blank", rel: "noopener" });
      status.append(" ", link);
    }
  }
  if (found && news.textContent !== text) news.textContent = text;
  else if (!found && isClean && isTrouble) news.textContent = words.savedAgain;
  isTrouble = Boolean(found);
  for (const place of places) {
    const box = place.querySelector("[data-suggestion]");
    if (box) box.hidden = fieldOf(place).value.trim() !== "";
  }
}

form.addEventListener("input", ({ target }) => {
  const place = target.closest("[data-save]");
  if (place && target === fieldOf(place)) drafts.get(place).touch();
});

// One click takes a suggestion in, where nothing stands. One step for Ctrl+Z.
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  if (!button) return;
  event.preventDefault();
  const place = button.closest("[data-save]");
  const field = fieldOf(place);
  if (field.value.trim()) return;
  field.focus();
  field.select();
  const text = place.querySelector("[data-suggested]").value;
  if (!document.execCommand("insertText", false, text)) write(place, text);
  drafts.get(place).touch(true);
  place.scrollIntoView({ block: "nearest" });
});

export const flushAll = () => Promise.all(all().map((draft) => draft.flush()));

form.addEventListener("submit", async (event) => {
  if (isLeaving || event.defaultPrevented) return;
  event.preventDefault();
  await flushAll();
  if (!isAllClean() && !trouble()) await flushAll(); // something was typed meanwhile
  if (!isAllClean()) {
    show();
    status.querySelector("a")?.focus();
    return;
  }
  isLeaving = true;
  if (form.dataset.done) location.assign(form.dataset.done);
  else form.requestSubmit();
});

addEventListener("beforeunload", (event) => {
  if (isLeaving || isCleared() || isAllClean()) return;
  flushAll();
  if (trouble() || keeper.unkept.size) event.preventDefault(); // else it is on its way, and kept till it is there
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("online", flushAll);
addEventListener("focus", () => trouble() && flushAll());
document.addEventListener("visibilitychange", flushAll);

for (const place of places) drafts.set(place, makeDraft(place));
for (const place of places) {
  if (place.dataset.newer === undefined) continue;
  const draft = drafts.get(place);
  draft.conflict = { content: { text: place.dataset.newer }, version: draft.version };
  place.querySelector(".newer:not([data-conflict])")?.remove();
}
for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
for (const draft of drafts.values()) draft.touch();
keeper.find([...drafts.values()]);
