/** The form of an act by keyboard: it begins at its first field, and Ctrl+Enter sends it. */

import { type RefObject, useEffect } from "react";

/** @param isChosen somebody asked for it; a form that is there by itself leaves the focus where it is */
export function useActKeys(form: RefObject<HTMLFormElement | null>, isChosen: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the form opens
  useEffect(() => {
    if (isChosen) form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }, []);
  useEffect(() => {
    const box = form.current;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      box?.requestSubmit();
    };
    box?.addEventListener("keydown", press);
    return () => box?.removeEventListener("keydown", press);
  }, [form]);
}
