// The discussion on the screen: the next point, and the saved consensus, take the place of the old ones without a new
// page, so that names stay shown or hidden, and what is typed and not saved stays until it is. Without this script the
// same links and forms lead from page to page.
import { renewer } from "./session.js";
import { listenForKeys } from "./steps.js";

const TALKED = "discussed"; // paths of the points that were left without a consensus, in this window only

let screen = document.querySelector("[data-discussion]");
let here = location.pathname; // of the point that is shown
const drafts = new Map(); // path -> {score, reason, shown}: typed, not saved
let isBusy = false;

// The list

const talked = () => new Set(JSON.parse(attempt(() => sessionStorage.getItem(TALKED)) ?? "[]"));

function attempt(act) {
  try {
    return act();
  } catch {
    return null; // a store that is closed to us holds nothing of ours
  }
}

function markTalked(path) {
  const paths = [...talked().add(path)];
  attempt(() => sessionStorage.setItem(TALKED, JSON.stringify(paths)));
}

for (const link of document.querySelectorAll("[data-point]")) {
  const mark = link.closest("li").querySelector("[data-talked]");
  if (mark) mark.hidden = !talked().has(link.pathname);
}

// One point

const form = () => screen.querySelector("[data-agree]");
const words = () => JSON.parse(screen.dataset.words);
const field = (name) => form().querySelector(`[name$="-${name}"]`);

function say(text, isBad = false) {
  const place = screen.querySelector("[data-said]");
  place.textContent = text;
  place.classList.toggle("unsaved", isBad);
}

function typed() {
  const score = form().querySelector("[type=radio]:checked")?.value ?? "";
  return { score, reason: field("reason").value, shown: field("shown").value };
}

function isChanged() {
  if (!form()) return false;
  if ("refused" in screen.dataset) return true; // what stands there came back with the refusal, and is stored nowhere
  const first = form().querySelector("[type=radio][checked]")?.value ?? "";
  const { score, reason } = typed();
  return score !== first || reason !== field("reason").defaultValue;
}

function keepDraft() {
  if (isChanged()) drafts.set(here, typed());
  else drafts.delete(here);
}

function takeUpDraft() {
  const draft = drafts.get(here);
  if (!draft || !form()) return;
  for (const radio of form().querySelectorAll("[type=radio]")) radio.checked = radio.value === draft.score;
  field("reason").value = draft.reason;
  field("shown").value = draft.shown;
  form().closest("details")?.setAttribute("open", "");
  say(words().unsaved, true);
}

// The part of a page that has come takes the place of the one that is shown.
function show(page) {
  const fresh = page.querySelector("[data-discussion]");
  const old = screen;
  screen = document.importNode(fresh, true);
  old.replaceWith(screen);
  document.title = page.title;
  for (const name of ["[data-names]", "[data-keys]"]) {
    if (old.querySelector(name)) screen.querySelector(name)?.replaceWith(old.querySelector(name));
  }
  for (const each of document.querySelectorAll("[name=csrf_token]")) each.value = token();
  screen.querySelector("[data-keys-place]").hidden = false;
}

const token = () => document.querySelector("meta[name=csrf-token]").content;

// The page that the server answers with, or the kind of failure.
async function load(url, body) {
  const response = await fetch(url, { method: body ? "POST" : "GET", body, cache: "no-store", headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (page.querySelector("[data-discussion]")) return { page, status: response.status };
  if (new URL(response.url).pathname === screen.dataset.signIn) return { failure: "signIn" };
  if (response.status >= 500) return { failure: "server" };
  return { failure: "refused", sentence: page.querySelector(".lead")?.textContent };
}

async function attemptLoad(url, body) {
  isBusy = true;
  try {
    return await load(url, body);
  } catch {
    return { failure: "offline" };
  } finally {
    isBusy = false;
  }
}

function tell({ failure, sentence }) {
  say(words()[failure] ?? sentence ?? words().server, true);
}

async function go(url, isNew = true) {
  if (isBusy) return;
  keepDraft();
  const answer = await attemptLoad(url);
  if (answer.failure) {
    tell(answer);
    return;
  }
  if (isNew) history.pushState(null, "", url);
  here = location.pathname;
  show(answer.page);
  takeUpDraft();
  screen.scrollIntoView();
  screen.querySelector("[data-heading]").focus({ preventScroll: true });
}

// What is typed goes on being typed while the answer is under way: the draft is let go only when it stands as it was sent.
async function save(sent, isSecondTry = false) {
  if (isBusy) return;
  const isRemoval = sent.querySelector("[name=action]") !== null;
  const body = new FormData(sent);
  const before = JSON.stringify(typed());
  body.set("csrf_token", token());
  const answer = await attemptLoad(sent.getAttribute("action"), body);
  if (answer.failure) {
    if (!isSecondTry && ["signIn", "refused"].includes(answer.failure)) {
      const renewed = await renewer(screen.dataset.member, screen.dataset.signIn)();
      if (renewed === "renewed") return save(sent, true);
      if (renewed !== "refused") return tell({ failure: renewed });
    }
    return tell(answer);
  }
  const meanwhile = JSON.stringify(typed()) === before ? null : typed();
  show(answer.page);
  drafts.delete(here);
  if (meanwhile) {
    drafts.set(here, { ...meanwhile, shown: field("shown").value });
    takeUpDraft();
  } else if (answer.status >= 400) {
    if (!isRemoval) screen.dataset.refused = "";
  } else {
    say(isRemoval ? words().removed : words().saved);
    screen.querySelector("[data-consensus]").scrollIntoView({ block: "nearest" });
  }
  screen.querySelector("[data-error-summary]")?.focus();
  return undefined;
}

if (screen) {
  // A page that comes back from the browser's memory begins as any other: without names.
  addEventListener("pageshow", () => {
    const names = screen.querySelector("[data-names]");
    if (names) names.checked = false;
  });
  screen.querySelector("[data-keys-place]").hidden = false;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-next], [data-previous], [data-pass]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (link.matches("[data-pass]")) markTalked(here);
    if (!link.hash) return; // the list is another page
    event.preventDefault();
    go(link.href);
  });

  // After the question of start.js, which stops what nobody has said yes to.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !screen.contains(event.target)) return;
    event.preventDefault();
    save(event.target);
  });

  addEventListener("popstate", () => go(location.href, false));
  addEventListener("beforeunload", (event) => {
    keepDraft();
    if (drafts.size) event.preventDefault();
  });

  const press = (name) => () => screen.querySelector(name)?.click();
  const choose = (score) => () => {
    const radio = screen.querySelector(`[data-agree] [value="${score}"]`);
    if (!radio) return;
    radio.closest("details")?.setAttribute("open", "");
    radio.checked = true;
    radio.focus();
  };
  const keys = new Map([
    ["ArrowLeft", press("[data-previous]")],
    ["ArrowRight", press("[data-next]")],
    ...[1, 2, 3, 4, 5].map((score) => [String(score), choose(score)]),
  ]);
  listenForKeys(keys, screen.querySelector("[data-keys]"));
}
