/** Goes to where the open form of an act is filled in: its first field, or its button where it has none; all of it in sight. */
export function focusComposer(): void {
  const form = document.querySelector("#composer form");
  // A chooser of reply templates may stand before the fields.
  const field = form?.querySelector<HTMLElement>(":is(input, select, textarea)[id^='field-']");
  (field ?? form?.querySelector<HTMLElement>("input, select, textarea, button[type=submit]"))?.focus();
  form?.scrollIntoView({ block: "nearest" });
}
