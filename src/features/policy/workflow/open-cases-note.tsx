/** A new version of a workflow is for new applications: how many open cases stay on the version that they began with. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { LinkButton, NoticeBox, useText, useView, withQuery } from "../../../platform/ui/kit.js";
import type { WorkflowCasesView } from "./workflow.page.js";

interface OpenCasesNoteProps {
  readonly programme: string;
  /** The workflow's code. */
  readonly name: string;
  readonly title: Bilingual;
  /** It is in force by now: those on earlier versions are counted, and nothing is shown where there are none. */
  readonly published?: boolean;
  /** Leads to the walk-through as well. */
  readonly walk?: boolean;
}

export function OpenCasesNote({ programme, name, title, published = false, walk = false }: OpenCasesNoteProps) {
  const { t } = useText();
  const { view } = useView<WorkflowCasesView>(withQuery("pages/workflow", { programme, name }));
  if (view === null) return null;
  const { standing, inForce } = view;
  const on = standing.filter(({ versionId }) => !published || versionId !== inForce?.versionId);
  if (published && on.length === 0) return null;
  const n = on.reduce((sum, { cases }) => sum + cases, 0);
  const words = published
    ? pattern("policy-workflow.openCasesNote.published")
    : pattern("policy-workflow.openCasesNote.stay");
  const place = (part: string) => withQuery("/admin/pages/policy", { programme, kind: "workflow", name, part });
  return (
    <NoticeBox
      title={t(words, { title: t(title), n })}
      actions={
        <>
          {walk && <LinkButton to={place("walk")}>{t(msg("policy-workflow.walkPart.walkACaseThrough"))}</LinkButton>}
          {on.length > 0 && (
            <LinkButton to={place("cases")}>{t(msg("policy-workflow.casesPart.openCases"))}</LinkButton>
          )}
        </>
      }
    />
  );
}
