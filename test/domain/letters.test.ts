/** Letters in a programme's own words: what may stand in them, what is refused with its place, and what they become. */
import { describe, expect, it } from "@jest/globals";
import { digestDifferences, messageDifferences } from "../../src/engine/differences/letter-differences.js";
import { checkDigest } from "../../src/engine/letters/check-digest.js";
import { checkMessage } from "../../src/engine/letters/check-message.js";
import type { DigestDefinition, MessageDefinition } from "../../src/engine/letters/letter-definition.js";
import { fillLetter } from "../../src/engine/letters/letter-template.js";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import { fieldsOfLetter, letterKinds } from "../../src/engine/letters/message-kinds.js";
import type { Language } from "../../src/engine/text/text.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import {
  digestAsShipped,
  shippedDefinition,
  shippedNames,
} from "../../src/features/policy/versions/shipped-definitions.js";
import { sampleMessages } from "../support/sample-messages.js";
import { sampleSetup } from "../support/sample-setup.js";

const languages: readonly Language[] = ["ar", "en"];
const shipped = (name: string) => shippedDefinition("message", name) as MessageDefinition;
const received = shipped("applicant-received");
const withBody = (en: string, of: MessageDefinition = received): object => ({
  ...of,
  body: { ...of.body, en: `${en}\n{{button}}\n{{note}}` },
});
const errors = (definition: unknown) => checkMessage(definition, "x").filter(({ severity }) => severity === "error");

const renderer = createRenderer({
  publicUrl: "https://diwan.example.jo",
  drawChart: () => Buffer.from("png"),
  linkToken: () => "t",
});
const setup = sampleSetup();
const render = (
  template: MessageTemplate,
  language: Language,
  wording: object | null,
  data: Readonly<Record<string, unknown>> = sampleMessages[template],
) => renderer.render({ template, language, data, wording }, setup);

describe("what ships", () => {
  it.each(shippedNames.map(({ kind, name }) => [kind, name] as const))("%s %s passes its own check", (kind, name) => {
    const definition = shippedDefinition(kind, name);
    expect(kind === "message" ? checkMessage(definition, name) : checkDigest(definition, name)).toEqual([]);
  });

  const told = letterKinds.filter((kind) => kind !== "official-bulk");
  it.each(told.flatMap((kind) => languages.map((language) => [kind, language] as const)))(
    "%s in %s says in a programme's own words just what the shipped letter says",
    (kind, language) => {
      const own = render(kind, language, shipped(kind));
      const asShipped = render(kind, language, null);
      expect(own.wordingFault).toBeNull();
      expect(own.subject).toBe(asShipped.subject);
      expect(own.text).toBe(asShipped.text);
      const words = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");
      expect(words(own.html)).toBe(words(asShipped.html));
    },
  );

  it("several cases at once are listed", () => {
    const { text, html } = render("official-bulk", "en", shipped("official-bulk"));
    expect(text).toContain("- 117-204-9981\n");
    expect(html).toMatch(/<li[^>]*>117-204-9981<\/li>/);
  });
});

describe("what a letter may show is what its shipped letter shows", () => {
  it.each(letterKinds.map((kind) => [kind] as const))("%s: each field is filled from its view", (kind) => {
    const fields = fieldsOfLetter(kind).filter(({ form }) => form === "text");
    const body = fields.map(({ name }) => `{{#if ${name}}}${name}=<{{${name}}}>{{/if}}`).join("\n");
    const { text, wordingFault } = render(kind, "en", { ...shipped(kind), body: { ar: body, en: body } });
    expect(wordingFault).toBeNull();
    for (const { name, always } of fields) if (always) expect(text).toMatch(new RegExp(`${name}=<.+>`));
  });

  it("an applicant has no name in any letter, and a receipt repeats nothing of the application", () => {
    const all = letterKinds.flatMap((kind) => fieldsOfLetter(kind).map(({ name }) => name));
    expect(all.filter((name) => /applicant|name|phone|mail|national|description/i.test(name))).toEqual([]);
    expect(fieldsOfLetter("applicant-received").map(({ name }) => name)).not.toContain("subject");
    expect(errors(withBody("{{#if subject}}{{subject}}{{/if}}"))[0]?.reason.en).toContain("cannot show");
  });

  it("of a confidential case only what is always known is there", () => {
    const body = "{{#if subject}}S {{subject}}{{else}}none{{/if}} {{#if entity}}E {{entity}}{{/if}} {{reference}}";
    const confidential = { reference: "482-739-1652", confidential: true, dueAt: "2026-11-29T08:10:00.000Z" };
    const { text } = render(
      "official-escalated",
      "en",
      { ...shipped("official-escalated"), body: { ar: body, en: body } },
      confidential,
    );
    expect(text).toContain("none  482-739-1652");
  });
});

const hostile: readonly (readonly [what: string, body: string])[] = [
  ["a triple brace", "{{{reference}}}"],
  ["an ampersand", "{{&reference}}"],
  ["the root", "{{@root}}"],
  ["the root's member", "{{@root.setup}}"],
  ["another private variable", "{{@index}}"],
  ["the prototype", "{{__proto__}}"],
  ["the constructor", "{{constructor}}"],
  ["a constructor's constructor", "{{reference.constructor.constructor}}"],
  ["a way up", "{{../reference}}"],
  ["this", "{{this}}"],
  ["this's member", "{{this.reference}}"],
  ["a segment in brackets", "{{[__proto__]}}"],
  ["a member", "{{entity.name}}"],
  ["lookup", '{{lookup this "constructor"}}'],
  ["log", "{{log reference}}"],
  ["a helper with a parameter", "{{reference 1}}"],
  ["a helper with a hash", "{{reference a=1}}"],
  ["the helper of shipped letters", '{{t "layout.reference"}}'],
  ["a sub-expression", "{{#if (lookup this reference)}}x{{/if}}"],
  ["a partial", "{{> email}}"],
  ["a partial by name", "{{> (reference)}}"],
  ["a partial block", "{{#> email}}x{{/email}}"],
  ["an inline partial", '{{#*inline "x"}}y{{/inline}}'],
  ["a decorator", "{{* reference}}"],
  ["with", "{{#with reference}}x{{/with}}"],
  ["a raw block", "{{{{raw}}}}{{reference}}{{{{/raw}}}}"],
  ["a block of a field", "{{#reference}}x{{/reference}}"],
  ["an inverse block of a field", "{{^reference}}x{{/reference}}"],
  ["block parameters", "{{#if reference as |x|}}{{x}}{{/if}}"],
  ["two conditions", "{{#if reference programme}}x{{/if}}"],
  ["a number", "{{1}}"],
  ["a text", '{{"reference"}}'],
  ["a condition on the prototype", "{{#if __proto__}}x{{/if}}"],
  ["a list of what is none", "{{#each reference}}{{this}}{{/each}}"],
  ["the applicant", "{{applicant}}"],
  ["a field of another letter", "{{#if level}}{{level}}{{/if}}"],
  ["a field that not every letter has", "{{entity}}"],
  ["a field in the other branch", "{{#unless entity}}{{entity}}{{/unless}}"],
  ["braces that do not close", "{{reference"],
  ["a part that does not end", "{{#if entity}}x"],
  ["a part that ends otherwise", "{{#if entity}}x{{/unless}}"],
  ["parts without end inside each other", `${"{{#if reference}}".repeat(300)}x${"{{/if}}".repeat(300)}`],
  ["a text that is too long", "x".repeat(8_100)],
  ["a character that cannot be shown", "a\u0000b"],
  ["nothing", " "],
];

describe("hostile and mistaken templates are refused at their place", () => {
  it.each(hostile.map(([what, body]) => [what, body] as const))("%s", (what, body) => {
    const definition = { ...received, body: { ar: received.body.ar, en: body } };
    const found = errors(definition);
    expect(found.map(({ path }) => path)).toContain("/body/en");
    expect(found.every(({ path }) => path === "/body/en")).toBe(true);
    expect(what).not.toBe("");
  });

  it("says line and character, and what was probably meant", () => {
    const [found] = errors(withBody("# Hello\n\nYour number is {{referense}}."));
    expect(found?.at).toEqual({ line: 3, column: 16 });
    expect(found?.reason.en).toBe(
      "Line 3, character 16: the field {{referense}} was not found. Did you mean {{reference}}? The fields are: reference, programme, what, type, entity, answerBy, number, details, button, note.",
    );
    expect(found?.reason.ar).toContain("السطر 3، الحرف 16");
  });

  it("a subject is one line, without parts", () => {
    const subject = (en: string) => errors({ ...received, subject: { ...received.subject, en } });
    expect(subject("One\ntwo")[0]?.path).toBe("/subject/en");
    expect(subject("{{button}}")[0]?.reason.en).toContain("in the body only");
    expect(subject("x".repeat(201))).toHaveLength(1);
  });

  it("an answer is not told without the answer, and a letter without its link is warned of", () => {
    const answered = shipped("applicant-answered");
    const body = "You have an answer.";
    const found = checkMessage({ ...answered, body: { ar: body, en: body } }, "x");
    const said = found.map(({ path, severity, reason }) => [path, severity, /\{\{\w+\}\}/.exec(reason.en)?.[0]]);
    expect(said).toContainEqual(["/body/ar", "error", "{{quote}}"]);
    expect(said).toContainEqual(["/body/en", "warning", "{{button}}"]);
  });

  it("knows the form of a letter, whatever is written", () => {
    for (const odd of [null, 7, [], {}, { message: "account-reset" }, { message: "step-" }, { message: "constructor" }])
      expect(errors(odd).length).toBeGreaterThan(0);
    const paths = errors({ ...received, body: "x", extra: 1, preview: { ar: "x" } }).map(({ path }) => path);
    expect(paths.sort()).toEqual(["/body", "/extra", "/preview/en"]);
  });

  it("a step's own letter has a name in both languages", () => {
    const { subject, body } = shipped("official-escalated");
    expect(errors({ message: "step-health", subject, body }).map(({ path }) => path)).toEqual(["/name"]);
    expect(errors({ message: "step-health", name: { ar: "صحة", en: "Health" }, subject, body })).toEqual([]);
    expect(errors({ ...received, name: { ar: "x", en: "x" } }).map(({ path }) => path)).toEqual(["/name"]);
  });
});

describe("filling in", () => {
  it("no value becomes a heading, an item or markup", () => {
    const note = "# Not a heading\n- nor an item <b>bold</b> {{reference}}";
    const { html, text } = render("official-mentioned", "en", shipped("official-mentioned"), {
      ...sampleMessages["official-mentioned"],
      note,
      by: "# Huda <i>",
    });
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).not.toContain("<li");
    expect(html).not.toContain("<b>");
    expect(html).toContain("# Huda &lt;i&gt;");
    expect(text).toContain(note);
  });

  it("what an author writes is text as well", () => {
    const { html } = render("applicant-received", "en", withBody("<script>x</script> <a href='http://x'>y</a>"));
    expect(html).not.toContain("<script");
    expect(html).not.toContain("href='http://x'");
  });

  it("headings, lists and paragraphs", () => {
    const body = "# One\n\n## Two\nfirst\nsecond\n\n- a {{reference}}\n- b\n\nlast";
    const { html, text } = render("applicant-received", "en", withBody(body));
    expect(html).toMatch(/<h1[^>]*>One<\/h1>[\s\S]*<h2[^>]*>Two<\/h2>[\s\S]*<p[^>]*>first<br>second<\/p>/);
    expect(html).toMatch(/<ul[^>]*><li[^>]*>a 482-739-1652<\/li><li[^>]*>b<\/li><\/ul>/);
    expect(text).toContain("One\n\nTwo\nfirst\nsecond\n\n- a 482-739-1652\n- b\n\nlast");
  });

  it("what cannot be filled in is told, and the shipped letter is written", () => {
    const asShipped = render("applicant-received", "en", null);
    for (const body of ["{{entity}}{{nothing}}", "{{> email}}", "{{#with a}}{{/with}}", "{{", ""]) {
      const { text, wordingFault } = render("applicant-received", "en", { ...received, body: { ar: body, en: body } });
      expect(wordingFault).not.toBeNull();
      expect(text).toBe(asShipped.text);
    }
    expect(render("applicant-received", "en", {}).text).toBe(asShipped.text);
  });

  it("has an end", () => {
    const list = Array.from({ length: 5_000 }, (_, i) => String(i));
    const values = { texts: {}, lists: { references: list }, parts: {} };
    expect(() => fillLetter("{{#each references}}{{this}}{{/each}}", values)).toThrow("too long");
    // A list within a list that writes nothing takes no place, and all the more time.
    const nothing = `${"{{#each references}}".repeat(6)}${"{{/each}}".repeat(6)}`;
    expect(() => fillLetter(nothing, { ...values, lists: { references: list.slice(0, 20) } })).toThrow("too long");
  });

  it("a test says so in its subject and why it came", () => {
    const data = { ...sampleMessages["applicant-received"], test: true };
    const { subject, text } = render("applicant-received", "ar", received, data);
    expect(subject).toMatch(/^\[تجربة\]/);
    expect(text).toContain("رسالة تجريبية");
  });
});

describe("digests", () => {
  const committee = digestAsShipped("digest-committee");
  const check = (definition: unknown) => checkDigest(definition, "x").map(({ path }) => path);

  it("sections, figures and their order are the programme's", () => {
    const definition: DigestDefinition = {
      ...committee,
      title: { ar: "تقرير {{period}}", en: "Report of {{period}}" },
      introduction: { ar: "مقدمة", en: "Dear members,\n\nthis is the week." },
      sections: [
        { section: "entities", title: { ar: "جهات", en: "Talk to these" } },
        { section: "figures", figures: ["received", "onTime", "delayed"] },
      ],
    };
    expect(check(definition)).toEqual([]);
    const { text, html, images, wordingFault } = render("digest-committee", "en", definition);
    expect(wordingFault).toBeNull();
    expect(text).toMatch(
      /Report of .*2026[\s\S]*Dear members,[\s\S]*Talk to these[\s\S]*Received: 1,184[\s\S]*Answered on time: /,
    );
    expect(text).not.toMatch(/Satisfied|week by week/);
    expect(images).toEqual([]);
    expect(html).not.toContain("<img");
    expect(html).toContain('colspan="3" align="left"');
  });

  it("a focal point's groups come in the order that was chosen", () => {
    const definition: DigestDefinition = {
      ...digestAsShipped("digest-focal-point"),
      sections: [{ section: "dueToday" }, { section: "late", title: { ar: "متأخرة", en: "Overdue first" } }],
    };
    const { text } = render("digest-focal-point", "en", definition);
    expect(text).toMatch(/Due today \(1\)[\s\S]*Overdue first[\s\S]*482-739-1652/);
    expect(text).not.toMatch(/Reopened|reopened\./);
  });

  it("what is unknown, twice or nothing is refused", () => {
    expect(check({ ...committee, sections: [] })).toEqual(["/sections"]);
    expect(check({ ...committee, sections: [{ section: "trend" }, { section: "trend" }] })).toEqual([
      "/sections/1/section",
    ]);
    expect(check({ ...committee, sections: [{ section: "late" }] })).toEqual(["/sections/0/section"]);
    expect(check({ ...committee, sections: [{ section: "figures", figures: ["onTime", "ontime"] }] })).toEqual([
      "/sections/0/figures/1",
    ]);
    expect(check({ ...committee, title: { ar: "{{late}}", en: "x" } })).toEqual(["/title/ar"]);
    expect(check({ digest: "digest-other" })).toEqual(["/digest"]);
    expect(check(null)).toEqual([""]);
  });

  it("differences are told section by section", () => {
    const sectionsOf = (...names: string[]) => committee.sections.filter(({ section }) => names.includes(section));
    const before: DigestDefinition = {
      ...committee,
      sections: sectionsOf("headline", "figures", "trend", "entities"),
    };
    const after: DigestDefinition = {
      ...before,
      title: { ...committee.title, en: "The week" },
      sections: [...sectionsOf("figures", "trend"), { section: "headline" }],
    };
    const told = digestDifferences(before, after).map(({ kind, what, details }) => [
      kind,
      what.en,
      details.map(({ en }) => en),
    ]);
    expect(told).toEqual([
      [
        "changed",
        "Weekly digest of the committee",
        [
          "Title, English: was “\u2068Digest of the week\u2069”, now “\u2068The week\u2069”",
          "Order of the sections: now Figures of the period, On time, period by period, What changed, in one sentence",
        ],
      ],
      ["removed", "Section “Entities to follow up”", []],
    ]);
  });
});

it("differences of a letter are told by language and line", () => {
  const lines = received.body.en.split("\n");
  const after: MessageDefinition = {
    ...received,
    subject: { en: received.subject?.en ?? "", ar: "وصلنا طلبك {{reference}}" },
    body: { ...received.body, en: ["# Thank you", ...lines.slice(1), "", "Goodbye."].join("\n") },
  };
  const [told] = messageDifferences(received, after);
  expect(told?.what.en).toBe("Email “Receipt to the applicant”");
  expect(told?.details.map(({ en }) => en.replace(/[\u2068\u2069]/g, ""))).toEqual([
    expect.stringMatching(/^Subject, Arabic: was “.*”, now “وصلنا طلبك \{\{reference\}\}”$/),
    "Body, English, line 1: was “# We received your {{what}}”, now “# Thank you”",
    `Body, English, line ${lines.length + 1} is new: an empty line`,
    `Body, English, line ${lines.length + 2} is new: “Goodbye.”`,
  ]);
});
