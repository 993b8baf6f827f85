/** Waits for the first SIGINT, SIGTERM or SIGHUP, then runs `stop`; a second one does not wait any longer. */
export function untilSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        // A terminal and the launcher may both say it within a moment.
        if (stopping) return;
        stopping = true;
        stop().then(resolve, reject);
      });
    }
  });
}
