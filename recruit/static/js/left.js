// A card that can no longer be written on: shows what this browser has of it that never reached the server.
import { cardOf, entries } from "./kept.js";
import { kindOf, same } from "./saving.js";
import { forget } from "./storage.js";

const place = document.querySelector("[data-left]");
const words = JSON.parse(place.dataset.words);
const { person } = document.body.dataset;

const own = entries().filter((entry) => entry.person === person && cardOf(entry.url) === location.pathname);
for (const entry of own) {
  const stored = document.querySelector(`[data-url="${entry.url}"]`)?.dataset.stored;
  if (stored && same(kindOf(entry.url).stored(JSON.parse(stored)), entry.content)) forget(entry.name);
  else show(entry);
}

function show({ name, url, content }) {
  const item = place.querySelector("template").content.cloneNode(true).firstElementChild;
  const heading = document.querySelector(`[data-url="${url}"] .room-label > :last-child`)?.textContent;
  const rating = content.not_evidenced ? words.notEvidenced : content.score;
  if (heading) item.querySelector("[data-heading]").textContent = heading;
  item.querySelector("[data-rating]").textContent = rating ? words.rating.replace("{}", rating) : "";
  item.querySelector("[data-text]").textContent = content.evidence || words.noText;
  item.querySelector("button").addEventListener("click", () => {
    forget(name);
    item.remove();
    place.hidden = !place.querySelector("section");
    place.nextElementSibling?.focus();
  });
  place.append(item);
  place.hidden = false;
}
