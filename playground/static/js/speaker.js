import { el } from "./dom.js";
import { t } from "./texts.js";
import { avatar } from "./people.js";

/** In a group: the small switch of who speaks. */
export function speakerSwitch(entry, { store, session }) {
  if (entry.chat.type === "private") return null;
  const current = session.speaker(entry);
  return el(
    "fieldset",
    { class: "speakers", "data-testid": "speakers" },
    el("legend", { class: "visually-hidden" }, t("speaker")),
    entry.members
      .map((id) => store.people.get(id))
      .filter(Boolean)
      .map((person) =>
        el(
          "label",
          { class: "speaker", dataset: { personId: person.id } },
          el("input", {
            type: "radio",
            name: "speaker",
            class: "visually-hidden",
            checked: person.id === current,
            onchange: () => session.speakAs(entry.chat.id, person.id),
          }),
          avatar(person, { size: "tiny" }),
          el("span", {}, t("asPerson", { name: person.first_name })),
        ),
      ),
  );
}
