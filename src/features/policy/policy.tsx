/** Rules and workflows: what is in force; one of them opened. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { nameFinder } from "../../engine/search/name-finder.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { type Bilingual, listed } from "../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Button,
  Dialog,
  EmptyState,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  Table,
  TextField,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import { changeSetAddress } from "../setup/form/change-set-dialog.js";
import type { ConfigurationKind } from "../setup/tables/create-models.js";
import { BeginChangeSet } from "./change-sets/change-set.js";
import { OpenedPolicy } from "./opened-policy.js";
import type { PolicyOverview, PolicyView } from "./policy.page.js";
import { ProgrammeChoice } from "./versions/version-line.js";

const newLetterDialogWords = {
  wrong: msg("policy-letters.newLetterDialog.wrong"),
};
const form = /^step-[a-z0-9]+(-[a-z0-9]+)*$/;

interface NewLetterProps {
  readonly programme: string;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** Asks for the code of a step's own letter, and opens it: it is there once something of it is written. */
function NewLetterDialog({ programme, taken, onClose }: NewLetterProps) {
  const { t } = useText();
  const navigate = useNavigate();
  const [code, setCode] = useState("step-");
  const [fault, setFault] = useState<typeof newLetterDialogWords.wrong | null>(null);
  return (
    <Dialog title={msg("policy-letters.newLetterDialog.aLetterOfOnesOwn")} onClose={onClose}>
      <form
        className="stack-small"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const name = code.trim();
          if (!form.test(name) || name.length > 60) return setFault(newLetterDialogWords.wrong);
          if (taken.includes(name)) return setFault(msg("policy-letters.newLetterDialog.taken"));
          navigate(withQuery("/admin/pages/policy", { programme, kind: "message", name }));
          onClose();
        }}
      >
        <TextField
          name="letter-code"
          label={msg("policy-letters.newLetterDialog.code")}
          help={msg("policy-letters.newLetterDialog.help")}
          required
          dir="ltr"
          maxLength={60}
          value={code}
          onChange={setCode}
          fault={fault}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary">
            {t(msg("policy-letters.newLetterDialog.open"))}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const words = {
  title: msg("policy.policy.rulesAndWorkflows"),
  name: msg("policy.policy.name"),
  when: msg("policy.policy.when"),
  by: msg("policy.policy.by"),
  why: msg("policy.policy.why"),
  draft: msg("policy.policy.draft"),
  submitted: msg("policy.policy.submitted"),
  drafts: msg("policy.policy.drafts"),
  backToSet: msg("policy.policy.backToSet"),
};

const kinds: readonly { readonly kind: ConfigurationKind; readonly title: Bilingual }[] = [
  { kind: "rules", title: msg("policy.policy.ruleSets") },
  { kind: "workflow", title: msg("policy.policy.workflows") },
  { kind: "calendar", title: msg("policy.policy.calendars") },
  { kind: "message", title: msg("policy.policy.letters") },
  { kind: "digest", title: msg("policy.policy.digests") },
];

/** What is being written, and what waits for a second person; nothing where nobody writes. */
function Drafts({ drafts, changeSet }: { drafts: PolicyOverview["drafts"]; changeSet: string | undefined }) {
  const { t } = useText();
  if (drafts.length === 0) return null;
  return (
    <Panel title={words.drafts} flush>
      <Table
        caption={words.drafts}
        rows={drafts}
        rowKey={({ id, kind, name }) => `${id}/${kind}/${name}`}
        href={({ programme, kind, name }) => withQuery("/admin/pages/policy", { programme, kind, name, changeSet })}
        columns={[
          {
            key: "what",
            label: msg("policy.policy.what"),
            cell: ({ title, basedOn, changeSet: set }) => (
              <span className="policy-name">
                <bdi>{t(title)}</bdi>
                {set !== null && (
                  <Badge tone="neutral" icon="layers">
                    {set.title}
                  </Badge>
                )}
                {basedOn === null && <Badge tone="neutral">{t(msg("policy.policy.fresh"))}</Badge>}
              </span>
            ),
          },
          {
            key: "state",
            label: msg("policy.policy.state"),
            cell: ({ state }) => (
              <Badge tone={state === "submitted" ? "near" : "waiting"} icon={state === "submitted" ? "eye" : "edit"}>
                {t(state === "submitted" ? words.submitted : words.draft)}
              </Badge>
            ),
          },
          {
            key: "authors",
            label: msg("policy.policy.authors"),
            cell: ({ authors }) => <Bidi>{t(listed(authors.map(({ name }) => name)))}</Bidi>,
          },
          { key: "saved", label: msg("policy.policy.saved"), cell: ({ savedAt }) => <Moment at={savedAt} /> },
        ]}
      />
    </Panel>
  );
}

interface Listed {
  readonly key: string;
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly title: Bilingual;
  /** Null: as it ships. */
  readonly version: PolicyOverview["versions"][number] | null;
}

/** What is in force, of letters and digests also what only ships. */
function listedOf({ versions, shipped, programme }: PolicyOverview): readonly Listed[] {
  return [
    ...versions.map((version): Listed => {
      const { kind, name, title } = version;
      return { key: `${kind}/${name}`, programme, kind, name, title, version };
    }),
    ...shipped.map(
      ({ kind, name, title }): Listed => ({ key: `${kind}/${name}`, programme, kind, name, title, version: null }),
    ),
  ];
}

function ListedName({ one, drafts }: { one: Listed; drafts: PolicyOverview["drafts"] }) {
  const { t } = useText();
  const draft = drafts.find(({ kind, name }) => kind === one.kind && name === one.name);
  const offers = one.version?.drafts ?? 0;
  return (
    <span className="policy-name">
      <bdi>{t(one.title)}</bdi>
      {draft !== undefined && (
        <Badge tone={draft.state === "submitted" ? "near" : "waiting"} icon="edit">
          {t(draft.state === "submitted" ? words.submitted : words.draft)}
        </Badge>
      )}
      {offers > 0 && (
        <Badge tone="waiting" icon="layers">
          {t(pattern("policy.policy.offers"), { n: offers })}
        </Badge>
      )}
    </span>
  );
}

function Overview({ view }: { view: PolicyOverview }) {
  const { t } = useText();
  // Whoever came from a change-set chooses what is changed in it.
  const [{ changeSet }, setQuery] = useAddress();
  const [sought, setSought] = useState("");
  const [adding, setAdding] = useState(false);
  const isNamed = nameFinder(sought);
  const isFound = ({ title, name }: Listed): boolean => isNamed(title.ar, title.en, name);
  const all = listedOf(view);
  const found = all.filter(isFound);
  const shown = kinds.filter(({ kind }) => sought.trim() === "" || found.some((one) => one.kind === kind));
  return (
    <Page
      title={words.title}
      lead={t(msg("policy.policy.lead"))}
      actions={
        <>
          <ProgrammeChoice programme={view.programme} programmes={view.programmes} />
          <LinkButton icon="layers" to={withQuery("/admin/pages/change-set", { programme: view.programme })}>
            {t(msg("policy.policy.sets"))}
          </LinkButton>
          {view.mayPublish && changeSet === undefined && (
            <BeginChangeSet programme={view.programme} onBegun={(id) => setQuery({ changeSet: String(id) })} />
          )}
        </>
      }
    >
      {changeSet !== undefined && (
        <NoticeBox
          title={msg("policy.policy.choose")}
          actions={
            <LinkButton to={changeSetAddress(view.programme, Number(changeSet))}>{t(words.backToSet)}</LinkButton>
          }
        />
      )}
      <Drafts drafts={view.drafts} changeSet={changeSet} />
      <TextField label={msg("policy.policy.search")} type="search" value={sought} onChange={setSought} maxLength={80} />
      {shown.length === 0 && <EmptyState icon="search" title={msg("policy.policy.notFound")} />}
      {shown.map(({ kind, title }) => (
        <Panel
          key={kind}
          title={title}
          flush
          actions={
            kind === "message" &&
            view.mayPublish && (
              <Button small icon="plus" onClick={() => setAdding(true)}>
                {t(msg("policy.policy.add"))}
              </Button>
            )
          }
        >
          <Table
            caption={title}
            rows={found.filter((one) => one.kind === kind)}
            rowKey={({ key }) => key}
            empty={<EmptyState title={msg("policy.policy.none")} />}
            href={({ programme, name }) => withQuery("/admin/pages/policy", { programme, kind, name, changeSet })}
            columns={[
              { key: "name", label: words.name, cell: (one) => <ListedName one={one} drafts={view.drafts} /> },
              {
                key: "version",
                label: msg("policy.policy.version"),
                narrow: true,
                cell: ({ version }) => (version === null ? t(msg("policy.policy.ships")) : String(version.version)),
              },
              { key: "when", label: words.when, cell: ({ version }) => <Moment at={version?.publishedAt} /> },
              { key: "by", label: words.by, cell: ({ version }) => <Bidi>{t(version?.publishedBy ?? "—")}</Bidi> },
              { key: "why", label: words.why, cell: ({ version }) => <Bidi>{version?.reason ?? "—"}</Bidi> },
            ]}
          />
        </Panel>
      ))}
      {adding && (
        <NewLetterDialog
          programme={view.programme}
          taken={all.filter(({ kind }) => kind === "message").map(({ name }) => name)}
          onClose={() => setAdding(false)}
        />
      )}
    </Page>
  );
}

export function Policy() {
  const [query] = useAddress();
  const { programme, kind, name, version, changeSet } = query;
  const asked = withQuery("pages/policy", { programme, kind, name, version, changeSet });
  const { view, problem, reload } = useView<PolicyView>(asked);
  // While another thing is loaded the last one stays in sight; it must not be taken for it.
  if (view === null || view.opened?.name !== name) {
    return <Page title={words.title}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Page>;
  }
  if (view.opened === null) return <Overview view={view} />;
  return <OpenedPolicy key={`${view.programme}/${kind}/${name}`} view={view} reload={reload} />;
}
