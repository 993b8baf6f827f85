/** Reply templates: the list and form of the table, and how a template reads. */

import { fillTemplate } from "../../../engine/letters/reply-template.js";
import type { Bilingual, Language } from "../../../engine/text/text.js";
import type { Row } from "../../../platform/admin/define-resource.js";
import { setupResource } from "./setup-resources.js";

/** How it reads, with values as a case has them; the name of who looks stands where that of the writing official would. */
function preview(row: Row, official: string): Bilingual {
  const body: Bilingual = { ar: String(row.bodyAr), en: String(row.bodyEn) };
  const filled = (language: Language): string => {
    const say = ({ en, ar }: Bilingual): string => (language === "ar" ? ar : en);
    return fillTemplate(body, language, {
      reference: "482-739-1652",
      subject: say({ en: "Water has been cut off for three days", ar: "انقطاع المياه منذ ثلاثة أيام" }),
      entity: say({ en: "Water Authority", ar: "سلطة المياه" }),
      service: say({ en: "Repair of a water main", ar: "إصلاح خط مياه رئيسي" }),
      dueDate: say({ en: "3 December 2026", ar: "3 كانون الأول 2026" }),
      official,
      programme: say({ en: "At your service", ar: "بخدمتكم" }),
      today: say({ en: "26 November 2026", ar: "26 تشرين الثاني 2026" }),
    });
  };
  return { ar: filled("ar"), en: filled("en") };
}

export const replyTemplates = setupResource("reply_templates", {
  actions: {
    preview: {
      kind: "record",
      label: { en: "How it reads", ar: "كيف يظهر" },
      access: "configuration.read",
      read: async ({ record, official }) => preview(record as Row, official.name),
    },
  },
});
