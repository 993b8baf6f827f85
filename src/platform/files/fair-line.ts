/**
 * A line for work that is heavy: so many pieces at once, nobody more than one of them while others wait, and no longer than
 * it can be worked off soon. Who comes to a full line has to come back; who leaves gives up the place in it. Strangers let
 * others go before them, and fill no more than half of a line.
 */
export interface LineBounds {
  readonly atOnce: number;
  /** Waiting, of all together. */
  readonly maxWaiting: number;
  /** Waiting, of one owner: nobody fills the line alone. */
  readonly maxOfOwner: number;
  /** Of an owner: whether it is anybody at all. Left out: nobody is. */
  readonly isStranger?: (owner: string) => boolean;
}

interface Waiting {
  readonly owner: string;
  readonly go: () => void;
}

/** Rejects with the signal's reason where it is aborted before the work begins; work that runs has to heed it itself. */
export type FairLine = <T>(owner: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/** @param full what is thrown where the line is full */
export function fairLine(bounds: LineBounds, full: () => Error): FairLine {
  const { atOnce, maxWaiting, maxOfOwner, isStranger = () => false } = bounds;
  const waiting: Waiting[] = [];
  const running: string[] = [];
  const busy = (owner: string): boolean => running.includes(owner);
  /** The first of those who have no place, strangers last; if all have one, the first: a place is not left empty. */
  const next = (): void => {
    if (running.length >= atOnce || waiting.length === 0) return;
    const known = waiting.findIndex(({ owner }) => !busy(owner) && !isStranger(owner));
    const found = known >= 0 ? known : waiting.findIndex(({ owner }) => !busy(owner));
    const [chosen] = waiting.splice(Math.max(found, 0), 1);
    if (chosen === undefined) return;
    running.push(chosen.owner);
    chosen.go();
  };
  const turn = (owner: string, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        waiting.splice(waiting.indexOf(one), 1);
        reject(signal?.reason);
      };
      const one: Waiting = {
        owner,
        go() {
          signal?.removeEventListener("abort", leave);
          resolve();
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(one);
      next();
    });
  return async (owner, work, signal) => {
    signal?.throwIfAborted();
    const own = waiting.filter((one) => one.owner === owner).length;
    const strangers = isStranger(owner) ? waiting.filter((one) => isStranger(one.owner)).length : 0;
    const waits = running.length >= atOnce;
    const isFull = waiting.length >= maxWaiting || own >= maxOfOwner || strangers >= maxWaiting / 2;
    if (waits && isFull) throw full();
    await turn(owner, signal);
    try {
      return await work();
    } finally {
      running.splice(running.indexOf(owner), 1);
      next();
    }
  };
}
