import { follow, readState } from "./api.js";

/**
 * Keeps the store equal to the server. The state is read after the event stream is open, and events
 * that come meanwhile wait for it, so that none is lost between the two.
 */
export function feed(store, onError) {
  let waiting = [];
  let connection = 0;

  async function onOpen() {
    const mine = ++connection;
    waiting = [];
    try {
      const state = await readState();
      if (mine !== connection) return;
      store.load(state);
    } catch (error) {
      onError(error);
      return;
    }
    for (const [name, data] of waiting) store.apply(name, data);
    waiting = null;
    store.connection(true);
  }

  follow({
    onOpen,
    onLost: () => store.connection(false),
    onEvent: (name, data) => (waiting ? waiting.push([name, data]) : store.apply(name, data)),
  });
}
