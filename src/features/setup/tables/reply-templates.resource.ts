/** Reply templates: the list and form of the table, and how a template reads. */

import { fillTemplate } from "../../../engine/letters/reply-template.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import type { Row } from "../../../platform/admin/define-resource.js";
import { setupResource } from "./setup-resources.js";

/** How it reads, with values as a case has them; the name of who looks stands where that of the writing official would. */
function preview(row: Row, official: string): Bilingual {
  const body: Bilingual = { ar: String(row.bodyAr), en: String(row.bodyEn) };
  const filled = (language: Language): string => {
    const say = (text: Bilingual): string => inLanguage(text, language);
    return fillTemplate(body, language, {
      reference: "482-739-1652",
      subject: say(msg("setup.replyTemplatesResource.waterHasBeenCutOff")),
      entity: say(msg("setup.replyTemplatesResource.waterAuthority")),
      service: say(msg("setup.replyTemplatesResource.repairOfAWaterMain")),
      dueDate: say(msg("setup.replyTemplatesResource.december")),
      official,
      programme: say(msg("setup.replyTemplatesResource.atYourService")),
      today: say(msg("setup.replyTemplatesResource.november")),
    });
  };
  return perLanguage(filled);
}

export const replyTemplates = setupResource("reply_templates", {
  actions: {
    preview: {
      kind: "record",
      label: msg("setup.replyTemplatesResource.actionsPreviewLabel"),
      access: "configuration.read",
      read: async ({ record, official }) => preview(record as Row, official.name),
    },
  },
});
