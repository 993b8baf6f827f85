/** Change-sets: what is being gathered, what waits, what was published with one; one of them opened. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import { listed } from "../../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Button,
  EmptyState,
  FormDialog,
  Moment,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  Table,
  TextField,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { changeSetAddress } from "../../setup/form/change-set-dialog.js";
import { ProgrammeChoice } from "../versions/version-line.js";
import type { ChangeSetView } from "./change-set.page.js";
import { OpenedChangeSet } from "./opened-change-set.js";

interface BeginChangeSetProps {
  readonly programme: string;
  readonly primary?: boolean;
  /** Where one goes on with the new one; left out: at its own page. */
  readonly onBegun?: ((id: number) => void) | undefined;
}

function BeginDialog({ programme, onClose, onBegun }: BeginChangeSetProps & { onClose: () => void }) {
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  return (
    <FormDialog
      title={msg("policy-change-sets.beginChangeSet.beginTitle")}
      action={msg("policy-change-sets.beginChangeSet.beginAction")}
      fields={["title"]}
      onClose={onClose}
      onSend={async () => {
        const { id } = await send<{ id: number }>("pages/change-set", { do: "begin", programme, title });
        onClose();
        if (onBegun === undefined) navigate(changeSetAddress(programme, id));
        else onBegun(id);
      }}
    >
      {(faultOf) => (
        <TextField
          name="title"
          label={msg("policy-change-sets.beginChangeSet.title")}
          help={msg("policy-change-sets.beginChangeSet.nameHelp")}
          required
          maxLength={200}
          value={title}
          onChange={setTitle}
          fault={faultOf("title") ?? null}
        />
      )}
    </FormDialog>
  );
}

/**
 * The button that begins a change-set, with the dialog that asks for its title; it leads to the new one, or on to what
 * is put into it.
 */
export function BeginChangeSet({ programme, primary = false, onBegun }: BeginChangeSetProps) {
  const { t } = useText();
  const [beginning, setBeginning] = useState(false);
  return (
    <>
      <Button kind={primary ? "primary" : "plain"} icon="plus" onClick={() => setBeginning(true)}>
        {t(msg("policy-change-sets.beginChangeSet.begin"))}
      </Button>
      {beginning && <BeginDialog programme={programme} onBegun={onBegun} onClose={() => setBeginning(false)} />}
    </>
  );
}

const words = {
  title: msg("policy-change-sets.changeSet.changeSets"),
  name: msg("policy-change-sets.changeSet.title"),
  open: msg("policy-change-sets.changeSet.open"),
  published: msg("policy-change-sets.changeSet.published"),
  noneHint: msg("policy-change-sets.changeSet.noneHint"),
  waits: msg("policy-change-sets.changeSet.waits"),
  holds: msg("policy-change-sets.changeSet.holds"),
  policies: pattern("policy-change-sets.changeSet.policies"),
  authors: msg("policy-change-sets.changeSet.authors"),
  saved: msg("policy-change-sets.changeSet.saved"),
  when: msg("policy-change-sets.changeSet.when"),
  alone: msg("policy-change-sets.changeSet.alone"),
};

type Listed = ChangeSetView["open"][number];

function Holds({ set }: { set: Listed }) {
  const { t } = useText();
  return (
    <>
      {t(pattern("policy-change-sets.changeSet.edits"), { n: set.edits })} · {t(words.policies, { n: set.policies })}
    </>
  );
}

function Authors({ authors }: Listed) {
  const { t } = useText();
  return <Bidi>{t(listed(authors.map(({ name }) => name)))}</Bidi>;
}

function Overview({ view }: { view: ChangeSetView }) {
  const { t } = useText();
  const href = ({ programme, id }: Listed) => changeSetAddress(programme, id);
  const title = { key: "title", label: words.name, cell: (set: Listed) => <Bidi>{set.title}</Bidi> };
  const holds = { key: "holds", label: words.holds, cell: (set: Listed) => <Holds set={set} /> };
  return (
    <Page
      title={words.title}
      lead={t(msg("policy-change-sets.changeSet.lead"))}
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
          empty={<EmptyState title={msg("policy-change-sets.changeSet.none")} hint={words.noneHint} />}
          columns={[
            title,
            {
              key: "state",
              label: msg("policy-change-sets.changeSet.state"),
              cell: ({ state }) => (
                <Badge tone={state === "submitted" ? "near" : "waiting"} icon={state === "submitted" ? "eye" : "edit"}>
                  {t(state === "submitted" ? words.waits : msg("policy-change-sets.changeSet.draft"))}
                </Badge>
              ),
            },
            holds,
            { key: "authors", label: words.authors, cell: (set) => <Authors {...set} /> },
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
          empty={<EmptyState title={msg("policy-change-sets.changeSet.nonePublished")} />}
          columns={[
            title,
            { key: "when", label: words.when, cell: ({ closedAt }) => <Moment at={closedAt} /> },
            { key: "authors", label: words.authors, cell: (set) => <Authors {...set} /> },
            {
              key: "by",
              label: msg("policy-change-sets.changeSet.by"),
              cell: ({ approvedBy }) =>
                approvedBy === null ? <span className="muted">{t(words.alone)}</span> : <Bidi>{approvedBy}</Bidi>,
            },
            { key: "why", label: msg("policy-change-sets.changeSet.why"), cell: ({ reason }) => <Bidi>{reason}</Bidi> },
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
