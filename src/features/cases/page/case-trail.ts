/**
 * The list from which somebody opened a case: what comes next there. The last list counts; it is kept for this window
 * (references in its session, subjects only as long as the page is not loaded anew: desks are shared).
 */
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useLocation } from "react-router-dom";
import { adminRoot } from "../../../platform/ui/kit.js";

export interface TrailCase {
  readonly reference: string;
  readonly subject: string | null;
  /** The entry of its timeline that the list leads to, as news does; left out: the top of its page. */
  readonly entry?: number;
}

export interface Trail {
  /** Address of the list, with what it was narrowed down to. */
  readonly from: string;
  readonly cases: readonly TrailCase[];
}

/** Where a case stands on the list that one came from. */
export interface TrailPlace {
  readonly from: string;
  readonly place: number;
  readonly of: number;
  readonly next: TrailCase | null;
  /** That one and all that follow it. */
  readonly after: readonly TrailCase[];
  readonly previous: TrailCase | null;
}

const storeKey = "diwan-trail";
let last: Trail | null = null;

const ofCase = /\/resources\/cases\/records\/(\d{3}-\d{3}-\d{4})\/show$/;
const ofEntry = /^#entry-(\d{1,6})$/;
/** An address of our own: what a session holds may be anything. */
const isList = (from: unknown): from is string =>
  typeof from === "string" && (from === adminRoot || new RegExp(`^${adminRoot}[/?]`).test(from));

function keep(trail: Trail): void {
  last = trail;
  try {
    const cases = trail.cases.map(({ reference, entry }) => ({ reference, entry }));
    sessionStorage.setItem(storeKey, JSON.stringify({ from: trail.from, cases }));
  } catch {
    // Then a page that is loaded anew does not know what comes next.
  }
}

const isReference = (value: unknown): value is string => typeof value === "string" && /^\d{3}-\d{3}-\d{4}$/.test(value);
const isEntry = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function keptCase(one: unknown): TrailCase[] {
  const { reference, entry } = (one ?? {}) as Record<string, unknown>;
  return isReference(reference) ? [{ reference, subject: null, ...(isEntry(entry) && { entry }) }] : [];
}

function kept(): Trail | null {
  if (last !== null) return last;
  try {
    const { from, cases } = JSON.parse(sessionStorage.getItem(storeKey) ?? "{}");
    if (!isList(from) || !Array.isArray(cases)) return null;
    last = { from, cases: cases.flatMap(keptCase) };
  } catch {
    return null;
  }
  return last;
}

function trailPlace(reference: string): TrailPlace | null {
  const trail = kept();
  const at = trail?.cases.findIndex((one) => one.reference === reference) ?? -1;
  if (trail === null || at === -1) return null;
  const { cases, from } = trail;
  const after = cases.slice(at + 1);
  return { from, place: at + 1, of: cases.length, next: after[0] ?? null, after, previous: cases[at - 1] ?? null };
}

/** Where a case stands on the list that one came from; null: it was not opened from one. */
export function useTrailPlace(reference: string): TrailPlace | null {
  const [place, setPlace] = useState<TrailPlace | null>(null);
  // A list that gives way to this case tells what is on it as it goes, after the case was drawn for the first time.
  useLayoutEffect(() => {
    setPlace(trailPlace(reference));
  }, [reference]);
  return place;
}

/** The case that an address leads to; null: it leads elsewhere. */
function caseAt({ pathname, hash }: Pick<URL, "pathname" | "hash">): Omit<TrailCase, "subject"> | null {
  const reference = ofCase.exec(pathname)?.[1];
  const entry = ofEntry.exec(hash)?.[1];
  return reference === undefined ? null : { reference, ...(entry !== undefined && { entry: Number(entry) }) };
}

/** The cases of a list's rows, as they stand on the screen. */
function casesIn(rows: HTMLElement): TrailCase[] {
  return [...rows.querySelectorAll<HTMLAnchorElement>("a.row-link")].flatMap((link) => {
    const found = caseAt(new URL(link.href));
    // News is called by what happened; its case by its subject.
    const named = link.dataset.subject ?? (link.querySelector(".clip, bdi") ?? link).textContent;
    const subject = named?.trim() || null;
    return found === null ? [] : [{ ...found, subject }];
  });
}

/** For the element that holds the rows of a list: as it gives way to one of its cases, the case knows what comes next. */
export function useTrailOf(list: RefObject<HTMLElement>): void {
  const { pathname, search } = useLocation();
  const from = useRef("");
  from.current = pathname + search;
  useLayoutEffect(() => {
    const rows = list;
    const here = from;
    // The rows are still drawn, and the window's address is where one goes already.
    return () => {
      const opened = caseAt(window.location);
      const cases = opened === null || rows.current === null ? [] : casesIn(rows.current);
      // The same case may be news and on the desk: it was opened from where its address is exactly this.
      const isOpened = ({ reference, entry }: TrailCase) => reference === opened?.reference && entry === opened.entry;
      if (cases.some(isOpened)) keep({ from: here.current, cases });
    };
  }, [list]);
}
