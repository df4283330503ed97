// How long the interview has lasted, for the member who starts it. It stays when the page is loaded anew.
import { clockOf } from "./kept.js";
import { forget, recall, remember } from "./storage.js";

const MINUTE = 60_000;

export class Clock {
  constructor(place, person, card) {
    Object.assign(this, { place, name: clockOf(person, card) });
    this.minutes = Number(place.dataset.minutes);
    place.hidden = false;
    place.addEventListener("click", ({ target }) => this[target.dataset.clock]?.());
    addEventListener("storage", ({ key }) => key === this.name && this.show());
    this.show();
  }

  // {started, stopped or null} in milliseconds, or null. Kept here too, for a browser that stores nothing.
  get state() {
    const text = recall(this.name);
    return text === null ? (this.unstored ?? null) : JSON.parse(text);
  }

  set state(values) {
    this.unstored = remember(this.name, JSON.stringify({ ...values, at: Date.now() })) ? null : values;
    this.show();
  }

  start() {
    this.state = { started: Date.now(), stopped: null };
  }

  stop() {
    this.state = { ...this.state, stopped: Date.now() };
  }

  resume() {
    const { started, stopped } = this.state;
    this.state = { started: started + Date.now() - stopped, stopped: null };
  }

  forget() {
    this.unstored = null;
    forget(this.name);
  }

  show() {
    clearTimeout(this.timer);
    const { state, place } = this;
    const status = !state ? "off" : state.stopped ? "stopped" : "on";
    const hadFocus = place.contains(document.activeElement);
    for (const part of place.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.includes(status);
    if (hadFocus) place.querySelector("button:not([hidden])").focus();
    if (!state) return;
    const passed = (state.stopped ?? Date.now()) - state.started;
    const time = place.querySelector("[data-time]");
    time.textContent = time.dataset.time.replace("{}", Math.floor(passed / MINUTE)).replace("{}", this.minutes);
    time.classList.toggle("over", passed > this.minutes * MINUTE);
    if (!state.stopped) this.timer = setTimeout(() => this.show(), MINUTE - (passed % MINUTE) + 50);
  }
}
