/** Where to go after signing in: to a page of the back office and nowhere else. */

const home = "/admin";
const longest = 1000;
/** Pages around signing in: going back to them leads round in a circle, or gives a link's token away. */
const notAgain = /^\/admin\/(login|logout|second-factor|enrol-second-factor|forgot|link|language|api|assets)(\/|$)/i;

/** The path, query and fragment that was asked for, or `/admin`: never another host, whatever browsers make of the text. */
export function ownPath(asked: unknown): string {
  const path = ownAddress(asked);
  return path === null || notAgain.test(path.split(/[?#]/, 1)[0] ?? "") ? home : path;
}

/** Any path of the back office, also of these pages; null for everything else. */
export function ownAddress(asked: unknown): string | null {
  if (typeof asked !== "string" || asked.length > longest || !/^\/admin(?:[/?#]|$)/.test(asked)) return null;
  // Browsers drop tabs and line ends from addresses and read a backslash as a slash.
  if (/[\\\p{C}\s]/u.test(asked)) return null;
  const base = "http://own.invalid";
  if (!URL.canParse(asked, base)) return null;
  const url = new URL(asked, base);
  return url.origin === base && /^\/admin(\/|$)/.test(url.pathname) && !url.pathname.includes("//")
    ? url.pathname + url.search + url.hash
    : null;
}
