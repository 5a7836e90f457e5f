const CONTROLS = "a[href], button:not(:disabled), [tabindex='0']";

const controlsOf = (unit) => [...unit.querySelectorAll(CONTROLS)];
const labelOf = (node) => node.getAttribute("aria-label") ?? node.textContent;
const nowhere = () => !document.activeElement || document.activeElement === document.body;

/**
 * Gives the focus back where drawing took it away: to the button that is there now, else to its
 * message, else to the message beside it. `root` holds the units, each with a `data-key`.
 */
export class FocusKeeper {
  #root;
  #fallback;
  #place = null; // where the focus is or was: {key, label, position, photo}
  #drawing = false;

  constructor(root, fallback) {
    this.#root = root;
    this.#fallback = fallback;
    root.addEventListener("focusin", ({ target }) => (this.#place = this.#placeOf(target)));
    root.addEventListener("focusout", ({ target, relatedTarget }) => {
      const stays = document.activeElement === target; // the whole window lost the focus
      if (this.#drawing || stays || relatedTarget?.closest("dialog")) return;
      this.#place = null; // the person went elsewhere
    });
  }

  /** Runs `change`, which may replace or remove what has the focus. */
  hold(change) {
    const keys = this.#keys();
    this.#drawing = true;
    change();
    this.#drawing = false;
    if (this.#place && !keys.has(this.#place.key)) this.#place = null; // another chat was opened
    if (!this.#place || this.#unit(this.#place.key)) return this.restore();
    const order = [...keys];
    const at = order.indexOf(this.#place.key);
    const beside = [...order.slice(at + 1), ...order.slice(0, at).reverse()];
    const there = beside.map((key) => this.#unit(key)).find((unit) => unit?.matches("article"));
    const next = there ?? [...this.#root.querySelectorAll(":scope > article")].at(-1);
    this.#place = { key: next?.dataset.key };
    return this.restore();
  }

  /** To call when something that lay over the root has closed, too. */
  restore() {
    if (!this.#place || !nowhere() || document.querySelector("dialog[open]")) return;
    const unit = this.#unit(this.#place.key);
    const target = unit ? (this.#find(unit) ?? unit) : this.#fallback();
    if (target === unit) unit.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  /** Focuses the picture of this message. */
  toPhoto(messageId) {
    const tile = this.#root.querySelector(`[data-photo="${Number(messageId)}"]`);
    if (tile) tile.focus({ preventScroll: true });
    else this.restore();
  }

  #find(unit) {
    const { label, position, photo } = this.#place;
    const controls = controlsOf(unit);
    return (
      controls.find((one) => photo && one.dataset.photo === photo) ??
      controls.find((one) => label && labelOf(one) === label) ??
      controls.find((one) => position && one.dataset.key === position) ??
      (label && unit.querySelector(".key:not(:disabled)"))
    );
  }

  #placeOf(node) {
    const unit = [...this.#root.children].find((child) => child.contains(node));
    if (!unit) return null;
    const { key: position, photo } = node === unit ? {} : node.dataset;
    const label = node === unit ? null : labelOf(node);
    return { key: unit.dataset.key, label, position, photo };
  }

  #keys() {
    return new Set([...this.#root.children].map((child) => child.dataset.key));
  }

  #unit(key) {
    return [...this.#root.children].find((child) => child.dataset.key === key);
  }
}
