// A field of the matrix, opened in its place: the part of the candidate's page that it links to, in a dialog. Without
// this script, or when that fails, the link leads to the page.

const dialog = document.getElementById("cell");
const inside = dialog?.querySelector("[data-cell]");

async function open(link) {
  const response = await fetch(link.pathname, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!response.ok || response.redirected) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = document.importNode(page.getElementById(link.hash.slice(1)), true);
  part.querySelectorAll("[data-only-page]").forEach((each) => each.remove());
  part.removeAttribute("id");
  part.classList.remove("card");
  const who = document.createElement("p");
  who.className = "cell-who";
  who.textContent = page.querySelector("h1").textContent;
  inside.replaceChildren(who, part);
  dialog.querySelector("[data-cell-link]").href = link.href;
  dialog.showModal();
  dialog.scrollTop = 0;
}

document.querySelector(".matrix")?.addEventListener("click", async (event) => {
  const link = event.target.closest("a.heat-body");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  try {
    await open(link);
  } catch {
    location.href = link.href;
  }
});

dialog?.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
