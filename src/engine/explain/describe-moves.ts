/** How a case goes from place to place, hand to hand and state to state, in words. */
import type { Bilingual } from "../text/text.js";
import { actionName, named, people, stateName, type Told, written } from "./told.js";

export function routed({ data, words }: Told): string {
  const { say } = words;
  if (data.entity !== null && data.entity !== undefined) {
    const entity = named(words, "entity", data.entity);
    return say(`The rules sent it to ${entity}.`, `وجّهتها القواعد إلى ${entity}.`);
  }
  const sector = named(words, "sector", data.sector);
  const suggested = written(data.suggested);
  const hint =
    suggested === null
      ? ""
      : say(
          ` Suggested: ${named(words, "entity", suggested)}.`,
          ` الجهة المقترحة: ${named(words, "entity", suggested)}.`,
        );
  return say(
    `It waits to be placed by a person, in the queue of the sector ${sector}.${hint}`,
    `تنتظر أن يوجّهها شخص، في قائمة قطاع ${sector}.${hint}`,
  );
}

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

export function handedOver(told: Told): string {
  const { data, words } = told;
  const from = people([data.from], told);
  if (data.to === null || data.to === undefined)
    return words.say(
      `Handed back to the entity: ${from} no longer holds the seat.`,
      `أُعيدت إلى الجهة: لم يعد ${from} يشغل المقعد.`,
    );
  const to = people([data.to], told);
  return words.say(`Handed over from ${from} to ${to}.`, `سُلّمت من ${from} إلى ${to}.`);
}

export function moved(told: Told): string {
  const { data, words } = told;
  const name = actionName(told) ?? words.say("Moved on", "انتقال");
  if (data.from === data.to) return `${name}.`;
  const [from, to] = [stateName(data.from, told), stateName(data.to, told)];
  return words.say(`${name}: from ${from} to ${to}.`, `${name}: من ${from} إلى ${to}.`);
}

/** The state that it was in, by the name that it had then. */
export function migrated(told: Told): string {
  const { data, words } = told;
  const was = data.was as Bilingual | null | undefined;
  const version = words.say(
    `Goes on by version ${data.toVersion} of the workflow instead of version ${data.fromVersion}`,
    `تُتابع وفق النسخة ${data.toVersion} من سير العمل بدلًا من النسخة ${data.fromVersion}`,
  );
  if (data.from === data.to) return `${version}.`;
  const from = was ? words.quote(words.pick(was)) : stateName(data.from, told);
  const to = stateName(data.to, told);
  return words.say(`${version}: from ${from} to ${to}.`, `${version}: من ${from} إلى ${to}.`);
}
