/** Whether the parts of a programme's set-up fit together: every reference leads somewhere, every tree has a root. */

import { rolesGranted } from "../../../engine/access/permissions.js";
import { onLadder, placeOfRole, type RoleCode } from "../../../engine/access/roles.js";
import { readShifts } from "../../../engine/contact-centre/shifts.js";
import { digestLetterNames } from "../../../engine/letters/message-kinds.js";
import { alertFaults } from "../../../engine/measures/alert-condition.js";
import { policyLimits } from "../../../engine/rules/policy-limits.js";
import { isPublicKind } from "../../../engine/setup/channel-kinds.js";
import { dialled } from "../../../engine/setup/help-line.js";
import { rowTables, setupRegistry } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { normaliseText } from "../../../engine/text/normalise-text.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Coded, checkInUse, checkReference, type Report, type SetupFault } from "../setup-fault.js";
import { checkInstructions } from "./check-instructions.js";
import { checkShownKpis } from "./check-shown-kpis.js";
import { pointerOf, type SetupFiles, type SetupPart } from "./setup-files.js";

/** Alerts for audiences: a condition that can come about, and roles that read figures. */
function checkKpiAlerts({ kpiAlerts }: Pick<SetupFiles, "kpiAlerts">, report: Report): void {
  const readers: ReadonlySet<string> = rolesGranted("kpi.read");
  kpiAlerts.forEach((alert, i) => {
    const { audiences, kpi, condition, value = null, unit, periods = 1, least = 30 } = alert;
    for (const { field, reason } of alertFaults({ kpi, condition, value, unit, periods, least }))
      report("kpiAlerts", [i, field.slice(1)], reason);
    audiences.forEach((role, k) => {
      if (audiences.indexOf(role) < k) report("kpiAlerts", [i, "audiences", k], msg("setup.kpiAlerts.roleTwice"));
      else if (!readers.has(role)) report("kpiAlerts", [i, "audiences", k], msg("setup.kpiAlerts.roleReadsNone"));
    });
  });
}

/** Whether a digest's letter can be written to its audience: a list of a day's work is of entities, and of one day. */
function checkDigests({ digests }: SetupFiles, report: Report): void {
  digests.forEach(({ letter, audience, scope, period }, i) => {
    if (letter !== "digest-focal-point") return;
    const of = { letter: digestLetterNames[letter] };
    if (audience.some((role) => placeOfRole[role as RoleCode] !== "entity"))
      report("digests", [i, "audience"], msg("setup.checkDigests.listIsOfEntities", of));
    if (scope !== "own") report("digests", [i, "scope"], msg("setup.checkDigests.listIsOfEntities", of));
    if (period !== "day") report("digests", [i, "period"], msg("setup.checkDigests.listIsOfDay", of));
  });
}

/**
 * All faults of a set-up whose files have the right shape: codes used twice, references that lead nowhere or to what is
 * retired, circles and wrong levels in the entity tree, seats in places that their role does not have, extra fields that
 * cannot be answered, keywords that never occur.
 *
 * @param known names of the workflows and calendars that stand beside it
 */
export function checkSetupFiles(
  files: SetupFiles,
  known: { readonly workflows: ReadonlySet<string>; readonly calendars: ReadonlySet<string> },
): SetupFault[] {
  const faults: SetupFault[] = [];
  const report: Report = (part, path, reason) => faults.push({ part, path: pointerOf(path), reason });
  checkProgramme(files, known.calendars, report);
  for (const table of rowTables) {
    const { part } = setupRegistry[table];
    checkUnique(part, files[part], report);
  }
  checkEntities(files, report);
  files.services.forEach((service, i) => {
    checkReference(
      "services",
      [i, "entity"],
      service.entity,
      files.entities,
      msg("setup.checkSetupFiles.entity"),
      report,
    ) && checkInUse("services", [i, "entity"], service, service.entity, files.entities, report);
  });
  checkTypes(files, known.workflows, report);
  checkKeywords(files, report);
  checkTemplates(files, report);
  checkInstructions(files, report);
  checkDigests(files, report);
  checkShownKpis(files, report);
  checkKpiAlerts(files, report);
  const ranks = new Map<number, Bilingual>();
  files.importanceLevels.forEach(({ rank, name }, i) => {
    const other = ranks.get(rank);
    if (other !== undefined) {
      report("importanceLevels", [i, "rank"], msg("setup.checkSetupFiles.hasRankAlreadyChooseA", { other, rank }));
    }
    ranks.set(rank, other ?? name);
  });
  checkSeats(files, report);
  return faults;
}

function checkUnique(part: SetupPart, rows: readonly Coded[], report: Report, base: readonly string[] = []): void {
  const seen = new Set<string>();
  rows.forEach(({ code }, i) => {
    if (seen.has(code)) report(part, [...base, i, "code"], msg("setup.checkSetupFiles.theCodeIsUsedTwice", { code }));
    seen.add(code);
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkProgramme({ programme, channels }: SetupFiles, calendars: ReadonlySet<string>, report: Report): void {
  const { timeZone, calendar, settings } = programme;
  if (!isTimeZone(timeZone)) {
    report("programme", ["timeZone"], msg("setup.checkSetupFiles.thereIsNoTimeZone", { timeZone }));
  }
  if (!calendars.has(calendar)) {
    report("programme", ["calendar"], msg("setup.checkSetupFiles.thereIsNoCalendarFile", { calendar }));
  }
  if (settings.publicPages && !channels.some(({ kind, retired }) => isPublicKind(kind) && !retired)) {
    report("programme", ["settings", "publicPages"], msg("setup.checkSetupFiles.applicationsOfThePublicPages"));
  }
  if (settings.shifts !== undefined && readShifts(settings.shifts) === null) {
    report("programme", ["settings", "shifts"], msg("setup.checkSetupFiles.writeShifts"));
  }
  if (settings.helpPhone && dialled(settings.helpPhone) === null) {
    report("programme", ["settings", "helpPhone"], msg("setup.checkSetupFiles.writeHelpPhone"));
  }
  const demanded = settings.secondFactor ?? [];
  demanded.forEach((role, i) => {
    if (demanded.indexOf(role) < i) {
      report("programme", ["settings", "secondFactor", i], msg("setup.checkSetupFiles.thisRoleIsThereTwice"));
    }
  });
  const kinds = settings.attachmentKinds ?? [];
  kinds.forEach((kind, i) => {
    if (kinds.indexOf(kind) < i) {
      const at = ["settings", "attachmentKinds", i];
      report("programme", at, msg("setup.checkSetupFiles.thisKindOfFileIs"));
    }
  });
  settings.ladder.forEach(({ level }, i) => {
    if (level !== i + 1) {
      report(
        "programme",
        ["settings", "ladder", i, "level"],
        msg("setup.checkSetupFiles.theLadderGoesThisStep", { i: i + 1 }),
      );
    }
  });
  settings.ladder.forEach(({ role }, i) => {
    const at = ["settings", "ladder", i, "role"];
    if (!onLadder(role)) {
      report("programme", at, msg("setup.checkSetupFiles.onlyTheSeatsOfAn"));
    } else if (settings.ladder.findIndex((step) => step.role === role) < i) {
      report("programme", at, msg("setup.checkSetupFiles.thisRoleStandsLowerOn"));
    }
  });
}

function checkEntities({ entities, sectors }: SetupFiles, report: Report): void {
  const byCode = new Map(entities.map((entity) => [entity.code, entity]));
  if (entities.length > 0 && !entities.some((entity) => entity.parent === null)) {
    report("entities", [], msg("setup.checkSetupFiles.noEntityIsTheRoot"));
  }
  entities.forEach((entity, i) => {
    const { code, validFrom, validTo } = entity;
    checkReference("entities", [i, "sector"], entity.sector, sectors, msg("setup.checkSetupFiles.sector"), report) &&
      checkInUse("entities", [i, "sector"], entity, entity.sector, sectors, report);
    if (validTo && validTo <= (validFrom ?? "2000-01-01")) {
      report("entities", [i, "validTo"], msg("setup.checkSetupFiles.itEndsBeforeItBegins"));
    }
    if (entity.parent === null) {
      if (entity.level !== 0) report("entities", [i, "level"], msg("setup.checkSetupFiles.anEntityWithoutAParent"));
      return;
    }
    if (
      !checkReference("entities", [i, "parent"], entity.parent, entities, msg("setup.checkSetupFiles.entity"), report)
    )
      return;
    checkInUse("entities", [i, "parent"], entity, entity.parent, entities, report);
    const circle = circleOf(code, byCode);
    if (circle !== null) {
      const way = circle.join(" > ");
      report("entities", [i, "parent"], msg("setup.checkSetupFiles.theEntitiesGoRoundIn", { way }));
      return;
    }
    const level = (byCode.get(entity.parent)?.level ?? 0) + 1;
    if (entity.level !== level) {
      report(
        "entities",
        [i, "level"],
        msg("setup.checkSetupFiles.itsParentMakesThisLevel", { parent: entity.parent, level }),
      );
    }
  });
}

/** The way from an entity up to itself, or null when it reaches a root. */
function circleOf(code: string, byCode: ReadonlyMap<string, { readonly parent: string | null }>): string[] | null {
  const way = [code];
  let above = byCode.get(code)?.parent ?? null;
  while (above !== null) {
    way.push(above);
    if (above === code) return way;
    if (way.length > byCode.size + 1) return null; // a circle further up: told where it is
    above = byCode.get(above)?.parent ?? null;
  }
  return null;
}

function checkTypes({ applicationTypes, programme }: SetupFiles, workflows: ReadonlySet<string>, report: Report): void {
  applicationTypes.forEach((type, i) => {
    const names = [...workflows].map((code) => ({ code }));
    checkReference(
      "applicationTypes",
      [i, "workflow"],
      type.workflow,
      names,
      msg("setup.checkSetupFiles.workflow"),
      report,
    );
    const seen = new Set<string>();
    type.fields.forEach((field, k) => {
      const at = [i, "fields", k];
      const say = (key: string, reason: Bilingual) => report("applicationTypes", [...at, key], reason);
      if (seen.has(field.code)) say("code", msg("setup.checkSetupFiles.theFieldIsThereTwice", { code: field.code }));
      seen.add(field.code);
      if (field.type === "choice" && field.choices === undefined) {
        say("choices", msg("setup.checkSetupFiles.aChoiceNeedsChoices"));
      }
      if (field.type !== "choice" && field.choices !== undefined) {
        say("choices", msg("setup.checkSetupFiles.aFieldOfTypeHas", { type: field.type }));
      }
      if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
        say("min", msg("setup.checkSetupFiles.theLeastIsMoreThan"));
      }
      if (field.type === "file" && programme.settings.attachmentsMost === 0) {
        say("type", msg("setup.checkSetupFiles.theProgrammeTakesNoFiles"));
      }
      checkUniqueChoices(field.choices ?? [], at, report);
    });
  });
}

function checkUniqueChoices(choices: readonly Coded[], at: readonly (string | number)[], report: Report): void {
  const seen = new Set<string>();
  choices.forEach(({ code }, i) => {
    if (seen.has(code)) {
      report(
        "applicationTypes",
        [...at, "choices", i, "code"],
        msg("setup.checkSetupFiles.theChoiceIsThereTwice", { code }),
      );
    }
    seen.add(code);
  });
}

/** A keyword is looked for as letters and digits: one that has none never occurs, and twice is once. */
function checkKeywords({ keywordLists, programme }: SetupFiles, report: Report): void {
  const { listWordsMost } = policyLimits(programme.settings);
  keywordLists.forEach(({ words, name }, i) => {
    const seen = new Set<string>();
    if (words.length > listWordsMost) {
      const reason = msg("setup.checkSetupFiles.tooManyWords", { most: listWordsMost, name });
      report("keywordLists", [i, "words"], reason);
      report("programme", ["settings", "listWordsMost"], reason);
    }
    words.forEach((word, k) => {
      const at = [i, "words", k];
      const plain = normaliseText(word);
      if (!/[\p{L}\p{N}]/u.test(plain)) {
        report("keywordLists", at, msg("setup.checkSetupFiles.aKeywordNeedsALetter"));
      } else if (seen.has(plain)) {
        report("keywordLists", at, msg("setup.checkSetupFiles.isThereTwice", { word }));
      }
      seen.add(plain);
    });
  });
}

function checkTemplates({ replyTemplates, applicationTypes }: SetupFiles, report: Report): void {
  replyTemplates.forEach(({ types }, i) => {
    types.forEach((type, k) => {
      const at = [i, "types", k];
      if (types.indexOf(type) < k) report("replyTemplates", at, msg("setup.checkSetupFiles.thisTypeIsThereTwice"));
      checkReference(
        "replyTemplates",
        at,
        type,
        applicationTypes,
        msg("setup.checkSetupFiles.applicationType"),
        report,
      );
    });
  });
}

function checkSeats({ people, entities, sectors }: SetupFiles, report: Report): void {
  const at = (i: number, ...more: string[]) => ["seats", i, ...more];
  checkUnique("people", people.seats, report, ["seats"]);
  const named = new Map<string, string>();
  people.seats.forEach((seat, i) => {
    const place = placeOfRole[seat.role];
    for (const [key, rows, what] of [
      ["entity", entities, msg("setup.checkInstructions.entity")],
      ["sector", sectors, msg("setup.checkInstructions.sector")],
    ] as const) {
      const code = seat[key];
      if (place === key && code === null) {
        report("people", at(i, key), msg("setup.checkSetupFiles.aSeatOfBelongsTo", { role: seat.role, what }));
      } else if (place !== key && code !== null) {
        report("people", at(i, key), msg("setup.checkSetupFiles.aSeatOfBelongsTo2", { role: seat.role, what }));
      } else if (code !== null) {
        checkReference("people", at(i, key), code, rows, what, report);
      }
    }
    if (seat.holder === null) return;
    const { email, name } = seat.holder;
    const other = named.get(email);
    if (other !== undefined && other !== name) {
      report("people", at(i, "holder", "email"), msg("setup.checkSetupFiles.isAlready", { email, other }));
    }
    named.set(email, name);
  });
}
