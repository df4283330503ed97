// A form one step at a time: previous and next, links to a step or to a field in one, and keys.
import { recall, remember } from "./storage.js";

export class Steps {
  // all: the elements of which one is shown. Their ids are the places that links name.
  constructor(form, all) {
    Object.assign(this, { form, all, place: -1 });
    form.addEventListener("click", ({ target }) => {
      if (target.dataset.go) this.go(this.place + Number(target.dataset.go));
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link && this.follow(link.hash)) event.preventDefault();
    });
    addEventListener("hashchange", () => this.follow(location.hash));
  }

  get current() {
    return this.all[this.place];
  }

  go(place, hasFocus = true) {
    const target = Math.min(Math.max(place, 0), this.all.length - 1);
    if (target === this.place) return;
    this.place = target;
    for (const step of this.all) step.hidden = step !== this.current;
    for (const link of this.form.querySelectorAll("nav a")) {
      if (link.hash === `#${this.current.id}`) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    this.form.querySelector('[data-go="-1"]').hidden = target === 0;
    this.form.querySelector('[data-go="1"]').hidden = target === this.all.length - 1;
    history.replaceState(null, "", `#${this.current.id}`);
    if (!hasFocus) return;
    this.#heading().focus({ preventScroll: true });
    this.current.scrollIntoView({ block: "start" });
  }

  // Whether the hash named a step, or something in one.
  follow(hash, hasFocus = true) {
    const target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    const place = this.all.findIndex((step) => step.contains(target));
    if (place < 0) return false;
    this.go(place, hasFocus);
    if (hasFocus) (target === this.current ? this.#heading() : target).focus();
    return true;
  }

  #heading() {
    return this.current.querySelector("h2");
  }
}

// Single keys act while nobody writes. They can be turned off (WCAG 2.1.4); the choice is kept in the browser.
export function listenForKeys(keys, checkbox) {
  const KEPT = "scorecard-keys";
  checkbox.checked = recall(KEPT) !== "off";
  checkbox.addEventListener("change", () => remember(KEPT, checkbox.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("textarea, select, dialog, input:not([type=radio], [type=checkbox])");
    const act = keys.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (isTyping || !act || !checkbox.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}
