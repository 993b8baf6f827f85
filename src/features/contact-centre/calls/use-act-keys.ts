/** The form of an act by keyboard: it begins at the first field that is empty, and Ctrl+Enter sends it. */

import { type RefObject, useEffect } from "react";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Where something is still to be typed; where nothing is, the first field. */
export function focusFirstEmpty(form: HTMLElement | null): void {
  const fields = [...(form?.querySelectorAll<Field>("input, textarea, select") ?? [])];
  (fields.find(({ value }) => value === "") ?? fields[0])?.focus();
}

/** @param isChosen somebody asked for it; a form that is there by itself leaves the focus where it is */
export function useActKeys(form: RefObject<HTMLFormElement | null>, isChosen: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the form opens
  useEffect(() => {
    if (isChosen) focusFirstEmpty(form.current);
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
