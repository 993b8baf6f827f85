/** Putting words into a text that somebody is writing, so that the browser's own "undo" takes them out again. */
export function insertAt(
  area: HTMLTextAreaElement | HTMLInputElement,
  text: string,
  range?: { from: number; to: number },
): void {
  area.focus();
  if (range) area.setSelectionRange(range.from, range.to);
  // Nothing else writes into the list of what can be undone.
  if (document.execCommand("insertText", false, text)) return;
  area.setRangeText(text, area.selectionStart ?? area.value.length, area.selectionEnd ?? area.value.length, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
