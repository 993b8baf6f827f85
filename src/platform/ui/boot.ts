/** What the page brought along, and where the back office's addresses begin. */
import type { Bilingual } from "../../engine/text/text.js";
import type { Boot } from "../admin/boot-data.js";
import type { ResourceView } from "../admin/resource-view.js";

declare global {
  interface Window {
    DIWAN?: Boot;
    REDUX_STATE?: {
      resources?: readonly AdminResource[];
      pages?: readonly { name: string; component: string }[];
      dashboard?: { component?: string };
    };
  }
}

/** What AdminJS tells the browser of a resource, as far as it is used here; `view` is ours. */
export interface AdminResource {
  readonly id: string;
  readonly view: ResourceView;
  readonly actions: readonly AdminAction[];
  readonly resourceActions: readonly AdminAction[];
}
export interface AdminAction {
  readonly name: string;
  readonly component?: string | false | null;
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

/** Whether whoever is signed in has the list or page that an address leads to: not everybody who is told of it may open it. */
export function reaches(link: string | null | undefined): boolean {
  const place = /^\/admin\/(?:resources|pages)\/[^/?#]+/.exec(link ?? "")?.[0];
  return (
    place !== undefined && (boot()?.navigation.some(({ items }) => items.some(({ href }) => href === place)) ?? false)
  );
}

/** Words of a component: both languages, or a text that needs none (a code, a name). */
export type Words = Bilingual | string;
