/** Every message in both languages, from the real templates and texts. */

import { describe, expect, it } from "@jest/globals";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import type { FiguresDigest } from "../../src/engine/measures/digest-view.js";
import type { Language } from "../../src/engine/text/text.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import { isolate } from "../../src/features/notifications/view-context.js";
import { drawTrend } from "../../src/features/reports/trend-chart.js";
import { letterTexts } from "../../src/platform/views/texts.js";
import { sampleCommitteeDigest, sampleMessages } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

const setup = sampleSetup();
const linkToken = ({ id, nonce }: { id: number; nonce: Buffer }) => `${id}.${nonce.toString("hex")}`;
const renderer = createRenderer({ publicUrl: "https://diwan.example.jo/office", drawChart: drawTrend, linkToken });
const templates = Object.keys(sampleMessages) as MessageTemplate[];
const languages: readonly Language[] = ["ar", "en"];
const each = templates.flatMap((template) => languages.map((language) => [template, language] as const));
const render = (template: MessageTemplate, language: Language, change: Record<string, unknown> = {}) =>
  renderer.render({ template, language, data: { ...sampleMessages[template], ...change } }, setup);

describe.each(each)("%s in %s", (template, language) => {
  const { subject, html, text, from } = render(template, language);

  it("leaves no gap and no raw template", () => {
    for (const part of [subject, html, text, from]) {
      expect(part).not.toBe("");
      // Two samples hold such braces as typed by a person.
      const own = part.replaceAll("{{x}}", "").replaceAll("{{unfriendly}}", "");
      expect(own).not.toMatch(/undefined|\[object|NaN|\{\{|\bnull\b/);
    }
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it("writes dates as people do", () => {
    // Addresses are for machines.
    for (const part of [subject, text.replaceAll(/https:\S+/g, "")]) expect(part).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  it("says its language and direction on html, body and outer table, and loads nothing", () => {
    const direction = language === "ar" ? "rtl" : "ltr";
    for (const tag of ["html", "body", "table"]) {
      const opening = new RegExp(`<${tag}[^>]*>`).exec(html)?.[0] ?? "";
      expect(opening).toContain(`dir="${direction}"`);
      expect(opening).toContain(`lang="${language}"`);
    }
    expect(html).not.toMatch(/<link|<script|@import|url\(|src="http/);
  });

  it("has its styles at the elements and its whole content in the text too", () => {
    // A text message is its words and nothing else; its address is not that of a button.
    const isSms = template.startsWith("sms-") || template.endsWith("-sms");
    if (!isSms) expect(html).toMatch(/<h1 style="[^"]*font-size: 22px/);
    expect(html).not.toContain("<style");
    expect(text).not.toMatch(/<(table|td|tr|p|h1|a|bdi|span)\b/);
    const reference = (sampleMessages[template].reference as string | undefined) ?? null;
    if (reference !== null) expect(text).toContain(reference);
    const link = /href="([^"]+)"/
      .exec(html)?.[1]
      ?.replace(/&amp;/g, "&")
      .replace(/&#x3D;/g, "=");
    if (link !== undefined) {
      expect(link).toMatch(/^https:\/\/diwan\.example\.jo\/office\//);
      expect(text).toContain(link);
    }
  });
});

describe("a focal point's digest that an earlier version stored", () => {
  it("counts the days of all its cases by the one length that it says", () => {
    const theCase = { reference: "482-739-1652", subject: "s", importance: null, dueAt: null, reopened: false };
    const groups = [
      { name: "late", count: 1, cases: [{ ...theCase, secondsLeft: -53_000 }] },
      { name: "dueToday", count: 0, cases: [] },
      { name: "reopened", count: 0, cases: [] },
    ];
    expect(render("digest-focal-point", "en", { daySeconds: 25_200, groups }).text).toContain("2 working days overdue");
  });
});

describe("what an official took down for an applicant", () => {
  it.each([
    ["applicant-acted", "The <second> window on the left."],
    ["applicant-withdrawn", "He <solved> it with the office."],
  ] as const)("%s: goes to an address that was shown to be theirs, and to no other", (template, said) => {
    const to = (proven: boolean) =>
      renderer.render(
        { template, language: "en", data: sampleMessages[template], enclosed: { link: null, code: null, proven } },
        setup,
      ).text;
    expect(to(true)).toContain(said);
    expect(to(false)).not.toContain(said);
    expect(to(false)).toContain("Open your complaint with the reference number and the code to read it.");
    // A rating is what somebody said, too.
    expect(render(template, "en", { rating: 1 }).text).not.toContain("out of 5");
  });
});

describe("what people typed", () => {
  it("stays text in HTML and stays whole in the text form", () => {
    const { html, text } = render("official-assigned", "en");
    expect(html).toContain("&lt;b&gt;passport&lt;/b&gt;");
    expect(html).not.toContain("<b>passport");
    expect(text).toContain('<b>passport</b> office & "queue" {{x}}');
  });

  it("cannot reach what the view does not own", () => {
    const { html } = render("applicant-answered", "en", {
      answer: "{{constructor.constructor}} {{> email}} <img src=x onerror=alert(1)>",
    });
    expect(html).toContain("{{constructor.constructor}} {{&gt; email}} &lt;img");
  });

  it("of an answer to a duplicate does not promise that it can be reopened", () => {
    expect(render("applicant-answered", "en").text).toContain("reopen");
    const { text } = render("applicant-answered", "en", { together: true });
    expect(text).toContain("together with an earlier one");
    expect(text).not.toContain("reopen");
    expect(render("applicant-linked", "en", { confidential: true }).text).not.toContain("We will email you the answer");
  });

  it("keeps a reference in its own direction inside Arabic", () => {
    expect(render("official-assigned", "ar").subject).toBe("طلب جديد \u2068482-739-1652\u2069");
    expect(render("official-assigned", "ar").html).toMatch(/<bdi class="ltr reference" dir="ltr"[^>]*>482-739-1652/);
  });
});

describe("names and moments", () => {
  it("come from the set-up in the receiver's language, in the programme's zone", () => {
    const { text } = render("official-escalated", "ar", { level: 1 });
    expect(text).toContain("الجهة: وزارة الصحة");
    expect(text).toContain("المستوى: 1 · مدير الجهة");
    expect(text).toContain("الأحد 29 تشرين الثاني 2026، 11:10");
    expect(render("official-assigned", "en").text).toContain("Entity: Ministry of Health");
  });

  it("leave out what is unknown and say that a confidential case stays inside", () => {
    const data = { reference: "482-739-1652", confidential: true, dueAt: null };
    const { text } = renderer.render({ template: "official-escalated", language: "en", data }, setup);
    expect(text).toContain("confidential");
    expect(text).not.toContain("Subject:");
    const question = renderer.render({ template: "applicant-question", language: "en", data }, setup);
    expect(question.text).toContain("We do not send it by email");
  });
});

describe("news of a case", () => {
  const news = (language: Language, data: Record<string, unknown>) => {
    const message = { template: "official-news" as const, language, data: { reference: "482-739-1652", ...data } };
    return renderer.render(message, setup).text;
  };
  const kinds = ["replied", "added", "reopened", "reopenedFor", "rated", "appealed"];

  it.each(kinds)("%s: a sentence of its own, with what may be said and without", (kind) => {
    const said = (data: Record<string, unknown>, language: Language = "en") => news(language, { kind, ...data });
    const all = kinds.map((other) => news("en", { kind: other }));
    expect(new Set(all).size).toBe(kinds.length);
    expect(said({ confidential: true }, "ar")).toMatch(/[\u0600-\u06ff]/);
    expect(said({})).not.toMatch(/[{}]|null|undefined/);
  });

  it("names the rating, who reopened it, and how many files came along", () => {
    expect(news("en", { kind: "rated", rating: 1 })).toContain("a low rating: 1 of 5");
    expect(news("ar", { kind: "appealed", rating: 2 })).toContain("2 من 5");
    expect(news("en", { kind: "reopenedFor", by: "Huda" })).toContain("Huda reopened the case.");
    expect(news("en", { kind: "replied", files: 2 })).toContain("Files: 2");
  });
});

describe("a copy of an escalation", () => {
  it("names the level and does not say that it is the reader's", () => {
    const [own, copy] = [render("official-escalated", "en", { level: 1 }), render("official-escalated-copy", "en")];
    expect(own.subject).toContain("Escalated to you");
    expect(copy.text).toContain("Level: 1 · Entity manager");
    expect(`${copy.subject} ${copy.text}`).not.toMatch(/to you\b/);
    const arabic = render("official-escalated-copy", "ar");
    expect(`${arabic.subject} ${arabic.text}`).not.toContain("إليك");
  });
});

describe("the committee's digest", () => {
  it("carries its chart by content id, and inside the file in a preview", () => {
    const sent = render("digest-committee", "ar");
    expect(sent.images).toHaveLength(1);
    expect(sent.images[0]?.content.subarray(1, 4).toString()).toBe("PNG");
    expect(sent.html).toContain(`src="cid:${sent.images[0]?.cid}"`);
    const message = {
      template: "digest-committee" as const,
      language: "ar" as const,
      data: { ...sampleCommitteeDigest },
    };
    const preview = renderer.render(message, setup, { preview: true });
    expect(preview.images).toHaveLength(0);
    expect(preview.html).toContain('src="data:image/png;base64,');
    expect(preview.html).not.toContain("cid:");
  });

  it("prints the figures with their counterparts and describes the chart", () => {
    const { text, html } = render("digest-committee", "en");
    for (const line of [
      "The share answered on time is 72%, below its usual range of 82.3% to 90.5%.",
      "Answered on time: 72%",
      "737 of 1,024 whose deadline was in the period",
      "First reply on time: 57%",
      "Week before: 86.8%",
      "Overdue now: 137",
      "Satisfied, by web: 78.7%",
      "whose applicant was invited (24.5%)",
      "- Service and Public Administration Commission (formerly Civil Service Bureau): 63.8% on time (30 of 47, 9 overdue now)",
      "Figures as of Sunday 22 November 2026, 08:00 (Jordan Time).",
    ])
      expect(text).toContain(line);
    // Each percentage of the list says what it is of, and the button leads to the figures of its scope and days.
    expect(html).toMatch(/63\.8%<\/bdi><span class="small"[^>]*>on time<\/span>/);
    expect(render("digest-committee", "ar").html).toMatch(/63\.8%<\/bdi><span class="small"[^>]*>ضمن الموعد<\/span>/);
    const link =
      "https://diwan.example.jo/office/admin/pages/figures?programme=jordan&scope=all&period=2026-11-15..2026-11-21";
    expect(text).toContain(`Open these figures in Diwan:\n${link}`);
  });

  it("says all that its chart shows, for who has no pictures and in the plain text", () => {
    const { text, html } = render("digest-committee", "en");
    const alternative =
      "Share answered on time in each of the last 13 weeks, the oldest first: 86.1%, 87.2%, 84.8%, 86.6%, 87.9%, 85.8%, 87%, " +
      "85.1%, 86.4%, 87.5%, 86%, 86.8%, 72%. Among answered cases only: from 79% to 95.9%, last 79%.";
    const note =
      "Average: 86.4%. Usual range: 82.3% to 90.5%. ◆ marks what chance does not explain: a value outside of this range, or the last of several in a row on one side of the average.";
    expect(html).toContain(`alt="${alternative}"`);
    expect(html).toMatch(new RegExp(`<p class="note"[^>]*>${note}</p>`));
    expect(text).toContain(`${alternative}\n${note}\n`);
    // In Arabic the list runs from the right, too.
    expect(render("digest-committee", "ar").text).toContain("\u200f86.1%\u060c 87.2%\u060c ");
    // Before there is a usual range nothing says that there is one.
    const { chart } = sampleCommitteeDigest;
    const young = { ...sampleCommitteeDigest, chart: { ...chart, mean: null, lower: null, upper: null } };
    const early = renderer.render({ template: "digest-committee", language: "en", data: { ...young } }, setup);
    expect(early.html + early.text).not.toContain("Usual range");
  });

  it("has importance and mark of each case in a focal point's plain text, too", () => {
    const { text } = render("digest-focal-point", "en");
    expect(text).toMatch(/^- 482-739-1652 .*\n {2}Critical · reopened\n {2}https:/m);
  });

  it("answers what got worse, who is latest since when, why, how long, what is asked and what became of it", () => {
    const { text, html } = render("digest-committee", "en");
    for (const line of [
      "See that the 4 cases that were escalated to your position and are still open are answered.",
      "Ministry of Water and Irrigation: answered on time has fallen: 62.2% since 1 November 2026, 89.7% before.",
      "Ministry of Water and Irrigation has the most overdue cases: 23 of its 61 open cases. The oldest has been due since 3 August 2026.",
      "Ministry of Water and Irrigation, fewer answers on time since 1 November 2026: the service “Connecting homes to the water network” accounts for 83% of the fall in answers on time with only 30% of the cases.",
      "Oldest overdue case of Ministry of Water and Irrigation:",
      "9 cases overdue for 11 working days or more.",
      "Off target: 18 points below 90%",
      "“Off target” is worse than the limit it set.",
      "Greater Amman Municipality: answered on time 66.7%, now 89.4%; overdue 41, now 12. On the whole better.",
    ])
      expect(text).toContain(line);
    expect(html).toContain("filters.counted&#x3D;becameLate.2026-11-01.2026-11-22");
  });

  it("says once what left its usual range: in the headline, and in its section where the headline is of something else", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const signal = { figure: "delayed", direction: "up", value: 58, range: { lower: 17, upper: 43 } } as const;
    const change = {
      figure: "overdue",
      place: null,
      direction: "worse",
      now: 58,
      before: null,
      since: null,
      cases: 28,
    };
    const changes = { worse: [{ ...change, signal }], better: [] };
    const headline = {
      kind: "changed",
      signals: [signal, { ...signal, figure: "onTime", value: 0.9, range: null, before: 0.8 }],
    };
    const { text } = render("digest-committee", "en", { headline, story: { ...told.story, changes } });
    const words = "the number of overdue cases is 58, above its usual range of 17 to 43";
    expect(text).toContain(
      `T${words.slice(1)}; the share answered on time is 90%, up from 80%, by more than chance explains.`,
    );
    expect(text).not.toContain(`All entities together: ${words}.`);
    expect(text).not.toContain("Nothing got worse");
    const other = { headline: { kind: "changed", signals: headline.signals.slice(1) } };
    expect(render("digest-committee", "en", { ...other, story: { ...told.story, changes } }).text).toContain(
      `All entities together: ${words}.`,
    );
    // What it was in the period before stands with it, so that above the average and less than a week ago are one story.
    const run = { headline: { kind: "changed", signals: [{ ...signal, value: 48, range: null, was: 53 }] } };
    expect(render("digest-committee", "en", run).text).toContain(
      "The number of overdue cases is 48 and has been above its average for some time (in the period before: 53).",
    );
    // A run lies within its range, and is not said to be above it.
    const long = { ...signal, value: 22, range: null, run: { periods: 9, mean: 12.4 } };
    const usual = {
      delayed: { lower: 2.2, upper: 22.4, is: "run" },
      received: { lower: 900, upper: 1150.7, is: "above" },
    };
    const told2 = render("digest-committee", "en", { headline: { kind: "changed", signals: [long] }, usual }).text;
    expect(told2).toContain("is 22, above its average of 12 for 9 periods in a row");
    expect(told2).toContain("Usual range: 3 to 22.");
    expect(told2).toContain("Above its usual range of 900 to 1,150");
  });

  it("names the most urgent cases with who has them, who is next, and where what climbed is", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const [at, holder] = [{ ar: "أ", en: "Amman" }, "Rana"];
    const urgent = [
      {
        ...{ reference: "482-739-1652", subject: "No water", importance: at, entity: at, state: at },
        holder,
        daysLate: 12,
      },
      {
        ...{ reference: "482-739-1653", subject: "Pump", importance: null, entity: at, state: at },
        holder: null,
        daysLate: 0,
      },
    ];
    const next = [{ code: "GAM", name: at, count: 7 }];
    const decide = {
      kind: "decide",
      count: 4,
      level: 2,
      under: "PM",
      overdue: 1,
      at: [{ ...next[0], count: 4, overdue: 1 }],
    };
    const { text } = render("digest-committee", "en", {
      ...{ story: { ...told.story, urgent, next }, reader: { ...told.reader, asked: [decide] } },
    });
    const plain = text.replace(/[\u2066-\u2069]/g, "");
    for (const line of [
      "Overdue for 12 working days: “No water”",
      "Rana.\n  482-739-1652: ",
      "no one has taken it",
      "Amman (7)",
    ])
      expect(plain).toContain(line);
    expect(plain).toContain("1 of them is overdue. They are at: Amman (4).");
    expect(plain).not.toContain("Oldest overdue case of");
  });

  it("never says that nothing got worse where a third more is overdue, and says that it is within what is usual", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const story = { ...told.story, changes: { worse: [], better: [] } };
    const of = (is: number, was: number, followed = told.reader?.followed?.slice(0, 1)) =>
      render("digest-committee", "en", {
        ...{ story, reader: { ...told.reader, followed } },
        ...{ now: { ...told.now, delayed: is }, before: { ...told.now, delayed: was } },
      }).text;
    expect(of(40, 30)).toContain("40 cases are overdue, up from 30 in the period before. Chance may explain that");
    expect(of(40, 30)).not.toContain("Nothing got worse");
    // Nor where one that was named before is worse.
    const sunk = of(30, 30, [...(told.reader?.followed ?? [])]);
    expect(sunk).toContain("Of what earlier digests named, worse: Ministry of Water and Irrigation.");
    expect(sunk).not.toMatch(/Nothing (else )?got worse/);
    for (const [is, was] of [
      [38, 30],
      [6, 2],
      [30, 40],
    ] as const)
      expect(of(is, was)).toContain("Nothing got worse by more than chance explains.");
  });

  it("begins with what is critical and overdue, and says of a day that has passed that it has", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const place = { code: "GAM", name: { ar: "أمانة عمّان", en: "Amman" } };
    const critical = [{ ...place, count: 2, oldestDue: "2026-10-29" }];
    const story = { ...told.story, critical, criticalLevel: { ar: "حرجة", en: "Critical" } };
    const ask = { kind: "plan", figure: "onTime", place, before: 2, until: "2026-11-26" };
    const of = (asked: object, language: "ar" | "en" = "en") =>
      render("digest-committee", language, { story, reader: { ...told.reader, asked: [asked] } }).text;
    const [sent = "", early = ""] = ["2026-11-19", "2026-11-26"].map((askedBy) => of({ ...ask, askedBy }));
    expect(sent).toMatch(/\n2 overdue cases are of the importance “Critical”: .?Amman \(2\).?\. The share answered/);
    expect(sent).toContain("The last 2 digests asked this, the last by 19 November 2026; that day has passed.");
    expect(early).toContain("The last 2 digests asked this as well.");
    // A name and its number are one piece of one direction.
    expect(of(ask, "ar")).toContain("\u2068أمانة عمّان (2)\u2069");
    const cases = { kind: "critical", place, count: 2, due: "2026-10-29" };
    expect(of({ ...cases, still: 1 })).toContain("The last digest asked for 1 of them as well.");
    expect(of({ ...cases, still: 2 })).toContain("The last digest asked for them as well.");
    expect(of({ ...cases, still: 2 }, "ar")).toContain("وطُلب الرد عليهما في الموجز السابق أيضًا");
  });

  it("says of an entity once what is asked of it: the list of those to follow up has the others", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const [named, other] = told.entities;
    const of = (codes: readonly (string | undefined)[]) => {
      const asked = codes.map((code) => ({
        ...{ kind: "plan", figure: "onTime" },
        place: { code, name: { ar: "ج", en: "E" } },
      }));
      return render("digest-committee", "en", { reader: { ...told.reader, asked, followed: [] } }).text;
    };
    const line = (one: typeof named) => `- ${one?.name.en}: `;
    expect(of([])).toContain(line(named));
    expect(of([named?.code])).not.toContain(line(named));
    expect(of([named?.code])).toContain(line(other));
    expect(of(told.entities.map(({ code }) => code))).not.toContain("Entities to follow up");
  });

  it("leads a reader of no cases to the figures, and a reader of none of these figures nowhere", () => {
    const told = sampleMessages["digest-committee"] as unknown as FiguresDigest;
    const none = { lines: [], more: 0 };
    const asRead = (figures: string | null) =>
      render("digest-committee", "en", {
        // Of orders each reads their own, whatever cases they reach.
        reader: { ...told.reader, orders: none, scope: { place: null, alone: false, figures, readsCases: false } },
      }).text;
    expect(asRead("all")).not.toContain("/resources/cases");
    expect(asRead("all")).toContain("pages/figures?programme=jordan&scope=all&period=2026-11-01..2026-11-21");
    // How many are overdue is shown of an entity, however few; by how long they are, nobody is known by a number of few.
    expect(asRead("all")).toContain("63.8% on time (30 of 47, 9 overdue now)");
    expect(asRead("all")).not.toMatch(/\b9 cases overdue/);
    expect(asRead(null)).not.toMatch(/See the (cases|figures)|482-739-1652/);
  });

  it("of an earlier version is shown without what it does not say", () => {
    const message = {
      template: "digest-committee" as const,
      language: "en" as const,
      data: { ...sampleCommitteeDigest },
    };
    const { text } = renderer.render(message, setup);
    expect(text).toContain("Answered on time: 72%");
    expect(text).not.toMatch(/What is asked|Who is furthest behind|Why/);
  });

  it("says “no data” for a share of nothing, never 0 or 100", () => {
    const nothing = { numerator: 0, denominator: 0, rate: null };
    const now = {
      ...sampleCommitteeDigest.now,
      onTimeResolution: nothing,
      satisfaction: { ...nothing, responseRate: nothing },
    };
    const { text } = render("digest-committee", "en", {
      now,
      chart: { points: [], mean: null, lower: null, upper: null },
      entities: [],
    });
    expect(text).toContain("Answered on time: no data");
    expect(text).toContain("Satisfied, by web: no data");
    expect(text).toContain("no entity with 30 or more cases");
  });
});

describe("the texts", () => {
  const en = letterTexts("en");

  it("refuse an unknown key and a value that is not given", () => {
    expect(() => en.say("official-warning.nothing")).toThrow(
      "No catalogue has the message emails.official-warning.nothing",
    );
    expect(() => en.say("official-warning.subject")).toThrow("reference");
  });
});

it("says in Arabic how far a share is below its target, whatever number that is", () => {
  const said = (away: number) =>
    letterTexts("ar").say("digest-figures.target.off.points", { target: "75%", away }, (value) => isolate(value, "ar"));
  expect(said(43.1)).toContain("43.1 نقطة مئوية");
  expect(said(4)).toContain("4 نقاط مئوية");
});

it("begins with the entities that changed where all of them together stayed in their range", () => {
  const headline = { kind: "nothing", signals: [] };
  const { text } = render("digest-committee", "en", { headline });
  expect(text).toContain("All entities together moved within the usual range. Worse: Ministry of Water and Irrigation");
});
