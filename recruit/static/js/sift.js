// The answers of the first sift, each saved as it is chosen. Without this script the buttons below save them all; so
// they do here, whatever could not be saved before.
import { isFinal, put } from "./saving.js";
import { renewer } from "./session.js";
import { listenForKeys } from "./steps.js";

const RETRY = 5000;

const form = document.querySelector("[data-sift]");
const status = document.querySelector("[data-save-status]");
const news = document.querySelector("[data-save-news]");
const done = document.querySelector("[data-done-status]");
const progress = document.querySelector(".score-progress");

const fill = (text, ...values) => values.reduce((filled, value) => filled.replace("{}", () => value), text);
const chosen = (applicant) => applicant.querySelector("[type=radio]:checked");
const shown = (applicant) => applicant.querySelector("[data-shown]");
const isSaved = (applicant) => (chosen(applicant)?.value ?? "") === shown(applicant).value;

function start() {
  const words = JSON.parse(form.dataset.words);
  const renew = renewer(document.querySelector("[data-member]").dataset.member, form.dataset.signIn);
  const applicants = [...form.querySelectorAll("[data-save]")];
  const busy = new Set();
  const refused = new Set();
  let isLeaving = false;

  function say(text, isTrouble = false) {
    status.textContent = text;
    status.classList.toggle("unsaved", isTrouble);
    if (isTrouble) news.textContent = text;
  }

  function sayTrouble(kind, sentence) {
    say(fill(words.notSaved, sentence ?? words[kind]), true);
    if (kind !== "signIn" && kind !== "somebodyElse") return;
    const link = { href: form.dataset.signIn, target: "_blank", rel: "noopener", textContent: words.toSignIn };
    status.append(" ", Object.assign(document.createElement("a"), link));
  }

  async function save(applicant, isSecondTry = false) {
    if (busy.has(applicant) || isSaved(applicant) || isLeaving) return;
    busy.add(applicant);
    const answer = chosen(applicant).value;
    say(words.saving);
    const reply = await put(applicant.dataset.save, { answer, shown: shown(applicant).value });
    busy.delete(applicant);
    await take(applicant, answer, reply, isSecondTry);
    if (!isSaved(applicant) && reply.status === 200) save(applicant); // another answer was chosen meanwhile
  }

  async function take(applicant, sent, { status: code, answer }, isSecondTry) {
    if (code === 200) {
      shown(applicant).value = sent;
      progress.value = answer.answered;
      done.textContent = fill(words.answered, answer.answered, progress.max);
      const waits = applicants.some((each) => !isSaved(each) && !refused.has(each));
      if (!waits) say(fill(words.saved, answer.saved));
    } else if (code === 409 && answer?.answer !== undefined) {
      show(applicant, answer.answer);
      say(answer.error, true);
      applicant.querySelector("[type=radio]").focus();
    } else if (code === 400 && answer?.expired && !isSecondTry) {
      const outcome = await renew();
      if (outcome === "renewed") await save(applicant, true);
      else sayTrouble(outcome);
    } else if (isFinal(code)) {
      refused.add(applicant);
      sayTrouble("refused", answer?.error);
    } else {
      sayTrouble(code === 401 ? "signIn" : code ? "server" : "offline");
    }
  }

  // What the other window answered stands here now.
  function show(applicant, answer) {
    shown(applicant).value = answer;
    for (const radio of applicant.querySelectorAll("[type=radio]")) radio.checked = radio.value === answer;
  }

  function saveAll() {
    for (const applicant of applicants) if (!refused.has(applicant)) save(applicant);
  }

  form.addEventListener("change", ({ target }) => {
    const applicant = target.closest("[data-save]");
    if (!applicant) return;
    refused.delete(applicant);
    save(applicant);
  });
  form.addEventListener("submit", () => (isLeaving = true));
  setInterval(saveAll, RETRY);
  addEventListener("online", saveAll);
  addEventListener("focus", saveAll);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && !applicants.every(isSaved)) event.preventDefault();
  });

  // Keys: the applicant where the focus is, else the first without an answer.
  function choose(place) {
    const free = applicants.find((each) => !chosen(each));
    const applicant = document.activeElement.closest("[data-save]") ?? free;
    const radio = applicant?.querySelectorAll("[type=radio]")[place];
    if (!radio || radio.disabled) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    news.textContent = `${applicant.querySelector("legend").textContent}: ${radio.closest("label").textContent.trim()}`;
    const after = applicants.slice(applicants.indexOf(applicant) + 1).find((each) => !chosen(each));
    const next = (after ?? applicant).querySelectorAll("[type=radio]")[after ? 0 : place];
    next.focus({ preventScroll: true });
    next.closest("[data-save]").scrollIntoView({ block: "nearest" });
  }
  const keys = new Map([0, 1, 2, 3].map((place) => [String(place + 1), () => choose(place)]));
  listenForKeys(keys, form.querySelector("[data-shortcuts]"));
  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false;
}

if (form) start();
