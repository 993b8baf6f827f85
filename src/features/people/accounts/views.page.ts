/** The views that an official keeps: as chips over the desk and the list of cases, and in a page of their own. */

import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import type { SavedView } from "./saved-views.js";

export interface ViewsView {
  readonly views: readonly SavedView[];
}

/** One character more than is allowed stays one too many. */
const longest = 2000;
const textOf = ({ input }: Call, name: string): string => {
  const value = Object.hasOwn(input, name) ? input[name] : "";
  return typeof value === "string" ? value.slice(0, longest) : "";
};
const numberOf = ({ input }: Call): number => {
  const id = Object.hasOwn(input, "id") ? input.id : null;
  return typeof id === "number" && Number.isInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
};
const ownerOf = ({ official }: Call) => ({ userId: official.userId });
const left = async (call: Call): Promise<ViewsView> => ({
  views: await call.services.savedViews.list(ownerOf(call)),
});

export const viewsPage = definePage({
  name: "views",
  label: msg("people.viewsPage.myViews"),
  group: "account",
  icon: "list",
  order: 20,
  component: "SavedViews",
  // Everybody has their own, and nobody another's.
  access: () => true,
  read: left,
  acts: {
    async save(call) {
      const { savedViews } = call.services;
      const [screen, name, query] = [textOf(call, "screen"), textOf(call, "name"), textOf(call, "query")];
      await savedViews.save({ ...ownerOf(call), screen, name, query, now: call.now });
      return left(call);
    },
    async rename(call) {
      await call.services.savedViews.rename({ ...ownerOf(call), id: numberOf(call), name: textOf(call, "name") });
      return left(call);
    },
    /** `id`: the view that the home opens; 0: none of them. */
    async home(call) {
      const id = numberOf(call);
      await call.services.savedViews.openAtHome({ ...ownerOf(call), id: id === 0 ? null : id });
      return left(call);
    },
    async remove(call) {
      await call.services.savedViews.remove({ ...ownerOf(call), id: numberOf(call) });
      return left(call);
    },
  },
});
