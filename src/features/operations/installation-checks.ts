/** Checks of how this installation is set up: its data folder, the address that people reach it at, and who signs in in two steps. */
import sql from "sql-template-tag";
import { rolesWithPersonal } from "../../engine/access/permissions.js";
import { roleNames } from "../../engine/access/roles.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { listed } from "../../engine/text/text.js";
import type { Standing } from "../../platform/db/folder-place.js";
import { type Database, query } from "../../platform/db/query.js";
import type { HealthCheck } from "./health-view.js";

type Found = Pick<HealthCheck, "state" | "words" | "advice"> & { readonly link?: string };

export interface InstallationParts {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
  /** Null: the database is one that was given, and the folder says nothing of it. */
  readonly standing: (() => Standing) | null;
  /** Size of a kept file of a case; null: it is missing. */
  readonly fileSize: (name: string) => Promise<number | null>;
  readonly publicUrl: string;
}

/** How many of the newest files are looked for: enough to see a folder that is missing or another's. */
const filesLooked = 20;

async function missingFiles({ db, fileSize }: InstallationParts): Promise<{ missing: number; looked: number }> {
  const newest = sql`select id from attachments where case_id is not null order by case_id desc limit ${filesLooked}`;
  const sizes = await Promise.all((await query<{ id: string }>(db, newest)).map(({ id }) => fileSize(id)));
  return { missing: sizes.filter((size) => size === null).length, looked: sizes.length };
}

/** Whether messages may leave from this folder, and whether the files of cases are in theirs. */
export async function dataFolderCheck(parts: InstallationParts): Promise<Found> {
  if (parts.standing?.() === "unsure") {
    return {
      state: "late",
      words: msg("operations.installationChecks.movedOrCopied"),
      advice: msg("operations.installationChecks.sayWhich"),
    };
  }
  const { missing, looked } = await missingFiles(parts);
  if (missing > 0) {
    const words = msg("operations.installationChecks.filesMissing", { missing, looked });
    return { state: "late", words, advice: msg("operations.installationChecks.putFilesBack") };
  }
  if (parts.standing?.() === "copy") {
    const advice = msg("operations.installationChecks.makeReal");
    return { state: "off", words: msg("operations.installationChecks.isCopy"), advice };
  }
  return { state: "good", words: msg("operations.installationChecks.folderWhole"), advice: null };
}

/** Whether this machine alone can reach the address, as in the demo. */
function isLocalAddress(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return /^(localhost|.+\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/i.test(hostname);
}

/** People sign in and open their cases there: what goes over it must not be read on the way. */
export async function addressCheck({ publicUrl }: InstallationParts): Promise<Found> {
  if (isLocalAddress(publicUrl)) {
    const advice = msg("operations.installationChecks.setAddress");
    return { state: "off", words: msg("operations.installationChecks.localAddress"), advice };
  }
  if (new URL(publicUrl).protocol === "https:") {
    return { state: "good", words: msg("operations.installationChecks.encrypted"), advice: null };
  }
  return {
    state: "near",
    words: msg("operations.installationChecks.notEncrypted"),
    advice: msg("operations.installationChecks.setHttps"),
  };
}

/** Roles that may see who an applicant is sign in in two steps. */
export async function secondFactorCheck(
  { publicUrl, setupOf }: InstallationParts,
  programmes: readonly string[],
): Promise<Found> {
  const without = [];
  for (const { programme } of await Promise.all(programmes.map(setupOf))) {
    const asked: ReadonlySet<string> = new Set(programme.settings.secondFactor ?? []);
    const roles = rolesWithPersonal.filter((role) => !asked.has(role));
    if (roles.length === 0) continue;
    const named = listed(roles.map((role) => roleNames[role]));
    without.push(msg("operations.installationChecks.rolesOf", { programme: programme.name, roles: named }));
  }
  if (without.length === 0) {
    return { state: "good", words: msg("operations.installationChecks.allInTwoSteps"), advice: null };
  }
  const words = msg("operations.installationChecks.inOneStep", { without: listed(without, " ") });
  const advice = msg("operations.installationChecks.askForTwoSteps");
  return { state: isLocalAddress(publicUrl) ? "off" : "near", words, advice, link: "/admin/resources/programmes" };
}
