// What the browser keeps of a scorecard while the server does not have it: one entry for each text, person and window.
// It goes when the server has the text, when anybody signs out, when somebody else signs in, and after seven days.
import { forget, names, recall, remember } from "./storage.js";

const DRAFT = "recruit-draft";
const CLOCK = "recruit-clock";
const LONGEST = 7 * 24 * 60 * 60 * 1000;
const WINDOW = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
const awaited = new Set(); // names
let hasCleared = false;
const isOurs = (name) => name.startsWith(`${DRAFT}|`) || name.startsWith(`${CLOCK}|`);
const lockOf = (name) => `${DRAFT}|${name}`;

// Held for as long as this window lives: that is how another one knows what has been left behind.
navigator.locks?.request(lockOf(WINDOW), () => new Promise(() => {}));

// Calls back with an entry as it stands when the window it belongs to is gone, and holds that window's lock until
// `act` is done. A browser without locks (or a page without https) cannot tell: there every other window is gone.
export async function whenLeft({ name, window }, act) {
  if (window === WINDOW || awaited.has(name)) return;
  awaited.add(name);
  const actIfThere = () => (recall(name) === null ? undefined : act(read(name)));
  if (navigator.locks) await navigator.locks.request(lockOf(window), actIfThere);
  else await actIfThere();
  awaited.delete(name);
}

export const nameOf = (person, url) => [DRAFT, person, url, WINDOW].join("|");
export const clockOf = (person, card) => [CLOCK, person, card].join("|");

// The path of the page that a text is saved from: a scorecard, a profile, a needs clarification, criteria.
export const cardOf = (url) => url.replace(/\/(ratings\/\d+|overall|sections\/\w+|answers\/\w+|(\d+\/)?texts\/\w+)$/, "");

// values: {content, version, unsure, label, at}, and isRefused when the server will not take it. Whether it is kept.
export const keep = (name, values) => !hasCleared && remember(name, JSON.stringify(values));

// Every text that is kept: [{name, person, url, window, …values}], oldest first.
export function entries() {
  const found = names().filter((name) => name.startsWith(`${DRAFT}|`));
  return found.map(read).filter(Boolean).sort((one, other) => one.at - other.at);
}

function read(name) {
  const [, person, url, window] = name.split("|");
  try {
    return { ...JSON.parse(recall(name)), name, person, url, window };
  } catch {
    return null;
  }
}

// Removes what is too old, and what belongs to anybody but `person`; null while nobody is signed in.
export function purge(person) {
  for (const name of names().filter(isOurs)) {
    const at = read(name)?.at;
    const isAnothers = person !== null && name.split("|")[1] !== person;
    if (isAnothers || !Number.isFinite(at) || Date.now() - at > LONGEST) forget(name);
    // A clock that was ahead must not make it stay for longer.
    else if (at > Date.now()) remember(name, JSON.stringify({ ...JSON.parse(recall(name)), at: Date.now() }));
  }
}

// At sign-out: nothing is kept from here on, although the page may live for another moment.
export const isCleared = () => hasCleared;
export function clear() {
  hasCleared = true;
  for (const name of names().filter(isOurs)) forget(name);
}
