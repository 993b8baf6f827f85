/** The letters that were sent, are owed, were kept or failed. */

import React from "react";
import { keptWords } from "../../engine/letters/message-states.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
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
  useAddress,
  useText,
  WithAddresses,
} from "../../platform/ui/kit.js";
import { RecordList } from "../../platform/ui/record-list.js";

export const messageTones: Readonly<Record<string, Tone>> = {
  pending: "waiting",
  sent: "done",
  kept: "neutral",
  failed: "late",
  held: "near",
};

/** What a state means that says neither that it left nor why it did not; null: its name says it. */
function stateNote(state: unknown, way: unknown): Bilingual | null {
  if (state === "gathering") return msg("letters.messageStates.waits");
  return state === "kept" ? keptWords[way === "sms" ? "sms" : "email"] : null;
}

/** The words of one of a column's choices. */
export function choiceWords(view: ScreenProps["resource"]["view"], column: string, value: unknown) {
  const choices = view.columns.find(({ name }) => name === column)?.choices ?? [];
  return choices.find((choice) => choice.value === value)?.label ?? String(value ?? "");
}

export function MessageList({ resource: { view } }: ScreenProps) {
  const { t } = useText();
  const several = (boot()?.programmes.length ?? 0) > 1;
  const [query] = useAddress();
  // When it was dropped is asked of what was dropped alone: of all else it finds nothing.
  const dropped =
    query["filters.state"] === "lapsed" || Object.keys(query).some((name) => name.startsWith("filters.lapsedAt"));
  const isShown: Readonly<Record<string, boolean>> = { programme: several, lapsedAt: dropped };
  const shown = { ...view, columns: view.columns.filter(({ name }) => isShown[name] ?? true) };
  const of = (record: RecordView, name: string) => record.values[name];
  return (
    <RecordList
      view={shown}
      search={msg("notifications.messageList.search")}
      empty={<EmptyState icon="mail" title={msg("notifications.messageList.empty")} />}
      href={({ id }) => `${adminRoot}/resources/messages/records/${id}/show`}
      columns={[
        {
          key: "subject",
          label: msg("notifications.messageList.subject"),
          least: 15,
          cell: (record) => (
            // A text message is its text, and may end with a long address.
            <span className="message-subject">
              <Bidi>
                <WithAddresses text={String(of(record, "subject"))} />
              </Bidi>
            </span>
          ),
        },
        {
          key: "template",
          label: msg("notifications.messageList.letter"),
          least: 10,
          cell: (record) => t(choiceWords(view, "template", of(record, "template"))),
        },
        {
          key: "receiver",
          label: msg("notifications.messageList.receiver"),
          least: 8,
          cell: (record) =>
            of(record, "receiver") === null ? (
              <span className="muted">{t(msg("notifications.messageList.applicant"))}</span>
            ) : (
              <bdi>{String(of(record, "receiver"))}</bdi>
            ),
        },
        {
          key: "way",
          label: msg("notifications.messagePage.way"),
          least: 7,
          cell: (record) => t(choiceWords(view, "way", of(record, "way"))),
        },
        {
          key: "state",
          label: msg("notifications.messageList.state"),
          least: 10,
          cell: (record) => {
            const note = stateNote(of(record, "state"), of(record, "way"));
            return (
              <>
                <Badge tone={messageTones[String(of(record, "state"))] ?? "neutral"}>
                  {t(choiceWords(view, "state", of(record, "state")))}
                </Badge>
                {of(record, "unsent") !== null && (
                  <div className="muted small">{t(choiceWords(view, "unsent", of(record, "unsent")))}</div>
                )}
                {note && <div className="muted small">{t(note)}</div>}
              </>
            );
          },
        },
        {
          key: "createdAt",
          label: msg("notifications.messageList.written"),
          least: 8,
          cell: (record) => <Moment at={of(record, "createdAt") as string} />,
        },
      ]}
    />
  );
}
