/** The examples of a rule set as its rules decide them now: failing ones first. */
import React from "react";
import type { ExampleResult } from "../../../engine/rules/check-rule-set.js";
import { Badge, Bidi, EmptyState, Table, useText } from "../../../platform/ui/kit.js";

const words = {
  caption: { en: "Examples", ar: "الأمثلة" },
  example: { en: "Example", ar: "المثال" },
  rule: { en: "Rule", ar: "القاعدة" },
  expected: { en: "Should decide", ar: "يجب أن تقرر" },
  decidedBy: { en: "Decided by", ar: "قررته" },
  byDefault: { en: "the default", ar: "القيمة الافتراضية" },
  yes: { en: "yes", ar: "نعم" },
  no: { en: "no", ar: "لا" },
  result: { en: "Result", ar: "النتيجة" },
  passed: { en: "Passed", ar: "نجح" },
  failed: { en: "Failed", ar: "فشل" },
  none: { en: "There are no examples", ar: "لا توجد أمثلة" },
  moreRules: { en: "and {n} more", ar: "و{n} غيرها" },
  more: {
    en: "Not shown: {failed} more that fail, {passed} more that pass.",
    ar: "غير معروض هنا: {failed} أخرى فاشلة و{passed} أخرى ناجحة.",
  },
};

interface Examples {
  readonly examples: readonly ExampleResult[];
  readonly moreExamples: { readonly passed: number; readonly failed: number };
}

export function ExampleTable({ examples, moreExamples: more }: Examples) {
  const { t } = useText();
  // Each rule has an example, by which its name is known here.
  const titles = new Map(examples.map(({ ruleId, rule }) => [ruleId, rule]));
  const rows = [...examples].sort((a, b) => Number(a.passed) - Number(b.passed));
  const table = (
    <Table
      caption={words.caption}
      rows={rows}
      rowKey={(example) => example.path}
      empty={<EmptyState title={words.none} />}
      columns={[
        { key: "name", label: words.example, cell: (example) => <Bidi>{t(example.name)}</Bidi> },
        { key: "rule", label: words.rule, cell: (example) => <bdi>{t(example.rule)}</bdi> },
        { key: "expected", label: words.expected, cell: (example) => t(example.decides ? words.yes : words.no) },
        {
          key: "by",
          label: words.decidedBy,
          cell: (example) =>
            example.decidedBy.length === 0 ? (
              t(words.byDefault)
            ) : (
              <>
                {example.decidedBy.map((rule) => (
                  <div key={rule}>
                    <bdi>{t(titles.get(rule) ?? rule)}</bdi>
                  </div>
                ))}
                {example.deciding > example.decidedBy.length && (
                  <div className="muted">{t(words.moreRules, { n: example.deciding - example.decidedBy.length })}</div>
                )}
              </>
            ),
        },
        {
          key: "result",
          label: words.result,
          narrow: true,
          cell: ({ passed }) => (
            <Badge tone={passed ? "done" : "late"} icon={passed ? "check" : "close"}>
              {t(passed ? words.passed : words.failed)}
            </Badge>
          ),
        },
      ]}
    />
  );
  if (more.passed + more.failed === 0) return table;
  return (
    <>
      {table}
      <p className="small muted">{t(words.more, { ...more })}</p>
    </>
  );
}
