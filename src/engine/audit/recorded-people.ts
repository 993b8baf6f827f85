/** What the record of changes says of people: which accounts there are, which seats, and who sits on them from–to. */

import type { AuditType } from "./audit-types.js";

/** A term; moments in milliseconds, `to` null while nobody knows. */
export interface RecordedTerm {
  readonly userId: number;
  readonly from: number;
  readonly to: number | null;
}

export interface RecordedSeat {
  /** Number of the last event about it in the stream `permissions`. */
  readonly seq: number;
  readonly role: string;
  /** Undefined where the record does not say it: of seats that came with the files of an earlier release. */
  readonly place: { readonly entity: string | null; readonly sector: string | null } | undefined;
  readonly retired: boolean;
  /** Code of the position that it is the office of. */
  readonly officeOf: string | null;
  readonly terms: readonly RecordedTerm[];
}

export interface RecordedAccount {
  /** Number of the last event about it in the stream `users`. */
  readonly seq: number;
  readonly email: string;
  readonly disabled: boolean;
}

type Data = Readonly<Record<string, unknown>>;
interface Change {
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly data: string;
}

export interface RecordedPeople {
  /** By `programme/code`. */
  readonly seats: ReadonlyMap<string, RecordedSeat>;
  readonly accounts: ReadonlyMap<number, RecordedAccount>;
  /** The next event of `permissions` or `users`, each in order. */
  add(event: Change): void;
}

const ms = (moment: unknown): number => Date.parse(String(moment));
const msOrNull = (moment: unknown): number | null => (moment === null || moment === undefined ? null : ms(moment));
const place = (a: Data): RecordedSeat["place"] =>
  a.entity === undefined
    ? undefined
    : { entity: a.entity as string | null, sector: (a.sector ?? null) as string | null };

/** The term of this person that holds the instant just before `at`: a seat has one holder at a time. */
const runsBefore =
  (userId: unknown, at: number) =>
  (term: RecordedTerm): boolean =>
    term.userId === userId && term.from < at && (term.to === null || at < term.to);

const ended = (terms: readonly RecordedTerm[], which: (term: RecordedTerm) => boolean, to: number | null) =>
  terms.map((term) => (which(term) ? { ...term, to } : term));

/** What an event makes of a seat; undefined: a seat that the record does not know. */
const seatSteps: Readonly<
  Record<
    Extract<AuditType, `seat.${string}`>,
    (seat: RecordedSeat | undefined, data: Data, at: number) => Omit<RecordedSeat, "seq"> | undefined
  >
> = {
  "seat.created": (_, data) => ({
    role: String(data.role),
    place: place(data),
    retired: false,
    officeOf: null,
    terms: [],
  }),
  "seat.held": (seat, data) => {
    // The seat of an administrator who is made at the machine comes with its first term.
    const known = seat ?? { role: String(data.role), place: place(data), retired: false, officeOf: null, terms: [] };
    const term = { userId: data.userId as number, from: ms(data.from), to: msOrNull(data.to) };
    return { ...known, terms: [...known.terms, term] };
  },
  "seat.extended": (seat, data, at) => {
    const before = msOrNull(data.from);
    const running = (term: RecordedTerm) => term.userId === data.userId && term.to === before && term.from <= at;
    return seat && { ...seat, terms: ended(seat.terms, running, msOrNull(data.to)) };
  },
  "seat.left": (seat, data) =>
    seat && { ...seat, terms: ended(seat.terms, runsBefore(data.userId, ms(data.to)), ms(data.to)) },
  "seat.moved": (seat, data) => seat && { ...seat, place: place(data.to as Data) },
  "seat.renamed": (seat) => seat,
  "seat.office-set": (seat, data) => seat && { ...seat, officeOf: (data.to ?? null) as string | null },
  "seat.letters-chosen": (seat) => seat,
  "seat.retired": (seat) => seat && { ...seat, retired: true },
};

/** Whether an account may sign in, after an event of it. */
const accountSteps: Readonly<Record<Extract<AuditType, `user.${string}`>, (disabled: boolean) => boolean>> = {
  "user.created": () => false,
  "user.edited": (disabled) => disabled,
  "user.disabled": () => true,
  "user.enabled": () => false,
  "user.language-set": (disabled) => disabled,
  "user.password-set": (disabled) => disabled,
};

const stepsOf = <Step>(steps: Readonly<Record<string, Step>>, type: string): Step | undefined =>
  Object.hasOwn(steps, type) ? steps[type] : undefined;

export function readRecordedPeople(): RecordedPeople {
  const seats = new Map<string, RecordedSeat>();
  const accounts = new Map<number, RecordedAccount>();

  function seeded(seq: number, { programme, from, seats: added }: Data): void {
    for (const one of added as readonly Data[]) {
      const terms = one.userId == null ? [] : [{ userId: one.userId as number, from: ms(from), to: null }];
      seats.set(`${programme}/${one.seat}`, {
        seq,
        role: String(one.role),
        place: place(one),
        retired: false,
        officeOf: null,
        terms,
      });
    }
  }

  return {
    seats,
    accounts,
    add({ seq, at, type, data }) {
      const [seatStep, accountStep] = [stepsOf(seatSteps, type), stepsOf(accountSteps, type)];
      if (type === "seats.seeded") seeded(seq, JSON.parse(data));
      else if (type === "users.seeded") {
        for (const { userId, email } of (JSON.parse(data) as { users: { userId: number; email: string }[] }).users)
          accounts.set(userId, { seq, email, disabled: false });
      } else if (seatStep !== undefined) {
        const said: Data = JSON.parse(data);
        const key = `${said.programme}/${said.seat}`;
        const seat = seatStep(seats.get(key), said, at.getTime());
        if (seat !== undefined) seats.set(key, { ...seat, seq });
      } else if (accountStep !== undefined) {
        const { userId, email } = JSON.parse(data) as { userId: number; email: string };
        const disabled = accountStep(accounts.get(userId)?.disabled ?? false);
        if (typeof userId === "number") accounts.set(userId, { seq, email, disabled });
      }
    },
  };
}
