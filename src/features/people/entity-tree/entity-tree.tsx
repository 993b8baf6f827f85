/** The entities as a tree: who stands under whom, who is missing where; one adds below and moves from here. */

import React, { useMemo, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Announce,
  adminRoot,
  Button,
  boot,
  Confirm,
  EmptyState,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  ProblemBox,
  ReferenceSelect,
  Select,
  Spinner,
  send,
  TextField,
  toast,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import { ChangeSetDialog } from "../../setup/form/change-set-dialog.js";
import { needsSecondPerson } from "../../setup/second-person.js";
import type { EntityTreeView } from "./entity-tree.page.js";
import type { EntityNode } from "./entity-tree.service.js";
import { type Branch, codesWithin, countOf, EntityBranch, entityFinder, pruned, treeOf } from "./entity-tree-branch.js";

const moveEntityWords = {
  title: pattern("people.entityTree.moveEntityWordsTitle"),
  collect: msg("people.entityTree.moveEntityWordsCollect"),
};

interface MoveEntityProps {
  readonly branch: Branch;
  readonly programme: string;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Moves an entity under another one, with all that stands below it. */
function MoveEntity({ branch, programme, onClose, onMoved }: MoveEntityProps) {
  const { t } = useText();
  const { entity, count } = branch;
  const [parent, setParent] = useState(entity.parent ?? "");
  const within = codesWithin(branch).includes(parent);
  const [collecting, setCollecting] = useState(false);
  const still = parent === "" || parent === entity.parent || within;
  const edit = {
    act: "update",
    table: "entities",
    code: entity.code,
    values: { parent },
    before: { parent: entity.parent },
  } as const;
  // Where one person alone would be refused, the way into a change-set is the one that is offered.
  const isForTwo = needsSecondPerson(programme, { ...edit, values: { parent: "" } });
  if (collecting) {
    return (
      <ChangeSetDialog
        programme={programme}
        title={t(moveEntityWords.title, { name: t(entity.name) })}
        edit={edit}
        onClose={onClose}
        onPut={onClose}
      />
    );
  }
  return (
    <Confirm
      title={t(moveEntityWords.title, { name: t(entity.name) })}
      action={isForTwo ? moveEntityWords.collect : msg("people.entityTree.moveEntityWordsMove")}
      disabled={still}
      onClose={onClose}
      onConfirm={async () => {
        if (isForTwo) return setCollecting(true);
        await send<EntityTreeView>("pages/entity-tree", {
          do: "move",
          programme,
          code: entity.code,
          parent,
          before: entity.parent,
        });
        toast(msg("people.entityTree.moveEntityWordsDone"));
        onClose();
        onMoved();
      }}
    >
      <ReferenceSelect
        label={msg("people.entityTree.moveEntityWordsUnder")}
        help={msg("people.entityTree.moveEntityWordsUnderHelp")}
        fault={within ? msg("people.entityTree.moveEntityWordsWithin") : null}
        required
        resource="entities"
        value={parent}
        programme={programme}
        onChange={setParent}
      />
      {count > 0 && (
        <NoticeBox>
          <p>{t(pattern("people.entityTree.moveEntityWordsAlong"), { n: count })}</p>
        </NoticeBox>
      )}
      {!isForTwo && (
        <p>
          <Button icon="layers" disabled={still} onClick={() => setCollecting(true)}>
            {t(moveEntityWords.collect)}
          </Button>
        </p>
      )}
    </Confirm>
  );
}

const words = {
  title: msg("people.entityTree.entityTree"),
};

/** What the tree is narrowed down to, by the name in the address. */
const shows: Readonly<Record<string, { readonly label: Bilingual; readonly keep: (entity: EntityNode) => boolean }>> = {
  inUse: { label: msg("people.entityTree.showsInUseLabel"), keep: ({ retired }) => !retired },
  withoutFocalPoint: {
    label: msg("people.entityTree.showsWithoutFocalPointLabel"),
    keep: ({ troubles }) => troubles.includes("withoutFocalPoint"),
  },
  withoutSuperior: {
    label: msg("people.entityTree.showsWithoutSuperiorLabel"),
    keep: ({ troubles }) => troubles.includes("withoutSuperior"),
  },
  superiorEmpty: {
    label: msg("people.entityTree.showsSuperiorEmptyLabel"),
    keep: ({ troubles }) => troubles.includes("superiorEmpty"),
  },
  emptySeats: {
    label: msg("people.entityTree.showsEmptySeatsLabel"),
    keep: ({ emptySeats }) => emptySeats.length > 0,
  },
  openCases: { label: msg("people.entityTree.showsOpenCasesLabel"), keep: ({ openCases }) => openCases > 0 },
  notLive: {
    label: msg("people.entityTree.showsNotLiveLabel"),
    keep: ({ retired, joining }) => !retired && joining !== "live",
  },
  all: { label: msg("people.entityTree.showsAllLabel"), keep: () => true },
};

/** Codes of branches down to a depth: what is open when one comes here. */
const codesTo = (branches: readonly Branch[], depth: number): string[] =>
  depth === 0 ? [] : branches.flatMap(({ entity, below }) => [entity.code, ...codesTo(below, depth - 1)]);
const everything = Number.POSITIVE_INFINITY;

export function EntityTree() {
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const address = withQuery("pages/entity-tree", { programme: query.programme });
  const { view, problem, reload } = useView<EntityTreeView>(address);
  const [moving, setMoving] = useState<Branch | null>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string> | null>(null);

  const tree = useMemo(() => treeOf(view?.entities ?? []), [view]);
  const show = Object.hasOwn(shows, query.show ?? "") ? (query.show as string) : "inUse";
  const find = query.find ?? "";
  const isFound = entityFinder(find);
  const keep = (entity: EntityNode) => shows[show]?.keep(entity) === true && isFound(entity);
  const branches = pruned(tree, keep);
  const narrowed = show !== "inUse" || find !== "";
  // Whoever looks for something sees it; otherwise the first two levels are open.
  const open = toggled ?? new Set(codesTo(branches, narrowed ? everything : 1));
  const toggle = (code: string) => {
    const next = new Set(open);
    if (!next.delete(code)) next.add(code);
    setToggled(next);
  };
  const names = boot()?.programmes ?? [];
  const newEntity = withQuery(`${adminRoot}/resources/entities/actions/new`, { programme: query.programme });

  return (
    <Page
      title={words.title}
      lead={t(msg("people.entityTree.lead"))}
      actions={
        <>
          <LinkButton to={`${adminRoot}/resources/entities`} icon="list">
            {t(msg("people.entityTree.asList"))}
          </LinkButton>
          {view?.editable && (
            <LinkButton kind="primary" icon="plus" to={newEntity}>
              {t(msg("people.entityTree.add"))}
            </LinkButton>
          )}
        </>
      }
    >
      <div className="tree-tools">
        {view && view.programmes.length > 1 && (
          <Select
            label={msg("people.entityTree.programme")}
            value={view.programme}
            choices={view.programmes.map((code) => ({
              value: code,
              label: names.find((one) => one.code === code)?.name ?? code,
            }))}
            onChange={(programme) => {
              setToggled(null);
              setQuery({ programme, find: null });
            }}
          />
        )}
        <TextField
          label={msg("people.entityTree.find")}
          type="search"
          dir="auto"
          value={find}
          onChange={(text) => {
            setToggled(null);
            setQuery({ find: text });
          }}
        />
        <Select
          label={msg("people.entityTree.show")}
          value={show}
          choices={Object.entries(shows).map(([value, { label }]) => ({ value, label }))}
          onChange={(value) => {
            setToggled(null);
            setQuery({ show: value === "inUse" ? null : value });
          }}
        />
        <div className="tree-openers">
          <Button kind="quiet" onClick={() => setToggled(new Set(codesTo(branches, everything)))}>
            {t(msg("people.entityTree.openAll"))}
          </Button>
          <Button kind="quiet" onClick={() => setToggled(new Set())}>
            {t(msg("people.entityTree.closeAll"))}
          </Button>
        </div>
      </div>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <Panel flush>
          <Announce>{t(pattern("people.entityTree.found"), { n: countOf(branches, keep) })}</Announce>
          {branches.length === 0 ? (
            <EmptyState
              icon="tree"
              title={view.entities.length === 0 ? msg("people.entityTree.empty") : msg("people.entityTree.none")}
              {...(view.entities.length > 0 && { hint: msg("people.entityTree.noneHint") })}
            />
          ) : (
            <ul className="tree" aria-label={t(words.title)}>
              {branches.map((branch) => (
                <EntityBranch
                  key={branch.entity.code}
                  branch={branch}
                  depth={0}
                  open={open}
                  isHit={narrowed ? keep : null}
                  programme={view.programme}
                  onToggle={toggle}
                  {...(view.editable && { onMove: setMoving })}
                />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {moving && view && (
        <MoveEntity
          branch={tree.length > 0 ? (findBranch(tree, moving.entity.code) ?? moving) : moving}
          programme={view.programme}
          onClose={() => setMoving(null)}
          onMoved={reload}
        />
      )}
    </Page>
  );
}

/** The whole branch, whatever the tree is narrowed down to: all of it moves along. */
function findBranch(branches: readonly Branch[], code: string): Branch | null {
  for (const branch of branches) {
    const found = branch.entity.code === code ? branch : findBranch(branch.below, code);
    if (found !== null) return found;
  }
  return null;
}
