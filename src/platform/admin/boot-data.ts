/** What the browser is told with the page itself, as `window.DIWAN`. Everything else is asked for. */
import type { RoleCode } from "../../engine/access/roles.js";
import type { Bilingual, Language } from "../../engine/text/text.js";

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
  /** What the switch writes the reader's language into; `secure`: for TLS alone. Left out where nothing is kept. */
  readonly languageCookie?: { readonly name: string; readonly secure: boolean };
  readonly official: { readonly id: number; readonly name: string; readonly roles: readonly BootRole[] };
  readonly navigation: readonly NavigationGroup[];
  /** Programmes in which the official holds a seat; `secondPerson`: what changes a decision takes two people there. */
  readonly programmes: readonly { readonly code: string; readonly name: Bilingual; readonly secondPerson: boolean }[];
  /** The server's moment (ISO) when the page was made: "today" is reckoned from it. */
  readonly now?: string;
  /** Zone of the official's first programme: `Asia/Amman`, which is also taken when it is not told. */
  readonly timeZone?: string;
}
