/**
 * A line for work that is heavy: so many pieces at once, nobody more than one of them while others wait, and no longer than
 * it can be worked off soon. Whoever comes to a full line is told to come back.
 */
export interface LineBounds {
  readonly atOnce: number;
  /** Waiting, of all together. */
  readonly mostWaiting: number;
  /** Waiting, of one owner: nobody fills the line alone. */
  readonly mostOfOwner: number;
}

interface Waiting {
  readonly owner: string;
  readonly go: () => void;
}

export type FairLine = <T>(owner: string, work: () => Promise<T>) => Promise<T>;

/** @param full what is thrown where the line is full */
export function fairLine({ atOnce, mostWaiting, mostOfOwner }: LineBounds, full: () => Error): FairLine {
  const waiting: Waiting[] = [];
  const running: string[] = [];
  const busy = (owner: string): boolean => running.includes(owner);
  /** The first of those who have no place; if all have one, the first: a place is not left empty. */
  const next = (): void => {
    if (running.length >= atOnce || waiting.length === 0) return;
    const found = waiting.findIndex(({ owner }) => !busy(owner));
    const [chosen] = waiting.splice(Math.max(found, 0), 1);
    if (chosen === undefined) return;
    running.push(chosen.owner);
    chosen.go();
  };
  return async (owner, work) => {
    const own = waiting.filter((one) => one.owner === owner).length;
    const waits = running.length >= atOnce;
    if (waits && (waiting.length >= mostWaiting || own >= mostOfOwner)) throw full();
    await new Promise<void>((go) => {
      waiting.push({ owner, go });
      next();
    });
    try {
      return await work();
    } finally {
      running.splice(running.indexOf(owner), 1);
      next();
    }
  };
}
