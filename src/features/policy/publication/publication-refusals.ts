/** How a publication is refused, in words. */

import type { Difference } from "../../../engine/differences/difference.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { listed, semicolon } from "../../../engine/text/text.js";
import { asFieldFaults } from "../definition-faults.js";
import type { Finding } from "./impact-input.js";

const refused = (detail: Bilingual, faults: readonly ConfigurationFault[] = []): Problem =>
  new Problem("invalid-configuration", detail, asFieldFaults(faults));

export const noKind = (kind: string): Problem =>
  refused(msg("policy-publication.publicationRefusals.thereIsNoKindPublish", { kind }));

export const noProgramme = (programme: string): Problem =>
  new Problem("not-found", msg("policy-publication.publicationRefusals.thereIsNoProgramme", { programme }));

export const noReason = (name: string): Problem =>
  refused(msg("policy-publication.publicationRefusals.sayWhyIsPublished", { name }));

export const emptySet = (): Problem =>
  new Problem("not-now", msg("policy-publication.publicationRefusals.thereIsNothingInThis"));

export const faultySet = (errors: readonly Finding[]): Problem =>
  new Problem(
    "invalid-configuration",
    msg("policy-publication.publicationRefusals.nothingWasChanged", { errorsCount: errors.length }),
    errors.map(({ words }) => ({ field: "", reason: words })),
  );

export const faultyDefinition = (name: string, errors: readonly ConfigurationFault[]): Problem =>
  refused(msg("policy-publication.publicationRefusals.wasNotPublished", { name, errorsCount: errors.length }), errors);

export const nothingChanged = (version: number, name: string): Problem =>
  refused(msg("policy-publication.publicationRefusals.nothingChangedVersionOfSays", { version, name }));

/** @param changed what the version in force says otherwise than the one that this was made from */
export const publishedMeanwhile = (version: number, changed: readonly Difference[]): Problem =>
  new Problem(
    "conflict",
    msg("policy-publication.publicationRefusals.versionWasPublishedWhileYou", { version }),
    changed.map(({ what, details }) => ({
      field: "",
      reason: listed([what, ...details], semicolon),
    })),
  );

/** @param of a change-set, a draft that is published first, or one in which the checks warn of more than when it was submitted */
export function warningsUnexplained(fresh: Bilingual, of: "changeSet" | "new" | "more"): Problem {
  const reason = {
    changeSet: msg("policy-publication.publicationRefusals.reasonChangeSet", { fresh }),
    new: msg("policy-publication.publicationRefusals.reasonNew"),
    more: msg("policy-publication.publicationRefusals.reasonMore", { fresh }),
  }[of];
  return new Problem("invalid-input", reason, [{ field: "/warningsReason", reason }]);
}
