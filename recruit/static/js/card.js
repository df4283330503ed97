// What stands on the steps of a scorecard: {score, not_evidenced, evidence}, or {evidence} of the overall impression.

export const textOf = (step) => step.querySelector("textarea");
export const isRated = (entry) => entry.not_evidenced || (entry.score ?? null) !== null;
export const isImpression = (step) => step.hasAttribute("data-impression");

export function read(step) {
  const evidence = textOf(step).value;
  if (isImpression(step)) return { evidence };
  const chosen = step.querySelector("[type=radio]:checked")?.value;
  return {
    score: chosen && chosen !== "not_evidenced" ? Number(chosen) : null,
    not_evidenced: chosen === "not_evidenced",
    evidence,
  };
}

export function write(step, entry) {
  textOf(step).value = entry.evidence;
  for (const radio of step.querySelectorAll("[type=radio]")) {
    radio.checked = radio.value === (entry.not_evidenced ? "not_evidenced" : String(entry.score));
  }
  textOf(step).dispatchEvent(new Event("input", { bubbles: true }));
}

// The place on the page of what keeps a step from being handed in: {field, isRating}; null when nothing does.
export function lacking(step) {
  const entry = read(step);
  if (!isRated(entry)) return { field: step.querySelector("[type=radio]").id, isRating: true };
  return entry.not_evidenced || entry.evidence.trim() ? null : { field: textOf(step).id, isRating: false };
}
