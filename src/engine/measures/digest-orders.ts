/** What a digest tells of orders: what became of those of its reader, and which may be given on what it asks. Plain data. */

import type { NamedCode } from "../lifecycle/held-sweep.js";
import type { OrderLine } from "../lifecycle/views/order-views.js";
import type { Bilingual } from "../text/text.js";

/** An order of the reader, as it stands when the letter is made. */
export interface DigestOrder extends Pick<OrderLine, "reference" | "type" | "subject" | "state" | "late" | "next"> {
  /** Whom it asks; null: the operation room. */
  readonly entity: NamedCode | null;
  /** Civil days: by when, where it is owed; when it was answered last. */
  readonly due: string | null;
  readonly answered: string | null;
  /** The answer in its own words, its beginning where it is long; null: there is none. */
  readonly answer: string | null;
}

export interface DigestOrders {
  /** Those that wait for the reader first, then what is overdue, then the others. */
  readonly lines: readonly DigestOrder[];
  /** How many there are beside these. */
  readonly more: number;
}

/** What may be asked of an entity: a type of order. */
export interface OrderAct {
  readonly type: string;
  readonly name: Bilingual;
}

/** More is not read. */
const mostOrdersTold = 6;
/** Of an answer so many letters are told, whole words. */
const longestAnswer = 240;

export function beginningOf(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain.length <= longestAnswer) return plain;
  return `${plain.slice(0, longestAnswer).replace(/\s+\S*$/, "")} …`;
}

const turns = ({ next, late }: DigestOrder): number => (next === "you" ? 0 : late ? 1 : next === "them" ? 2 : 3);

export function ordersTold(all: readonly DigestOrder[]): DigestOrders {
  const lines = [...all].sort((one, other) => turns(one) - turns(other)).slice(0, mostOrdersTold);
  return { lines, more: all.length - lines.length };
}
