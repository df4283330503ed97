// Marks in a text, while it is written, what the checks of wording say of it. The server checks; this shows. A field is
// asked about when its last key is 400 ms ago, one request at a time, and silently not at all while there is no network:
// what is on the page then still fits the text. Without it the remarks of the saved text stand below the field.
import { Backdrop } from "./backdrop.js";

const PAUSE = 400; // after the last key
const PATIENCE = 20000; // for an answer
const RETRY = 15000; // after an answer that did not come
const token = document.querySelector("meta[name=csrf-token]");

let queue = Promise.resolve();

class CheckedField {
  constructor(place) {
    this.place = place;
    this.field = place.querySelector(".form-input");
    this.summary = place.querySelector("[role=status]");
    this.list = place.querySelector(".findings");
    this.backdrop = new Backdrop(this.field);
    this.items = new Map(); // what tells one remark from another -> its element
    this.findings = []; // offsets as JavaScript counts, moved along with the text; `isTouched` when they cannot be
    this.text = this.field.value;
    this.known = null; // the text that the findings are the answer to, until it is written on
    const described = this.field.getAttribute("aria-describedby");
    this.field.setAttribute("aria-describedby", [described, this.summary.id].filter(Boolean).join(" "));
    this.field.addEventListener("input", () => this.typed());
    this.list.addEventListener("click", (event) => this.clicked(event.target.closest("button")));
    this.list.replaceChildren();
    // A browser that was sent back or reloaded may hold another text than the server sent.
    if (this.field.value === this.field.defaultValue) this.show(this.text, JSON.parse(place.dataset.answer));
    else this.check();
  }

  typed() {
    const before = this.text;
    const after = (this.text = this.field.value);
    this.known = null;
    const shortest = Math.min(before.length, after.length);
    let head = 0;
    while (head < shortest && before[head] === after[head]) head += 1;
    let tail = 0;
    while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
    const cut = before.length - tail;
    const longer = after.length - before.length;
    const start = (at) => (at >= cut ? at + longer : Math.min(at, head));
    const end = (at) => (at <= head ? at : Math.max(at, cut) + longer);
    for (const finding of this.findings) {
      finding.isTouched ||= finding.start < cut && finding.end > head;
      Object.assign(finding, { start: start(finding.start), end: end(finding.end) });
      finding.replace = [start(finding.replace[0]), end(finding.replace[1])];
    }
    this.draw();
    this.#schedule(PAUSE);
  }

  // Asks when those before it have been answered, about the text as it is then.
  check() {
    clearTimeout(this.timer);
    queue = queue.then(() => this.#ask());
  }

  async #ask() {
    const text = this.field.value;
    if (text === this.known) return;
    if (!text.trim()) {
      this.show(text, { findings: [], summary: "" });
      return;
    }
    const { kind, language, wording } = this.place.dataset;
    const { status, answer } = navigator.onLine ? await post(wording, { text: text.toWellFormed(), kind, language }) : {};
    if (this.field.value !== text) return; // written on meanwhile: the next question is on its way
    if (status === 200) {
      this.show(text, answer);
      return;
    }
    this.findings = this.findings.filter((finding) => !finding.isTouched);
    this.#list(status === 413 ? answer.error : "");
    if (!status || status >= 500) this.#schedule(RETRY);
  }

  #schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.check(), wait);
  }

  // `findings` count code points in `text`, as the server does.
  show(text, { findings, summary }) {
    const at = [0];
    for (const sign of text) at.push(at.at(-1) + sign.length);
    const isMended = this.findings.length && text.trim() && !findings.length;
    this.known = this.text = text;
    this.findings = findings.map((finding) => ({
      ...finding,
      start: at[finding.start],
      end: at[finding.end],
      replace: [at[finding.replace_start], at[finding.replace_end]],
      does: doing(finding),
    }));
    this.#list(isMended ? this.summary.dataset.none : summary);
  }

  // Elements that stay are not moved: one of their buttons may have the focus.
  #list(summary) {
    const kept = new Map();
    const alike = new Map();
    for (const finding of this.findings) {
      const { rule, severity, text, instead, does } = finding;
      const look = JSON.stringify([rule, severity, text, instead, does]);
      alike.set(look, (alike.get(look) ?? 0) + 1);
      const key = `${look}${alike.get(look)}`;
      kept.set(key, this.items.get(key) ?? item(finding, this.place.dataset.language));
      finding.item = kept.get(key);
    }
    for (const [key, element] of this.items) if (!kept.has(key)) element.remove();
    this.items = kept;
    [...kept.values()].forEach((element, place) => {
      if (this.list.children[place] !== element) this.list.insertBefore(element, this.list.children[place] ?? null);
    });
    this.list.hidden = !kept.size;
    if (this.summary.textContent !== summary) this.summary.textContent = summary;
    this.draw();
    askForReason(this.field.form);
  }

  draw() {
    this.backdrop.draw(
      this.text,
      this.findings.filter((finding) => !finding.isTouched),
    );
  }

  clicked(button) {
    const finding = button && this.findings.find((each) => each.item.contains(button));
    if (!finding) return;
    if (finding.isTouched) this.check();
    else if ("select" in button.dataset) this.backdrop.select(finding.start, finding.end);
    else this.replace(finding);
  }

  // One step for Ctrl+Z. What is left for the writer to fill in, the three dots, is selected.
  replace({ replace: [start, end], instead, does }) {
    const blank = this.text && !this.text.endsWith("\n\n") ? "\n\n" : "";
    if (does === "add") put(this.field, blank + instead, this.text.length, this.text.length);
    else put(this.field, instead, ...(instead ? [start, end] : withItsSpace(this.text, start, end)));
    const dots = this.field.selectionEnd - instead.length + instead.indexOf("…");
    if (instead.includes("…")) this.field.setSelectionRange(dots, dots + 1);
    this.check();
  }
}

// The remark as the page's language words it, from the template of its severity.
function item(finding, language) {
  const element = document.getElementById(`finding-${finding.severity}`).content.firstElementChild.cloneNode(true);
  const fill = (name, text) => {
    for (const place of element.querySelectorAll(`[data-${name}]`)) Object.assign(place, { textContent: text, lang: language });
  };
  fill("words", `”${finding.text}”`);
  fill("why", finding.why);
  fill("basis", finding.basis);
  fill("instead", `”${finding.instead}”`);
  if (!finding.text) element.querySelector("[data-select]").remove();
  for (const button of element.querySelectorAll("[data-do]")) if (button.dataset.do !== finding.does) button.remove();
  if (!finding.does) element.querySelector(".finding-do").remove();
  return element;
}

// What the remark's button does; null when there is nothing to put in or take out.
function doing({ replace_start: from, replace_end: to, instead, start, end }) {
  if (from === null) return null;
  if (instead) return from === to ? "add" : "use";
  return from === start && to === end ? "remove-words" : "remove-sentence";
}

// What goes when a sentence goes: the space after it, or before it at the end of a line; a line of its own goes whole.
function withItsSpace(text, start, end) {
  const isFirst = start === 0 || text[start - 1] === "\n";
  const isLast = end === text.length || text[end] === "\n";
  if (isFirst && isLast) return end < text.length ? [start, end + 1] : [Math.max(0, start - 1), end];
  if (isLast) return [start - / *$/.exec(text.slice(0, start))[0].length, end];
  return [start, end + /^ */.exec(text.slice(end))[0].length];
}

function put(field, text, start, end) {
  field.focus();
  field.setSelectionRange(start, end);
  const isPut = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (isPut) return;
  field.setRangeText(text, start, end, "end"); // a browser that knows neither: put in without a step back
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

// The reason for keeping an unlawful wording is asked for while there is one. What has been written stays in sight.
function askForReason(form) {
  const kept = form?.querySelector("[data-kept]");
  if (!kept || kept.contains(document.activeElement)) return;
  const isRed = fields.some(({ field, findings }) => field.form === form && findings.some(({ severity }) => severity === "red"));
  kept.hidden = !isRed && !kept.querySelector("textarea").value.trim();
}

// {status, answer}; {} when there was none.
async function post(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.content },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: response.status, answer: await response.json() };
  } catch {
    return {};
  }
}

const fields = [];
for (const place of document.querySelectorAll("[data-wording]")) fields.push(new CheckedField(place));
for (const form of new Set(fields.map(({ field }) => field.form))) askForReason(form);
window.addEventListener("online", () => fields.forEach((field) => field.check()));
