/** A case that goes from one entity to another, in words. */
import { named, type Told } from "./told.js";

/** To triage where nobody took over from an entity that is no more; past those that are no more either. */
export function transferred({ data, words }: Told): string {
  const from = named(words, "entity", data.fromEntity);
  if (typeof data.entity !== "string")
    return words.say(
      `Back to triage: ${from} is no longer in use.`,
      `إعادة إلى الفرز: لم تعد الجهة ${from} قيد الاستخدام.`,
    );
  const entity = named(words, "entity", data.entity);
  const passed = (Array.isArray(data.through) ? data.through : []).map((code) => named(words, "entity", code));
  if (passed.length === 0) return words.say(`Transferred to ${entity}.`, `تحويل إلى ${entity}.`);
  return words.say(
    `Transferred to ${entity}, which took over from ${passed.join(", ")}.`,
    `تحويل إلى ${entity}، وهي الجهة التي حلّت محل ${passed.join("، ")}.`,
  );
}
