/** Where most is amiss in a branch: by entity, and where only one is in trouble by its services. */

export interface PlaceWork {
  readonly entity: string;
  readonly service: string | null;
  readonly late: number;
  readonly open: number;
  /** Late cases of the highest importance. */
  readonly critical: number;
  readonly oldestDueAt: Date | null;
}

/** What is late somewhere. `whole`: all services of the entity together. */
export interface Trouble extends PlaceWork {
  readonly whole: boolean;
  readonly oldestDueAt: Date;
}

const added = (one: PlaceWork, other: PlaceWork): PlaceWork => ({
  entity: one.entity,
  service: null,
  late: one.late + other.late,
  open: one.open + other.open,
  critical: one.critical + other.critical,
  oldestDueAt: earlier(one.oldestDueAt, other.oldestDueAt),
});

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** The worst first: what is critical and late, then how much is late, then since when. @param work by entity and service */
export function troublesOf(work: readonly PlaceWork[], most: number): Trouble[] {
  const byEntity = new Map<string, PlaceWork>();
  for (const part of work) {
    const known = byEntity.get(part.entity);
    byEntity.set(part.entity, known === undefined ? { ...part, service: null } : added(known, part));
  }
  const isLate = ({ late }: PlaceWork): boolean => late > 0;
  const entities = [...byEntity.values()].filter(isLate);
  const whole = entities.length > 1;
  return (whole ? entities : work.filter(isLate))
    .flatMap((one) => (one.oldestDueAt === null ? [] : [{ ...one, whole, oldestDueAt: one.oldestDueAt }]))
    .sort(
      (a, b) =>
        b.critical - a.critical ||
        b.late - a.late ||
        a.oldestDueAt.getTime() - b.oldestDueAt.getTime() ||
        (`${a.entity} ${a.service}` < `${b.entity} ${b.service}` ? -1 : 1),
    )
    .slice(0, most);
}
