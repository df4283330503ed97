// Saves one thing on a page as it is typed. What is shown as saved, the server has said is saved: everything else is on
// its way, refused, or in conflict with another window, and stays on the page until it is settled.

const PAUSE = 1000; // after the last key
const LONGEST = 5000; // while somebody writes without a pause
const PATIENCE = 20000; // for an answer
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_LIMIT = 10000; // characters: a browser holds 64 KB back for pages that close
const MOST_UNSURE = 10;

// How the kinds of text are sent, and how they stand in an answer 409.
const RATING = {
  body: (content, version) => ({ ...content, version }),
  stored: ({ score, not_evidenced, evidence }) => ({ score, not_evidenced, evidence }),
};
const IMPRESSION = {
  body: ({ evidence }, version) => ({ text: evidence, version }),
  stored: ({ text }) => ({ evidence: text }),
};
// A text of a page that several people write on: sections of a profile, answers of a needs clarification, what is said
// of a criterion.
const SHARED = {
  body: ({ text }, version) => ({ text, version }),
  stored: ({ text }) => ({ text }),
};
const isShared = (url) => /\/(sections|answers|texts)\/\w+$/.test(url);
export const kindOf = (url) => (isShared(url) ? SHARED : url.endsWith("/overall") ? IMPRESSION : RATING);

export class Draft {
  // url      where it is put
  // read     () => content, as it stands on the page
  // write    (content) => puts it on the page
  // version  that the content builds on; 0 for what the server has not seen
  // known    the content that the server has; null for not known
  // isHeld   () => true while it must not be sent yet
  // changed  called after every change of state
  // saved    called with the server's answer, or what of it belongs to the content that was chosen
  // renew    async () => "renewed", or a kind of failure: a fresh token for a new session
  constructor(options) {
    Object.assign(this, options);
    this.unsure = []; // contents that were sent and not answered for: the server may have them
    this.isBusy = false;
    this.failure = null; // {kind: "offline" | "server" | "signIn" | "somebodyElse" | "refused", text}
    // What was written in another window: {content, version, saved} on the server, or {content, isHere, name} that only
    // the browser has.
    this.conflict = null;
    this.attempts = 0;
    this.dirtySince = null;
  }

  get isClean() {
    return !this.isBusy && !this.conflict && !this.unsure.length && same(this.read(), this.known);
  }

  // Something was changed on the page. `now`: not typed but chosen, so there is no last key to wait for.
  touch(now = false) {
    if (this.failure?.kind === "refused") this.failure = null;
    if (!this.isClean) {
      this.dirtySince ??= Date.now();
      this.#schedule(now ? 0 : Math.min(PAUSE, Math.max(0, this.dirtySince + LONGEST - Date.now())));
    } else {
      this.dirtySince = null;
    }
    this.changed();
  }

  // Sends what is not saved, at once. Resolves when it has been answered, or given up for now.
  async flush() {
    clearTimeout(this.timer);
    if (this.isBusy) return this.running;
    if (this.isClean || this.conflict || this.isHeld()) return undefined;
    this.isBusy = true;
    this.running = this.#send().finally(() => {
      this.isBusy = false;
      if (!this.failure && !this.conflict && !this.isClean) this.#schedule(PAUSE);
      this.changed();
    });
    return this.running;
  }

  // The member has chosen: what now stands on the page builds on what the other window wrote.
  settle() {
    if (!this.conflict.isHere) {
      Object.assign(this, { version: this.conflict.version, known: this.conflict.content });
      this.saved(this.conflict);
    }
    this.conflict = null;
    this.touch(true);
  }

  // Takes up a text that this browser kept when a window was closed. It goes on as if it had been typed here.
  resume({ content, version, unsure, name }) {
    if (same(content, this.read()) || same(content, this.known)) return;
    if (!same(this.read(), this.known)) {
      this.conflict = { content, isHere: true, name };
    } else {
      const isOurs = version >= this.version || holds(unsure, this.known);
      if (!isOurs) this.conflict = { content: this.known, version: this.version };
      if (version > this.version) Object.assign(this, { version, known: null }); // this page is older than the text
      if (isOurs) this.unsure = unsure;
      this.write(content);
    }
    this.touch(true);
  }

  #schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  async #send(isSecondTry = false) {
    const content = this.read();
    const before = this.unsure.filter((each) => !same(each, content));
    this.unsure = [...before, content].slice(-MOST_UNSURE);
    this.changed();
    const { status, answer } = await put(this.url, kindOf(this.url).body(content, this.version));
    if (status >= 400 && status < 500) this.unsure = before;
    if (status === 200) {
      Object.assign(this, { version: answer.version, known: content, unsure: [], failure: null, attempts: 0 });
      this.dirtySince = same(this.read(), content) ? null : Date.now();
      this.saved(answer);
    } else if (status === 409 && answer?.version !== undefined) {
      await this.#meet(content, answer, isSecondTry);
    } else if (status === 400 && answer?.expired && !isSecondTry) {
      const outcome = await this.renew();
      if (outcome === "renewed") await this.#send(true);
      else this.#fail(outcome);
    } else if (status === 401) {
      this.#fail("signIn", answer?.error);
    } else if (isFinal(status)) {
      this.failure = { kind: "refused", text: answer?.error };
    } else {
      this.#fail(status ? "server" : "offline", answer?.error);
    }
  }

  // Another version is there. It may be our own, whose answer was lost; or the other window changed nothing after all.
  async #meet(content, answer, isSecondTry) {
    const other = kindOf(this.url).stored(answer);
    if (!holds([content, this.read(), this.known, ...this.unsure], other)) {
      const conflict = { content: other, version: answer.version, saved: answer.saved };
      Object.assign(this, { conflict, unsure: [], failure: null });
      return;
    }
    Object.assign(this, { version: answer.version, known: other, unsure: [], failure: null });
    this.saved(answer);
    if (!same(this.read(), other) && !isSecondTry) await this.#send(true);
    else if (same(this.read(), other)) Object.assign(this, { dirtySince: null, attempts: 0 });
  }

  #fail(kind, text) {
    const wait = RETRIES[Math.min(this.attempts, RETRIES.length - 1)];
    this.attempts += 1;
    this.failure = { kind, text };
    if (kind !== "somebodyElse") this.#schedule(wait);
  }
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

export const holds = (contents, content) => contents.some((each) => same(each, content));

// Whether the server will answer the same however often it is asked.
export const isFinal = (status) => status >= 400 && status < 500 && ![401, 408, 409, 425, 429].includes(status);

// Answers {status, answer}; status 0 when there was no answer at all.
export async function put(url, values) {
  const body = JSON.stringify(values);
  try {
    const response = await fetch(url, {
      method: "PUT",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
      },
      body,
      redirect: "manual",
      keepalive: body.length < KEEPALIVE_LIMIT, // so that it arrives although the page closes
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.type === "opaqueredirect") return { status: 401, answer: null };
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    return { status: response.status, answer: isJson ? await response.json() : null };
  } catch {
    return { status: 0, answer: null };
  }
}
