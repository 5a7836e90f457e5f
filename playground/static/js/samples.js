import { el, icon, iconButton } from "./dom.js";
import { t } from "./texts.js";

/** Reads a sample photo as if the person had chosen it from a folder. */
export async function sampleFile(sample) {
  const response = await fetch(sample.url).catch(() => null);
  if (!response?.ok) throw new Error(t("sampleMissing"));
  const content = await response.blob();
  return new File([content], sample.name, { type: content.type });
}

/** A small tray with the way to one's own files and the sample photos. */
export function sampleTray(samples, { sendSample, browse, closeTray }) {
  return el(
    "div",
    { class: "tray", "data-testid": "tray" },
    el("p", { class: "tray-title" }, t("trySample")),
    iconButton("close", t("closeSamples"), { class: "tray-close", onclick: closeTray }),
    el(
      "ul",
      {},
      el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "tray-item browse", onclick: browse },
          el("span", { class: "tray-picture" }, icon("upload")),
          el("span", {}, t("chooseFile")),
        ),
      ),
      samples.map((sample) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "tray-item",
              "data-testid": "sample",
              dataset: { sample: sample.name },
              "aria-label": t("sample", { title: sample.title }),
              title: [sample.title, sample.credit].filter(Boolean).join(" · "),
              onclick: () => sendSample(sample),
            },
            el("img", { class: "tray-picture", src: sample.url, alt: "" }),
            el("span", {}, sample.title),
          ),
        ),
      ),
    ),
  );
}
