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
  readonly previous: TrailCase | null;
}

const storeKey = "diwan-trail";
let last: Trail | null = null;

const ofCase = /\/resources\/cases\/records\/(\d{3}-\d{3}-\d{4})\/show$/;
/** An address of our own: what a session holds may be anything. */
const isList = (from: unknown): from is string =>
  typeof from === "string" && (from === adminRoot || new RegExp(`^${adminRoot}[/?]`).test(from));

function keep(trail: Trail): void {
  last = trail;
  try {
    const references = trail.cases.map(({ reference }) => reference);
    sessionStorage.setItem(storeKey, JSON.stringify({ from: trail.from, references }));
  } catch {
    // Then a page that is loaded anew does not know what comes next.
  }
}

function kept(): Trail | null {
  if (last !== null) return last;
  try {
    const { from, references } = JSON.parse(sessionStorage.getItem(storeKey) ?? "{}");
    if (!isList(from) || !Array.isArray(references)) return null;
    const known = references.filter((one) => typeof one === "string" && /^\d{3}-\d{3}-\d{4}$/.test(one));
    last = { from, cases: known.map((reference) => ({ reference, subject: null })) };
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
  return { from, place: at + 1, of: cases.length, next: cases[at + 1] ?? null, previous: cases[at - 1] ?? null };
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

/** The cases of a list's rows, as they stand on the screen. */
function casesIn(rows: HTMLElement): TrailCase[] {
  return [...rows.querySelectorAll<HTMLAnchorElement>("a.row-link")].flatMap((link) => {
    const reference = ofCase.exec(new URL(link.href).pathname)?.[1];
    const subject = (link.querySelector(".clip, bdi") ?? link).textContent?.trim() || null;
    return reference === undefined ? [] : [{ reference, subject }];
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
      const opened = ofCase.exec(window.location.pathname)?.[1];
      const cases = opened === undefined || rows.current === null ? [] : casesIn(rows.current);
      if (cases.some(({ reference }) => reference === opened)) keep({ from: here.current, cases });
    };
  }, [list]);
}
