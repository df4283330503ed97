// The button that lets the meeting room's view fill the whole screen, where the browser can.
const screen = document.querySelector("[data-screen]");
const button = document.querySelector("[data-fill]");

button.hidden = !document.fullscreenEnabled;
button.addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else screen.requestFullscreen();
});
