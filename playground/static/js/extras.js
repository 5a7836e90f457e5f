import { el } from "./dom.js";
import { attachments } from "./attachments.js";
import { replyBar } from "./replybar.js";
import { sampleTray } from "./samples.js";
import { speakerSwitch } from "./speaker.js";

/**
 * What stands above the text field: who speaks, the samples, a reply, the chosen files. It is drawn
 * only when it changed, for it holds focus and pictures.
 */
export class Extras {
  element = el("div", { class: "extras" });
  #context;
  #actions;
  #drawn = "";

  /** `actions`: sendSample(sample), browse(), closeTray(), cancelReply(), changed(), focus(). */
  constructor(context, actions) {
    this.#context = context;
    this.#actions = actions;
  }

  draw(entry, draft, trayShown) {
    const { session, store } = this.#context;
    const now = JSON.stringify([
      entry.chat.id,
      session.speaker(entry),
      trayShown,
      store.samples,
      draft.replyTo?.message_id,
      draft.files.map(({ url }) => url),
    ]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    const parts = [
      speakerSwitch(entry, this.#context),
      trayShown && sampleTray(store.samples, this.#actions),
      replyBar(draft.replyTo, this.#actions.cancelReply),
      attachments(draft, this.#actions.changed),
    ];
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.element.replaceChildren(...parts.filter(Boolean));
    if (focused) this.#refocus(focused);
  }

  /** Gives the focus, which drawing took from `lost`, to the same control, else to the text field. */
  #refocus(lost) {
    const label = lost.getAttribute("aria-label");
    const same =
      lost.name === "speaker"
        ? this.element.querySelector("input:checked")
        : label && this.element.querySelector(`[aria-label="${CSS.escape(label)}"]`);
    if (same) same.focus();
    else this.#actions.focus();
  }
}
