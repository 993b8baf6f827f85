/** The keys of the back office, in one table: screens listen by it, and `?` lists it. */

import { useEffect, useRef } from "react";
import type { DeskDeed } from "../../engine/measures/desk-row.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";

export type ShortcutPlace = "everywhere" | "desk" | "list" | "news" | "case";

interface Shortcut {
  /** Where it works. */
  readonly places: readonly ShortcutPlace[];
  /** As pressed, one after the other: places on the keyboard (`KeyJ`) or what is typed (`?`). */
  readonly keys: readonly string[];
  /** As written on the key. */
  readonly shown: readonly string[];
  /** Whether those shown are held down at once; one after the other where it is left out. */
  readonly together?: true;
  readonly words: Bilingual;
}

/** A letter that starts an act: of the row that has the focus, or of the case whose page is open. */
const deed = (letter: string, words: Bilingual) =>
  ({ places: ["desk", "case"], keys: [`Key${letter}`], shown: [letter], words }) satisfies Shortcut;

export const shortcuts = {
  help: {
    places: ["everywhere"],
    keys: ["?"],
    shown: ["?"],
    words: msg("ui.shortcuts.shortcutsHelpWords"),
  },
  search: {
    places: ["everywhere"],
    keys: ["/"],
    shown: ["/"],
    words: msg("ui.shortcuts.shortcutsSearchWords"),
  },
  home: {
    places: ["everywhere"],
    keys: ["KeyG", "KeyD"],
    shown: ["G", "D"],
    words: msg("ui.shortcuts.shortcutsHomeWords"),
  },
  down: {
    places: ["desk", "list", "news"],
    keys: ["KeyJ"],
    shown: ["J"],
    words: msg("ui.shortcuts.shortcutsDownWords"),
  },
  up: { places: ["desk", "list", "news"], keys: ["KeyK"], shown: ["K"], words: msg("ui.shortcuts.shortcutsUpWords") },
  select: {
    places: ["list"],
    keys: ["KeyX"],
    shown: ["X"],
    words: msg("ui.shortcuts.shortcutsSelectWords"),
  },
  open: {
    places: ["desk", "list", "news"],
    keys: ["Enter"],
    shown: ["Enter"],
    words: msg("ui.shortcuts.shortcutsOpenWords"),
  },
  nextCase: { places: ["case"], keys: ["KeyJ"], shown: ["J"], words: msg("ui.shortcuts.shortcutsNextCaseWords") },
  previousCase: {
    places: ["case"],
    keys: ["KeyK"],
    shown: ["K"],
    words: msg("ui.shortcuts.shortcutsPreviousCaseWords"),
  },
  goOn: { places: ["case"], keys: ["Enter"], shown: ["Enter"], words: msg("ui.shortcuts.shortcutsGoOnWords") },
  send: {
    places: ["case"],
    // Taken by the form in which somebody types.
    keys: [],
    shown: ["Ctrl", "Enter"],
    together: true,
    words: msg("ui.shortcuts.shortcutsSendWords"),
  },
  leave: {
    places: ["case"],
    keys: [],
    shown: ["Esc"],
    words: msg("ui.shortcuts.shortcutsLeaveWords"),
  },
  take: deed("T", msg("ui.shortcuts.shortcutsTake")),
  answer: deed("A", msg("ui.shortcuts.shortcutsAnswer")),
  ask: deed("Q", msg("ui.shortcuts.shortcutsAsk")),
  note: deed("N", msg("ui.shortcuts.shortcutsNote")),
  contact: deed("C", msg("ui.shortcuts.shortcutsContact")),
  transfer: deed("X", msg("ui.shortcuts.shortcutsTransfer")),
  return: deed("R", msg("ui.shortcuts.shortcutsReturn")),
  assign: deed("F", msg("ui.shortcuts.shortcutsAssign")),
} as const satisfies Readonly<Record<string, Shortcut> & Record<DeskDeed, Shortcut>>;

/** The letters of these deeds, bound to what starts each. */
export const deedKeys = (
  deeds: Iterable<DeskDeed>,
  start: (deed: DeskDeed) => () => unknown,
): Partial<Record<DeskDeed, () => unknown>> =>
  Object.fromEntries([...new Set(deeds)].map((deed) => [deed, start(deed)]));

export type ShortcutName = keyof typeof shortcuts;

/** Those that work in a place, as they are listed. */
export const shortcutsIn = (place: ShortcutPlace): [ShortcutName, Shortcut][] =>
  (Object.entries(shortcuts) as [ShortcutName, Shortcut][]).filter(([, { places }]) => places.includes(place));

/** How many pieces of the screen listen for each. */
const listening = new Map<ShortcutName, number>();
/** Whether anything on the screen listens for it now. */
export const worksNow = (name: ShortcutName): boolean => (listening.get(name) ?? 0) > 0;

/** For what the browser or a field does by its own key: it is only listed. */
export const leftToTheBrowser = (): boolean => false;

/** A form in which a text is written: its buttons are stops on the way to the text. */
const isWriting = (target: HTMLElement): boolean => Boolean(target.closest("form")?.querySelector("textarea"));

/** Whether what is pressed is meant for a text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (isWriting(target) ||
    ((target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) &&
      !(target instanceof HTMLInputElement && target.type === "checkbox")));

/** Arabic keyboards write signs of their own. */
const sameSign: Readonly<Record<string, string>> = { "؟": "?" };

/** Within this time the second key of two belongs to the first. */
const togetherMs = 1200;

function pressed(event: KeyboardEvent, key: string): boolean {
  // The place on the keyboard counts, whatever its language; a sign counts as it is typed.
  return key.length > 1 ? event.code === key : (sameSign[event.key] ?? event.key) === key;
}

/**
 * Does what belongs to a key. Nothing happens while somebody types, while a dialog is open, or with Ctrl, Alt or ⌘ held.
 * @param acts by name; one that gives `false` leaves the key to the browser
 */
export function useShortcuts(acts: Readonly<Partial<Record<ShortcutName, (event: KeyboardEvent) => unknown>>>): void {
  const latest = useRef(acts);
  latest.current = acts;
  const names = Object.keys(acts).sort().join(" ");
  useEffect(() => {
    const mine = names.split(" ").filter(Boolean) as ShortcutName[];
    const count = (by: 1 | -1) => mine.forEach((name) => void listening.set(name, (listening.get(name) ?? 0) + by));
    count(1);
    return () => count(-1);
  }, [names]);
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const press = (event: KeyboardEvent): void => {
      // Another piece of the screen has done what it means.
      if (event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      const begun = first !== null && event.timeStamp - first.at < togetherMs ? first.key : null;
      first = { key: event.code, at: event.timeStamp };
      for (const [name, act] of Object.entries(latest.current)) {
        const { keys }: Shortcut = shortcuts[name as ShortcutName];
        const last = keys.at(-1);
        if (act === undefined || last === undefined || !pressed(event, last)) continue;
        if (keys.length > 1 && begun !== keys[0]) continue;
        if (act(event) === false) continue;
        event.preventDefault();
        first = null;
        return;
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
