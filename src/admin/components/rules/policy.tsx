/** Rules and workflows: what is in force; one of them opened. */
import React from "react";
import type { ConfigurationKind } from "../../../db/models/define-configuration-version.js";
import type { Bilingual } from "../../../domain/text.js";
import type { PolicyOverview, PolicyView } from "../../pages/policy.js";
import {
  Badge,
  Bidi,
  EmptyState,
  Moment,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  Table,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../kit/kit.js";
import { CopiedWorkflow } from "./copied-workflow.js";
import { OpenedPolicy } from "./opened-policy.js";
import { ProgrammeChoice } from "./version-line.js";

const words = {
  title: { en: "Rules and workflows", ar: "القواعد ومسارات العمل" },
  lead: {
    en: "What decides about each case, which version is in force, who published it and why.",
    ar: "ما يقرر في كل معاملة، والنسخة السارية، ومن نشرها ولماذا.",
  },
  name: { en: "Name", ar: "الاسم" },
  version: { en: "Version", ar: "النسخة" },
  when: { en: "Published", ar: "تاريخ النشر" },
  by: { en: "By", ar: "نشرها" },
  why: { en: "Why", ar: "السبب" },
  drafts: { en: "Drafts: {n}", ar: "مسودات: {n}" },
  none: { en: "Nothing is published", ar: "لا شيء منشور" },
};

const kinds: readonly { readonly kind: ConfigurationKind; readonly title: Bilingual }[] = [
  { kind: "rules", title: { en: "Rule sets", ar: "مجموعات القواعد" } },
  { kind: "workflow", title: { en: "Workflows", ar: "مسارات العمل" } },
  { kind: "calendar", title: { en: "Calendars", ar: "التقاويم" } },
];

function Overview({ view }: { view: PolicyOverview }) {
  const { t, number } = useText();
  return (
    <Page
      title={words.title}
      lead={t(words.lead)}
      actions={<ProgrammeChoice programme={view.programme} programmes={view.programmes} />}
    >
      {kinds.map(({ kind, title }) => (
        <Panel key={kind} title={title} flush>
          <Table
            caption={title}
            rows={view.versions.filter((version) => version.kind === kind)}
            rowKey={(version) => String(version.id)}
            empty={<EmptyState title={words.none} />}
            href={({ programme, name }) => withQuery("/admin/pages/policy", { programme, kind, name })}
            columns={[
              {
                key: "name",
                label: words.name,
                cell: ({ title: name, drafts }) => (
                  <span className="policy-name">
                    <bdi>{t(name)}</bdi>
                    {drafts > 0 && (
                      <Badge tone="waiting" icon="edit">
                        {t(words.drafts, { n: number(drafts) })}
                      </Badge>
                    )}
                  </span>
                ),
              },
              { key: "version", label: words.version, narrow: true, cell: (version) => String(version.version) },
              { key: "when", label: words.when, cell: (version) => <Moment at={version.publishedAt} /> },
              { key: "by", label: words.by, cell: (version) => <Bidi>{t(version.publishedBy)}</Bidi> },
              { key: "why", label: words.why, cell: (version) => <Bidi>{version.reason}</Bidi> },
            ]}
          />
        </Panel>
      ))}
    </Page>
  );
}

function isOf(view: PolicyView, name: string | undefined, copyAs: string | undefined): boolean {
  if (view.copy !== null) return view.copy.copied.name === name && view.copy.code === copyAs;
  return copyAs === undefined && view.opened?.shown.name === name;
}

export function Policy() {
  const [query] = useAddress();
  const { programme, kind, name, version, copyAs } = query;
  const { view, problem, reload } = useView<PolicyView>(
    withQuery("pages/policy", { programme, kind, name, version, copyAs }),
  );
  // While another thing is loaded the last one stays in sight; it must not be taken for it.
  const fits = view !== null && isOf(view, name, copyAs);
  if (view === null || !fits) {
    return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  }
  if (view.copy !== null) return <CopiedWorkflow key={`${view.programme}/${name}/${copyAs}`} view={view} />;
  if (view.opened === null) return <Overview view={view} />;
  return <OpenedPolicy key={`${view.programme}/${kind}/${name}`} view={view} reload={reload} />;
}
