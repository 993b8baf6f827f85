/** Who staged a file, as it is kept beside it: only the same may take it along. */
import { createHash } from "node:crypto";

/** An official, for one case. */
export const ownedByOfficial = (userId: number, caseId: number): string => `official/${userId}/${caseId}`;

/** The applicant of a case, who has shown its code. */
export const ownedByApplicant = (caseId: number): string => `applicant/${caseId}`;

/** Somebody who came by the link of a letter: not what a person with the code left waiting. */
export const ownedByLinkOf = (caseId: number): string => `applicant/${caseId}/link`;

/** A channel, by its key; without one nothing is staged. */
export const ownedByKey = (keyId: number | null): string => `key/${keyId ?? "none"}`;

/** Whoever edits the register, for one instruction. */
export const ownedByInstruction = (userId: number, a: { programme: string; code: string }): string =>
  `instruction/${userId}/${a.programme}/${a.code}`;

/** A form that is being filled in: whoever knows its token. The token itself is kept nowhere. */
export const ownedByDraft = (token: string): string =>
  `draft/${createHash("sha256").update(`draft of an application ${token}`).digest("hex")}`;

/** What kind of owner it is: `official`, `applicant`, `key`, `instruction`, `draft`. */
export const kindOfOwner = (owner: string): string => owner.split("/", 1)[0] ?? "";
