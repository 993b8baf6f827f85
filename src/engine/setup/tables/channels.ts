/** Channels: the ways in which applications arrive, each with keys of its own. */

import { channelKindNames } from "../channel-kinds.js";
import { defineSetupTable } from "./define-setup-table.js";

export const channels = defineSetupTable({
  table: "channels",
  part: "channels",
  setup: "channels",
  many: { en: "Channels", ar: "القنوات" },
  one: { en: "Channel", ar: "قناة" },
  icon: "phone",
  order: 80,
  columns: {
    /** How answers may be sent back to people who came this way. */
    kind: {
      kind: "choice",
      choices: channelKindNames,
      label: { en: "Kind", ar: "النوع" },
      help: {
        en: "How people come this way. A retired channel takes nothing more, and its keys stop at once.",
        ar: "الطريقة التي يصل بها الناس. القناة الموقوفة لا تستقبل شيئًا وتتوقف مفاتيحها فورًا.",
      },
      decides: true,
      list: true,
      filter: true,
      required: true,
    },
  },
  heldBy: ["applications.channel", "channel_keys.channel"],
  facts: ["channel"],
});
