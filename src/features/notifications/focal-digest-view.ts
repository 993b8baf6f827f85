/** A focal point's digest in words: the stored figures of `engine/measures/focal-digest.ts` said in the receiver's language. */

import { formatDuration } from "../../engine/formatting/durations.js";
import { dateIn, formatDate, formatMoment } from "../../engine/formatting/moments.js";
import { formatNumber } from "../../engine/formatting/numbers.js";
import type { DigestDefinition } from "../../engine/letters/letter-definition.js";
import type { DigestCase, FocalPointDigest } from "../../engine/measures/focal-digest.js";
import { highestLevel } from "../../engine/setup/highest-level.js";
import { inLanguage, listed } from "../../engine/text/text.js";
import { gatheredLines } from "./case-message-views.js";
import { type DigestLine, plainPart, wordDigest } from "./digest-wording.js";
import { changeOf, frame } from "./message-frame.js";
import { isolate, type View, type ViewContext } from "./view-context.js";

/** Never by colour alone: each group has a word and a sign. */
const groupLooks = {
  late: { tone: "late", icon: "!" },
  replyLate: { tone: "late", icon: "!" },
  dueToday: { tone: "near", icon: "•" },
  reopened: { tone: "waiting", icon: "↻" },
} as const;

/** What waited for the same morning: the digest tells it too, in whichever words a programme gave the digest itself. */
function newsOf({ gathered }: FocalPointDigest, context: ViewContext): readonly View[] {
  if (gathered === undefined) return [];
  const told = gatheredLines(gathered, context);
  const { count } = told;
  return [
    { ...told, title: context.say("official-gathered.title"), body: context.say("official-gathered.body", { count }) },
  ];
}

/** What to do first, with where it is done. */
function askedLines({ groups, critical }: FocalPointDigest, context: ViewContext): readonly DigestLine[] {
  const { language, links, setup } = context;
  const label = context.say("digest-lines.cases");
  const cases = (filter: Readonly<Record<string, string>>) => links.cases(setup.programme.code, filter);
  const group = (name: string) => groups.find((one) => one.name === name);
  const [late, replies, today] = [group("late"), group("replyLate"), group("dueToday")];
  const dueDays = (late?.cases ?? []).flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])).sort();
  const [oldest] = dueDays;
  const lines: DigestLine[] = [];
  const level = highestLevel(setup);
  if (critical !== undefined && level !== undefined) {
    const values = { count: critical.count, level: inLanguage(critical.level, language) };
    const link = cases({ late: "late", importance: level.code });
    lines.push({
      tone: "late",
      icon: "!",
      text: context.say("digest-focal-point.asked.critical", values),
      link,
      label,
    });
  }
  if (late !== undefined && late.count > 0 && oldest !== undefined) {
    const since = formatDate(dateIn(new Date(oldest), setup.programme.timeZone), language);
    const text = context.say("digest-focal-point.asked.late", { count: late.count, since });
    lines.push({ tone: "late", icon: "!", text, link: cases({ late: "late" }), label });
  }
  if (replies !== undefined && replies.count > 0) {
    const text = context.say("digest-focal-point.asked.replyLate", { count: replies.count });
    lines.push({ tone: "late", icon: "!", text, link: cases({ desk: "replyLate" }), label });
  }
  if (today !== undefined && today.count > 0) {
    const text = context.say("digest-focal-point.asked.dueToday", { count: today.count });
    lines.push({ tone: "near", icon: "•", text, link: cases({ late: "today" }), label });
  }
  return lines;
}

/** What became of what the last letter listed. */
function followedLines({ followed }: FocalPointDigest, context: ViewContext): readonly DigestLine[] {
  if (followed === undefined || followed.named === 0) return [];
  const say = (key: string, count: number) => context.say(`digest-focal-point.followed.${key}`, { count });
  const kinds = [
    ["answered", "good", "✓"],
    ["overdue", "late", "!"],
    ["open", "waiting", "•"],
    ["elsewhere", "waiting", "•"],
  ] as const;
  return kinds.flatMap(([kind, tone, icon]): DigestLine[] =>
    followed[kind] === 0 ? [] : [{ tone, icon, text: say(kind, followed[kind]), link: null, label: null }],
  );
}

export function focalPointView(digest: FocalPointDigest, context: ViewContext, definition: DigestDefinition): View {
  const { language, links, setup } = context;
  const say = (key: string, values?: Record<string, string>) => context.say(`digest-focal-point.${key}`, values);
  // Letters of earlier versions say nothing of late first replies.
  const counts: Record<string, string> = {
    replyLate: formatNumber(0, language),
    ...Object.fromEntries(digest.groups.map(({ name, count }) => [name, formatNumber(count, language)])),
  };
  const time = ({ secondsLeft, daySeconds, wall = false }: DigestCase) => {
    if (secondsLeft === null) return say("noClock");
    const late = secondsLeft < 0;
    const day = { daySeconds: daySeconds ?? digest.daySeconds ?? 0, wall };
    const time = formatDuration(Math.abs(secondsLeft), day, { language });
    return say(late ? "overdue" : "left", { time });
  };
  const marksOf = ({ importance, reopened }: DigestCase, group: string) =>
    [inLanguage(importance, language), reopened && group !== "reopened" ? say("reopenedMark") : null]
      .filter((mark) => typeof mark === "string")
      .join(" · ");
  const date = formatDate(digest.date, language);
  const names = digest.entities.map((name) => inLanguage(name, language));
  const joined = (texts: readonly string[]) => inLanguage(listed(texts), language);
  const texts = { late: "0", replyLate: "0", dueToday: "0", reopened: "0", ...counts };
  const worded = wordDigest(
    definition,
    { ...texts, date, programme: inLanguage(setup.programme.name, language), entities: joined(names) },
    language,
  );
  const groups = new Map(
    digest.groups.map(({ name, count, cases }) => [
      name as string,
      {
        ...groupLooks[name],
        title: say(`groups.${name}`, { count: formatNumber(count, language) }),
        none: say(`none.${name}`),
        more: count > cases.length ? say("more", { count: formatNumber(count - cases.length, language) }) : null,
        cases: cases.map((theCase): View => {
          const { reference } = theCase;
          const plain = { reference, subject: context.say("layout.plainLine"), time: "", marks: null };
          return context.line<View>(
            () => ({
              reference,
              subject: theCase.subject ?? say("confidential"),
              time: time(theCase),
              marks: marksOf(theCase, name) || null,
              link: links.case(reference),
            }),
            () => ({ ...plain, link: links.case(reference) }),
          );
        }),
      },
    ]),
  );
  const plain = (): readonly DigestLine[] => [plainPart(context)];
  const linesOf: Readonly<Record<string, readonly DigestLine[]>> = {
    asked: context.line(() => askedLines(digest, context), plain),
    followed: context.line(() => followedLines(digest, context), plain),
  };
  return {
    ...frame("digest-focal-point", context, counts),
    change: changeOf({}, context),
    subject: worded.subject,
    title: worded.title,
    introduction: worded.introduction,
    preheader: say("summary", counts),
    date,
    entities: joined(names.map((name) => isolate(name, language))),
    summary: say("summary", counts),
    // A group's own title says how many there are; a section may say it in other words.
    sections: worded.sections.map(({ section, title, introduction, ...flags }) => {
      const group = groups.get(section);
      const lines = linesOf[section] ?? [];
      return {
        ...flags,
        title: group === undefined && section !== "summary" && lines.length === 0 ? null : title,
        introduction,
        lines,
        group: group === undefined ? [] : [{ ...group, title: title ?? group.title, introduction }],
      };
    }),
    news: newsOf(digest, context),
    link: links.home(),
    button: say("button"),
    asOf: say("asOf", { at: formatMoment(new Date(digest.at), language, setup.programme.timeZone) }),
  };
}
