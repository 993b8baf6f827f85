/** Whether the parts of a programme's set-up fit together: every reference leads somewhere, every tree has a root. */

import { placeOfRole } from "../../../engine/access/roles.js";
import { policyLimits } from "../../../engine/rules/policy-limits.js";
import { isPublicKind } from "../../../engine/setup/channel-kinds.js";
import { rowTables, setupRegistry } from "../../../engine/setup/tables/setup-registry.js";
import { normaliseText } from "../../../engine/text/normalise-text.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type Coded, checkInUse, checkReference, type Report, type SetupFault } from "../setup-fault.js";
import { checkInstructions } from "./check-instructions.js";
import { pointerOf, type SetupFiles, type SetupPart } from "./setup-files.js";

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
  const report: Report = (part, path, en, ar) => faults.push({ part, path: pointerOf(path), reason: { en, ar } });
  checkProgramme(files, known.calendars, report);
  for (const table of rowTables) {
    const { part } = setupRegistry[table];
    checkUnique(part, files[part], report);
  }
  checkEntities(files, report);
  files.services.forEach((service, i) => {
    checkReference("services", [i, "entity"], service.entity, files.entities, "entity", "جهة", report) &&
      checkInUse("services", [i, "entity"], service, service.entity, files.entities, report);
  });
  checkTypes(files, known.workflows, report);
  checkKeywords(files, report);
  checkTemplates(files, report);
  checkInstructions(files, report);
  const ranks = new Map<number, Bilingual>();
  files.importanceLevels.forEach(({ rank, name }, i) => {
    const other = ranks.get(rank);
    if (other !== undefined) {
      report(
        "importanceLevels",
        [i, "rank"],
        `“${other.en}” has rank ${rank} already. Choose a rank that no level has, or give “${other.en}” another one first.`,
        `الرتبة ${rank} للمستوى «${other.ar}». اختر رتبة ليست لمستوى آخر، أو غيّر رتبة «${other.ar}» أولًا.`,
      );
    }
    ranks.set(rank, other ?? name);
  });
  checkSeats(files, report);
  return faults;
}

function checkUnique(part: SetupPart, rows: readonly Coded[], report: Report, base: readonly string[] = []): void {
  const seen = new Set<string>();
  rows.forEach(({ code }, i) => {
    if (seen.has(code))
      report(part, [...base, i, "code"], `The code ${code} is used twice.`, `الرمز ${code} مستخدم مرتين.`);
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
    report(
      "programme",
      ["timeZone"],
      `There is no time zone ${timeZone}: write one such as Asia/Amman.`,
      `لا توجد منطقة زمنية ${timeZone}: اكتب مثلًا Asia/Amman.`,
    );
  }
  if (!calendars.has(calendar)) {
    report(
      "programme",
      ["calendar"],
      `There is no calendar file whose code is ${calendar}.`,
      `لا يوجد ملف تقويم رمزه ${calendar}.`,
    );
  }
  if (settings.publicPages && !channels.some(({ kind, retired }) => isPublicKind(kind) && !retired)) {
    report(
      "programme",
      ["settings", "publicPages"],
      "Applications of the public pages come by a channel of the kind web: there is none in use.",
      "ترد طلبات الصفحات العامة عبر قناة من نوع الموقع الإلكتروني: لا توجد قناة مستخدمة منه.",
    );
  }
  const demanded = settings.secondFactor ?? [];
  demanded.forEach((role, i) => {
    if (demanded.indexOf(role) < i) {
      report("programme", ["settings", "secondFactor", i], "This role is there twice.", "هذا الدور مذكور مرتين.");
    }
  });
  const kinds = settings.attachmentKinds ?? [];
  kinds.forEach((kind, i) => {
    if (kinds.indexOf(kind) < i) {
      const at = ["settings", "attachmentKinds", i];
      report("programme", at, "This kind of file is there twice.", "هذا النوع من الملفات مذكور مرتين.");
    }
  });
  settings.ladder.forEach(({ level }, i) => {
    if (level !== i + 1) {
      report(
        "programme",
        ["settings", "ladder", i, "level"],
        `The ladder goes 1, 2, 3 …: this step is ${i + 1}.`,
        `درجات السلم 1 و2 و3 …: هذه الدرجة هي ${i + 1}.`,
      );
    }
  });
  settings.ladder.forEach(({ role }, i) => {
    const at = ["settings", "ladder", i, "role"];
    if (placeOfRole[role] !== "entity") {
      report(
        "programme",
        at,
        "Only the seats of an entity can stand on the ladder.",
        "لا يكون على سلم التصعيد إلا مقاعد الجهات.",
      );
    } else if (settings.ladder.findIndex((step) => step.role === role) < i) {
      report(
        "programme",
        at,
        "This role stands lower on the ladder already.",
        "هذا الدور موجود في درجة أدنى من السلم.",
      );
    }
  });
}

function checkEntities({ entities, sectors }: SetupFiles, report: Report): void {
  const byCode = new Map(entities.map((entity) => [entity.code, entity]));
  if (entities.length > 0 && !entities.some((entity) => entity.parent === null)) {
    report(
      "entities",
      [],
      "No entity is the root: one must have no parent.",
      "لا توجد جهة عليا: يجب أن تكون إحدى الجهات بلا جهة أعلى.",
    );
  }
  entities.forEach((entity, i) => {
    const { code, validFrom, validTo } = entity;
    checkReference("entities", [i, "sector"], entity.sector, sectors, "sector", "قطاع", report) &&
      checkInUse("entities", [i, "sector"], entity, entity.sector, sectors, report);
    if (validTo && validTo <= (validFrom ?? "2000-01-01")) {
      report("entities", [i, "validTo"], "It ends before it begins.", "تنتهي قبل أن تبدأ.");
    }
    if (entity.parent === null) {
      if (entity.level !== 0)
        report(
          "entities",
          [i, "level"],
          "An entity without a parent has level 0.",
          "مستوى الجهة التي لا تعلوها جهة هو 0.",
        );
      return;
    }
    if (!checkReference("entities", [i, "parent"], entity.parent, entities, "entity", "جهة", report)) return;
    checkInUse("entities", [i, "parent"], entity, entity.parent, entities, report);
    const circle = circleOf(code, byCode);
    if (circle !== null) {
      const way = circle.join(" > ");
      report("entities", [i, "parent"], `The entities go round in a circle: ${way}.`, `تدور الجهات في حلقة: ${way}.`);
      return;
    }
    const level = (byCode.get(entity.parent)?.level ?? 0) + 1;
    if (entity.level !== level) {
      report(
        "entities",
        [i, "level"],
        `Its parent ${entity.parent} makes this level ${level}.`,
        `مستوى هذه الجهة ${level} لأن ${entity.parent} تعلوها.`,
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
    checkReference("applicationTypes", [i, "workflow"], type.workflow, names, "workflow", "سير عمل", report);
    const seen = new Set<string>();
    type.fields.forEach((field, k) => {
      const at = [i, "fields", k];
      const say = (key: string, en: string, ar: string) => report("applicationTypes", [...at, key], en, ar);
      if (seen.has(field.code))
        say("code", `The field ${field.code} is there twice.`, `الحقل ${field.code} مذكور مرتين.`);
      seen.add(field.code);
      if (field.type === "choice" && field.choices === undefined) {
        say("choices", "A choice needs choices.", "يحتاج حقل الاختيار إلى خيارات.");
      }
      if (field.type !== "choice" && field.choices !== undefined) {
        say("choices", `A field of type ${field.type} has no choices.`, `الحقل من النوع ${field.type} ليس له خيارات.`);
      }
      if (field.min !== undefined && field.max !== undefined && field.min > field.max) {
        say("min", "The least is more than the most.", "الحد الأدنى أكبر من الحد الأعلى.");
      }
      if (field.type === "file" && programme.settings.attachmentsMost === 0) {
        say(
          "type",
          "The programme takes no files: a field cannot ask for one.",
          "لا يستقبل البرنامج ملفات، فلا يمكن لحقل أن يطلب ملفًا.",
        );
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
        `The choice ${code} is there twice.`,
        `الخيار ${code} مذكور مرتين.`,
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
      const en = `More than ${listWordsMost} words: a setting of the programme allows no more in “${name.en}”.`;
      const ar = `أكثر من ${listWordsMost} كلمة: لا تسمح إعدادات البرنامج بأكثر منها في «${name.ar}».`;
      report("keywordLists", [i, "words"], en, ar);
      report("programme", ["settings", "listWordsMost"], en, ar);
    }
    words.forEach((word, k) => {
      const at = [i, "words", k];
      const plain = normaliseText(word);
      if (!/[\p{L}\p{N}]/u.test(plain)) {
        report("keywordLists", at, "A keyword needs a letter or a digit.", "تحتاج الكلمة المفتاحية إلى حرف أو رقم.");
      } else if (seen.has(plain)) {
        report("keywordLists", at, `“${word}” is there twice.`, `«${word}» مذكورة مرتين.`);
      }
      seen.add(plain);
    });
  });
}

function checkTemplates({ replyTemplates, applicationTypes }: SetupFiles, report: Report): void {
  replyTemplates.forEach(({ types }, i) => {
    types.forEach((type, k) => {
      const at = [i, "types", k];
      if (types.indexOf(type) < k) report("replyTemplates", at, "This type is there twice.", "هذا النوع مذكور مرتين.");
      checkReference("replyTemplates", at, type, applicationTypes, "application type", "نوع طلب", report);
    });
  });
}

function checkSeats({ people, entities, sectors }: SetupFiles, report: Report): void {
  const at = (i: number, ...more: string[]) => ["seats", i, ...more];
  checkUnique("people", people.seats, report, ["seats"]);
  const named = new Map<string, string>();
  people.seats.forEach((seat, i) => {
    const place = placeOfRole[seat.role];
    for (const [key, rows, ar] of [
      ["entity", entities, "جهة"],
      ["sector", sectors, "قطاع"],
    ] as const) {
      const code = seat[key];
      if (place === key && code === null) {
        report("people", at(i, key), `A seat of ${seat.role} belongs to one ${key}.`, `مقعد ${seat.role} يتبع ${ar}.`);
      } else if (place !== key && code !== null) {
        report(
          "people",
          at(i, key),
          `A seat of ${seat.role} belongs to no ${key}.`,
          `مقعد ${seat.role} لا يتبع ${ar}.`,
        );
      } else if (code !== null) {
        checkReference("people", at(i, key), code, rows, key, ar, report);
      }
    }
    if (seat.holder === null) return;
    const { email, name } = seat.holder;
    const other = named.get(email);
    if (other !== undefined && other !== name) {
      report(
        "people",
        at(i, "holder", "email"),
        `${email} is ${other} already.`,
        `البريد ${email} للمستخدم ${other} من قبل.`,
      );
    }
    named.set(email, name);
  });
}
