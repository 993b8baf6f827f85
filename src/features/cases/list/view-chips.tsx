/** Over the list of cases: the questions that all ask, one press each, and the views that an official keeps of it. */

import React, { useState } from "react";
import { Link, useLocation } from "react-router-dom";
import { isFigureSetting } from "../../../engine/measures/figure-settings.js";
import { type ViewScreen, viewAddress } from "../../../engine/search/view-address.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { FormDialog } from "../../../platform/ui/form/form-dialog.js";
import {
  adminRoot,
  Button,
  Icon,
  type Query,
  send,
  TextField,
  toast,
  useAddress,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { ViewsView } from "../../people/accounts/views.page.js";

const listPresetsWords = {
  label: msg("cases-list.caseList.listPresetsWordsLabel"),
  reminded: msg("cases-list.caseList.listPresetsWordsReminded"),
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

type Name = Exclude<keyof typeof listPresetsWords, "label">;
const names = ["kind", "late", "assignee", "unplaced", "desk", "happened"] as const;
type Set = Readonly<Partial<Record<(typeof names)[number], string>>>;

const presets: readonly { readonly name: Name; readonly set: Set }[] = [
  { name: "reminded", set: { desk: "reminded" } },
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
    <fieldset className="presets" aria-label={t(listPresetsWords.label)}>
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
            {t(listPresetsWords[preset.name])}
          </Button>
        ))}
    </fieldset>
  );
}

const words = {
  keep: msg("cases-list.viewChips.keep"),
  manage: msg("cases-list.viewChips.manage"),
};

const ofList = (name: string): boolean => /^(filters\..+|search|sortBy|direction)$/.test(name);
const isKept: Readonly<Record<ViewScreen, (name: string) => boolean>> = {
  desk: ofList,
  cases: ofList,
  figures: isFigureSetting,
};

/** What of an address belongs to a view, in the form in which views are kept. */
function viewOf(screen: ViewScreen, query: Query): string {
  const entries = Object.entries(query).filter(([name, value]) => isKept[screen](name) && value !== "");
  return new URLSearchParams(entries.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

function KeepDialog({
  screen,
  query,
  onClose,
}: {
  screen: ViewScreen;
  query: string;
  onClose: (kept: boolean) => void;
}) {
  const { t } = useText();
  const [name, setName] = useState("");
  return (
    <FormDialog
      title={words.keep}
      action={msg("cases-list.viewChips.save")}
      fields={["name"]}
      onClose={() => onClose(false)}
      onSend={async () => {
        await send("pages/views", { do: "save", screen, name, query });
        toast(t(pattern("cases-list.viewChips.saved"), { name: name.trim() }));
        onClose(true);
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(msg("cases-list.viewChips.keepHint"))}</p>
          <TextField
            label={msg("cases-list.viewChips.name")}
            name="name"
            required
            value={name}
            onChange={setName}
            fault={faultOf("name") ?? null}
          />
        </>
      )}
    </FormDialog>
  );
}

export function ViewChips({ screen }: { screen: ViewScreen }) {
  const { t } = useText();
  const { search } = useLocation();
  const [query] = useAddress();
  const { view, reload } = useView<ViewsView>("pages/views");
  const [keeping, setKeeping] = useState(false);
  const views = (view?.views ?? []).filter((one) => one.screen === screen);
  const current = viewOf(screen, query);
  const known = views.some((one) => one.query === current);
  if (views.length === 0 && current === "") return null;
  return (
    <nav className="chips" aria-label={t(msg("cases-list.viewChips.myViews"))}>
      {views.map((one) => (
        <Link
          key={one.id}
          className="chip"
          to={viewAddress(screen, one.query)}
          aria-current={search !== "" && one.query === current ? "page" : undefined}
        >
          <bdi>{one.name}</bdi>
        </Link>
      ))}
      {current !== "" && !known && (
        <Button small kind="quiet" icon="plus" onClick={() => setKeeping(true)}>
          {t(words.keep)}
        </Button>
      )}
      {views.length > 0 && (
        <Link
          className="chip-manage"
          to={`${adminRoot}/pages/views`}
          aria-label={t(words.manage)}
          title={t(words.manage)}
        >
          <Icon name="edit" size={16} />
        </Link>
      )}
      {keeping && (
        <KeepDialog
          screen={screen}
          query={current}
          onClose={(done) => {
            setKeeping(false);
            if (done) reload();
          }}
        />
      )}
    </nav>
  );
}
