/** What who asks sees of an entity, in words, as it is known at that moment and in the entity's own scope. */
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { ordinaryDay } from "../../engine/calendar/ordinary-day.js";
import { formatPeriod } from "../../engine/formatting/moments.js";
import { isShownCount } from "../../engine/measures/figure-bases.js";
import { figureWords } from "../../engine/measures/figure-words.js";
import { kpis } from "../../engine/measures/kpi.js";
import { type Measured, type PageFigureCode, pageFigure, pageFigureCodes } from "../../engine/measures/page-figures.js";
import { isFew } from "../../engine/measures/small-cells.js";
import type { Policy } from "../../engine/setup/policy.js";
import { msg } from "../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../engine/text/text.js";
import type { CaseParts } from "../cases/case-parts.js";
import { standingOf } from "./order-queries.js";

/** A figure of the entity in a period; `to` is exclusive. */
export interface FigureSeen {
  readonly figure: PageFigureCode;
  readonly from: string;
  readonly to: string;
}
/** As an address has it. */
export type FigureNamed = { readonly [Name in keyof FigureSeen]?: string | undefined };

/** The figure as all who read figures of that entity see it: without confidential cases. */
export type FigureOf = (
  a: FigureSeen & { readonly programme: string; readonly entity: string; readonly at: Date },
) => Promise<Measured>;

export interface SeenParts extends Pick<CaseParts, "db"> {
  readonly figureOf: FigureOf;
}

const longestDays = 366;

/** Null: the address names no figure that there is. */
export function figureSeen({ figure, from, to }: FigureNamed): FigureSeen | null {
  const [first, end] = [dayNumberOf(from ?? ""), dayNumberOf(to ?? "")];
  if (figure === undefined || from === undefined || to === undefined || first === null || end === null) return null;
  const code = pageFigureCodes.find((one) => one === figure);
  return code !== undefined && first < end && end - first <= longestDays ? { figure: code, from, to } : null;
}

interface Asked {
  readonly policy: Policy;
  readonly entity: string;
  readonly now: Date;
}

async function standing({ db }: SeenParts, { policy: { setup }, entity, now }: Asked): Promise<Bilingual> {
  const { open, late, oldestDueAt } = await standingOf(db, { programme: setup.programme.code, entity, now });
  const { timeZone } = setup.programme;
  const day = dateWords(civilDate(now, timeZone));
  if (late === 0 || oldestDueAt === null) return msg("orders.issueOrder.seenNoneLate", { open, day });
  return msg("orders.issueOrder.seen", {
    open,
    late: String(late),
    day,
    oldest: dateWords(civilDate(oldestDueAt, timeZone)),
  });
}

/** Of few cases the number is left out: who asks may read no cases, and could recognise a person by it. */
async function figureIn(parts: SeenParts, { policy, entity, now }: Asked, seen: FigureSeen): Promise<Bilingual> {
  const { setup, calendar } = policy;
  const { figure, from, to } = seen;
  const measured = await parts.figureOf({ ...seen, programme: setup.programme.code, entity, at: now });
  const { name } = kpis[figure];
  const day = { daySeconds: ordinaryDay(calendar, now), wall: false };
  const value = isShownCount(figure) || !isFew(measured.n) ? measured.value : null;
  return perLanguage((language) => {
    const period = pageFigure(figure).of === "now" ? null : formatPeriod(from, to, language);
    const words =
      value === null ? inLanguage(msg("orders.whatWasSeen.few"), language) : figureWords(figure, value, day, language);
    const known = { figure: inLanguage(name, language), words };
    return inLanguage(
      period === null ? msg("orders.whatWasSeen.now", known) : msg("orders.whatWasSeen.figure", { ...known, period }),
      language,
    );
  });
}

/** A subject to begin with: the figure and its period. */
export const subjectOfFigure = ({ figure, from, to }: FigureSeen): Bilingual =>
  perLanguage((language) => {
    const name = inLanguage(kpis[figure].name, language);
    if (pageFigure(figure).of === "now") return name;
    return inLanguage(msg("orders.whatWasSeen.subject", { name, period: formatPeriod(from, to, language) }), language);
  });

/** How an entity stands, and the figure that was looked at; of a figure that the address does not name rightly, nothing. */
export async function whatWasSeen(
  parts: SeenParts,
  a: Asked & { readonly seen: FigureSeen | null },
): Promise<Bilingual> {
  const whole = await standing(parts, a);
  if (a.seen === null) return whole;
  const figure = await figureIn(parts, a, a.seen);
  return perLanguage((language) => `${inLanguage(figure, language)} ${inLanguage(whole, language)}`);
}
