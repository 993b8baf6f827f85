/** Who is furthest behind in a digest, who comes next, and for readers of cases which come first, a line each. */

import { isHidden } from "../../engine/measures/small-cells.js";
import type { UrgentCase } from "../../engine/measures/urgent-cases.js";
import { punctuationOf } from "../../engine/text/languages.js";
import { inLanguage } from "../../engine/text/text.js";
import { leadsTo } from "./digest-links.js";
import {
  count,
  countOf,
  type DigestLine,
  date,
  nameOf,
  rateOf,
  say,
  type Telling,
  unlinked,
  withCount,
} from "./digest-wording.js";
import { isolate } from "./view-context.js";

/** The overdue cases that come first, each by its reference, and how they are chosen. */
function urgentLines(t: Telling, cases: readonly UrgentCase[]): DigestLine[] {
  const { language, links } = t.context;
  if (cases.length === 0) return [];
  const each = cases.map(({ reference, subject, importance, entity, state, holder, daysLate }): DigestLine => {
    const told = { subject, entity: inLanguage(entity, language), days: daysLate };
    const more = {
      importance: importance === null ? "" : `${inLanguage(importance, language)}. `,
      state: inLanguage(state, language),
      holder: holder === null ? say(t, "latest.noHolder") : holder,
    };
    const text = say(t, "latest.urgentOne", { ...told, ...more });
    return { tone: "late", icon: "•", text, link: links.case(reference), label: isolate(reference, language) };
  });
  return [unlinked("late", "!", say(t, "latest.urgent", { count: cases.length })), ...each];
}

export function latestLines(t: Telling): readonly DigestLine[] {
  const { latest, oldest } = t.story;
  if (oldest !== undefined) {
    const values = {
      count: isHidden(oldest.count) ? countOf(t, oldest.count) : count(t, oldest.count),
      due: date(t, oldest.due),
    };
    return [{ tone: "near", icon: "•", text: say(t, "latest.hidden", values), ...leadsTo(t, "overdue", null) }];
  }
  if (t.digest.past) return [];
  if (latest === null) return [unlinked("good", "✓", say(t, "latest.none"))];
  const place = { code: latest.code, name: latest.name };
  const values = {
    place: nameOf(t, place),
    count: latest.count,
    open: countOf(t, latest.open),
    due: date(t, latest.oldestDue),
  };
  const isAlone =
    t.reader.scope.alone || (t.story.single !== undefined && t.story.single === t.reader.scope.place?.code);
  const key = isAlone ? "latest.alone" : isHidden(latest.open) ? "latest.most" : "latest.overdue";
  const first: DigestLine = { tone: "late", icon: "!", text: say(t, key, values), ...leadsTo(t, "overdue", place) };
  const lines = [first];
  if (t.story.urgent !== undefined) lines.push(...urgentLines(t, t.story.urgent));
  else if (t.reader.scope.readsCases) {
    const link = t.context.links.case(latest.oldest);
    lines.push({
      tone: "late",
      icon: "•",
      text: say(t, isAlone ? "latest.oldest" : "latest.oldestOf", { place: values.place }),
      link,
      label: isolate(latest.oldest, t.context.language),
    });
  }
  const isTold = t.story.changes.worse.some((one) => one.figure === "onTime" && one.place?.code === latest.code);
  if (latest.since !== null && latest.onTime !== null && !isTold) {
    const told = { place: values.place, since: date(t, latest.since), rate: rateOf(t, latest.onTime) };
    const lead = leadsTo(t, "onTime", place, { since: latest.since });
    lines.push({ tone: "late", icon: "▼", text: say(t, "latest.since", told), ...lead });
  }
  const { next = [] } = t.story;
  if (next.length > 0) {
    const each = next.map((one) => withCount(nameOf(t, one), one.count, t.context));
    const text = say(t, "latest.next", { places: each.join(punctuationOf(t.context.language).semicolon) });
    lines.push({ tone: "near", icon: "•", text, ...leadsTo(t, "overdue", null) });
  }
  return lines;
}
