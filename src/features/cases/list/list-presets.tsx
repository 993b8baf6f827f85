/** The questions that everybody asks, one press each; they set filters like any other and stand in the address. */

import React from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, type Query, useAddress, useText } from "../../../platform/ui/kit.js";

const words = {
  label: msg("cases-list.caseList.listPresetsWordsLabel"),
  all: msg("cases-list.caseList.listPresetsWordsAll"),
  open: msg("cases-list.caseList.listPresetsWordsOpen"),
  late: msg("cases-list.caseList.listPresetsWordsLate"),
  today: msg("cases-list.caseList.listPresetsWordsToday"),
  mine: msg("cases-list.caseList.listPresetsWordsMine"),
  queue: msg("cases-list.caseList.listPresetsWordsQueue"),
  waiting: msg("cases-list.caseList.listPresetsWordsWaiting"),
  answered: msg("cases-list.caseList.listPresetsWordsAnswered"),
  closed: msg("cases-list.caseList.listPresetsWordsClosed"),
};

type Name = Exclude<keyof typeof words, "label">;
const names = ["kind", "late", "assignee", "unplaced", "desk", "happened"] as const;
type Set = Readonly<Partial<Record<(typeof names)[number], string>>>;

const presets: readonly { readonly name: Name; readonly set: Set }[] = [
  { name: "open", set: { kind: "open,waiting" } },
  { name: "late", set: { desk: "overdue" } },
  { name: "today", set: { desk: "today" } },
  { name: "mine", set: { assignee: "me", kind: "open,waiting" } },
  { name: "queue", set: { unplaced: "true", kind: "open" } },
  { name: "waiting", set: { kind: "waiting" } },
  { name: "answered", set: { kind: "resolved" } },
  { name: "closed", set: { kind: "final" } },
  { name: "all", set: { kind: "open,waiting,resolved,final" } },
];

/**
 * What an address means: the list opens on what is open. Who searches, filters or chose all looks everywhere; what stands in the
 * address is always the whole question of a link that is sent.
 */
export function meantBy(query: Query): Query {
  const narrowed = Boolean(query.search) || Object.keys(query).some((name) => name.startsWith("filters."));
  return narrowed ? query : { ...query, "filters.kind": "open,waiting" };
}

/** `queue`: whether cases without an entity can be among them. */
export function ListPresets({ queue }: { queue: boolean }) {
  const { t } = useText();
  const [address, setQuery] = useAddress();
  const query = meantBy(address);
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
