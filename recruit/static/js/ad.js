// The checks of a whole ad beside its sections, while they are written. The server checks, nothing is saved by it; this
// asks when the last key is 600 ms ago, one request at a time, and puts in what comes back. While there is no answer
// what is on the page stays.
const form = document.querySelector("[data-ad]");
const PAUSE = 600; // after the last key
const PATIENCE = 20_000; // for an answer

let timer;
let isAsking = false;
let isOld = false;

async function ask() {
  clearTimeout(timer);
  if (isAsking) {
    isOld = true;
    return;
  }
  isAsking = true;
  do {
    isOld = false;
    await check();
  } while (isOld);
  isAsking = false;
}

async function check() {
  try {
    const body = new FormData(form);
    const response = await fetch(form.dataset.ad, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE) });
    if (!response.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-ad-checks]");
    if (fresh) document.querySelector("[data-ad-checks]").replaceWith(fresh);
  } catch {
    // no connection: the next key asks again
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
