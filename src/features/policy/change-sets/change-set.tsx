/** Change-sets: what is being gathered, what waits, what was published with one; one of them opened. */

import React from "react";
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
} from "../../../platform/ui/kit.js";
import { changeSetAddress } from "../../setup/form/change-set-dialog.js";
import { ProgrammeChoice } from "../versions/version-line.js";
import { BeginChangeSet } from "./begin-change-set.js";
import type { ChangeSetView } from "./change-set.page.js";
import { OpenedChangeSet } from "./opened-change-set.js";

const words = {
  title: { en: "Change-sets", ar: "مجموعات التغييرات" },
  lead: {
    en: "Edits of the set-up and of policy that belong together: gathered, looked at, approved, and in force at one instant.",
    ar: "تعديلات الإعداد والسياسات التي تخص أمرًا واحدًا: تُجمع وتُراجع ويُوافق عليها ثم تسري في لحظة واحدة.",
  },
  name: { en: "Title", ar: "العنوان" },
  open: { en: "Open", ar: "المفتوحة" },
  published: { en: "Published", ar: "المنشورة" },
  none: { en: "No change-set is open", ar: "لا توجد مجموعة تغييرات مفتوحة" },
  noneHint: {
    en: "Begin one here, or press “Into a change-set” where you edit an entity, a sector, a pillar, a level or a service.",
    ar: "ابدأ واحدة من هنا، أو اضغط «إلى مجموعة تغييرات» حيث تعدّل جهة أو قطاعًا أو محورًا أو مستوى أو خدمة.",
  },
  nonePublished: { en: "Nothing was published with a change-set yet", ar: "لم يُنشر شيء بمجموعة تغييرات بعد" },
  state: { en: "State", ar: "الحالة" },
  draft: { en: "Open", ar: "مفتوحة" },
  waits: { en: "Waits for approval", ar: "بانتظار الموافقة" },
  holds: { en: "Holds", ar: "تضم" },
  edits: { en: "edits: {n}", ar: "تعديلات: {n}" },
  policies: { en: "policies: {n}", ar: "سياسات: {n}" },
  authors: { en: "Written by", ar: "كتبها" },
  saved: { en: "Last changed", ar: "آخر تغيير" },
  when: { en: "Published", ar: "تاريخ النشر" },
  by: { en: "Approved by", ar: "وافق عليها" },
  alone: { en: "no second person was needed", ar: "لم يلزم شخص ثانٍ" },
  why: { en: "Why", ar: "السبب" },
};

type Listed = ChangeSetView["open"][number];

function Holds({ set }: { set: Listed }) {
  const { t, number } = useText();
  return (
    <>
      {t(words.edits, { n: number(set.edits) })} · {t(words.policies, { n: number(set.policies) })}
    </>
  );
}

const authors = ({ authors: all }: Listed) => <Bidi>{all.map(({ name }) => name).join(", ")}</Bidi>;

function Overview({ view }: { view: ChangeSetView }) {
  const { t } = useText();
  const href = ({ programme, id }: Listed) => changeSetAddress(programme, id);
  const title = { key: "title", label: words.name, cell: (set: Listed) => <Bidi>{set.title}</Bidi> };
  const holds = { key: "holds", label: words.holds, cell: (set: Listed) => <Holds set={set} /> };
  return (
    <Page
      title={words.title}
      lead={t(words.lead)}
      actions={
        <>
          <ProgrammeChoice programme={view.programme} programmes={view.programmes} />
          {view.mayWrite && <BeginChangeSet programme={view.programme} primary />}
        </>
      }
    >
      <Panel title={words.open} flush>
        <Table
          caption={words.open}
          rows={view.open}
          rowKey={({ id }) => String(id)}
          href={href}
          empty={<EmptyState title={words.none} hint={words.noneHint} />}
          columns={[
            title,
            {
              key: "state",
              label: words.state,
              cell: ({ state }) => (
                <Badge tone={state === "submitted" ? "near" : "waiting"} icon={state === "submitted" ? "eye" : "edit"}>
                  {t(state === "submitted" ? words.waits : words.draft)}
                </Badge>
              ),
            },
            holds,
            { key: "authors", label: words.authors, cell: authors },
            { key: "saved", label: words.saved, cell: ({ savedAt }) => <Moment at={savedAt} /> },
          ]}
        />
      </Panel>
      <Panel title={words.published} flush>
        <Table
          caption={words.published}
          rows={view.published}
          rowKey={({ id }) => String(id)}
          href={href}
          empty={<EmptyState title={words.nonePublished} />}
          columns={[
            title,
            { key: "when", label: words.when, cell: ({ closedAt }) => <Moment at={closedAt} /> },
            { key: "authors", label: words.authors, cell: authors },
            {
              key: "by",
              label: words.by,
              cell: ({ approvedBy }) =>
                approvedBy === null ? <span className="muted">{t(words.alone)}</span> : <Bidi>{approvedBy}</Bidi>,
            },
            { key: "why", label: words.why, cell: ({ reason }) => <Bidi>{reason}</Bidi> },
            holds,
          ]}
        />
      </Panel>
    </Page>
  );
}

export function ChangeSet() {
  const [query] = useAddress();
  const { programme, id } = query;
  const { view, problem, reload } = useView<ChangeSetView>(withQuery("pages/change-set", { programme, id }));
  const shown = view?.opened == null ? undefined : String(view.opened.id);
  if (view === null || shown !== id) {
    return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  }
  if (view.opened === null) return <Overview view={view} />;
  return <OpenedChangeSet key={view.opened.id} view={view} set={view.opened} reload={reload} />;
}
