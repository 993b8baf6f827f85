/** What one may do with a record besides editing it, each after a question that says what will happen. */

import React, { useState } from "react";
import { useNavigate } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { ActionView, RecordAnswer, RecordView, ResourceView } from "../../../platform/admin/resource-view.js";
import {
  Button,
  Confirm,
  LinkButton,
  NoticeBox,
  ProblemBox,
  Spinner,
  send,
  toast,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { needsSecondPerson } from "../second-person.js";
import { ChangeSetDialog, changeSetAddress } from "./change-set-dialog.js";
import { type Uses, UsesList } from "./record-uses.js";
import { recordAddress, resourceAddress } from "./setup-list.js";

const words = {
  sure: pattern("setup.recordActs.sure"),
  blocked: msg("setup.recordActs.blocked"),
};

/** Views of their own on the record's page. */
const shownOnPage = new Set(["uses", "history", "edit", "preview"]);
const icons: Readonly<Record<string, string>> = { retire: "archive", restore: "restore", remove: "trash" };
const explained: Readonly<Record<string, { en: string; ar: string }>> = {
  retire: msg("setup.recordActs.retire"),
  restore: msg("setup.recordActs.restore"),
  remove: msg("setup.recordActs.remove"),
};

interface ActsProps {
  readonly view: ResourceView;
  readonly record: RecordView;
  readonly onDone: () => void;
}

/** Whether one person alone would be refused it. */
const isForTwo = (act: string, view: ResourceView, { programme }: RecordView): boolean =>
  (act === "retire" || act === "restore" || act === "remove") &&
  view.collects &&
  needsSecondPerson(programme, { act, table: view.id.replaceAll("-", "_") });

/** What needs to be known first: only what nothing ever used may be removed. */
export const removal = "remove";

/** `only`: that one act; else all but removing where the record tells what uses it. */
export function RecordActs({ view, record, onDone, only }: ActsProps & { only?: string }) {
  const { t } = useText();
  const [asking, setAsking] = useState<ActionView | null>(null);
  const elsewhere = record.actions.includes("uses") ? removal : null;
  const acts = view.actions.filter(
    ({ kind, name }) =>
      kind === "record" &&
      record.actions.includes(name) &&
      !shownOnPage.has(name) &&
      (only === undefined ? name !== elsewhere : name === only),
  );
  // A change-set retires what it takes out of use; it deletes nothing.
  if (only === removal && acts.length > 0 && isForTwo(removal, view, record))
    return <p className="small muted">{t(msg("setup.recordActs.notAlone"))}</p>;
  return (
    <>
      {acts.map((act) =>
        act.page ? (
          <LinkButton key={act.name} to={recordAddress(view.id, record.id, act.name)}>
            {t(act.label)}
          </LinkButton>
        ) : (
          <Button
            key={act.name}
            icon={icons[act.name]}
            kind={act.name === "remove" ? "danger" : "plain"}
            onClick={() => setAsking(act)}
          >
            {t(act.label)}
          </Button>
        ),
      )}
      {asking && <Ask act={asking} view={view} record={record} onDone={onDone} onClose={() => setAsking(null)} />}
    </>
  );
}

function Ask({ act, view, record, onDone, onClose }: ActsProps & { act: ActionView; onClose: () => void }) {
  const { t } = useText();
  const navigate = useNavigate();
  const retiring = act.name === "retire" && record.actions.includes("uses");
  const address = `resources/${view.id}/records/${record.id}`;
  const { view: answer, problem } = useView<RecordAnswer>(retiring ? `${address}/uses` : null);
  const uses = answer ? (answer.view as Uses).uses : [];
  const blocked = uses.filter(({ blocks }) => blocks);
  const others = uses.filter(({ blocks }) => !blocks);
  const explanation = explained[act.name];
  const { programme } = record;
  const [collecting, setCollecting] = useState(() => isForTwo(act.name, view, record));
  const merges = retiring && view.id === "entities" && programme !== null && (
    <p>
      {t(msg("setup.recordActs.mergeInstead"))}{" "}
      <LinkButton small kind="quiet" to={withQuery("/admin/pages/change-set", { programme })}>
        {t(msg("setup.recordActs.toMerge"))}
      </LinkButton>
    </p>
  );
  const collects = (act.name === "retire" || act.name === "restore") && view.collects && programme !== null;
  if (collecting && programme !== null) {
    const edit = { act: act.name, table: view.id.replaceAll("-", "_"), code: String(record.values.code) };
    return (
      <ChangeSetDialog
        programme={programme}
        title={t(words.sure, { act: t(act.label), name: t(record.title) })}
        edit={edit}
        onClose={onClose}
        onPut={(id) => navigate(changeSetAddress(programme, id))}
      >
        {() => (
          <>
            {explanation && <p>{t(explanation)}</p>}
            {merges}
            {blocked.length > 0 && (
              <NoticeBox tone="warning" title={words.blocked}>
                <UsesList uses={blocked.map((use) => ({ ...use, blocks: false }))} />
              </NoticeBox>
            )}
          </>
        )}
      </ChangeSetDialog>
    );
  }
  return (
    <Confirm
      title={t(words.sure, { act: t(act.label), name: t(record.title) })}
      action={act.label}
      kind={act.name === "remove" ? "danger" : "primary"}
      disabled={blocked.length > 0 || (retiring && answer === null)}
      onClose={onClose}
      onConfirm={async () => {
        await send(`${address}/${act.name}`);
        toast(msg("setup.recordActs.done"));
        onClose();
        if (act.name === "remove") navigate(resourceAddress(view.id));
        else onDone();
      }}
    >
      <ProblemBox problem={problem} />
      {retiring && answer === null && !problem && <Spinner />}
      {blocked.length > 0 && (
        <NoticeBox tone="warning" title={words.blocked}>
          <UsesList uses={blocked.map((use) => ({ ...use, blocks: false }))} />
        </NoticeBox>
      )}
      {blocked.length === 0 && explanation && <p>{t(explanation)}</p>}
      {merges}
      {collects && (
        <p>
          <Button icon="layers" onClick={() => setCollecting(true)}>
            {t(msg("setup.recordActs.collect"))}
          </Button>{" "}
          <span className="muted">{t(msg("setup.recordActs.collectHint"))}</span>
        </p>
      )}
      {others.length > 0 && (
        <div>
          <p>{t(msg("setup.recordActs.uses"))}</p>
          <UsesList uses={others} />
        </div>
      )}
    </Confirm>
  );
}
