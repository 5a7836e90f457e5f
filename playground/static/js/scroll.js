const NEAR_BOTTOM = 60; // px

/** Keeps a scrolling list where the person left it: at the bottom, or at what they look at. */
export class ScrollKeeper {
  atBottom = true;
  #box;
  #content;

  constructor(box, content, onScroll) {
    this.#box = box;
    this.#content = content;
    box.addEventListener("scroll", () => {
      this.atBottom = this.#distance() < NEAR_BOTTOM;
      onScroll();
    });
    const resized = new ResizeObserver(() => this.atBottom && this.toBottom());
    resized.observe(box);
    resized.observe(content);
  }

  toBottom() {
    this.atBottom = true;
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  /** Runs `change` and puts back what it moved. */
  hold(change) {
    if (this.atBottom) {
      change();
      this.toBottom();
      return;
    }
    const anchor = this.#firstVisible();
    const before = anchor?.getBoundingClientRect().top;
    change();
    const kept =
      anchor &&
      (anchor.isConnected
        ? anchor
        : this.#content.querySelector(`[data-key="${CSS.escape(anchor.dataset.key)}"]`));
    if (kept) this.#box.scrollTop += kept.getBoundingClientRect().top - before;
  }

  #distance() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #firstVisible() {
    const top = this.#box.getBoundingClientRect().top;
    return [...this.#content.children].find((child) => child.getBoundingClientRect().bottom > top);
  }
}
