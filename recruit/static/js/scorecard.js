// The score page: one criterion at a time, saved as typed. Without this script the same form stands on one page.
import { Draft } from "./saving.js";
import { Steps, listenForKeys } from "./steps.js";

const form = document.querySelector("[data-scorecard]");
const words = JSON.parse(form.dataset.words);
const member = document.querySelector("[data-member]").dataset.member;
const all = [...form.querySelectorAll("[data-step]")];
const impression = form.querySelector("[data-impression]");
const criteria = all.filter((step) => step !== impression);
const status = document.querySelector("[data-save-status]");
const news = document.querySelector("[data-save-news]");
const handIn = form.querySelector("[data-hand-in]");
const drafts = new Map(); // step -> Draft
let savedAt = status.textContent;
let isTrouble = false;

const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", () => value), text);

// What stands on the page

const textOf = (step) => step.querySelector("textarea");
const isRated = (entry) => entry.score !== null || entry.not_evidenced;
const readImpression = () => ({ evidence: textOf(impression).value });

function readRating(step) {
  const chosen = step.querySelector("[type=radio]:checked")?.value;
  return {
    score: chosen && chosen !== "not_evidenced" ? Number(chosen) : null,
    not_evidenced: chosen === "not_evidenced",
    evidence: textOf(step).value,
  };
}

function inWords(entry) {
  return fill(words.rating, entry.not_evidenced ? words.notEvidenced : (entry.score ?? words.notRated));
}

function lacks(step) {
  const entry = readRating(step);
  if (!isRated(entry)) return words.missingRating;
  return entry.not_evidenced || entry.evidence.trim() ? null : words.missingEvidence;
}

function write(step, entry) {
  textOf(step).value = entry.evidence;
  for (const radio of step.querySelectorAll("[type=radio]")) {
    radio.checked = radio.value === (entry.not_evidenced ? "not_evidenced" : String(entry.score));
  }
  textOf(step).dispatchEvent(new Event("input", { bubbles: true }));
}

// Saving

function makeDraft(step) {
  const isLast = step === impression;
  const version = form.elements[isLast ? "version-overall" : `version-${step.dataset.criterion}`];
  const read = isLast ? readImpression : () => readRating(step);
  return new Draft({
    url: step.dataset.save,
    read,
    body: (content, number) => ({ ...(isLast ? { text: content.evidence } : content), version: number }),
    stored: ({ text, score, not_evidenced, evidence }) =>
      isLast ? { evidence: text } : { score, not_evidenced, evidence },
    version: Number(version.value),
    known: read(),
    isHeld: () => isLast && !criteria.every((each) => drafts.get(each).isClean && isRated(readRating(each))),
    renew,
    saved: (answer) => {
      savedAt = fill(words.saved, answer.saved);
      // A card that was begun just now has nothing else on it.
      if (answer.card_version === 1 && last.version === 0) last.version = form.elements["version-overall"].value = 1;
    },
    changed: () => {
      const draft = drafts.get(step);
      version.value = draft.version;
      showConflict(step, draft);
      show();
      if (!isLast && draft.isClean && !last.isClean && !last.isBusy) last.touch();
    },
  });
}

// Signing in again gives a new session, and with it a new token, which stands on every page. It must be the same
// person's: on a shared computer somebody else's card would be written on.
let renewing = null;
function renew() {
  renewing ??= fetchToken().finally(() => (renewing = null));
  return renewing;
}

async function fetchToken() {
  try {
    const response = await fetch(location.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (response.status >= 500) return "server";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector("[data-member]")?.dataset.member;
    if (new URL(response.url).pathname === form.dataset.signIn) return "signIn";
    if (found === undefined && response.ok) return "refused";
    if (found !== member) return "somebodyElse";
    const token = page.querySelector("meta[name=csrf-token]").content;
    document.querySelector("meta[name=csrf-token]").content = token;
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
    return "renewed";
  } catch {
    return "offline";
  }
}

const isAllClean = () => [...drafts.values()].every((draft) => draft.isClean);

async function flushAll() {
  await Promise.all(criteria.map((step) => drafts.get(step).flush()));
  await last.flush();
}

// What is wrong, if something is: {text, label, url, isElsewhere}, the last three for a link to where it is mended.
function trouble() {
  const conflicted = all.find((step) => drafts.get(step).conflict);
  if (conflicted) return { text: words.conflict, label: words.toConflict, url: `#${conflicted.id}` };
  const failed = [...drafts.values()].map((draft) => draft.failure).find(Boolean);
  if (!failed) return null;
  const text = failed.text ?? words[failed.kind];
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
  // Heard: that something went wrong, and that it is well again. Not every save.
  if (found && news.textContent !== text) news.textContent = text;
  if (!found && isClean && isTrouble) news.textContent = words.savedAgain;
  if (found || isClean) isTrouble = Boolean(found);
  showProgress();
}

function showProgress() {
  const count = criteria.filter((step) => isRated(readRating(step))).length;
  document.querySelector("[data-done-status]").textContent = fill(words.rated, count, criteria.length);
  document.querySelector(".score-progress").value = count;
  const isOpen = count === criteria.length || textOf(impression).value !== "";
  impression.querySelector("[data-open]").disabled = !isOpen;
  impression.querySelector("[data-closed]").hidden = isOpen;
  for (const step of criteria) {
    const what = lacks(step);
    const line = impression.querySelector(`[data-missing-step="${step.dataset.criterion}"]`);
    line.hidden = !what;
    line.querySelector("[data-what]").textContent = what ?? "";
    const link = form.querySelector(`nav [href="#${step.id}"]`);
    link.classList.toggle("is-done", !what);
    link.querySelector("[data-done]").hidden = Boolean(what);
  }
  const isComplete = !criteria.some(lacks);
  impression.querySelector("[data-missing]").hidden = isComplete;
  for (const part of impression.querySelectorAll("[data-complete]")) part.hidden = !isComplete;
}

// Two windows: both texts, and the member chooses

function showConflict(step, draft) {
  let panel = step.querySelector("[data-conflict]");
  if (!draft.conflict) {
    panel?.remove();
    return;
  }
  if (!panel) {
    textOf(step).closest(".form-group").before(document.querySelector("[data-conflict-template]").content.cloneNode(true));
    panel = step.querySelector("[data-conflict]");
  }
  panel.querySelector("[data-without-choice]").hidden = true;
  for (const part of panel.querySelectorAll("[data-for-choice]")) part.hidden = false;
  for (const [side, entry] of Object.entries({ mine: draft.read(), other: draft.conflict.content })) {
    panel.querySelector(`[data-${side}-rating]`).textContent = step === impression ? "" : inWords(entry);
    panel.querySelector(`[data-${side}-text]`).textContent = entry.evidence || words.noText;
  }
}

function choose(step, choice) {
  const draft = drafts.get(step);
  const mine = draft.read();
  const other = draft.conflict.content;
  const both = { ...(isRated(mine) ? mine : other), evidence: joined(other.evidence, mine.evidence) };
  write(step, { mine, other, both }[choice]);
  draft.settle();
  textOf(step).focus();
}

function joined(first, second) {
  if (first.includes(second.trim())) return first;
  if (second.includes(first.trim())) return second;
  return `${first.trimEnd()}\n\n${second}`;
}

form.addEventListener("click", ({ target }) => {
  if (target.dataset.choose) choose(target.closest("[data-step]"), target.dataset.choose);
});

form.addEventListener("input", ({ target }) => {
  const step = target.closest("[data-step]");
  if (step) drafts.get(step).touch(target.type === "radio");
});

// Handing in, leaving, coming back

let handing = "no"; // no | checking | go | gone
form.addEventListener("submit", async (event) => {
  if (handing === "go") {
    handing = "gone";
    return;
  }
  event.preventDefault();
  if (handing !== "no") return;
  handing = "checking";
  const notHandedIn = form.querySelector("[data-not-handed-in]");
  notHandedIn.textContent = "";
  await flushAll();
  if (!isAllClean() && !trouble()) await flushAll(); // something was typed meanwhile
  await new Promise((resolve) => setTimeout(resolve)); // a form cannot be sent while its submit event is handled
  handing = "no";
  if (event.submitter !== handIn) return;
  if (isAllClean()) {
    handing = "go";
    form.requestSubmit(handIn);
  } else {
    notHandedIn.textContent = fill(words.notHandedIn, trouble()?.text ?? words.server);
  }
});

addEventListener("beforeunload", (event) => {
  if (handing === "gone" || isAllClean()) return;
  flushAll();
  event.preventDefault();
});
addEventListener("pageshow", () => (handing = "no"));
addEventListener("online", flushAll);
addEventListener("focus", () => trouble() && flushAll());
document.addEventListener("visibilitychange", flushAll);

// Start

for (const step of all) drafts.set(step, makeDraft(step));
const last = drafts.get(impression);
for (const panel of form.querySelectorAll("[data-conflict]")) {
  const step = panel.closest("[data-step]");
  const draft = drafts.get(step);
  const evidence = panel.querySelector("[data-other-text]").textContent;
  const { score, notEvidenced } = panel.dataset;
  const rating = { score: score ? Number(score) : null, not_evidenced: notEvidenced === "yes" };
  draft.known = step === impression ? { evidence } : { ...rating, evidence };
  draft.conflict = { content: draft.known, version: draft.version };
  showConflict(step, draft);
}
for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

const steps = new Steps(form, all);
function rate(value) {
  const radio = steps.current.querySelector(`[type=radio][value="${value}"]`);
  if (!radio || radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  news.textContent = inWords(readRating(steps.current));
}
const keys = new Map([..."12345"].map((score) => [score, () => rate(score)]));
keys.set("n", () => rate("not_evidenced"));
keys.set("ArrowLeft", () => steps.go(steps.place - 1));
keys.set("ArrowRight", () => steps.go(steps.place + 1));
listenForKeys(keys, form.querySelector("[data-shortcuts]"));

const faulty = form.querySelector(".form-error, .rating .form-error-message, [data-conflict]")?.closest("[data-step]");
const place = all.indexOf(faulty ?? criteria.find(lacks) ?? impression);
if (!steps.follow(location.hash, false)) steps.go(place, false);
show();
