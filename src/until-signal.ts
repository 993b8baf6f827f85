/** Longer than a terminal and the launcher take to say the same thing twice. */
const echoMs = 1000;

/**
 * Waits for the first SIGINT, SIGTERM or SIGHUP, or the death of the launcher, then runs `stop`. Who says it again after
 * a moment does not want to wait: the process ends at once.
 */
export function untilSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let since: number | null = null;
    const told = (): void => {
      if (since === null) {
        since = Date.now();
        stop().then(resolve, reject);
      } else if (Date.now() - since > echoMs) process.exit(130);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, told);
    // The launcher holds a channel to what it runs: without it nobody could be told to stop any more.
    if (process.connected) process.once("disconnect", told);
  });
}
