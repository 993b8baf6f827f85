/** What a letter about a figure shows: what happened, against what, where, why it came and where it is changed. */

import { elapsedDay } from "../../engine/formatting/durations.js";
import { formatNumber } from "../../engine/formatting/numbers.js";
import { type AlertCondition, alertFaults, alertSentence } from "../../engine/measures/alert-condition.js";
import { figureWords, wholePeriodWords } from "../../engine/measures/figure-words.js";
import { kpis } from "../../engine/measures/kpi.js";
import { isStanding } from "../../engine/measures/page-figures.js";
import { inLanguage } from "../../engine/text/text.js";
import { frame, type MessageData } from "./message-frame.js";
import { textOf, type View, type ViewContext } from "./view-context.js";

const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** The condition of a letter. Throws for data that have none. */
function conditionOf(data: MessageData): AlertCondition {
  if (alertFaults(data).length > 0) throw new Error("the letter names no figure that there is");
  return data as unknown as AlertCondition;
}

/** A letter about a figure. @param data what `features/reports/alerts/judge-alerts.ts` stores of an event */
export function figureAlertView(data: MessageData, context: ViewContext): View {
  const { language } = context;
  const asked = conditionOf(data);
  const day = { daySeconds: numberOf(data.daySeconds) ?? elapsedDay.daySeconds, wall: false };
  const written = (value: unknown): string | null => {
    const given = numberOf(value);
    return given === null ? null : figureWords(asked.kpi, given, day, language);
  };
  const [from, to] = [textOf(data, "from") ?? "", textOf(data, "to") ?? ""];
  const period = wholePeriodWords(asked.unit, { from, to }, language);
  const name = inLanguage(kpis[asked.kpi].name, language);
  const place = context.name(data.place) ?? "";
  const sentence = inLanguage(alertSentence(asked), language);
  const value = written(data.figure) ?? context.say("layout.noData");
  const [numerator, denominator] = [numberOf(data.numerator), numberOf(data.denominator)];
  const counted =
    numerator === null || denominator === null
      ? null
      : context.say("figure-alert.of", {
          n: formatNumber(numerator, language),
          all: formatNumber(denominator, language),
        });
  const usual = data.usual as { lower?: unknown; upper?: unknown } | null | undefined;
  const [lower, upper] = [written(usual?.lower), written(usual?.upper)];
  const own = data.own === true;
  return {
    ...frame("figure-alert", context, { name, place, value, period, sentence }),
    whyReceived: own ? context.say("figure-alert.whyOwn") : context.say("figure-alert.whyAudience"),
    change: {
      words: context.say(own ? "figure-alert.changeOwn" : "layout.changeLetters"),
      link: own ? context.links.figureAlerts() : context.links.letters(),
      label: context.say(own ? "figure-alert.changeLabel" : "layout.lettersOfPosition"),
    },
    body: context.say("figure-alert.body", { place, sentence }),
    facts: context.facts([
      ["period", period],
      ["figure", value],
      ["counted", counted],
      ["periodBefore", written(data.before)],
      ["usualRange", lower === null || upper === null ? null : context.say("figure-alert.range", { lower, upper })],
      ["heldSince", asked.periods > 1 ? context.date(data.since) : null],
    ]),
    note: data.confidential === true ? context.say("figure-alert.confidential") : null,
    link: context.links.figures(textOf(data, "programme") ?? "", {
      scope: textOf(data, "scope") ?? "",
      period: textOf(data, "period") ?? "",
      // By a number of now nothing is compared.
      ...(isStanding(asked.kpi) ? { panel: "figures-ageing" as const } : { figure: asked.kpi }),
      unit: asked.unit,
    }),
    button: context.say("figure-alert.button"),
  };
}
