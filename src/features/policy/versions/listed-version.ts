/** What screens are told of a version, and who is told anything at all. */

import { type Actor, can } from "../../../engine/access/permissions.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import { messageName } from "../../../engine/letters/message-kinds.js";
import type { RuleSetName } from "../../../engine/rules/rule-set.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import type { ConfigurationKind, VersionStatus } from "../../setup/tables/create-models.js";
import type { VersionHead } from "../../setup/version-queries.js";
import { shippedReason } from "./shipped-definitions.js";

export interface ListedVersion {
  readonly id: number;
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly title: Bilingual;
  readonly version: number;
  readonly status: VersionStatus;
  /** Why, in the words of whoever published it. */
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly publishedAt: Date | null;
  readonly publishedBy: Bilingual | null;
  readonly retiredAt: Date | null;
  /** Whoever wrote it, where people did. */
  readonly authors: readonly string[];
  /** The second person, and what they said. */
  readonly approvedBy: string | null;
  readonly approvalReason: string | null;
  /** Why it was published although the checks warned. */
  readonly warningsReason: string | null;
  /** That is not so: no check had warned, and an event of the record says it. */
}

export interface VersionParts {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
}

const publishers: Readonly<Record<string, Bilingual>> = {
  "system:seed": msg("policy-versions.listedVersion.publishersSystemSeed"),
  "system:publish": msg("policy-versions.listedVersion.publishersSystemPublish"),
};

function publisherWords({ publisher, publishedBy, reason }: VersionHead): Bilingual | null {
  if (publishedBy === null && reason === shippedReason) return publishers["system:seed"] ?? null;
  if (publishedBy === null) return null;
  if (publisher !== null) return { en: publisher, ar: publisher };
  return publishers[publishedBy] ?? msg("policy-versions.listedVersion.theSystem");
}

function titleOf({ kind, name, title }: VersionHead): Bilingual {
  if (kind === "rules") return setNames[name as RuleSetName] ?? { en: name, ar: name };
  return title ?? messageName(name);
}

export function listedVersion(head: VersionHead): ListedVersion {
  const { id, programme, kind, name, version, status, reason, createdAt, publishedAt, retiredAt } = head;
  return {
    id,
    programme,
    kind,
    name,
    title: titleOf(head),
    version,
    status,
    // The seed's own words exist in one language only, and say no more than who published it.
    reason: reason === shippedReason ? null : reason,
    createdAt,
    publishedAt,
    publishedBy: publisherWords(head),
    retiredAt,
    authors: head.authors ?? [],
    approvedBy: head.approver,
    approvalReason: head.approvalReason,
    warningsReason: head.warningsReason,
  };
}

/** Whoever may not read a programme's configuration is told that there is none. */
export function requireReader(actor: Actor, programme: string): void {
  if (can(actor, "configuration.read", { programme })) return;
  throw new Problem("not-found", msg("policy-versions.listedVersion.thereIsNoConfigurationOf", { programme }));
}

/** Where an actor may look at the configuration. */
export const programmesOf = (actor: Actor): string[] =>
  actor.kind === "user"
    ? [...new Set(actor.seats.map((seat) => seat.programme))].filter((programme) =>
        can(actor, "configuration.read", { programme }),
      )
    : [];

/** Checking what somebody wrote takes work, and is for those who could publish it. */
export function requirePublisher(actor: Actor, programme: string): void {
  requireReader(actor, programme);
  if (can(actor, "configuration.publish", { programme })) return;
  throw new Problem("forbidden", msg("policy-versions.listedVersion.onlyTheOperationRoomOf", { programme }));
}

/** Places in the definition alone: the screen knows which definition it sent. */
export function inDefinition(problem: unknown): unknown {
  if (!(problem instanceof Problem)) return problem;
  const faults = problem.faults.map(({ field, reason }) => ({ field: field.slice(field.indexOf("#") + 1), reason }));
  return new Problem(problem.code, problem.detail, faults, problem.retryAfter);
}
