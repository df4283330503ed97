// Loaded on every page: the question before a form that cannot be undone, the count of what is left to write, the
// focus on what went wrong, the current link of the chain in sight, and a button that copies. Everything works without it; only the
// courtesy is gone.

const confirmDialog = document.getElementById("confirm");

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  confirmDialog.querySelector("p").textContent = question;
  confirmDialog.returnValue = "no";
  confirmDialog.showModal();
  confirmDialog.querySelector("[value=no]").focus();
  confirmDialog.addEventListener(
    "close",
    () => {
      if (confirmDialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    },
    { once: true },
  );
});

// Counted as the server does: code points, and a line break is one.
function showWhatIsLeft(field) {
  const status = field.parentElement.querySelector("[data-left]");
  const left = Number(field.dataset.limit) - [...field.value].length;
  const isOver = left < 0;
  const isNear = left < field.dataset.limit / 5;
  const words = isOver ? status.dataset.over : status.dataset.left;
  const count = Math.abs(left).toLocaleString(document.documentElement.lang);
  status.textContent = isNear ? words.replace("{}", count) : "";
  status.classList.toggle("over", isOver);
}

for (const field of document.querySelectorAll("[data-limit]")) {
  showWhatIsLeft(field);
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(showWhatIsLeft, 400, field);
  });
}

document.querySelector("[data-error-summary]")?.focus();

const here = document.querySelector(".chain [aria-current]");
if (here) {
  const strip = here.closest(".chain");
  strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
}

// A link that is shown once is easily copied by halves. Browsers lend the clipboard to safe connections only.
for (const button of document.querySelectorAll("[data-copy]")) {
  const status = button.parentElement.querySelector("[data-copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    status.textContent = status.dataset.copied;
  });
}
