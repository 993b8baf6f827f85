/** What was searched lately, in this browser alone and for this person alone; never who was looked for. */
import { boot } from "../../platform/ui/kit.js";

const most = 6;
const longest = 80;
const name = (): string => `diwan-searches-${boot()?.official.name ?? ""}`;

export function recentSearches(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name()) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string").slice(0, most) : [];
  } catch {
    return [];
  }
}

function keep(searches: readonly string[]): void {
  try {
    localStorage.setItem(name(), JSON.stringify(searches));
  } catch {
    // A browser that keeps nothing finds all the same.
  }
}

export function rememberSearch(search: string): void {
  const typed = search.trim();
  if (typed === "" || typed.length > longest) return;
  keep([typed, ...recentSearches().filter((one) => one !== typed)].slice(0, most));
}

export const forgetSearches = (): void => keep([]);
