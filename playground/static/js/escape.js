/** Esc closes the uppermost thing that is open: each of `layers` tells whether it closed something. */
export function installEscape(layers) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]")) return; // a dialog closes itself
    if (layers.some((close) => close())) event.preventDefault();
  });
}
