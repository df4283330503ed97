// Loaded on every page: what the browser keeps of scorecards and the server does not have. It is sent when it can be,
// mentioned when it cannot, and removed when it is too old, when somebody else signs in, and at sign-out.
import { cardOf, clear, entries, keep, purge, whenLeft } from "./kept.js";
import { holds, isFinal, kindOf, put } from "./saving.js";
import { forget } from "./storage.js";

const person = document.body.dataset.person ?? null;
const notice = document.querySelector("[data-unsent-notice]");
const signOut = document.querySelector("[data-sign-out]");
const ownCard = document.querySelector("[data-member]") ? location.pathname : null; // takes care of itself
const left = new Set(); // names of what belongs to windows that are gone

purge(person);
if (person === null) {
  notice.hidden = entries().length === 0;
} else {
  sendAll();
  addEventListener("online", sendAll);
  addEventListener("storage", sendAll);
}

function sendAll() {
  show();
  for (const each of entries().filter(({ url }) => cardOf(url) !== ownCard)) {
    whenLeft(each, async (entry) => {
      if (!entry.isRefused) await send(entry, entry.version);
      left.add(entry.name);
      show();
    });
  }
}

// What another window has saved meanwhile is not overwritten: the text stays until the member sees both on the card.
async function send(entry, version) {
  const { status, answer } = await put(entry.url, kindOf(entry.url).body(entry.content, version));
  if (status === 200) {
    forget(entry.name);
  } else if (status === 409 && version === entry.version && holds(entry.unsure, kindOf(entry.url).stored(answer ?? {}))) {
    await send(entry, answer.version);
  } else if (isFinal(status) && !answer?.expired) {
    keep(entry.name, { ...entry, isRefused: true });
  }
}

// A link to every card of which something is left.
function show() {
  const found = entries().filter((entry) => left.has(entry.name));
  const cards = new Map(found.map((entry) => [cardOf(entry.url), entry.label]));
  notice.hidden = cards.size === 0;
  const items = [...cards].map(([href, textContent]) => {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href, textContent }));
    return item;
  });
  notice.querySelector("[data-cards]").replaceChildren(...items);
}

// start.js asks the question of a form that has one.
signOut?.addEventListener("submit", () => {
  if (entries().length && !signOut.dataset.confirmed) signOut.dataset.confirm = signOut.dataset.unsent;
  else clear();
});
