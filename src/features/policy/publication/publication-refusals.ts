/** How a publication is refused, in words. */

import type { Difference } from "../../../engine/differences/difference.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { asFieldFaults } from "../definition-faults.js";
import type { Finding } from "./impact-input.js";

const refused = (detail: Bilingual, faults: readonly ConfigurationFault[] = []): Problem =>
  new Problem("invalid-configuration", detail, asFieldFaults(faults));

export const noKind = (kind: string): Problem =>
  refused({
    en: `There is no kind ${kind}: publish rules, workflow, calendar, message or digest.`,
    ar: `لا يوجد نوع ${kind}: انشر rules أو workflow أو calendar أو message أو digest.`,
  });

export const noProgramme = (programme: string): Problem =>
  new Problem("not-found", {
    en: `There is no programme “${programme}”.`,
    ar: `لا يوجد برنامج بالرمز «${programme}».`,
  });

export const noReason = (name: string): Problem =>
  refused({ en: `Say why ${name} is published.`, ar: `اذكر سبب نشر ${name}.` });

export const emptySet = (): Problem =>
  new Problem("not-now", {
    en: "There is nothing in this change-set yet.",
    ar: "لا شيء في مجموعة التغييرات بعد.",
  });

export const faultySet = (errors: readonly Finding[]): Problem =>
  new Problem(
    "invalid-configuration",
    {
      en: `Nothing was changed: ${errors.length} ${errors.length === 1 ? "thing needs" : "things need"} mending first.`,
      ar: `لم يتغير شيء: عدد ما يحتاج إلى تصحيح أولًا ${errors.length}.`,
    },
    errors.map(({ words }) => ({ field: "", reason: words })),
  );

export const faultyDefinition = (name: string, errors: readonly ConfigurationFault[]): Problem =>
  refused(
    {
      en: `${name} was not published: ${errors.length} ${errors.length === 1 ? "fault needs" : "faults need"} mending. The version in force stays.`,
      ar: `لم يُنشر ${name}: عدد الأخطاء التي تحتاج إلى تصحيح ${errors.length}. تبقى النسخة السارية كما هي.`,
    },
    errors,
  );

export const nothingChanged = (version: number, name: string): Problem =>
  refused({
    en: `Nothing changed: version ${version} of ${name} says the same and is in force.`,
    ar: `لم يتغير شيء: النسخة ${version} من ${name} تقول الشيء نفسه وهي السارية.`,
  });

/** @param changed what the version in force says otherwise than the one that this was made from */
export const publishedMeanwhile = (version: number, changed: readonly Difference[]): Problem =>
  new Problem(
    "conflict",
    {
      en: `Version ${version} was published while you were working. Nothing of yours is lost: look at what changed, and publish on top of it.`,
      ar: `نُشرت النسخة ${version} أثناء عملك. لم يضع شيء مما كتبته: اطّلع على ما تغيّر ثم انشر فوقه.`,
    },
    changed.map(({ what, details }) => ({
      field: "",
      reason: {
        en: [what.en, ...details.map((one) => one.en)].join("; "),
        ar: [what.ar, ...details.map((one) => one.ar)].join("؛ "),
      },
    })),
  );

/** @param of a change-set, a draft that is published first, or one in which the checks warn of more than when it was submitted */
export function warningsUnexplained(fresh: Bilingual, of: "changeSet" | "new" | "more"): Problem {
  const reason = {
    changeSet: {
      en: `The checks warn: ${fresh.en} Say why it is published all the same.`,
      ar: `في الفحص تنبيه: ${fresh.ar} اذكر لماذا يُنشر رغم ذلك.`,
    },
    new: {
      en: "The checks warn of something. Say why it is published all the same.",
      ar: "في الفحص تنبيهات. اذكر لماذا يُنشر رغم ذلك.",
    },
    more: {
      en: `The checks warn of something that they did not when it was submitted: ${fresh.en} Say why it is published all the same.`,
      ar: `في الفحص تنبيه لم يكن عند التقديم: ${fresh.ar} اذكر لماذا يُنشر رغم ذلك.`,
    },
  }[of];
  return new Problem("invalid-input", reason, [{ field: "/warningsReason", reason }]);
}
