/** The digests of a programme: when each goes out, how it would read, a test of it, and those that were sent. */

import React from "react";
import { Link } from "react-router-dom";
import { languageChoices } from "../../engine/formatting/language-names.js";
import { formatPeriod } from "../../engine/formatting/moments.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  adminRoot,
  Badge,
  Button,
  boot,
  EmptyState,
  LetterFrame,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  send,
  Table,
  toast,
  useAddress,
  useSending,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import type { DigestLine, DigestSentLine, DigestView } from "./digest.page.js";

const words = {
  ownLead: msg("reports.digest.ownLead"),
  digests: msg("reports.digest.digests"),
  name: msg("reports.digest.name"),
  queued: pattern("reports.digest.queued"),
  keptOnly: pattern("reports.digest.keptOnly"),
  retired: msg("reports.digest.retired"),
  never: msg("reports.digest.never"),
  shownForAt: pattern("reports.digest.shownForAt"),
};

function Digests({ view, onChoose }: { view: DigestView; onChoose: (code: string) => void }) {
  const { t, number } = useText();
  const { setUp } = view;
  return (
    <Panel
      title={words.digests}
      flush
      actions={
        setUp &&
        view.digests.length > 0 && (
          <LinkButton icon="edit" to={setUp.list}>
            {t(msg("reports.digest.settings"))}
          </LinkButton>
        )
      }
    >
      <Table<DigestLine>
        caption={words.digests}
        rows={view.digests}
        rowKey={({ code }) => code}
        onOpen={({ code }) => onChoose(code)}
        rowName={({ name }) => t(name)}
        empty={
          <EmptyState
            icon="mail"
            title={msg("reports.digest.noneSetUp")}
            hint={msg("reports.digest.noneSetUpHint")}
            action={
              setUp && (
                <LinkButton icon="plus" to={setUp.add}>
                  {t(msg("reports.digest.add"))}
                </LinkButton>
              )
            }
          />
        }
        columns={[
          { key: "name", label: words.name, cell: ({ name }) => t(name) },
          { key: "audience", label: msg("reports.digest.audience"), cell: ({ audience }) => t(audience) },
          { key: "period", label: msg("reports.digest.period"), cell: ({ period }) => t(period) },
          {
            key: "receivers",
            label: msg("reports.digest.receivers"),
            cell: ({ receivers, others }) => (
              <>
                {number(receivers)}
                {others > 0 && <div className="muted small">{t(pattern("reports.digest.others"), { n: others })}</div>}
              </>
            ),
          },
          {
            key: "next",
            label: msg("reports.digest.next"),
            cell: ({ next, retired }) =>
              retired ? <Badge>{t(words.retired)}</Badge> : next === null ? t(words.never) : <Moment at={next} />,
          },
          {
            key: "last",
            label: msg("reports.digest.last"),
            cell: ({ last }) =>
              last === null ? (
                t(words.never)
              ) : (
                <>
                  <Moment at={last.at} /> · {t(view.leaves ? words.queued : words.keptOnly, { n: last.queued })}
                </>
              ),
          },
        ]}
      />
      <div className="panel-inset">
        {!view.leaves && <p className="muted small">{t(msg("reports.digest.noServer"))}</p>}
        {view.ofAll && view.digests.some(({ others }) => others > 0) && (
          <p className="small">
            <Link to={`${adminRoot}/resources/seats`}>{t(msg("reports.digest.ways"))}</Link>
          </p>
        )}
      </div>
    </Panel>
  );
}

function History({ view, onOpen }: { view: DigestView; onOpen: (id: number) => void }) {
  const { t, language } = useText();
  const title = view.ofAll ? msg("reports.digest.history") : msg("reports.digest.ownHistory");
  return (
    <Panel title={title} flush>
      <Table<DigestSentLine>
        caption={title}
        rows={view.history}
        rowKey={({ id }) => String(id)}
        onOpen={({ id }) => onOpen(id)}
        rowName={({ digest }) => t(digest)}
        empty={<EmptyState title={msg("reports.digest.none")} />}
        columns={[
          { key: "digest", label: words.name, cell: ({ digest }) => t(digest) },
          {
            key: "of",
            label: msg("reports.digest.of"),
            cell: ({ of }) => (of === null ? "" : formatPeriod(of.from, of.to, language)),
          },
          { key: "receiver", label: msg("reports.digest.receiver"), cell: ({ receiver }) => <bdi>{receiver}</bdi> },
          { key: "at", label: msg("reports.digest.at"), cell: ({ at }) => <Moment at={at} /> },
          { key: "state", label: msg("reports.digest.state"), cell: ({ state }) => t(state) },
        ]}
      />
    </Panel>
  );
}

export function Digest() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const { programme, language, digest, entity, role, sent, at } = query;
  const asked = withQuery("pages/digest", { programme, language, digest, entity, role, sent, at });
  const { view, problem, loading, reload } = useView<DigestView>(asked, { worded: true });
  const sending = useSending();
  const names = new Map((boot()?.programmes ?? []).map(({ code, name }) => [code, name]));
  const test = (shown: DigestView) =>
    sending.run(async () => {
      const body = {
        do: "test",
        programme: shown.programme,
        digest: shown.chosen,
        entity: shown.entity,
        role: shown.role,
      };
      const { leaves } = await send<{ leaves: boolean }>("pages/digest", { ...body, language: shown.language });
      toast(leaves ? msg("policy-letters.letterLook.sent") : msg("policy-letters.letterLook.kept"));
      reload();
    });
  const leadsAll = view === null || view.readsAll;
  return (
    <Page title={msg("reports.digest.title")} lead={t(leadsAll ? msg("reports.digest.lead") : words.ownLead)}>
      <ProblemBox problem={problem ?? sending.problem} />
      {view === null && loading && <Spinner />}
      {view && (
        <>
          <div className="pair">
            {view.programmes.length > 1 && (
              <Select
                label={msg("reports.digest.programme")}
                value={view.programme}
                choices={view.programmes.map((code) => ({ value: code, label: names.get(code) ?? code }))}
                onChange={(value) => setQuery({ programme: value, digest: null, entity: null, role: null, sent: null })}
              />
            )}
            {view.digests.length > 0 && (
              <Select
                label={msg("reports.digest.language")}
                value={view.language}
                choices={languageChoices()}
                onChange={(value) => setQuery({ language: value })}
              />
            )}
            {view.roles.length > 1 && view.sent === null && (
              <Select
                label={msg("reports.digest.role")}
                value={view.role ?? ""}
                choices={[
                  { value: "", label: msg("reports.digest.firstRole") },
                  ...view.roles.map(({ code, name }) => ({ value: code, label: name })),
                ]}
                onChange={(value) => setQuery({ role: value === "" ? null : value })}
              />
            )}
            {view.entities.length > 0 && view.sent === null && (
              <Select
                label={msg("reports.digest.entity")}
                value={view.entity ?? ""}
                choices={[
                  { value: "", label: msg("reports.digest.most") },
                  ...view.entities.map(({ code, name }) => ({ value: code, label: name })),
                ]}
                onChange={(value) => setQuery({ entity: value === "" ? null : value })}
              />
            )}
          </div>
          {view.readsAll && (
            <Digests
              view={view}
              onChoose={(code) => setQuery({ digest: code, entity: null, role: null, sent: null, at: null })}
            />
          )}
          {view.nothing !== null && <NoticeBox tone="info">{t(view.nothing)}</NoticeBox>}
          {view.letter !== null && (
            <Panel
              title={view.letter.subject}
              actions={
                view.sent !== null || view.at !== null ? (
                  view.digests.length > 0 && (
                    <Button onClick={() => setQuery({ sent: null, at: null })}>{t(msg("reports.digest.now"))}</Button>
                  )
                ) : view.mayTest ? (
                  <Button icon="send" busy={sending.busy} onClick={() => test(view)}>
                    {t(msg("policy-letters.letterLook.test"))}
                  </Button>
                ) : undefined
              }
            >
              {view.shownFor && (
                <p className="muted small">
                  {view.shownFor.place === null
                    ? t(pattern("reports.digest.shownFor"), { role: t(view.shownFor.role) })
                    : t(words.shownForAt, { role: t(view.shownFor.role), place: t(view.shownFor.place) })}
                </p>
              )}
              <LetterFrame key={`${view.letter.language}${view.sent ?? ""}`} {...view.letter} />
            </Panel>
          )}
          <History view={view} onOpen={(id) => setQuery({ sent: String(id), at: null })} />
        </>
      )}
    </Page>
  );
}
