const PREFIX = "playground.";

function read(storage, name) {
  try {
    return JSON.parse(storage().getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function write(storage, name, value) {
  try {
    storage().setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // storage is full or forbidden: the page works the same, for this visit only
  }
}

const everywhere = () => localStorage;
const inThisWindow = () => sessionStorage;

/** What the page remembers in this browser. A browser that forbids storage just forgets. */
export const recall = (name, fallback) => read(everywhere, name) ?? fallback;
export const remember = (name, value) => write(everywhere, name, value);

/** What each window remembers for itself; a new one begins with what the last one said. */
export function recallHere(name, fallback) {
  const value = read(inThisWindow, name) ?? recall(name, fallback);
  write(inThisWindow, name, value);
  return value;
}
export function rememberHere(name, value) {
  write(inThisWindow, name, value);
  remember(name, value);
}

/** Calls `onChange(value)` when another window remembers something else. */
export function follow(name, onChange) {
  addEventListener("storage", ({ key }) => {
    if (key === PREFIX + name) onChange(recall(name, null));
  });
}
