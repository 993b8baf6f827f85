/** Digits typed and references pasted outside of every text are meant for the search, whatever screen stands there. */
import { useEffect, useRef } from "react";
import { isTyping } from "../../platform/ui/shortcuts.js";

const digits = /^[\d٠-٩۰-۹]$/;
/** What texts of both directions carry along and nobody sees. */
const unseen = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const looksLikeReference = /^\s*(?:[\d٠-٩۰-۹][\s\-–‐‑.]*){10}$/;

/** A pasted text that can be nothing but a reference; null for others. */
function pastedReference(text: string): string | null {
  const plain = text.replace(unseen, "");
  return looksLikeReference.test(plain) ? plain.trim() : null;
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

/** Calls `pasted` with a reference. */
export function useReferencePasted(pasted: (reference: string) => void): void {
  const latest = useRef(pasted);
  latest.current = pasted;
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const reference = pastedReference(event.clipboardData?.getData("text/plain") ?? "");
      if (reference !== null && !elsewhere(event)) latest.current(reference);
    };
    window.addEventListener("paste", paste);
    return () => window.removeEventListener("paste", paste);
  }, []);
}
