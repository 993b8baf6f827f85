/** Digits typed and numbers pasted outside of every text are meant for the search, whatever screen stands there. */
import { useEffect, useRef } from "react";
import { leadsToPerson } from "../../engine/search/leads-to-person.js";
import { isTyping } from "../../platform/ui/shortcuts.js";

/** A telephone number may begin with its country: +962. */
const digits = /^[\d٠-٩۰-۹+]$/;
/** What texts of both directions carry along and nobody sees. */
const unseen = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const looksLikeReference = /^\s*(?:[\d٠-٩۰-۹][\s\-–‐‑.]*){10}$/;

const longest = 60;

/** A pasted text that can be nothing but a reference, or a person's number or address; null for others. */
function pastedNumber(text: string): string | null {
  const plain = text.replace(unseen, "").trim();
  if (plain.length > longest || /\s\p{L}|\p{L}\s/u.test(plain)) return null;
  return looksLikeReference.test(plain) || leadsToPerson(plain) ? plain : null;
}

const elsewhere = (event: Event): boolean =>
  event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]") !== null;

/** Calls `typed` with a digit. Screens that know digits of their own take them first. */
export function useDigitsAnywhere(typed: (digit: string, event: KeyboardEvent) => void): void {
  const latest = useRef(typed);
  latest.current = typed;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || !digits.test(event.key) || elsewhere(event)) return;
      latest.current(event.key, event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Calls `pasted` with a reference, or with a person's number or e-mail address. */
export function useNumberPasted(pasted: (number: string) => void): void {
  const latest = useRef(pasted);
  latest.current = pasted;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const number = pastedNumber(event.clipboardData?.getData("text/plain") ?? "");
      if (number !== null && !elsewhere(event)) latest.current(number);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
