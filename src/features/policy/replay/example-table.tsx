/** The examples of a rule set as its rules decide them now: failing ones first. */

import React from "react";
import type { ExampleResult } from "../../../engine/rules/check-rule-set.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, EmptyState, Table, useText } from "../../../platform/ui/kit.js";

const words = {
  example: msg("policy-replay.exampleTable.example"),
  expected: msg("policy-replay.exampleTable.expected"),
  yes: msg("policy-replay.exampleTable.yes"),
  no: msg("policy-replay.exampleTable.no"),
  moreRules: pattern("policy-replay.exampleTable.moreRules"),
  more: pattern("policy-replay.exampleTable.more"),
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
      caption={msg("policy-replay.exampleTable.caption")}
      rows={rows}
      rowKey={(example) => example.path}
      empty={<EmptyState title={msg("policy-replay.exampleTable.none")} />}
      columns={[
        { key: "name", label: words.example, cell: (example) => <Bidi>{t(example.name)}</Bidi> },
        { key: "rule", label: msg("policy-replay.exampleTable.rule"), cell: (example) => <bdi>{t(example.rule)}</bdi> },
        { key: "expected", label: words.expected, cell: (example) => t(example.decides ? words.yes : words.no) },
        {
          key: "by",
          label: msg("policy-replay.exampleTable.decidedBy"),
          cell: (example) =>
            example.decidedBy.length === 0 ? (
              t(msg("policy-replay.exampleTable.byDefault"))
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
          label: msg("policy-replay.exampleTable.result"),
          narrow: true,
          cell: ({ passed }) => (
            <Badge tone={passed ? "done" : "late"} icon={passed ? "check" : "close"}>
              {t(passed ? msg("policy-replay.exampleTable.passed") : msg("policy-replay.exampleTable.failed"))}
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
      <p className="small muted">{t(words.more, { passed: more.passed, failed: more.failed })}</p>
    </>
  );
}
