// Score and rank under other weights, as the server computes them (recruit/comparison/scores.py), to 1e-9: no page is
// needed to read this.

const TIE = 1e-9;

// values and weights in the order of the criteria; a value that is null has no rating. Null without any.
export function score(values, weights) {
  const largest = Math.max(...weights); // so that no sum overflows
  let sum = 0;
  let total = 0;
  values.forEach((value, place) => {
    if (value === null) return;
    const weight = weights[place] / largest;
    sum += weight * value;
    total += weight;
  });
  return total > 0 ? sum / total : null;
}

// Competition ranks (1, 2, 2, 4), the highest first; null for whoever has no score.
export function ranks(scores) {
  const order = scores.map((_, place) => place).filter((place) => scores[place] !== null);
  order.sort((a, b) => scores[b] - scores[a]);
  const found = scores.map(() => null);
  let rank = 0;
  let highest = Infinity;
  order.forEach((place, above) => {
    if (highest - scores[place] > TIE) {
      rank = above + 1;
      highest = scores[place];
    }
    found[place] = rank;
  });
  return found;
}

// Two decimals, half away from zero on the number as it is written, as the server does; null is a dash.
export function written(value, language) {
  if (value === null) return "–";
  const text = Number(`${Math.round(Number(`${value}e2`))}e-2`).toFixed(2);
  return language === "da" ? text.replace(".", ",") : text;
}

// A weight as somebody writes it, with a comma or a point; null for anything else.
export function weight(text) {
  if (!/^[0-9]{1,9}([.,][0-9]{1,15})?$/.test(text.trim())) return null;
  const value = Number(text.trim().replace(",", "."));
  return value > 0 ? value : null;
}
