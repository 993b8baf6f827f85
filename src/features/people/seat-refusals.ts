/** How changes of seats and of who sits on them are refused, in words. */
import { Problem } from "../../engine/text/problems.js";

export const noSeat = (code: string): Problem =>
  new Problem("not-found", { en: `There is no seat ${code} in use.`, ar: `لا يوجد مقعد مستخدم بالرمز ${code}.` });

export function nobodyThere(code: string, field?: string): Problem {
  const reason = {
    en: `Nobody holds the seat ${code} then.`,
    ar: `لا أحد يشغل المقعد ${code} في ذلك الوقت.`,
  };
  return new Problem("not-found", reason, field === undefined ? [] : [{ field, reason }]);
}

export function seatTaken(code: string, from: Date): Problem {
  const day = from.toISOString().slice(0, 10);
  return new Problem("conflict", {
    en: `Somebody holds the seat ${code} in that time (since ${day}). End that term first.`,
    ar: `يشغل شخص آخر المقعد ${code} في تلك المدة (منذ ${day}). أنهِ مدته أولًا.`,
  });
}

/** Nobody gives rights to themselves: it takes another administrator, as for everybody else. */
export function notOneself(field?: string): Problem {
  const reason = {
    en: "Nobody seats themselves. Ask another administrator of the operation room.",
    ar: "لا يعيّن أحد نفسه في مقعد. اطلب ذلك من مسؤول آخر في غرفة العمليات.",
  };
  return new Problem("forbidden", reason, field === undefined ? [] : [{ field, reason }]);
}

export const notTheirOwn = (): Problem =>
  new Problem("forbidden", {
    en: "Nobody moves a seat of their own to another place. Ask another administrator of the operation room.",
    ar: "لا ينقل أحد مقعده إلى موقع آخر. اطلب ذلك من مسؤول آخر في غرفة العمليات.",
  });
