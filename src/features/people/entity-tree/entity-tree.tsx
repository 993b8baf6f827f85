/** The entities as a tree: who stands under whom, who is missing where; one adds below and moves from here. */
import React, { useMemo, useState } from "react";
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
import { EntityBranch } from "./entity-tree-branch.js";
import { type Branch, codesWithin, countOf, isFound, pruned, treeOf } from "./tree-of-entities.js";

const moveEntityWords = {
  title: { en: "Move {name}", ar: "نقل {name}" },
  move: { en: "Move", ar: "نقل" },
  under: { en: "Under", ar: "لتتبع" },
  underHelp: {
    en: "From then on delays at this entity are raised to the one chosen here.",
    ar: "تُصعَّد حالات التأخير في هذه الجهة من بعدها إلى الجهة المختارة هنا.",
  },
  along: { en: "Those below it move along: {n}.", ar: "ينتقل معها ما يتبعها: {n}." },
  within: {
    en: "That one stands below it. Choose an entity that does not.",
    ar: "هذه الجهة تتبعها. اختر جهة لا تتبعها.",
  },
  collect: { en: "Into a change-set …", ar: "إلى مجموعة تغييرات …" },
  done: { en: "Moved.", ar: "تم النقل." },
};

interface MoveEntityProps {
  readonly branch: Branch;
  readonly programme: string;
  readonly onClose: () => void;
  readonly onMoved: () => void;
}

/** Moves an entity under another one, with all that stands below it. */
function MoveEntity({ branch, programme, onClose, onMoved }: MoveEntityProps) {
  const { t, number } = useText();
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
      action={isForTwo ? moveEntityWords.collect : moveEntityWords.move}
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
        toast(moveEntityWords.done);
        onClose();
        onMoved();
      }}
    >
      <ReferenceSelect
        label={moveEntityWords.under}
        help={moveEntityWords.underHelp}
        fault={within ? moveEntityWords.within : null}
        required
        resource="entities"
        value={parent}
        programme={programme}
        onChange={setParent}
      />
      {count > 0 && (
        <NoticeBox>
          <p>{t(moveEntityWords.along, { n: number(count) })}</p>
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
  title: { en: "Entity tree", ar: "شجرة الجهات" },
  lead: {
    en: "Delays are raised along these lines: from an entity to the one above it.",
    ar: "تُصعَّد حالات التأخير عبر هذا التسلسل: من الجهة إلى التي تعلوها.",
  },
  add: { en: "Add entity", ar: "إضافة جهة" },
  asList: { en: "As a list", ar: "كقائمة" },
  programme: { en: "Programme", ar: "البرنامج" },
  find: { en: "Find an entity", ar: "ابحث عن جهة" },
  show: { en: "Show", ar: "إظهار" },
  openAll: { en: "Expand all", ar: "توسيع الكل" },
  closeAll: { en: "Collapse all", ar: "طي الكل" },
  found: { en: "Entities: {n}", ar: "عدد الجهات: {n}" },
  none: { en: "No entity matches", ar: "لا توجد جهة مطابقة" },
  noneHint: { en: "Change what is looked for.", ar: "غيّر ما تبحث عنه." },
  empty: { en: "There are no entities yet", ar: "لا توجد جهات بعد" },
};

/** What the tree is narrowed down to, by the name in the address. */
const shows: Readonly<Record<string, { readonly label: Bilingual; readonly keep: (entity: EntityNode) => boolean }>> = {
  inUse: { label: { en: "In use", ar: "قيد الاستخدام" }, keep: ({ retired }) => !retired },
  withoutFocalPoint: {
    label: { en: "Without a focal point", ar: "بلا ضابط ارتباط" },
    keep: ({ troubles }) => troubles.includes("withoutFocalPoint"),
  },
  withoutSuperior: {
    label: { en: "Nobody to escalate to", ar: "لا أحد للتصعيد إليه" },
    keep: ({ troubles }) => troubles.includes("withoutSuperior"),
  },
  superiorEmpty: {
    label: { en: "First superior missing", ar: "المسؤول المباشر غير موجود" },
    keep: ({ troubles }) => troubles.includes("superiorEmpty"),
  },
  emptySeats: {
    label: { en: "With empty seats", ar: "فيها مقاعد شاغرة" },
    keep: ({ emptySeats }) => emptySeats.length > 0,
  },
  openCases: { label: { en: "With open cases", ar: "لديها معاملات مفتوحة" }, keep: ({ openCases }) => openCases > 0 },
  notLive: {
    label: { en: "Not joined yet", ar: "لم تنضم بعد" },
    keep: ({ retired, joining }) => !retired && joining !== "live",
  },
  all: { label: { en: "All, also retired", ar: "الكل مع الموقوفة" }, keep: () => true },
};

/** Codes of branches down to a depth: what is open when one comes here. */
const codesTo = (branches: readonly Branch[], depth: number): string[] =>
  depth === 0 ? [] : branches.flatMap(({ entity, below }) => [entity.code, ...codesTo(below, depth - 1)]);
const everything = Number.POSITIVE_INFINITY;

export function EntityTree() {
  const { t, number } = useText();
  const [query, setQuery] = useAddress();
  const address = withQuery("pages/entity-tree", { programme: query.programme });
  const { view, problem, reload } = useView<EntityTreeView>(address);
  const [moving, setMoving] = useState<Branch | null>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string> | null>(null);

  const tree = useMemo(() => treeOf(view?.entities ?? []), [view]);
  const show = Object.hasOwn(shows, query.show ?? "") ? (query.show as string) : "inUse";
  const find = query.find ?? "";
  const keep = (entity: EntityNode) => shows[show]?.keep(entity) === true && (find === "" || isFound(entity, find));
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
      lead={t(words.lead)}
      actions={
        <>
          <LinkButton to={`${adminRoot}/resources/entities`} icon="list">
            {t(words.asList)}
          </LinkButton>
          {view?.editable && (
            <LinkButton kind="primary" icon="plus" to={newEntity}>
              {t(words.add)}
            </LinkButton>
          )}
        </>
      }
    >
      <div className="tree-tools">
        {view && view.programmes.length > 1 && (
          <Select
            label={words.programme}
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
          label={words.find}
          type="search"
          dir="auto"
          value={find}
          onChange={(text) => {
            setToggled(null);
            setQuery({ find: text });
          }}
        />
        <Select
          label={words.show}
          value={show}
          choices={Object.entries(shows).map(([value, { label }]) => ({ value, label }))}
          onChange={(value) => {
            setToggled(null);
            setQuery({ show: value === "inUse" ? null : value });
          }}
        />
        <div className="tree-openers">
          <Button kind="quiet" onClick={() => setToggled(new Set(codesTo(branches, everything)))}>
            {t(words.openAll)}
          </Button>
          <Button kind="quiet" onClick={() => setToggled(new Set())}>
            {t(words.closeAll)}
          </Button>
        </div>
      </div>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && (
        <Panel flush>
          <Announce>{t(words.found, { n: number(countOf(branches, keep)) })}</Announce>
          {branches.length === 0 ? (
            <EmptyState
              icon="tree"
              title={view.entities.length === 0 ? words.empty : words.none}
              {...(view.entities.length > 0 && { hint: words.noneHint })}
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
