/** Help in place: a few sentences to the screen somebody is at. */
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import { helpKeys } from "../../platform/admin/help-keys.js";
import { loadHelp } from "../../platform/admin/help-texts.js";

const texts = loadHelp();

export interface HelpView {
  /** Sentences to the screen that was asked for; of all places, by the last part of their address, where none was. */
  readonly places: readonly { readonly key: string; readonly points: readonly Bilingual[] }[];
}

export const helpPage = definePage({
  name: "help",
  label: msg("operations.helpPage.help"),
  group: "account",
  icon: "question",
  order: 90,
  component: "Help",
  // Everybody who is signed in: it tells how screens work, nothing of what stands in them.
  access: () => true,
  query: ["path"],
  async read({ query, official }): Promise<HelpView> {
    const roles = official.actor.seats.map(({ role }) => role);
    const keys = query.path === undefined ? [...texts.keys()] : helpKeys(query.path, roles, (key) => texts.has(key));
    return { places: keys.map((key) => ({ key, points: texts.get(key) ?? [] })) };
  },
});
