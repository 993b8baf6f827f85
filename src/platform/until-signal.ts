/** Longer than a terminal and the launcher take to say the same thing twice. */
const echoMs = 1000;

/**
 * Waits for the first SIGINT, SIGTERM or SIGHUP, or the death of the launcher; `onTold` runs at that moment. To be called
 * before anything begins that must not be cut off: until then a signal ends the process as it stands. Who says it again
 * after a moment does not want to wait: the process ends at once.
 */
export function untilSignal(onTold: () => void = () => undefined): Promise<void> {
  return new Promise((resolve) => {
    let since: number | null = null;
    const told = (): void => {
      if (since === null) {
        since = Date.now();
        onTold();
        resolve();
      } else if (Date.now() - since > echoMs) process.exit(130);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, told);
    // The launcher holds a channel to what it runs: without it nobody could be told to stop any more.
    if (process.connected) process.once("disconnect", told);
  });
}
