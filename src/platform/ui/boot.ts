/** What the page brought along, and where the back office's addresses begin. */
import type { Bilingual } from "../../engine/text/text.js";
import type { AdminAction, AdminResource, Boot, Office } from "../admin/boot-data.js";

declare global {
  interface Window {
    DIWAN?: Boot;
  }
}

/** What every screen of a resource is given. `recordId` is null where it is about no single record. */
export interface ScreenProps {
  readonly resource: AdminResource;
  readonly action: AdminAction;
  readonly recordId: string | null;
}

export const adminRoot = "/admin";
export const apiRoot = "/admin/api";

export const boot = (): Boot | null => window.DIWAN ?? null;

/** Another place for the home, until the page is loaded anew and brings it along. @param address null: the desk */
export function setHome(address: string | null): void {
  const { home: _, ...rest } = window.DIWAN ?? {};
  window.DIWAN = { ...rest, ...(address !== null && { home: address }) } as Boot;
}

let read: Office | null = null;

/** The places that there are for whoever is signed in. */
export function office(): Office {
  read ??= JSON.parse(document.getElementById("office")?.textContent ?? "null") as Office | null;
  return read ?? { resources: [], pages: [], home: "", words: {}, areas: {} };
}

/** A resource of that id; undefined where it is not open to whoever is signed in. */
export const resourceOf = (id: string): AdminResource | undefined => office().resources.find((one) => one.id === id);

/** Whether whoever is signed in has the list or page that an address leads to: not everybody who is told of it may open it. */
export function reaches(link: string | null | undefined): boolean {
  const place = /^\/admin\/(?:resources|pages)\/[^/?#]+/.exec(link ?? "")?.[0];
  return (
    place !== undefined && (boot()?.navigation.some(({ items }) => items.some(({ href }) => href === place)) ?? false)
  );
}

/** Words of a component: both languages, or a text that needs none (a code, a name). */
export type Words = Bilingual | string;
