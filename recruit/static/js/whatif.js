// What if the weights were others: score and rank follow every slider at once; how sure they are is asked from the
// server when the sliders rest. Nothing is saved. Without this script the form does the same by a page.
import { ranks, score, weight, written } from "./weighing.js";

const REST = 500; // milliseconds without a change before the server is asked

const place = document.querySelector("[data-what-if]");
if (place?.querySelector("[data-slider]")) start();

function start() {
  const { language, fields, weights: official, refs, values } = JSON.parse(place.dataset.whatIf);
  const words = JSON.parse(place.dataset.words);
  const said = place.querySelector("[data-said]");
  const numbers = fields.map((name) => place.querySelector(`[name="${name}"]`));
  const sliders = fields.map((name) => place.querySelector(`[data-slider="${name}"]`));
  const rows = new Map([...place.querySelectorAll("[data-ref]")].map((row) => [row.dataset.ref, row]));
  const own = numbers.map((number) => number.value); // as the server wrote them
  let current = numbers.map((number, at) => weight(number.value) ?? official[at]);
  let asked = null;
  let timer;

  const cell = (ref, name) => rows.get(ref).querySelector(`[data-new="${name}"]`);
  const isOfficial = () => current.every((value, at) => value === official[at]);

  function show() {
    place.classList.toggle("is-moved", !isOfficial());
    const scores = values.map((row) => score(row, current));
    const places = ranks(scores);
    refs.forEach((ref, at) => {
      const rank = places[at] === null ? "–" : String(places[at]);
      cell(ref, "new_score").textContent = written(scores[at], language);
      cell(ref, "new_rank").textContent = rank;
      cell(ref, "new_rank").classList.toggle("has-moved", rank !== rows.get(ref).dataset.rank);
    });
  }

  function change() {
    show();
    asked?.abort();
    clearTimeout(timer);
    place.classList.add("is-open"); // the numbers of the server are of other weights until it has answered
    if (numbers.some((number) => number.getAttribute("aria-invalid") === "true")) return;
    said.textContent = words.computing;
    timer = setTimeout(ask, REST);
  }

  async function ask() {
    asked = new AbortController();
    const query = new URLSearchParams(fields.map((name, at) => [name, text(current[at])]));
    try {
      const response = await fetch(`${place.dataset.url}?${query}`, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: asked.signal,
      });
      const answer = await response.json();
      if (!response.ok) {
        said.textContent = answer.error ?? words.failed;
        const pause = Number(response.headers.get("Retry-After"));
        if (pause) timer = setTimeout(ask, pause * 1000);
        return;
      }
      for (const [ref, found] of Object.entries(answer.candidates)) {
        for (const name of ["new_score", "new_rank", "first", "ranks"]) cell(ref, name).textContent = found[name];
      }
      said.textContent = isOfficial() ? words.official : answer.verdict;
      place.classList.remove("is-open");
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = words.failed;
    }
  }

  // A number as the server reads it: without an exponent.
  const text = (value) => (/e/.test(String(value)) ? value.toFixed(15).replace(/0+$/, "") : String(value));
  const shown = (value) => (language === "da" ? text(value).replace(".", ",") : text(value));

  sliders.forEach((slider, at) => {
    slider.hidden = false;
    const tell = () => slider.setAttribute("aria-valuetext", shown(current[at]));
    tell();
    slider.addEventListener("input", () => {
      current[at] = Number(slider.value);
      numbers[at].value = shown(current[at]);
      judge(at);
      tell();
      change();
    });
    numbers[at].addEventListener("input", () => {
      const value = weight(numbers[at].value);
      judge(at);
      if (value === null) {
        clearTimeout(timer);
        asked?.abort();
        return;
      }
      current[at] = value;
      slider.value = value;
      tell();
      change();
    });
  });

  function judge(at) {
    const isBad = weight(numbers[at].value) === null;
    numbers[at].setAttribute("aria-invalid", String(isBad));
    document.getElementById(`${numbers[at].id}-error`).textContent = isBad ? words.weight : "";
  }

  place.querySelector("[data-reset]").addEventListener("click", (event) => {
    if (new URLSearchParams(location.search).has(fields[0])) return; // a page of other weights: the link leads back
    event.preventDefault();
    current = [...official];
    numbers.forEach((number, at) => {
      number.value = own[at];
      sliders[at].value = official[at];
      sliders[at].setAttribute("aria-valuetext", own[at]);
      judge(at);
    });
    change();
  });
  if (own.some((value, at) => numbers[at].defaultValue !== value)) change(); // a browser that kept what was typed
}
