/** A record of any resource: its facts, what one may do with it, what uses it and what happened to it. */

import React, { type ReactNode, useState } from "react";
import { directionOf } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
import type { RecordAnswer, ResourceView } from "../../../platform/admin/resource-view.js";
import {
  Badge,
  Facts,
  LinkButton,
  languagesFirst,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  type ScreenProps,
  Spinner,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import { ColumnValue, isRetired, retiredColumns } from "./column-value.js";
import { levelsFor } from "./form-into-set.js";
import { RecordActs, removal } from "./record-acts.js";
import { RecordHistory } from "./record-history.js";
import { RecordTry } from "./record-try.js";
import { RecordUses } from "./record-uses.js";
import { recordAddress, resourceAddress } from "./setup-list.js";

const recordPreviewWords = {
  languages: {
    ar: msg("setup.setupShow.recordPreviewWordsLanguagesAr"),
    en: msg("setup.setupShow.recordPreviewWordsLanguagesEn"),
  },
};

/** How a text that is filled in later will read, in both languages. */
function RecordPreview({ resource, record }: { readonly resource: string; readonly record: string }) {
  const { t, language } = useText();
  const { view, problem } = useView<RecordAnswer>(`resources/${resource}/records/${record}/preview`);
  const filled = view?.view as Bilingual | undefined;
  return (
    <Panel title={msg("setup.setupShow.recordPreviewWordsTitle")}>
      <p className="muted">{t(msg("setup.setupShow.recordPreviewWordsExample"))}</p>
      {problem && <ProblemBox problem={problem} />}
      {!problem && filled === undefined && <Spinner />}
      {filled && (
        <div className="letter-pair">
          {languagesFirst(language).map((one) => (
            <section key={one} className="letter-text" aria-label={t(recordPreviewWords.languages[one])}>
              <h3>{t(recordPreviewWords.languages[one])}</h3>
              <p lang={one} dir={directionOf(one)}>
                {inLanguage(filled, one)}
              </p>
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** @param above what stands over the facts of a record of some kinds */
export function SetupShow({
  resource: { view },
  recordId,
  above,
}: ScreenProps & { above?: (record: RecordAnswer["record"]) => ReactNode }) {
  const id = recordId ?? "";
  const { view: answer, problem, reload } = useView<RecordAnswer>(`resources/${view.id}/records/${id}/show`);
  const back = { to: resourceAddress(view.id), label: view.label };
  if (answer === null) {
    return (
      <Page title={view.one} back={back}>
        {problem ? <ProblemBox problem={problem} /> : <Spinner />}
      </Page>
    );
  }
  return <Shown key={id} view={view} answer={answer} back={back} reload={reload} above={above} />;
}

interface ShownProps {
  readonly view: ResourceView;
  readonly answer: RecordAnswer;
  readonly back: { readonly to: string; readonly label: ResourceView["label"] };
  readonly reload: () => void;
  readonly above: ((record: RecordAnswer["record"]) => ReactNode) | undefined;
}

function Shown({ view, answer: { record }, back, reload, above }: ShownProps) {
  const { t } = useText();
  // Uses and history are asked for anew after an act.
  const [turn, setTurn] = useState(0);
  const can = (name: string): boolean => record.actions.includes(name);
  const retired = isRetired(record);
  const { programme } = record;
  const levels =
    programme === null || retired
      ? null
      : levelsFor(view.id.replaceAll("-", "_"), { programme, code: String(record.values.code) });
  return (
    <Page
      title={record.title}
      heading={<bdi>{t(record.title)}</bdi>}
      back={back}
      lead={retired ? <Badge icon="archive">{t(msg("setup.setupShow.retired"))}</Badge> : undefined}
      actions={
        <>
          {levels !== null && (
            <LinkButton icon="grid" to={levels}>
              {t(msg("setup.setupShow.levels"))}
            </LinkButton>
          )}
          <RecordActs
            view={view}
            record={record}
            onDone={() => {
              setTurn(turn + 1);
              reload();
            }}
          />
          {can("edit") && (
            <LinkButton kind="primary" icon="edit" to={recordAddress(view.id, record.id, "edit")}>
              {t(msg("setup.setupShow.edit"))}
            </LinkButton>
          )}
        </>
      }
    >
      {retired && (
        <NoticeBox>
          <p>{t(msg("setup.setupShow.retiredHint"))}</p>
        </NoticeBox>
      )}
      {above?.(record)}
      <Panel title={msg("setup.setupShow.facts")}>
        <Facts
          rows={view.columns
            .filter(({ name }) => !retiredColumns.includes(name))
            .map((column) => ({
              label: column.label,
              value: (
                <ColumnValue
                  column={column}
                  value={record.values[column.name]}
                  name={record.names[column.name]}
                  names={record.names}
                />
              ),
            }))}
        />
      </Panel>
      <RecordTry resource={view.id} programme={record.programme} values={record.values} />
      {can("preview") && <RecordPreview resource={view.id} record={record.id} />}
      {can("uses") && (
        <RecordUses
          key={`uses-${turn}`}
          resource={view.id}
          record={record.id}
          whenRemovable={<RecordActs view={view} record={record} only={removal} onDone={reload} />}
        />
      )}
      {can("history") && (
        <RecordHistory
          key={`history-${turn}`}
          view={view}
          record={record.id}
          programme={record.programme ?? String(record.values.code ?? "")}
        />
      )}
    </Page>
  );
}
