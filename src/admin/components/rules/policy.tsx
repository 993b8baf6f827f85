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
  offers: { en: "Offered by an upgrade: {n}", ar: "مقترح من تحديث النظام: {n}" },
  draft: { en: "Draft", ar: "مسودة" },
  submitted: { en: "Waits for approval", ar: "بانتظار الموافقة" },
  drafts: { en: "Drafts", ar: "المسودات" },
  what: { en: "What", ar: "ما هي" },
  state: { en: "State", ar: "الحالة" },
  authors: { en: "Written by", ar: "كتبها" },
  saved: { en: "Last saved", ar: "آخر حفظ" },
  fresh: { en: "new", ar: "جديد" },
  none: { en: "Nothing is published", ar: "لا شيء منشور" },
};

const kinds: readonly { readonly kind: ConfigurationKind; readonly title: Bilingual }[] = [
  { kind: "rules", title: { en: "Rule sets", ar: "مجموعات القواعد" } },
  { kind: "workflow", title: { en: "Workflows", ar: "مسارات العمل" } },
  { kind: "calendar", title: { en: "Calendars", ar: "التقاويم" } },
];

/** What is being written, and what waits for a second person; nothing where nobody writes. */
function Drafts({ drafts }: { drafts: PolicyOverview["drafts"] }) {
  const { t } = useText();
  if (drafts.length === 0) return null;
  return (
    <Panel title={words.drafts} flush>
      <Table
        caption={words.drafts}
        rows={drafts}
        rowKey={({ id, kind, name }) => `${id}/${kind}/${name}`}
        href={({ programme, kind, name }) => withQuery("/admin/pages/policy", { programme, kind, name })}
        columns={[
          {
            key: "what",
            label: words.what,
            cell: ({ title, basedOn }) => (
              <span className="policy-name">
                <bdi>{t(title)}</bdi>
                {basedOn === null && <Badge tone="neutral">{t(words.fresh)}</Badge>}
              </span>
            ),
          },
          {
            key: "state",
            label: words.state,
            cell: ({ state }) => (
              <Badge tone={state === "submitted" ? "near" : "waiting"} icon={state === "submitted" ? "eye" : "edit"}>
                {t(state === "submitted" ? words.submitted : words.draft)}
              </Badge>
            ),
          },
          {
            key: "authors",
            label: words.authors,
            cell: ({ authors }) => <Bidi>{authors.map(({ name }) => name).join(", ")}</Bidi>,
          },
          { key: "saved", label: words.saved, cell: ({ savedAt }) => <Moment at={savedAt} /> },
        ]}
      />
    </Panel>
  );
}

function Overview({ view }: { view: PolicyOverview }) {
  const { t, number } = useText();
  return (
    <Page
      title={words.title}
      lead={t(words.lead)}
      actions={<ProgrammeChoice programme={view.programme} programmes={view.programmes} />}
    >
      <Drafts drafts={view.drafts} />
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
                cell: ({ title: name, drafts, name: code }) => {
                  const draft = view.drafts.find((one) => one.kind === kind && one.name === code);
                  return (
                    <span className="policy-name">
                      <bdi>{t(name)}</bdi>
                      {draft !== undefined && (
                        <Badge tone={draft.state === "submitted" ? "near" : "waiting"} icon="edit">
                          {t(draft.state === "submitted" ? words.submitted : words.draft)}
                        </Badge>
                      )}
                      {drafts > 0 && (
                        <Badge tone="waiting" icon="layers">
                          {t(words.offers, { n: number(drafts) })}
                        </Badge>
                      )}
                    </span>
                  );
                },
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

export function Policy() {
  const [query] = useAddress();
  const { programme, kind, name, version } = query;
  const { view, problem, reload } = useView<PolicyView>(withQuery("pages/policy", { programme, kind, name, version }));
  // While another thing is loaded the last one stays in sight; it must not be taken for it.
  if (view === null || view.opened?.name !== name) {
    return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  }
  if (view.opened === null) return <Overview view={view} />;
  return <OpenedPolicy key={`${view.programme}/${kind}/${name}`} view={view} reload={reload} />;
}
