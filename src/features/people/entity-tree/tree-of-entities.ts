/** Entities as a tree, and what is left of it when somebody looks for some of them. */

import { nameFinder } from "../../../engine/search/name-finder.js";
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
