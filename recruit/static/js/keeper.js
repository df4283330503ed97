// Keeps in the browser what the server does not have of one person's scorecard, and takes up what a window that is gone
// has left there.
import { entries, keep, nameOf, whenLeft } from "./kept.js";
import { forget, recall, remember } from "./storage.js";

export class Keeper {
  // label: what the card is called where its text is mentioned on another page
  constructor(person, label) {
    Object.assign(this, { person, label });
    this.canKeep = remember("recruit-try", ""); // whether the browser stores anything for us
    forget("recruit-try");
    this.drafts = [];
    this.left = new Map(); // Draft -> entries that wait for it
    this.typed = new Map(); // Draft -> {text, at}
    this.unkept = new Set(); // the drafts that this window alone has
    this.taken = new Set(); // names that another window has removed
    addEventListener("storage", ({ key, newValue }) => {
      // At sign-out, or because somebody else has signed in: obeyed until the server has answered again.
      if (newValue === null) this.taken.add(key);
      else this.find();
    });
  }

  // Called after every change of a draft.
  follow(draft) {
    const name = nameOf(this.person, draft.url);
    this.unkept.delete(draft);
    if (draft.isClean) {
      this.taken.delete(name);
      forget(name);
    } else if (this.taken.has(name)) {
      this.unkept.add(draft);
    } else {
      this.canKeep = keep(name, this.#values(draft));
      if (!this.canKeep) this.unkept.add(draft);
    }
    this.#takeUp(draft);
  }

  #values(draft) {
    const { version, unsure } = draft;
    const content = draft.read();
    const text = JSON.stringify(content);
    if (this.typed.get(draft)?.text !== text) this.typed.set(draft, { text, at: Date.now() });
    return { content, version, unsure, label: this.label, at: this.typed.get(draft).at };
  }

  // Once all drafts are there, and whenever another window has kept something.
  find(drafts = this.drafts) {
    this.drafts = drafts;
    for (const entry of entries().filter((each) => each.person === this.person)) {
      const draft = drafts.find((each) => each.url === entry.url);
      if (draft) whenLeft(entry, (left) => this.#receive(draft, left));
    }
  }

  #receive(draft, entry) {
    this.left.set(draft, [...(this.left.get(draft) ?? []), entry]);
    this.#takeUp(draft);
  }

  // One text at a time: a conflict is settled before the next is taken up.
  #takeUp(draft) {
    const waiting = this.left.get(draft) ?? [];
    if (draft.conflict || !waiting.length) return;
    const entry = waiting.shift();
    if (recall(entry.name) === null) return this.#takeUp(draft);
    this.typed.set(draft, { text: JSON.stringify(entry.content), at: entry.at });
    draft.resume(entry);
    if (!draft.conflict?.isHere) forget(entry.name); // else it stays until the member has chosen
    this.#takeUp(draft);
  }
}
