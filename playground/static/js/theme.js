import { icon } from "./dom.js";
import { t } from "./texts.js";
import { recall, remember } from "./memory.js";

const system = matchMedia("(prefers-color-scheme: dark)");

const chosen = () => recall("theme", null);
const effective = () => chosen() ?? (system.matches ? "dark" : "light");

function apply() {
  document.documentElement.dataset.theme = effective();
}

/** Turns a button into the light/dark switch; the choice outlives the page. */
export function installThemeToggle(button) {
  const show = () => {
    apply();
    const dark = effective() === "dark";
    const label = t(dark ? "toLight" : "toDark");
    button.replaceChildren(icon(dark ? "sun" : "moon"));
    button.setAttribute("aria-label", label);
    button.title = label;
  };
  button.addEventListener("click", () => {
    remember("theme", effective() === "dark" ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
}

apply(); // this module blocks the first paint, so the page never flashes the other theme
