/** What the browser is told with the page itself: `Boot` as `window.DIWAN`, `Office` as JSON beside it. Everything else is asked for. */

import type { RoleCode } from "../../engine/access/roles.js";
import type { LanguageDescriptions } from "../../engine/text/languages.js";
import type { Bilingual, Language } from "../../engine/text/text.js";
import type { ResourceView } from "./resource-view.js";

export interface BootRole {
  readonly role: RoleCode;
  readonly name: Bilingual;
  /** The entity or sector of the seat; null for one of the whole programme. */
  readonly place: Bilingual | null;
}

export interface NavigationItem {
  readonly label: Bilingual;
  /** Whole path: `/admin/resources/sectors`. */
  readonly href: string;
  readonly icon: string;
  /** A list whose rows may be changed in a change-set. */
  readonly collects?: boolean;
  /** Where it leads at once, where that is the place of another entry too: whoever is there came by this one. */
  readonly leadsTo?: { readonly path: string; readonly query: Readonly<Record<string, string>> };
}

export interface NavigationGroup {
  /** `setup`; those of `account` stand in the menu of the account. */
  readonly id: string;
  readonly group: Bilingual;
  readonly items: readonly NavigationItem[];
}

export interface Boot {
  readonly language: Language;
  /** All that there are. Left out in tests of single screens. */
  readonly languages?: LanguageDescriptions;
  /** What the switch writes the reader's language into; `secure`: for TLS alone. Left out where nothing is kept. */
  readonly languageCookie?: { readonly name: string; readonly secure: boolean };
  readonly official: { readonly id: number; readonly name: string; readonly roles: readonly BootRole[] };
  readonly navigation: readonly NavigationGroup[];
  /** The view that `/admin` opens for this official; left out: the desk. */
  readonly home?: string;
  /** Where this official asks those who run the office; left out: they run it, or there is no such way. */
  readonly askRoom?: string;
  /** Programmes in which the official holds a seat; `secondPerson`: what changes a decision takes two people there. */
  readonly programmes: readonly { readonly code: string; readonly name: Bilingual; readonly secondPerson: boolean }[];
  /** The server's moment (ISO) when the page was made: "today" is reckoned from it. */
  readonly now?: string;
  /** Zone of the official's first programme: `Asia/Amman`, which is also taken when it is not told. */
  readonly timeZone?: string;
}

/** A resource that the reader may open. */
export interface AdminResource {
  readonly id: string;
  readonly view: ResourceView;
  /** Those that have a screen. */
  readonly actions: readonly AdminAction[];
}

export interface AdminAction {
  readonly name: string;
  /** Name of its screen. */
  readonly component: string;
}

/** An area of screens, which the browser loads when the first of them is opened. All files by their whole addresses. */
export interface ScreenArea {
  /** Names of its screens: what its script exports. */
  readonly screens: readonly string[];
  readonly script: string;
  /** What the script imports and the page has not loaded already. */
  readonly imports: readonly string[];
  /** Words of its screens, by language. */
  readonly words: WordFiles;
  readonly styles: readonly string[];
}

/** Addresses of files of words, by language. */
export type WordFiles = Readonly<Record<string, string>>;

/** The places that the reader may open, and where their screens are. The same for everybody who may open the same. */
export interface Office {
  readonly resources: readonly AdminResource[];
  readonly pages: readonly { readonly name: string; readonly component: string }[];
  /** Name of the home's screen. */
  readonly home: string;
  /** Words of what comes with the page. */
  readonly words: WordFiles;
  /** By name; the screens of none of them come with the page. */
  readonly areas: Readonly<Record<string, ScreenArea>>;
}
