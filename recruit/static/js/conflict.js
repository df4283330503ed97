// The same was written in two windows, or on two devices: both texts are shown, and the member chooses.
import { isRated, textOf } from "./card.js";

// words: those of the form; inWords: (content) => its rating in words, "" for an impression.
export function showConflict(step, draft, words, inWords) {
  let panel = step.querySelector("[data-conflict]");
  if (!draft.conflict) {
    panel?.remove();
    return;
  }
  if (!panel) {
    const template = document.querySelector("[data-conflict-template]").content.cloneNode(true);
    textOf(step).closest(".form-group").before(template);
    panel = step.querySelector("[data-conflict]");
  }
  panel.querySelector("[data-without-choice]").hidden = true;
  for (const part of panel.querySelectorAll("[data-for-choice]")) part.hidden = false;
  const { content, saved, isHere } = draft.conflict;
  if (saved) panel.querySelector("[data-other-place]").textContent = words.otherSaved.replace("{}", saved);
  if (isHere) panel.querySelector("[data-other-place]").textContent = words.otherHere;
  for (const [side, entry] of Object.entries({ mine: draft.read(), other: content })) {
    panel.querySelector(`[data-${side}-rating]`).textContent = inWords(entry);
    panel.querySelector(`[data-${side}-text]`).textContent = entry.evidence || words.noText;
  }
}

// What the member chose: "mine", "other" or "both". Where both have a rating, the one on this page stays.
export function chosen(draft, choice) {
  const mine = draft.read();
  const other = draft.conflict.content;
  const both = { ...(isRated(mine) ? mine : other), evidence: joined(other.evidence, mine.evidence) };
  return { mine, other, both }[choice];
}

function joined(first, second) {
  if (first.includes(second.trim())) return first;
  if (second.includes(first.trim())) return second;
  return `${first.trimEnd()}\n\n${second}`;
}
