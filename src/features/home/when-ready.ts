/** What takes long to count must not keep a desk waiting: it is shown with the next look. */
import { setTimeout as sleep } from "node:timers/promises";

/** What `counting` gives, or null when it takes longer than so many milliseconds; it goes on meanwhile. A failure is a failure. */
export async function whenReady<Value>(counting: Promise<Value>, ms: number): Promise<Value | null> {
  const enough = new AbortController();
  try {
    return await Promise.race([counting, sleep(ms, null, { signal: enough.signal })]);
  } finally {
    enough.abort();
    // Whoever looks next is told what went wrong.
    counting.catch(() => undefined);
  }
}
