/** What happens next: a heap of moments; of two at the same moment the one planned first. */
export interface Planned<T> {
  readonly at: number;
  readonly order: number;
  readonly what: T;
}

export interface Agenda<T> {
  plan(at: Date, what: T): void;
  /** When the next thing happens; null when nothing is planned. */
  nextAt(): Date | null;
  take(): T | undefined;
}

export function createAgenda<T>(): Agenda<T> {
  const heap: Planned<T>[] = [];
  let planned = 0;
  const before = (a: Planned<T>, b: Planned<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number): void => {
    const [a, b] = [heap[i], heap[j]];
    if (a !== undefined && b !== undefined) {
      heap[i] = b;
      heap[j] = a;
    }
  };
  const earlier = (i: number, j: number): boolean => {
    const [a, b] = [heap[i], heap[j]];
    return a !== undefined && b !== undefined && before(a, b);
  };
  return {
    plan(at, what) {
      heap.push({ at: at.getTime(), order: planned++, what });
      for (let i = heap.length - 1, up = (i - 1) >> 1; i > 0 && earlier(i, up); i = up, up = (i - 1) >> 1) swap(i, up);
    },
    nextAt: () => (heap[0] === undefined ? null : new Date(heap[0].at)),
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return undefined;
      if (heap.length > 0) {
        heap[0] = last;
        for (let i = 0; ; ) {
          const left = 2 * i + 1;
          const child = left + 1 < heap.length && earlier(left + 1, left) ? left + 1 : left;
          if (child >= heap.length || !earlier(child, i)) break;
          swap(i, child);
          i = child;
        }
      }
      return first.what;
    },
  };
}
