/**
 * For what comes or goes under the pointer by a click: a double click must not press with its second half what is there by then,
 * nor what the page has scrolled there.
 */

/** From now on presses are held back that belong to the click of this moment; with the next first press, or a key, people mean what they see. */
export function holdRestOfClick(): void {
  const hold = (event: MouseEvent) => {
    // Browsers count the presses of one place and moment; what a key presses is none of them.
    if (event.detail > 1) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    document.removeEventListener("mousedown", hold, true);
    document.removeEventListener("click", hold, true);
  };
  document.addEventListener("mousedown", hold, true);
  document.addEventListener("click", hold, true);
}
