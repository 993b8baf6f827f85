/**
 * The clock of a machine against that of its database: every instance writes moments into one record, and the database is
 * the one thing that all of them share.
 */
import { Problem } from "../engine/text/problems.js";
import type { Bilingual } from "../engine/text/text.js";

/** More than this apart, and an instance does nothing that has consequences. */
export const maxApartMs = 60_000;

/** What two clocks say at one moment, when it is not the same. */
export interface ClocksApart {
  readonly machine: Date;
  readonly database: Date;
}

/**
 * Null while the clocks agree.
 * @param giveMs how far the comparison itself may be wrong: half the time that the database's answer took
 */
export function clocksApart(a: ClocksApart & { readonly giveMs: number }): ClocksApart | null {
  const { machine, database, giveMs } = a;
  return Math.abs(machine.getTime() - database.getTime()) - giveMs > maxApartMs ? { machine, database } : null;
}

/** In its own direction inside an Arabic sentence. */
const apart = (text: string): string => `\u2066${text}\u2069`;
const second = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

/** Which clock says what, and what to do. */
export function clockWords({ machine, database }: ClocksApart): Bilingual {
  return {
    en: `the clock of this machine says ${second(machine)}, that of the database ${second(database)}: they are more than a minute apart. Check the time service (NTP) on both machines and correct the clock that is wrong; the instance goes on by itself`,
    ar: `ساعة هذا الخادم تشير إلى ${apart(second(machine))} وساعة قاعدة البيانات إلى ${apart(second(database))}، والفرق بينهما أكثر من دقيقة. تحقق من خدمة الوقت (NTP) على الجهازين وصحّح الساعة الخاطئة، وستتابع النسخة عملها تلقائيًا`,
  };
}

/** For people who do not stand at that machine: whose clock it is. */
export function machineClockWords({ host, machine, database }: ClocksApart & { host: string }): Bilingual {
  return {
    en: `The clock of the machine ${host} says ${second(machine)}, that of the database ${second(database)}. That instance does nothing until they agree to within a minute: check the time service (NTP) on both machines and correct the clock that is wrong.`,
    ar: `ساعة الخادم ${apart(host)} تشير إلى ${apart(second(machine))} وساعة قاعدة البيانات إلى ${apart(second(database))}. لا تعمل تلك النسخة حتى يقل الفرق عن دقيقة: تحقق من خدمة الوقت (NTP) على الجهازين وصحّح الساعة الخاطئة.`,
  };
}

/** Seconds after which a clock may be right again: it is compared every five. */
const againSeconds = 15;

/** The refusal of whatever would be stored with a wrong time. */
export function clockProblem(found: ClocksApart): Problem {
  const { en, ar } = clockWords(found);
  return new Problem(
    "unavailable",
    {
      en: `Nothing is stored here at the moment, so that no wrong time gets into the record. Nothing was changed; try again in a few minutes. For the administrator: ${en}.`,
      ar: `لا يُحفظ شيء هنا حاليًا كي لا يدخل السجلَّ وقتٌ خاطئ. لم يتغيّر شيء؛ حاول ثانية بعد دقائق. لمسؤول النظام: ${ar}.`,
    },
    [],
    againSeconds,
  );
}
