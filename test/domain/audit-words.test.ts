import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";

import { auditTypeNames, auditTypes } from "../../src/engine/audit/audit-types.js";
import { auditChanges, auditSentence, changedField } from "../../src/engine/audit/audit-words.js";
import { systemName } from "../../src/engine/audit/system-names.js";
import { jobNames } from "../../src/engine/jobs/job-definitions.js";
import type { ApplicantReach } from "../../src/engine/letters/applicant-ways.js";
import {
  adviceOn,
  countedReasons,
  failureWords,
  type messageStateNames,
  whyNotAgain,
} from "../../src/engine/letters/message-states.js";
import { ownColumns, setupTableNames, storedNames } from "../../src/engine/setup/tables/setup-registry.js";
import { installationFolder } from "../../src/platform/root.js";

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
const sentence = (type: string, data: Record<string, unknown>, person: string | null = null) => {
  const { en, ar } = auditSentence({ type, data, person });
  return [plain(en), plain(ar)];
};

describe("a change in words", () => {
  it("names a workflow as it is called, and says once that it is one", () => {
    const data = { kind: "workflow", name: "complaint", version: 1 };
    const words = auditSentence({
      type: "configuration.published",
      data,
      person: null,
      called: { en: "Complaint", ar: "سير عمل الشكوى" },
    });
    expect([plain(words.en), plain(words.ar)]).toEqual([
      "Published: workflow Complaint, version 1",
      "نُشر: سير عمل الشكوى، النسخة 1",
    ]);
    expect(sentence("configuration.published", data)).toEqual([
      "Published: workflow complaint, version 1",
      "نُشر: سير عمل complaint، النسخة 1",
    ]);
  });
  it.each([
    [
      "configuration.published",
      { kind: "rules", name: "sla", version: 3 },
      null,
      "Published: rules Service levels, version 3",
      "نُشر: قواعد مستويات الخدمة، النسخة 3",
    ],
    [
      "setup.retired",
      { table: "pillars", code: "TIME" },
      null,
      "Retired TIME of pillars",
      "أُوقف استخدام TIME من المحاور",
    ],
    [
      "seat.held",
      { seat: "FP-1", userId: 5 },
      "Huda",
      "Huda appointed to the position FP-1",
      "تعيين Huda في المنصب FP-1",
    ],
    ["user.disabled", { email: "a@b.jo" }, null, "Account of a@b.jo disabled", "عُطّل حساب a@b.jo"],
    [
      "account.throttled",
      { what: "sign-in account", userId: 5 },
      "Huda",
      "Too many attempts on the account of Huda: blocked for a while",
      "محاولات كثيرة لتسجيل الدخول إلى حساب Huda: أُوقفت مؤقتًا",
    ],
    ["account.signed-out", { userId: 5 }, "Huda", "Huda signed out", "تسجيل خروج Huda"],
    [
      "job.asked",
      { job: "housekeeping" },
      null,
      "Job “Housekeeping: old retry keys, calendars that end soon” run by hand",
      "شُغّلت المهمة «التنظيف اليومي: مفاتيح التكرار القديمة والتقاويم التي تنتهي قريبًا» يدويًا",
    ],
    ["job.asked", { job: "no-more" }, null, "Job “no-more” run by hand", "شُغّلت المهمة «no-more» يدويًا"],
    [
      "bulk.started",
      { action: "give", actionName: { en: "Give to", ar: "إسناد" }, cases: 3 },
      null,
      "Give to carried out on 3 cases at once",
      "تنفيذ إسناد على 3 طلبات دفعة واحدة",
    ],
  ])("%s", (type, data, person, en, ar) => {
    expect(sentence(type, data, person)).toEqual([en, ar]);
  });

  it("of a kind that has no words yet: its name and what it names", () => {
    expect(sentence("thing.done", { code: "X" })).toEqual(["thing.done: X", "thing.done: X"]);
    expect(sentence("thing.done", {})[0]).toBe("thing.done: —");
  });
});

describe("every kind of change", () => {
  it.each(auditTypeNames)("%s has a name and a sentence in both languages", (type) => {
    for (const { en, ar } of [auditTypes[type], auditSentence({ type, data: {}, person: "Huda" })]) {
      expect(en).toMatch(/[A-Za-z]/);
      expect(en).not.toMatch(/[؀-ۿ]|[a-z]+\.[a-z]+/);
      expect(ar).toMatch(/[؀-ۿ]/);
      expect(ar).not.toMatch(/[a-z]+\.[a-z]+/);
    }
  });
});

describe("whoever acts by itself", () => {
  const source = join(installationFolder, "src");
  it("has a name in both languages, wherever the code lets it act", async () => {
    const files = (await readdir(source, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
    const texts = await Promise.all(files.map((file) => readFile(join(source, file), "utf8")));
    const written = texts.flatMap((text) => [
      ...text.matchAll(/kind: "system", job: "([^"]+)"/g),
      ...text.matchAll(/actorAs\([^)]*, "([^"]+)"\)/g),
    ]);
    const jobs = [...new Set(written.map(([, job]) => String(job))), "command line", ...jobNames];
    expect(jobs.length).toBeGreaterThan(15);
    expect(jobs.filter((job) => systemName(job) === null)).toEqual([]);
    expect(systemName("Huda")).toBeNull();
  });
});

describe("from what to what", () => {
  it.each([
    [{ from: { a: 1, b: 2 }, to: { a: 1, b: 3 } }, [{ field: "b", from: "2", to: "3" }]],
    [{ before: { a: null }, after: { a: "x" } }, [{ field: "a", from: null, to: "x" }]],
    [
      { changes: { a: { from: 1, to: 2 }, b: ["x", "y"] } },
      [
        { field: "a", from: "1", to: "2" },
        { field: "b", from: "x", to: "y" },
      ],
    ],
    // A term: from and to are moments, not values of fields.
    [{ from: "2026-01-01", to: null }, []],
    [{ code: "X" }, []],
  ])("%j", (data, changes) => {
    const found = auditChanges({ type: "any.changed", data });
    expect(found).toEqual(changes.map((change) => ({ ...change, label: null })));
  });
  it.each<[string, Record<string, unknown>, string[], string[]]>([
    [
      "setup.changed",
      {
        table: "programmes",
        changes: [
          { field: "timeZone", from: "UTC", to: "Asia/Amman" },
          { field: "nameAr", from: "a", to: "b" },
        ],
      },
      ["Time zone", "Name in Arabic"],
      ["المنطقة الزمنية", "الاسم بالعربية"],
    ],
    [
      "user.edited",
      { from: { name: "a", language: "ar" }, to: { name: "b", language: "en" } },
      ["Name", "Language"],
      ["الاسم", "اللغة"],
    ],
    [
      "seat.renamed",
      { from: { ar: "a", en: "a" }, to: { ar: "a", en: "b" } },
      ["Title in English"],
      ["المسمى بالإنجليزية"],
    ],
    ["job.edited", { from: { cron: "a" }, to: { cron: "b" } }, ["Cron expression"], ["تعبير الجدولة"]],
  ])("%s calls its fields as the form does", (type, data, en, ar) => {
    const labels = auditChanges({ type, data }).map(({ label }) => label);
    expect(labels.map((label) => label?.en)).toEqual(en);
    expect(labels.map((label) => label?.ar)).toEqual(ar);
  });
  it("has a name for each column of the settings", () => {
    const unnamed = setupTableNames.flatMap((table) =>
      ownColumns(table).flatMap(([name, column]) =>
        storedNames(name, column).filter((field) => changedField("setup.changed", table, field) === null),
      ),
    );
    expect(unnamed).toEqual([]);
  });
});

describe("a letter that did not arrive", () => {
  it("says why in words where the words are ours", () => {
    expect(failureWords("the receiver has no address")?.en).toContain("no email address");
    expect(failureWords("connect ECONNREFUSED 10.0.0.1:25")?.en).toContain("could not be reached");
    expect(failureWords("550 no such user")?.en).toContain("refused the email");
    expect([failureWords("something else"), failureWords(null)]).toEqual([null, null]);
  });

  it("can be sent again unless nothing leaves, it is under way, or its link was used up", () => {
    const again = (state: keyof typeof messageStateNames, template = "official-assigned", canSend = true) =>
      whyNotAgain({ state, template, way: "email", reach: null }, { email: canSend, sms: !canSend }) === null;
    expect([again("failed"), again("kept"), again("sent"), again("failed", "account-reset")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([again("pending"), again("sent", "account-reset"), again("failed", "official-assigned", false)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("is not sent again where the applicant ended it", () => {
    const again = (way: "email" | "sms", reach: Partial<ApplicantReach>) =>
      whyNotAgain(
        {
          ...{ state: "sent", template: "applicant-answered", way },
          reach: { email: true, sms: true, contactBy: null, ...reach },
        },
        { email: true, sms: true },
      )?.en ?? null;
    expect(again("email", {})).toBeNull();
    expect(again("email", { email: false, emailStopped: true })).toContain("stopped emails");
    expect(again("sms", { email: false, emailStopped: true })).toBeNull();
    expect(again("sms", { sms: false, stopped: true })).toContain("no text messages");
    expect(again("email", { contactBy: "none" })).toContain("no messages");
  });
});

it("what failed is counted by cause, that of the most first, with what can be done about it", () => {
  const counted = countedReasons([
    { noted: "550 no such user", n: 2 },
    { noted: "cannot be rendered: x", n: 3 },
    { noted: "553 not here", n: 2 },
    { noted: "the receiver's account is disabled", n: 1 },
    { noted: null, n: 1 },
  ]);
  expect(counted).toEqual([
    { reason: "refused", n: 4 },
    { reason: "rendered", n: 3 },
    { reason: "account", n: 1 },
    { reason: "other", n: 1 },
  ]);
  expect(counted.map(({ reason }) => adviceOn(reason)?.en.split(",")[0])).toEqual([
    "Correct the email address",
    "Correct the words of the message",
    "Enable the person's account",
    undefined,
  ]);
});
