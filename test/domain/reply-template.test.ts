/** Templates of replies: what may stand in one, where what may not is told, and how places are filled in. */
import { describe, expect, it } from "@jest/globals";
import { fillTemplate, templateFaults } from "../../src/engine/letters/reply-template.js";
import type { TemplateValues } from "../../src/engine/letters/template-names.js";

const values: TemplateValues = {
  reference: "482-739-1652",
  subject: "Water {{reference}} <b>",
  entity: "سلطة المياه",
  service: null,
  dueDate: "3 December 2026",
  official: "Huda",
  programme: "Services",
  today: "26 November 2026",
};
const both = (text: string) => ({ ar: text, en: text });

describe("what may stand in a template", () => {
  it.each([
    ["a field", "About {{reference}}: {{ subject }}."],
    ["a part with its otherwise", "{{#if service}}{{service}}{{else}}a service{{/if}}"],
    ["the part where something is missing", "{{#unless service}}none{{else}}{{service}}{{/unless}}"],
    ["a remark", "{{! for the office }}Hello"],
    ["braces of a person", "a { b } c"],
  ])("%s", (_, source) => expect(templateFaults(source)).toEqual([]));

  it.each([
    [
      "an unknown field, with what was meant",
      "One\ntwo {{refernce}}",
      /^Line 2, character 5: .*Did you mean \{\{reference\}\}/,
    ],
    ["the applicant's name", "{{applicant}}", /^Line 1, character 1: the field \{\{applicant\}\} was not found/],
    ["three braces", "a {{{subject}}}", /^Line 1, character 3: write two braces/],
    ["an ampersand", "{{&subject}}", /two braces/],
    ["a way to the prototype", "{{constructor}}", /field \{\{constructor\}\} was not found/],
    ["another, by name", "{{__proto__}}", /field \{\{__proto__\}\} was not found/],
    ["a path into a value", "{{subject.length}}", /only fields/],
    ["a path upwards", "{{../subject}}", /only fields/],
    ["the context itself", "{{this}}", /only fields/],
    ["data of the engine", "{{@root}}", /only fields/],
    ["a helper", "{{lookup subject 0}}", /only fields/],
    ["a helper with a hash", "{{subject a=1}}", /only fields/],
    ["another block", "{{#each subject}}x{{/each}}", /only fields/],
    ["a block of a helper's answer", "{{#if (lookup subject 0)}}x{{/if}}", /only fields/],
    ["a partial", "{{> layout}}", /only fields/],
    ["a partial made here", '{{#*inline "x"}}y{{/inline}}', /only fields/],
    ["a number", "{{5}}", /only fields/],
    ["a block of an unknown field", "{{#if sevice}}x{{/if}}", /Did you mean \{\{service\}\}/],
    ["what not every case has", "Until {{dueDate}}.", /between \{\{#if dueDate\}\}/],
    ["what is missing where it is named", "{{#if service}}a{{else}}{{service}}{{/if}}", /between \{\{#if service\}\}/],
    ["an open block", "a\n{{#if service}}b", /^Line 2.*braces do not match/],
    ["the wrong end", "{{#if service}}b{{/unless}}", /^Line 1, character 4: braces do not match/],
    ["an open brace", "a\n\n{{reference", /^Line 3.*braces do not match/],
  ])("not %s", (_, source, told) => {
    const [fault] = templateFaults(source);
    expect(fault?.en).toMatch(told);
    expect(fault?.ar).toMatch(/^السطر \d+/);
  });

  it("and no more than ten faults are told", () => expect(templateFaults("{{x}}".repeat(50))).toHaveLength(10));
});

describe("a template filled in", () => {
  it("takes values as text, whatever stands in them, and drops parts that have none", () => {
    const source =
      "Case {{reference}}: {{subject}}\n{{#if service}}\nService {{service}}\n{{/if}}\n\n\n\nBy {{dueDate}}  \n";
    expect(fillTemplate(both(source), "en", values)).toBe(
      "Case 482-739-1652: Water {{reference}} <b>\n\nBy 3 December 2026",
    );
  });

  it("keeps numbers in their order inside Arabic", () => {
    const filled = fillTemplate(both("رقم {{reference}} من {{entity}}"), "ar", values);
    expect(filled).toBe("رقم \u200e482-739-1652\u200e من سلطة المياه");
  });
});
