// The score page: one criterion at a time, saved as typed. Without this script the same form stands on one page.
import { isImpression, isRated, lacking, read, textOf, write } from "./card.js";
import { Clock } from "./clock.js";
import { chosen, showConflict } from "./conflict.js";
import { Keeper } from "./keeper.js";
import { isCleared } from "./kept.js";
import { Draft } from "./saving.js";
import { renewer } from "./session.js";
import { Steps, listenForKeys } from "./steps.js";
import { forget } from "./storage.js";

const form = document.querySelector("[data-scorecard]");
const words = JSON.parse(form.dataset.words);
const { person } = document.body.dataset;
const { member } = document.querySelector("[data-member]").dataset;
const all = [...form.querySelectorAll("[data-step]")];
const impression = all.find(isImpression);
const criteria = all.filter((step) => step !== impression);
const status = document.querySelector("[data-save-status]");
const news = document.querySelector("[data-save-news]");
const handIn = form.querySelector("[data-hand-in]");
const notHandedIn = form.querySelector("[data-not-handed-in]");
const signOut = document.querySelector("[data-sign-out]");
const renew = renewer(member, form.dataset.signIn);
const keeper = new Keeper(person, form.dataset.label);
const clock = new Clock(document.querySelector("[data-clock-place]"), person, form.getAttribute("action"));
const drafts = new Map(); // step -> Draft
let savedAt = status.textContent;
let isTrouble = false;
let isUnheard = false; // a save that has not been announced

const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", () => value), text);
const isAllClean = () => [...drafts.values()].every((draft) => draft.isClean);

function inWords(entry) {
  if (entry.score === undefined) return "";
  return fill(words.rating, entry.not_evidenced ? words.notEvidenced : (entry.score ?? words.notRated));
}

// Saving

function makeDraft(step) {
  const isLast = step === impression;
  const version = form.elements[isLast ? "version-overall" : `version-${step.dataset.criterion}`];
  return new Draft({
    url: step.dataset.save,
    read: () => read(step),
    write: (content) => write(step, content),
    version: Number(version.value),
    known: "unsaved" in step.dataset ? null : read(step),
    isHeld: () => isLast && !criteria.every((each) => drafts.get(each).isClean && isRated(read(each))),
    renew,
    saved: (answer) => {
      if (answer.saved) savedAt = fill(words.saved, answer.saved);
      isUnheard = true;
      // A card that was begun just now has nothing else on it.
      if (answer.card_version === 1 && last.version === 0) last.version = form.elements["version-overall"].value = 1;
    },
    changed: () => {
      const draft = drafts.get(step);
      version.value = draft.version;
      keeper.follow(draft);
      showConflict(step, draft, words, inWords);
      show();
      if (!isLast && draft.isClean && !last.isClean && !last.isBusy) last.touch();
    },
  });
}

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
  document.querySelector("[data-unkept]").hidden = keeper.canKeep;
  tell(found && text, isClean);
  showProgress();
}

// Heard: that something went wrong and that it is well again, at once; a save, when the member has left the field.
function tell(problem, isClean) {
  if (problem && news.textContent !== problem) news.textContent = problem;
  else if (!problem && isClean && isTrouble) news.textContent = words.savedAgain;
  else if (!problem && isClean && isUnheard && !document.activeElement.matches("textarea")) news.textContent = savedAt;
  else return;
  if (isClean) isUnheard = false;
  isTrouble = Boolean(problem);
}

function showProgress() {
  const count = criteria.filter((step) => isRated(read(step))).length;
  document.querySelector("[data-done-status]").textContent = fill(words.rated, count, criteria.length);
  document.querySelector(".score-progress").value = count;
  const isOpen = count === criteria.length || textOf(impression).value !== "";
  impression.querySelector("[data-open]").disabled = !isOpen;
  impression.querySelector("[data-closed]").hidden = isOpen;
  for (const step of criteria) {
    const what = lacking(step);
    const line = impression.querySelector(`[data-missing-step="${step.dataset.criterion}"]`);
    line.hidden = !what;
    line.querySelector("a").setAttribute("href", `#${what ? what.field : step.id}`);
    line.querySelector("[data-what]").textContent = what ? (what.isRating ? words.missingRating : words.missingEvidence) : "";
    const link = form.querySelector(`nav [href="#${step.id}"]`);
    link.classList.toggle("is-done", !what);
    link.querySelector("[data-done]").hidden = Boolean(what);
  }
  const isComplete = !criteria.some(lacking);
  impression.querySelector("[data-missing]").hidden = isComplete;
  impression.querySelector("[data-complete]").hidden = !isComplete;
}

form.addEventListener("click", ({ target }) => {
  if (!target.dataset.choose) return;
  const step = target.closest("[data-step]");
  const draft = drafts.get(step);
  const { name } = draft.conflict;
  const content = chosen(draft, target.dataset.choose);
  write(step, content);
  draft.settle();
  if (name) forget(name);
  textOf(step).focus();
});

form.addEventListener("input", ({ target }) => {
  const step = target.closest("[data-step]");
  notHandedIn.textContent = "";
  if (step) drafts.get(step).touch(target.type === "radio");
});
form.addEventListener("focusout", () => setTimeout(show));

// Handing in, leaving, coming back

let handing = "no"; // no | checking | go | gone
form.addEventListener("submit", async (event) => {
  if (handing === "go") {
    handing = "gone";
    clock.forget();
    return;
  }
  event.preventDefault();
  if (handing !== "no") return;
  handing = "checking";
  notHandedIn.textContent = "";
  await flushAll();
  if (!isAllClean() && !trouble()) await flushAll(); // something was typed meanwhile
  await new Promise((resolve) => setTimeout(resolve)); // a form cannot be sent while its submit event is handled
  handing = "no";
  if (event.submitter !== handIn) return;
  if (!isAllClean()) {
    notHandedIn.textContent = fill(words.notHandedIn, trouble()?.text ?? words.server);
  } else if (criteria.some(lacking)) {
    notHandedIn.textContent = words.incomplete;
    impression.querySelector("[data-missing] h3").focus();
  } else {
    handing = "go";
    form.requestSubmit(handIn);
  }
});

// What was typed just before is sent first; then unsent.js asks about what could not be.
signOut?.addEventListener(
  "submit",
  async (event) => {
    if (isAllClean() || signOut.dataset.confirmed || signOut.dataset.tried) {
      delete signOut.dataset.tried;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    await flushAll();
    await new Promise((resolve) => setTimeout(resolve));
    signOut.dataset.tried = "yes";
    signOut.requestSubmit();
  },
  { capture: true },
);

addEventListener("beforeunload", (event) => {
  if (handing === "gone" || isCleared() || isAllClean()) return;
  flushAll();
  if (trouble() || keeper.unkept.size) event.preventDefault(); // else it is on its way, and kept till it is there
});
addEventListener("pageshow", (event) => event.persisted && location.reload());
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
  showConflict(step, draft, words, inWords);
}
for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;

const steps = new Steps(form, all);
function rate(value) {
  const radio = steps.current.querySelector(`[type=radio][value="${value}"]`);
  if (!radio || radio.checked) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
  news.textContent = inWords(read(steps.current));
}
const keys = new Map([..."12345"].map((score) => [score, () => rate(score)]));
keys.set("n", () => rate("not_evidenced"));
keys.set("ArrowLeft", () => steps.go(steps.place - 1));
keys.set("ArrowRight", () => steps.go(steps.place + 1));
listenForKeys(keys, form.querySelector("[data-shortcuts]"));

const faulty = form.querySelector(".form-error, .rating .form-error-message, [data-conflict]")?.closest("[data-step]");
const place = all.indexOf(faulty ?? criteria.find(lacking) ?? impression);
if (!steps.follow(location.hash, false)) steps.go(place, false);
for (const draft of drafts.values()) draft.touch();
keeper.find([...drafts.values()]);
