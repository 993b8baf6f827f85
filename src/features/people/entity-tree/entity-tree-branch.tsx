/** One entity of the tree with those below it: a list inside a list, each with a button that opens it. */

import React, { type KeyboardEvent } from "react";
import { Link } from "react-router-dom";
import { nameFinder } from "../../../engine/search/name-finder.js";
import { msg, type Pattern, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, listed } from "../../../engine/text/text.js";
import { adminRoot, Badge, Button, Icon, LinkButton, type Tone, useText, withQuery } from "../../../platform/ui/kit.js";
import type { EntityNode } from "./entity-tree.service.js";

export interface Branch {
  readonly entity: EntityNode;
  readonly below: readonly Branch[];
  /** How many stand below it, all the way down. */
  readonly count: number;
  /** Open cases of it and of all below. */
  readonly openBelow: number;
}

/** Branches from the roots down. An entity whose parent is not there stands as a root: nothing is lost from sight. */
export function treeOf(entities: readonly EntityNode[]): Branch[] {
  const known = new Set(entities.map(({ code }) => code));
  const children = new Map<string | null, EntityNode[]>();
  for (const entity of entities) {
    const parent = entity.parent !== null && known.has(entity.parent) ? entity.parent : null;
    children.set(parent, [...(children.get(parent) ?? []), entity]);
  }
  const branchOf = (entity: EntityNode): Branch => {
    const below = (children.get(entity.code) ?? []).map(branchOf);
    return {
      entity,
      below,
      count: below.reduce((sum, branch) => sum + 1 + branch.count, 0),
      openBelow: below.reduce((sum, branch) => sum + branch.openBelow, entity.openCases),
    };
  };
  return (children.get(null) ?? []).map(branchOf);
}

/** A test of entities for what was typed: their code, their name or their sector's. */
export function entityFinder(typed: string): (entity: EntityNode) => boolean {
  const isFound = nameFinder(typed);
  return ({ code, name, sectorName }) => isFound(code, name.ar, name.en, sectorName.ar, sectorName.en);
}

/** The branches that lead to entities which `keep` chooses; those on the way stay, so that one sees where one is. */
export function pruned(branches: readonly Branch[], keep: (entity: EntityNode) => boolean): Branch[] {
  return branches.flatMap((branch) => {
    const below = pruned(branch.below, keep);
    return below.length > 0 || keep(branch.entity) ? [{ ...branch, below }] : [];
  });
}

/** How many entities `keep` chooses in these branches. */
export function countOf(branches: readonly Branch[], keep: (entity: EntityNode) => boolean): number {
  return branches.reduce((sum, { entity, below }) => sum + (keep(entity) ? 1 : 0) + countOf(below, keep), 0);
}

/** Codes of an entity and all below it: what it cannot be moved under. */
export function codesWithin(branch: Branch): string[] {
  return [branch.entity.code, ...branch.below.flatMap(codesWithin)];
}

const words = {
  cases: pattern("people.entityTreeBranch.cases"),
  noSeats: msg("people.entityTreeBranch.noSeats"),
  move: pattern("people.entityTreeBranch.move"),
};

const troubleWords: Readonly<
  Record<EntityNode["troubles"][number], { readonly words: Bilingual; readonly tone: Tone }>
> = {
  withoutFocalPoint: { words: msg("people.entityTreeBranch.troubleWordsWithoutFocalPointWords"), tone: "late" },
  withoutSuperior: { words: msg("people.entityTreeBranch.troubleWordsWithoutSuperiorWords"), tone: "late" },
  superiorEmpty: { words: msg("people.entityTreeBranch.troubleWordsSuperiorEmptyWords"), tone: "near" },
};
const joiningWords: Readonly<Record<Exclude<EntityNode["joining"], "live">, Bilingual>> = {
  inScope: msg("people.entityTreeBranch.joiningWordsInScope"),
  instructed: msg("people.entityTreeBranch.joiningWordsInstructed"),
  trained: msg("people.entityTreeBranch.joiningWordsTrained"),
};

export interface EntityBranchProps {
  readonly branch: Branch;
  readonly depth: number;
  /** Codes of the branches that are open. */
  readonly open: ReadonlySet<string>;
  /** What is looked for; others are only on the way to it. Null: nothing is. */
  readonly isHit: ((entity: EntityNode) => boolean) | null;
  readonly programme: string;
  readonly onToggle: (code: string) => void;
  readonly onMove?: (branch: Branch) => void;
}

/** Arrow keys as in a tree: towards the content opens, back closes, up and down go from row to row. */
function onKey(event: KeyboardEvent<HTMLElement>, isOpen: boolean | null, toggle: () => void): void {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
  if ((event.key === forward && isOpen === false) || (event.key === back && isOpen === true)) {
    event.preventDefault();
    toggle();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const rows = [...document.querySelectorAll<HTMLElement>(".tree .tree-row")];
  const here = rows.findIndex((row) => row.contains(event.currentTarget));
  const next = rows[here + (event.key === "ArrowDown" ? 1 : -1)];
  // What has nothing below it has no button: its name takes the focus.
  next?.querySelector<HTMLElement>("button.tree-toggle, .tree-name a")?.focus();
}

export function EntityBranch(props: EntityBranchProps) {
  const { branch, depth, open, isHit, onToggle } = props;
  const { entity, below } = branch;
  const { t } = useText();
  const isOpen = open.has(entity.code);
  const name = t(entity.name);
  const toggle = () => onToggle(entity.code);
  return (
    <li className="tree-item">
      <div className={isHit && !isHit(entity) ? "tree-row tree-way" : "tree-row"}>
        {below.length > 0 ? (
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={isOpen}
            aria-label={t(pattern("people.entityTreeBranch.open"), { n: branch.count, name })}
            onClick={toggle}
            onKeyDown={(event) => onKey(event, isOpen, toggle)}
          >
            <Icon name={isOpen ? "down" : "next"} size={18} />
          </button>
        ) : (
          <span className="tree-toggle tree-leaf" aria-hidden="true">
            <Icon name="dot" size={14} />
          </span>
        )}
        <div className="tree-text">
          <p className="tree-name">
            <Link
              to={`${adminRoot}/resources/entities/records/${entity.id}/show`}
              onKeyDown={(event) => onKey(event, below.length > 0 ? isOpen : null, toggle)}
            >
              <bdi>{name}</bdi>
            </Link>
            <code className="code-name" dir="ltr">
              {entity.code}
            </code>
          </p>
          <Facts branch={branch} isOpen={isOpen} programme={props.programme} />
        </div>
        <Acts {...props} />
      </div>
      {isOpen && below.length > 0 && (
        <ul className="tree-below">
          {below.map((child) => (
            <EntityBranch {...props} key={child.entity.code} branch={child} depth={depth + 1} />
          ))}
        </ul>
      )}
    </li>
  );
}

const casesOf = (programme: string, entity: string): string =>
  withQuery(`${adminRoot}/resources/cases`, {
    "filters.programme": programme,
    "filters.entity": entity,
    "filters.kind": "open,waiting",
  });

function Facts({ branch, isOpen, programme }: { branch: Branch; isOpen: boolean; programme: string }) {
  const { t } = useText();
  const { entity, below, count, openBelow } = branch;
  const { seats, emptySeats, joining, retired, troubles } = entity;
  // What is hidden in a closed branch is told by it.
  const hidden = openBelow - entity.openCases;
  const filled = seats - emptySeats.length;
  return (
    <p className="tree-facts">
      {retired && <Badge icon="archive">{t(msg("people.entityTreeBranch.retired"))}</Badge>}
      {!retired && joining !== "live" && <Badge tone="waiting">{t(joiningWords[joining])}</Badge>}
      {troubles.map((trouble) => (
        <Badge key={trouble} tone={troubleWords[trouble].tone}>
          {t(troubleWords[trouble].words)}
        </Badge>
      ))}
      <span>
        {seats === 0 ? t(words.noSeats) : t(pattern("people.entityTreeBranch.seats"), { filled: filled, all: seats })}
        {emptySeats.length > 0 && (
          <span className="muted">
            {" · "}
            {t(pattern("people.entityTreeBranch.empty"), { names: listed(emptySeats) })}
          </span>
        )}
      </span>
      {entity.openCases > 0 && (
        <Link to={casesOf(programme, entity.code)}>{t(words.cases, { n: entity.openCases })}</Link>
      )}
      {!isOpen && below.length > 0 && (
        <span>
          {t(pattern("people.entityTreeBranch.below"), { n: count })}
          {hidden > 0 && ` · ${t(pattern("people.entityTreeBranch.casesBelow"), { n: hidden })}`}
        </span>
      )}
    </p>
  );
}

function Acts({ branch, programme, onMove }: EntityBranchProps) {
  const { t } = useText();
  if (onMove === undefined || branch.entity.retired) return null;
  const { code, sector, name } = branch.entity;
  const label = (text: Pattern<{ name: string }>): string => t(text, { name: t(name) });
  const add = withQuery(`${adminRoot}/resources/entities/actions/new`, { programme, parent: code, sector });
  return (
    <span className="tree-acts">
      <LinkButton kind="quiet" icon="plus" label={label(pattern("people.entityTreeBranch.addBelow"))} to={add} />
      <Button kind="quiet" icon="flow" label={label(words.move)} onClick={() => onMove(branch)} />
    </span>
  );
}
