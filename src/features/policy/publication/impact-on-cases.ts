/** Cases as a change-set would leave them: which move, where they cannot go, and where new ones of a service go instead. */
import { civilDate } from "../../../engine/calendar/civil-days.js";
import { isLive } from "../../../engine/rules/fact-catalogue.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listAddress } from "../../setup/office-addresses.js";
import { error, type Finding, type ImpactInput, nameIn } from "./impact-input.js";

export function openCases({ before, after, steps, counted, strangers, ended }: ImpactInput): Finding[] {
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
export function targets({ after, steps, now }: ImpactInput): Finding[] {
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

/** Nothing of services whose old entity sends its cases elsewhere itself: the impact on its cases says so. */
export function takenOver({ before, after, steps }: ImpactInput): Finding[] {
  const moved = new Set(steps.moves.map(({ entity }) => entity));
  return [...after.services.values()].flatMap(({ code, entity, retired }): Finding[] => {
    const was = before.services.get(code);
    if (retired || was === undefined || was.entity === entity || moved.has(was.entity)) return [];
    const service = nameIn(after, "services", code);
    const [from, to] = [nameIn(before, "entities", was.entity), nameIn(after, "entities", entity)];
    // What ends without its cases going elsewhere has none that are open.
    const ends = after.entities.get(was.entity)?.retired ?? true;
    const stay: Bilingual = {
      en: ` Cases that are open stay with ${from.en}, which can transfer them.`,
      ar: `، وتبقى المعاملات المفتوحة لدى ${from.ar} ولها أن تحوّلها.`,
    };
    return [
      {
        severity: "info",
        link: ends
          ? null
          : listAddress("cases", { programme: before.programme.code, entity: was.entity, kind: "open,waiting" }),
        words: {
          en: `Applications about ${service.en} go to ${to.en} from then on.${ends ? "" : stay.en}`,
          ar: `تُحال طلبات ${service.ar} إلى ${to.ar} منذ ذلك الحين${ends ? "." : stay.ar}`,
        },
      },
    ];
  });
}
