/** Channels: the ways in which applications arrive, each with keys of its own. */

import { channelKindNames } from "../../../engine/setup/channel-kinds.js";
import { choicesOf } from "../../../engine/setup/set-up-choices.js";
import { defineResource } from "../../../platform/admin/define-resource.js";
import { modelSource } from "./model-source.js";
import { setupActs, setupColumns, setupCommon } from "./setup-columns.js";

export const channels = defineResource({
  ...setupCommon,
  id: "channels",
  label: { en: "Channels", ar: "القنوات" },
  one: { en: "Channel", ar: "قناة" },
  icon: "phone",
  order: 80,
  columns: setupColumns([
    {
      name: "kind",
      label: { en: "Kind", ar: "النوع" },
      type: "choice",
      list: true,
      filter: true,
      edit: true,
      required: true,
      choices: choicesOf(channelKindNames),
      help: {
        en: "How people come this way. A retired channel takes nothing more, and its keys stop at once.",
        ar: "الطريقة التي يصل بها الناس. القناة الموقوفة لا تستقبل شيئًا وتتوقف مفاتيحها فورًا.",
      },
    },
  ]),
  source: modelSource("channels"),
  ...setupActs("channels"),
});
