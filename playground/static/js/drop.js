import { byId } from "./dom.js";

/** Files dropped anywhere on the conversation go to `onFiles`. */
export function installDrop(root, onFiles) {
  const veil = byId("drop");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const show = (change) => {
    depth = Math.max(0, change);
    veil.hidden = depth === 0;
  };
  root.addEventListener("dragenter", (event) => hasFiles(event) && show(depth + 1));
  root.addEventListener("dragleave", (event) => hasFiles(event) && show(depth - 1));
  root.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  root.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    show(0);
    onFiles([...event.dataTransfer.files]);
  });
}
