/** What a change-set holds: each edit and each draft of policy, taken out or opened again from here. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Badge,
  Button,
  boot,
  Icon,
  LinkButton,
  Panel,
  type ProblemBody,
  ProblemBox,
  problemOf,
  send,
  useText,
  withQuery,
} from "../../../platform/ui/kit.js";
import { serviceLevelsAddress } from "../../setup/form/service-levels.js";
import { DiscardDialog } from "../drafts/steps.js";
import type { ChangeSetView } from "./change-set.page.js";

type Draft = NonNullable<ChangeSetView["opened"]>["drafts"][number];

/** A draft of policy in a change-set: opened from here, or taken out, which discards it. */
function DraftItem({
  draft: { id, revision, title, link, changes },
  inForce,
  mayWrite,
  onTakenOut,
}: {
  draft: Draft;
  /** The set was published. */
  inForce: boolean;
  mayWrite: boolean;
  onTakenOut: () => void;
}) {
  const { t } = useText();
  const [leaving, setLeaving] = useState(false);
  const sure = msg("policy-drafts.draftItem.sure", { name: title });
  return (
    <li className="change-set-item">
      <div>
        <p>
          <Icon name="rules" size={16} />{" "}
          <strong>
            {t(inForce ? pattern("policy-drafts.draftItem.inForce") : pattern("policy-drafts.draftItem.policy"), {
              name: t(title),
            })}
          </strong>
        </p>
        {changes.length > 0 && (
          <ul className="bullets muted">
            {changes.map((change) => (
              <li key={change.en}>{t(change)}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="change-set-item-acts">
        {!inForce && (
          <LinkButton small icon={mayWrite ? "edit" : "eye"} to={link}>
            {t(mayWrite ? msg("policy-drafts.draftItem.edit") : msg("policy-drafts.draftItem.look"))}
          </LinkButton>
        )}
        {mayWrite && (
          <Button
            small
            kind="quiet"
            icon="trash"
            label={t(pattern("policy-drafts.draftItem.takeOutOf"), { what: t(title) })}
            onClick={() => setLeaving(true)}
          >
            {t(msg("policy-drafts.draftItem.takeOut"))}
          </Button>
        )}
      </div>
      {leaving && (
        <DiscardDialog
          title={sure}
          action={msg("policy-drafts.draftItem.discard")}
          hint={msg("policy-drafts.draftItem.theDraftIsDiscardedWith")}
          onClose={() => setLeaving(false)}
          onConfirm={async () => {
            await send("pages/policy", { do: "discard", id, revision });
            setLeaving(false);
            onTakenOut();
          }}
        />
      )}
    </li>
  );
}

// Where the set-up is changed, from a change-set: each of its forms can put what is typed there.

const setUpLinksWords = {
  where: msg("policy-change-sets.changeSetContent.setUpLinksWordsWhere"),
};

/** Only lists that the reader has. */
function SetUpLinks() {
  const { t } = useText();
  const lists = (boot()?.navigation ?? []).flatMap(({ items }) => items.filter(({ collects }) => collects));
  return (
    <div className="muted">
      <p>{t(setUpLinksWords.where)}</p>
      <ul className="set-up-links">
        {lists.map(({ href, label }) => (
          <li key={href}>
            <Link to={href}>{t(label)}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

export type OpenedSet = NonNullable<ChangeSetView["opened"]>;
export type Edit = OpenedSet["listed"][number];

const words = {
  empty: msg("policy-change-sets.changeSetContent.empty"),
  decides: msg("policy-change-sets.changeSetContent.decides"),
  takeOutOf: pattern("policy-change-sets.changeSetContent.takeOutOf"),
  again: msg("policy-change-sets.changeSetContent.again"),
  againOf: pattern("policy-change-sets.changeSetContent.againOf"),
  levelsOf: pattern("policy-change-sets.changeSetContent.levelsOf"),
};

/** Which of the dialogs of this page writes such an edit. */
export type Form = "merge" | "cases" | "seat" | "newSeat";
function formOf({ act, table }: Edit): Form | null {
  if (act === "merge") return "merge";
  if (table === "seats") return act === "create" ? "newSeat" : "seat";
  return act === "retire" && table === "entities" ? "cases" : null;
}

function EditItem({
  edit,
  levels,
  onTakeOut,
  onAgain,
}: {
  edit: Edit;
  /** Where the line that it adds to the grid is; null: it adds none. */
  levels: string | null;
  onTakeOut?: (() => void) | undefined;
  onAgain?: (() => void) | undefined;
}) {
  const { t } = useText();
  const what = t(edit.words);
  return (
    <li className="change-set-item">
      <div>
        <p>
          <strong>{what}</strong> {edit.decides && <Badge tone="near">{t(words.decides)}</Badge>}
        </p>
        {edit.details.length > 0 && (
          <ul className="bullets muted">
            {edit.details.map((detail) => (
              <li key={detail.en}>{t(detail)}</li>
            ))}
          </ul>
        )}
      </div>
      {(levels !== null || onTakeOut || onAgain) && (
        <div className="change-set-item-acts">
          {levels !== null && (
            <LinkButton small icon="grid" label={t(words.levelsOf, { what })} to={levels}>
              {t(msg("policy-change-sets.changeSetContent.levels"))}
            </LinkButton>
          )}
          {edit.form !== null && onTakeOut && (
            <LinkButton small icon="edit" label={t(words.againOf, { what })} to={edit.form}>
              {t(words.again)}
            </LinkButton>
          )}
          {onAgain && (
            <Button small icon="edit" label={t(words.againOf, { what })} onClick={onAgain}>
              {t(words.again)}
            </Button>
          )}
          {onTakeOut && (
            <Button small kind="quiet" icon="trash" label={t(words.takeOutOf, { what })} onClick={onTakeOut}>
              {t(msg("policy-change-sets.changeSetContent.takeOut"))}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

export function Holds({
  set,
  programme,
  reload,
  onForm,
}: {
  set: OpenedSet;
  programme: string;
  reload: () => void;
  onForm: (form: Form, edit: Edit | null) => void;
}) {
  const { t } = useText();
  const [problem, setProblem] = useState<ProblemBody | null>(null);
  const mayWrite = set.acts.includes("save");
  const isOpen = set.state === "open" || set.state === "submitted";
  const levelsOf = ({ act, table, code }: Edit) =>
    isOpen && act === "create" ? serviceLevelsAddress(table, { programme, code, changeSet: set.id }) : null;
  const act = async (page: string, body: object) => {
    setProblem(null);
    try {
      await send(page, body);
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Panel
      title={msg("policy-change-sets.changeSetContent.holds")}
      actions={
        mayWrite && (
          <>
            <Button small onClick={() => onForm("merge", null)}>
              {t(msg("policy-change-sets.changeSetContent.merge"))}
            </Button>
            <Button small onClick={() => onForm("cases", null)}>
              {t(msg("policy-change-sets.changeSetContent.close"))}
            </Button>
            <Button small onClick={() => onForm("seat", null)}>
              {t(msg("policy-change-sets.changeSetContent.seat"))}
            </Button>
            <Button small onClick={() => onForm("newSeat", null)}>
              {t(msg("policy-change-sets.changeSetContent.newSeat"))}
            </Button>
            <LinkButton small to={withQuery("/admin/pages/policy", { programme, changeSet: set.id })}>
              {t(msg("policy-change-sets.changeSetContent.policies"))}
            </LinkButton>
          </>
        )
      }
    >
      <ProblemBox problem={problem} />
      {set.listed.length + set.drafts.length === 0 && <p className="muted">{t(words.empty)}</p>}
      <ul className="change-set-list">
        {set.listed.map((edit) => {
          const form = formOf(edit);
          const { table, code } = edit;
          return (
            <EditItem
              key={`${table}/${code}`}
              edit={edit}
              levels={levelsOf(edit)}
              onAgain={mayWrite && form !== null ? () => onForm(form, edit) : undefined}
              onTakeOut={
                mayWrite ? () => void act("pages/change-set", { do: "takeOut", id: set.id, table, code }) : undefined
              }
            />
          );
        })}
        {set.drafts.map((draft) => (
          <DraftItem
            key={draft.id}
            draft={draft}
            inForce={set.state === "published"}
            mayWrite={mayWrite}
            onTakenOut={reload}
          />
        ))}
      </ul>
      {mayWrite && <SetUpLinks />}
    </Panel>
  );
}
