const HOLD_MS = 450;
const SLACK_PX = 10;

/** Calls `onHold(target)` when a finger rests on something inside `root`. */
export function installLongPress(root, onHold) {
  let timer = null;
  let start = null;
  let held = false;
  const cancel = () => clearTimeout(timer);

  root.addEventListener("pointerdown", (event) => {
    held = false;
    if (event.pointerType !== "touch") return;
    start = event;
    timer = setTimeout(() => {
      held = true;
      navigator.vibrate?.(10);
      onHold(event.target);
    }, HOLD_MS);
  });
  root.addEventListener("pointermove", (event) => {
    if (
      start &&
      Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLACK_PX
    )
      cancel();
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"])
    root.addEventListener(name, cancel);
  root.addEventListener("contextmenu", (event) => held && event.preventDefault());
  root.addEventListener(
    "click",
    (event) => {
      if (!held) return; // lifting the finger after a long press is no click
      held = false;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
