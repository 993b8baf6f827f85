/** Channels: the ways in which applications arrive, each with keys of its own. */

import { msg } from "../../text/msg.js";
import { channelKindNames } from "../channel-kinds.js";
import { defineSetupTable } from "./define-setup-table.js";

export const channels = defineSetupTable({
  table: "channels",
  part: "channels",
  setup: "channels",
  many: msg("setup.channels.many"),
  one: msg("setup.channels.one"),
  icon: "phone",
  order: 80,
  columns: {
    /** How answers may be sent back to people who came this way. */
    kind: {
      kind: "choice",
      choices: channelKindNames,
      label: msg("setup.channels.columnsKindLabel"),
      help: msg("setup.channels.columnsKindHelp"),
      decides: true,
      list: true,
      filter: true,
      required: true,
    },
  },
  heldBy: ["applications.channel", "channel_keys.channel"],
  facts: ["channel"],
});
