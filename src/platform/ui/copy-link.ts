/** Puts the whole address of a place of the back office on the clipboard, for a colleague. */
export async function copyLink(place: string): Promise<{ readonly copied: boolean; readonly link: string }> {
  const link = new URL(place, window.location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    return { copied: true, link };
  } catch {
    // Browsers refuse it where nobody clicked, or without TLS.
    return { copied: false, link };
  }
}
