/** The entities as a tree: who stands under whom, who is missing where; one adds below and moves from here. */
import React, { useMemo, useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Announce,
  adminRoot,
  Button,
  boot,
  EmptyState,
  LinkButton,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  TextField,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";
import type { EntityTreeView } from "./entity-tree.page.js";
import type { EntityNode } from "./entity-tree.service.js";
import { EntityBranch } from "./entity-tree-branch.js";
import { MoveEntity } from "./move-entity.js";
import { type Branch, countOf, isFound, pruned, treeOf } from "./tree-of-entities.js";

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
