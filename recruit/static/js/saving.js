// Saves one thing on a page as it is typed. What is shown as saved, the server has said is saved: everything else is on
// its way, refused, or in conflict with another window, and stays on the page until it is settled.

const PAUSE = 1000; // after the last key
const LONGEST = 5000; // while somebody writes without a pause
const PATIENCE = 20000; // for an answer
const RETRIES = [2000, 4000, 8000, 15000, 30000];
const KEEPALIVE_LIMIT = 10000; // characters: a browser holds 64 KB back for pages that close

export class Draft {
  // url      where it is put
  // read     () => content, as it stands on the page
  // body     (content, version) => what the server takes
  // stored   (answer) => content, of an answer 409
  // version  that the content builds on; 0 for what the server has not seen
  // known    the content that the server has
  // isHeld   () => true while it must not be sent yet
  // changed  called after every change of state
  // saved    called with the server's answer
  // renew    async () => "renewed", or a kind of failure: a fresh token for a new session
  constructor(options) {
    Object.assign(this, { isHeld: () => false, saved: () => {} }, options);
    this.unsure = []; // contents whose answer never came: the server may have them
    this.isBusy = false;
    this.failure = null; // {kind: "offline" | "server" | "signIn" | "somebodyElse" | "refused", text}
    this.conflict = null; // {content, version}: what another window saved
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
    this.changed();
    this.running = this.#send().finally(() => {
      this.isBusy = false;
      if (!this.failure && !this.conflict && !this.isClean) this.#schedule(PAUSE);
      this.changed();
    });
    return this.running;
  }

  // The member has chosen: what now stands on the page builds on what the other window saved.
  settle() {
    this.version = this.conflict.version;
    this.known = this.conflict.content;
    this.conflict = null;
    this.touch(true);
  }

  #schedule(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  async #send(isSecondTry = false) {
    const content = this.read();
    const { status, answer } = await put(this.url, this.body(content, this.version));
    if (status === 200) {
      Object.assign(this, { version: answer.version, known: content, unsure: [], failure: null, attempts: 0 });
      this.dirtySince = same(this.read(), content) ? null : Date.now();
      this.saved(answer);
    } else if (status === 409 && answer?.version !== undefined) {
      await this.#meet(content, { content: this.stored(answer), version: answer.version }, isSecondTry);
    } else if (status === 400 && answer?.expired && !isSecondTry) {
      const outcome = await this.renew();
      if (outcome === "renewed") await this.#send(true);
      else this.#fail(outcome);
    } else if (status === 401) {
      this.#fail("signIn", answer?.error);
    } else if (status >= 400 && status < 500 && ![408, 409, 425, 429].includes(status)) {
      this.failure = { kind: "refused", text: answer?.error };
    } else {
      this.unsure.push(content);
      this.#fail(status ? "server" : "offline", answer?.error);
    }
  }

  // Another version is there. It may be our own, whose answer was lost; or the other window changed nothing after all.
  async #meet(content, other, isSecondTry) {
    const isOurs = [content, this.read(), this.known, ...this.unsure].some((each) => same(each, other.content));
    if (!isOurs) {
      this.conflict = other;
      this.unsure = [];
      this.failure = null;
      return;
    }
    Object.assign(this, { version: other.version, known: other.content, unsure: [], failure: null });
    if (!same(this.read(), other.content) && !isSecondTry) await this.#send(true);
    else if (same(this.read(), other.content)) this.dirtySince = null;
  }

  #fail(kind, text) {
    const wait = RETRIES[Math.min(this.attempts, RETRIES.length - 1)];
    this.attempts += 1;
    this.failure = { kind, text };
    if (kind !== "somebodyElse") this.#schedule(wait);
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

// Answers {status, answer}; status 0 when there was no answer at all.
async function put(url, values) {
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
