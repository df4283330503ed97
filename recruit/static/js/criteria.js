// An answer of the needs clarification, or an example, is put into the field beside it with one click: at the end of
// what stands there. One step for Ctrl+Z. Without this script the text can be copied.
for (const button of document.querySelectorAll("[data-put]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.put);
    const text = button.closest("[data-words]").querySelector("[data-text]").textContent.trim();
    if (field.value.includes(text)) {
      field.focus();
      return;
    }
    const start = field.value.trimEnd().length;
    field.focus();
    field.setSelectionRange(start, field.value.length);
    const words = (start ? "\n" : "") + text;
    if (document.execCommand("insertText", false, words)) return;
    field.setRangeText(words, start, field.value.length, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}

// The texts are saved as they are typed (texts.js). Weights and minimums belong together and go with the form: one who
// leaves with a change in them is asked.
const form = document.querySelector(".criteria-form");
const chosen = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(
  (field) => !field.closest("[data-save]"),
);
const values = () => chosen.map((field) => field.value).join("\n");
const shown = values();
let isSent = false;

form.addEventListener("submit", (event) => {
  isSent = !event.defaultPrevented;
});
addEventListener("beforeunload", (event) => {
  if (!isSent && ("unsaved" in form.dataset || values() !== shown)) event.preventDefault();
});
