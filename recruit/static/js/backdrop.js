// A textarea or an input cannot hold marks. Behind it lies the same text, unseen, in the same letters and the same
// lines, with marks that are seen through it. It scrolls and resizes with the field.

const SEVERITIES = ["red", "amber", "advice"]; // the worst first: where two meet, it shows
const LETTERS = [
  ...["fontFamily", "fontSize", "fontWeight", "fontStyle", "fontStretch", "fontFeatureSettings", "fontKerning"],
  ...["fontVariantLigatures", "letterSpacing", "wordSpacing", "lineHeight", "textAlign", "textIndent", "textRendering"],
  ...["textTransform", "tabSize", "direction", "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"],
];

export class Backdrop {
  constructor(field) {
    this.field = field;
    this.box = element("div", "wording-backdrop");
    this.box.setAttribute("aria-hidden", "true");
    this.box.classList.toggle("one-line", field.matches("input"));
    this.page = this.box.appendChild(element("div", "wording-text"));
    field.before(this.box);
    field.classList.add("wording-field");
    new ResizeObserver(() => this.place()).observe(field);
    window.addEventListener("resize", () => this.place());
    document.fonts.ready.then(() => this.place());
    // An input scrolls without saying so.
    for (const name of ["scroll", "input", "keyup", "pointerup", "focus", "blur"]) {
      field.addEventListener(name, () => requestAnimationFrame(() => this.scroll()));
    }
  }

  // Marks `findings` {start, end, severity} in `text`, which is what the field holds.
  draw(text, findings) {
    const edges = findings.flatMap(({ start, end, severity }) => [[start, severity, 1], [end, severity, -1]]);
    const open = { red: 0, amber: 0, advice: 0 };
    const pieces = []; // {start, words, worst}: what is marked alike is one piece
    let at = 0;
    for (const [edge, severity, step] of [...edges.sort(([one], [other]) => one - other), [text.length]]) {
      const worst = SEVERITIES.find((each) => open[each]);
      if (edge > at && (!pieces.length || pieces.at(-1).worst !== worst)) pieces.push({ start: at, words: "", worst });
      if (edge > at) pieces.at(-1).words += text.slice(at, edge);
      if (severity) open[severity] += step;
      at = edge;
    }
    this.page.replaceChildren(...pieces.map(({ start, words, worst }) => (worst ? mark(start, words, worst) : words)), "\n");
    this.place();
  }

  place() {
    const style = getComputedStyle(this.field);
    for (const name of LETTERS) this.page.style[name] = style[name];
    const [left, right, top] = ["Left", "Right", "Top"].map((side) => parseFloat(style[`border${side}Width`]));
    const [field, outer] = [this.field, this.box.offsetParent ?? this.field].map((each) => each.getBoundingClientRect());
    const scrollbar = Math.max(0, this.field.offsetWidth - this.field.clientWidth - Math.round(left + right));
    Object.assign(this.box.style, {
      left: `${field.left - outer.left - (this.box.offsetParent?.clientLeft ?? 0) + left}px`,
      top: `${field.top - outer.top - (this.box.offsetParent?.clientTop ?? 0) + top}px`,
      width: `${field.width - left - right - scrollbar}px`,
      height: `${this.field.clientHeight}px`,
    });
    this.scroll();
  }

  scroll() {
    this.page.style.transform = `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`;
  }

  // Selects the words in the field and brings them in sight.
  select(start, end) {
    this.field.focus();
    this.field.setSelectionRange(start, end);
    const mark = [...this.page.children].findLast((each) => each.dataset.start <= start);
    if (mark) this.field.scrollTop = mark.offsetTop - this.field.clientHeight / 3;
    this.field.scrollIntoView({ block: "nearest" });
    this.scroll();
  }
}

function mark(start, words, severity) {
  const made = element("mark", `finding finding-${severity}`);
  made.textContent = words;
  made.dataset.start = start;
  return made;
}

function element(name, className) {
  return Object.assign(document.createElement(name), { className });
}
