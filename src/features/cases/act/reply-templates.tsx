/** Reply templates: chosen by typing, filled in for this case in the applicant's language, put in at the cursor. */

import React, { useCallback, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Combobox } from "../../../platform/ui/form/combobox.js";
import { foundAmong } from "../../../platform/ui/form/typed-search.js";
import {
  Field,
  fieldId,
  insertAt,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { FilledTemplate, OfferedTemplate } from "./reply-templates.service.js";

const noTemplates: readonly OfferedTemplate[] = [];

export function ReplyTemplates({ reference, fields }: { reference: string; fields: readonly string[] }) {
  const { t } = useText();
  const { view } = useView<RecordAnswer>(`resources/cases/records/${reference}/templates`);
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const [told, setTold] = useState("");
  const all = (view?.view as { templates: readonly OfferedTemplate[] } | undefined)?.templates ?? noTemplates;
  const fitting = all.filter(({ field }) => fields.includes(field));
  const key = fitting.map(({ code }) => code).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same templates are the same choices
  const find = useCallback(
    (typed: string) =>
      foundAmong(
        fitting.map(({ code, name }) => ({ value: code, label: name })),
        typed,
      ),
    [key],
  );
  if (fitting.length === 0) return null;
  const insert = async (code: string) => {
    const chosen = fitting.find((one) => one.code === code);
    if (chosen === undefined) return;
    setProblem(null);
    try {
      const answer = await send<RecordAnswer>(`resources/cases/records/${reference}/fill`, { template: code });
      const area = document.getElementById(fieldId(chosen.field));
      if (area instanceof HTMLTextAreaElement) {
        // Letters are apart from what stands before them.
        const before = area.value.slice(0, area.selectionStart);
        const apart = before.trim() === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
        insertAt(area, apart + (answer.view as FilledTemplate).text);
      }
      setTold(t(pattern("cases-act.replyTemplates.done"), { name: t(chosen.name) }));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div className="composer-templates">
      <ProblemBox problem={problem} />
      <Field label={msg("cases-act.replyTemplates.insertAReplyTemplate")}>
        <Combobox value="" name="" find={find} onChange={(found) => found && void insert(found.value)} />
      </Field>
      <span className="unseen" role="status">
        {told}
      </span>
    </div>
  );
}
