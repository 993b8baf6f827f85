/** j and k go down and up the rows of a list; Enter opens the one that has the focus, as with any link. */
import { type RefObject, useEffect, useRef } from "react";

const steps: Readonly<Record<string, number>> = { j: 1, k: -1 };

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

/** For the element that holds the rows. The keys are those of the place on the keyboard, whatever its language. */
export function useRowKeys(): RefObject<HTMLDivElement> {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const step = steps[event.code.replace("Key", "").toLowerCase()];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>(".row-link") ?? [])];
      const at = links.indexOf(document.activeElement as HTMLElement);
      const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
      if (next === undefined) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  return list;
}
