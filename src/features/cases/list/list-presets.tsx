/** The questions that everybody asks, one press each; they set filters like any other and stand in the address. */
import React from "react";
import { Button, useAddress, useText } from "../../../platform/ui/kit.js";

const words = {
  label: { en: "Usual questions", ar: "الأسئلة المعتادة" },
  all: { en: "All", ar: "الكل" },
  open: { en: "Open", ar: "مفتوحة" },
  late: { en: "Late", ar: "متأخرة" },
  today: { en: "Due today", ar: "تستحق اليوم" },
  mine: { en: "Taken by me", ar: "تولّيتها" },
  queue: { en: "Waiting to be placed", ar: "بانتظار التوجيه" },
  waiting: { en: "Waiting for the applicant", ar: "بانتظار مقدم الطلب" },
  answered: { en: "Answered", ar: "تم الرد" },
  closed: { en: "Closed", ar: "مغلقة" },
};

type Name = Exclude<keyof typeof words, "label">;
const names = ["kind", "late", "assignee", "unplaced", "desk", "happened"] as const;
type Set = Readonly<Partial<Record<(typeof names)[number], string>>>;

const presets: readonly { readonly name: Name; readonly set: Set }[] = [
  { name: "all", set: {} },
  { name: "open", set: { kind: "open" } },
  { name: "late", set: { late: "late" } },
  { name: "today", set: { late: "today" } },
  { name: "mine", set: { assignee: "me", kind: "open,waiting" } },
  { name: "queue", set: { unplaced: "true", kind: "open" } },
  { name: "waiting", set: { kind: "waiting" } },
  { name: "answered", set: { kind: "resolved" } },
  { name: "closed", set: { kind: "final" } },
];

/** `queue`: whether cases without an entity can be among them. */
export function ListPresets({ queue }: { queue: boolean }) {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const current = presets.find(({ set }) =>
    names.every((name) => (query[`filters.${name}`] ?? "") === (set[name] ?? "")),
  );
  return (
    <fieldset className="presets" aria-label={t(words.label)}>
      {presets
        .filter(({ name }) => name !== "queue" || queue)
        .map((preset) => (
          <Button
            key={preset.name}
            small
            kind="quiet"
            pressed={preset === current}
            onClick={() =>
              setQuery(Object.fromEntries(names.map((name) => [`filters.${name}`, preset.set[name] ?? ""])))
            }
          >
            {t(words[preset.name])}
          </Button>
        ))}
    </fieldset>
  );
}
