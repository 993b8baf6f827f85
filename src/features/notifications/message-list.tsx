/** The letters that were sent, are owed, were kept or failed. */
import React from "react";
import type { RecordView } from "../../platform/admin/resource-view.js";
import {
  adminRoot,
  Badge,
  Bidi,
  boot,
  EmptyState,
  Moment,
  type ScreenProps,
  type Tone,
  useText,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";

const words = {
  search: { en: "Search by case number or receiver", ar: "ابحث برقم المعاملة أو اسم المستلم" },
  subject: { en: "Subject", ar: "الموضوع" },
  letter: { en: "Letter", ar: "نوع الرسالة" },
  receiver: { en: "Receiver", ar: "المستلم" },
  applicant: { en: "The applicant", ar: "مقدم الطلب" },
  state: { en: "State", ar: "الحالة" },
  written: { en: "Written", ar: "كُتبت" },
  empty: { en: "No letter was written yet", ar: "لم تُكتب أي رسالة بعد" },
};

export const messageTones: Readonly<Record<string, Tone>> = {
  pending: "waiting",
  sent: "done",
  kept: "neutral",
  failed: "late",
  held: "near",
};

/** The words of one of a column's choices. */
export function choiceWords(view: ScreenProps["resource"]["view"], column: string, value: unknown) {
  const choices = view.columns.find(({ name }) => name === column)?.choices ?? [];
  return choices.find((choice) => choice.value === value)?.label ?? String(value ?? "");
}

export function MessageList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const several = (boot()?.programmes.length ?? 0) > 1;
  const shown = { ...view, columns: view.columns.filter(({ name }) => several || name !== "programme") };
  const of = (record: RecordView, name: string) => record.values[name];
  return (
    <RecordList
      view={shown}
      search={words.search}
      empty={<EmptyState icon="mail" title={words.empty} />}
      href={({ id }) => `${adminRoot}/resources/messages/records/${id}/show`}
      columns={[
        {
          key: "subject",
          label: words.subject,
          cell: (record) => <Bidi>{String(of(record, "subject"))}</Bidi>,
        },
        {
          key: "template",
          label: words.letter,
          cell: (record) => t(choiceWords(view, "template", of(record, "template"))),
        },
        {
          key: "receiver",
          label: words.receiver,
          cell: (record) =>
            of(record, "receiver") === null ? (
              <span className="muted">{t(words.applicant)}</span>
            ) : (
              <bdi>{String(of(record, "receiver"))}</bdi>
            ),
        },
        {
          key: "state",
          label: words.state,
          narrow: true,
          cell: (record) => (
            <Badge tone={messageTones[String(of(record, "state"))] ?? "neutral"}>
              {t(choiceWords(view, "state", of(record, "state")))}
            </Badge>
          ),
        },
        {
          key: "createdAt",
          label: words.written,
          narrow: true,
          cell: (record) => <Moment at={of(record, "createdAt") as string} />,
        },
      ]}
    />
  );
}
