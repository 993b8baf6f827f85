/** Open cases that a change-set would move, and where they cannot go. */
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { isLive } from "../../../engine/rules/fact-catalogue.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listAddress } from "../../setup/office-addresses.js";
import { error, type Finding, type Looked, nameIn } from "./looked.js";

export function openCases({ before, after, steps, counted, strangers, ended }: Looked): Finding[] {
  const moves = new Map(steps.moves.map((move) => [move.entity, move]));
  const { code: programme } = before.programme;
  const found = counted.flatMap(({ table, code, open, any, blocking, told: known }): Finding[] => {
    const name = nameIn(before, table, code);
    const move = table === "entities" ? moves.get(code) : undefined;
    const link = listAddress("cases", { programme, entity: code, kind: "open,waiting" });
    const about = (words: Bilingual): Bilingual => ({ en: `${name.en}: ${words.en}`, ar: `${name.ar}: ${words.ar}` });
    const others: Finding[] = [
      ...blocking.map(({ words, link: at }) => error(about(words), at)),
      ...known.map(({ words, link: at }): Finding => ({ severity: "info", words: about(words), link: at })),
    ];
    if (table !== "entities" || !any) return others;
    if (move === undefined)
      return [
        ...others,
        error(
          {
            en: `${name.en} has open cases: ${open}, confidential ones not counted. Say where each goes.`,
            ar: `لدى ${name.ar} معاملات مفتوحة: ${open}، دون السرّية. حدّد وجهة كل منها.`,
          },
          link,
        ),
      ];
    const to = nameIn(after, "entities", move.to);
    const told: Finding = {
      severity: "info",
      link,
      words: {
        en: `Open cases of ${name.en} that move: ${open}, to ${to.en}${Object.keys(move.others).length > 0 ? `, ${Object.keys(move.others).length} of them elsewhere` : ""}. What each was promised stays.`,
        ar: `معاملات ${name.ar} المفتوحة التي تنتقل: ${open}، إلى ${to.ar}${Object.keys(move.others).length > 0 ? `، منها ${Object.keys(move.others).length} إلى غيرها` : ""}. وتبقى مواعيد كل منها.`,
      },
    };
    // Said of every move: it tells nobody whether there are any.
    const secret: Finding = {
      severity: "info",
      link: null,
      words: {
        en: `Confidential ones are not counted. If there are any, they move too: their handlers will be those of ${to.en}.`,
        ar: `لا تُحتسب السرّية منها. وإن وُجدت انتقلت أيضًا، ويتولاها العاملون عليها في ${to.ar}.`,
      },
    };
    return [...others, told, secret];
  });
  const unknown = strangers.map((reference) =>
    error({
      en: `Case ${reference} is no case of that entity, so it cannot be sent elsewhere by itself.`,
      ar: `المعاملة ${reference} ليست لدى تلك الجهة، فلا يمكن تحديد وجهة خاصة لها.`,
    }),
  );
  const closed = ended.map(
    (reference): Finding => ({
      severity: "info",
      link: null,
      words: {
        en: `Case ${reference} has ended meanwhile and does not move. If it is reopened, it goes where this set says.`,
        ar: `انتهت المعاملة ${reference} في هذه الأثناء فلا تنتقل. وإن أُعيد فتحها ذهبت إلى حيث تحدد هذه المجموعة.`,
      },
    }),
  );
  return [...found, ...unknown, ...closed];
}

/** Entities to which cases would go, and that are not there then. */
export function targets({ after, steps, now }: Looked): Finding[] {
  const today = civilDate(now, after.programme.timeZone);
  return steps.moves.flatMap(({ entity, to, others }) =>
    [...new Set([to, ...Object.values(others)])]
      .filter((code) => code === entity || !isLive(after.entities.get(code), today))
      .map((code) => {
        const name = nameIn(after, "entities", code);
        return error({
          en: `Cases cannot go to ${name.en}: it is not in use, or receives no cases.`,
          ar: `لا يمكن نقل المعاملات إلى ${name.ar}: ليست قيد الاستخدام أو لا تستقبل معاملات.`,
        });
      }),
  );
}
