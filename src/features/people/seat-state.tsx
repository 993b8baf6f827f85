/** The state of a seat in a word, with a sign. */
import React from "react";
import type { RecordView, ResourceView } from "../../platform/admin/resource-view.js";
import { Badge, type Tone, useText } from "../../platform/ui/kit.js";
import type { SeatState } from "./seats.resource.js";

const looks: Readonly<Record<SeatState, { tone: Tone; icon: string }>> = {
  held: { tone: "done", icon: "person" },
  empty: { tone: "near", icon: "alert" },
  inName: { tone: "near", icon: "lock" },
  retired: { tone: "neutral", icon: "archive" },
};

/** The words of a choice, as its column has them. */
export function choiceOf(view: ResourceView, name: string, value: unknown) {
  return view.columns.find((column) => column.name === name)?.choices?.find((choice) => choice.value === value)?.label;
}

export function SeatBadge({ view, record }: { view: ResourceView; record: RecordView }) {
  const { t } = useText();
  const state = record.values.state as SeatState;
  return <Badge {...looks[state]}>{t(choiceOf(view, "state", state) ?? state)}</Badge>;
}
