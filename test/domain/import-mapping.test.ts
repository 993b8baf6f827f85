import { describe, expect, it } from "@jest/globals";
import { compileCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import type { WorkflowDefinition } from "../../src/engine/workflow/workflow-definition.js";
import { fieldFaults } from "../../src/features/intake/import/field-columns.js";
import { rowReader } from "../../src/features/intake/import/history-row.js";
import { historyState } from "../../src/features/intake/import/history-states.js";
import { mappingFaults, readMapping } from "../../src/features/intake/import/mapping.js";
import { seededCalendar } from "../support/calendars.js";
import { shippedJson, shippedSetup } from "../support/shipped-setup.js";

function withWorkflows(programme: string, names: readonly string[]): Setup {
  const published = names.map((name, i) => {
    const definition = shippedJson<WorkflowDefinition>("workflows", programme, `${name}.json`);
    return [name, { versionId: i + 1, version: 1, definition }] as const;
  });
  return { ...shippedSetup(programme), workflows: new Map(published) };
}

const jordan = withWorkflows("jordan", ["complaint", "inquiry", "compliment", "report", "suggestion"]);
const calendar = compileCalendar(seededCalendar("jordan"));
const header = ["no", "opened", "closed", "kind", "text", "ministry", "state"];
const good = {
  programme: "jordan",
  columns: {
    sourceId: "no",
    receivedAt: "opened",
    closedAt: "closed",
    type: "kind",
    subject: "text",
    entity: "ministry",
    state: "state",
  },
  values: {
    type: { شكوى: "complaint", "طلب معلومة": "inquiry" },
    state: { مفتوحة: "open", مغلقة: "closed", "تم الرد": "resolved" },
  },
  defaults: { channel: "import" },
};

function faultsOf(definition: unknown): [string, string][] {
  const read = readMapping(definition);
  const faults = "faults" in read ? read.faults : mappingFaults(read.mapping, jordan, header);
  for (const { reason } of faults) expect(reason.ar).toMatch(/[ء-ي]/);
  return faults.map(({ field, reason }) => [field, reason.en]);
}

describe("a mapping", () => {
  it("that fits has no faults", () => expect(faultsOf(good)).toEqual([]));

  it("of Boston fits its programme", () => {
    const read = readMapping(shippedJson("seeds", "boston311", "mapping.json"));
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    const titles = Object.values(read.mapping.columns);
    expect(mappingFaults(read.mapping, withWorkflows("boston311", ["request"]), titles)).toEqual([]);
  });

  const columns = good.columns;
  it.each<[string, unknown, string, RegExp]>([
    ["is a list", [], "", /must be an object/],
    ["has no programme", { ...good, programme: undefined }, "/programme", /missing/],
    ["has a blank programme", { ...good, programme: " " }, "/programme", /This field is empty/],
    ["has no columns", { ...good, columns: undefined }, "/columns", /missing/],
    ["has no source number", { ...good, columns: { ...columns, sourceId: undefined } }, "/columns/sourceId", /missing/],
    [
      "has no time of receipt",
      { ...good, columns: { ...columns, receivedAt: undefined } },
      "/columns/receivedAt",
      /missing/,
    ],
    ["maps a column to a number", { ...good, columns: { ...columns, type: 4 } }, "/columns/type", /must be a text/],
    [
      "has an unknown column of ours",
      { ...good, columns: { ...columns, recievedAt: "opened" } },
      "/columns/recievedAt",
      /receivedAt/,
    ],
    ["has an unknown setting", { ...good, tolerance: 3 }, "/tolerance", /not allowed/],
    [
      "has a negative tolerance",
      { ...good, clockSkewToleranceSeconds: -1 },
      "/clockSkewToleranceSeconds",
      /at least 0/,
    ],
    [
      "has a tolerance of days",
      { ...good, clockSkewToleranceSeconds: 1e6 },
      "/clockSkewToleranceSeconds",
      /at most 86400/,
    ],
    ["has an unknown language", { ...good, language: "fr" }, "/language", /not allowed/],
    ["has an unknown delimiter", { ...good, delimiter: "::" }, "/delimiter", /not allowed/],
    ["has a format of hours alone", { ...good, timeFormat: "DD/MM/YYYY HH" }, "/timeFormat", /HH/],
    ["has a column's format that is none", { ...good, timeFormats: { closedAt: "D" } }, "/timeFormats/closedAt", /HH/],
    [
      "has a format of an unknown column",
      { ...good, timeFormats: { opened: "iso" } },
      "/timeFormats/opened",
      /not allowed/,
    ],
    ["has an unknown zone", { ...good, timeZone: "Asia/Aman" }, "/timeZone", /Asia\/Amman/],
    ["says no channel", { ...good, defaults: {} }, "/columns/channel", /needs a channel/],
    ["maps a word to a number", { ...good, values: { type: { x: 1 } } }, "/values/type/x", /must be a text/],
    ["maps to an unknown type", { ...good, values: { type: { x: "complain" } } }, "/values/type/x", /mean "complaint"/],
    [
      "maps to an unknown entity",
      { ...good, values: { entity: { "a/b": "NOWHERE" } } },
      "/values/entity/a~1b",
      /not allowed/,
    ],
    ["has an unknown default", { ...good, defaults: { channel: "imprt" } }, "/defaults/channel", /mean "import"/],
    [
      "maps to an unknown state",
      { ...good, values: { ...good.values, state: { x: "done" } } },
      "/values/state/x",
      /not allowed/,
    ],
    [
      "names a column that is not there",
      { ...good, columns: { ...columns, type: "kinds" } },
      "/columns/type",
      /column was not found.*mean "kind"/,
    ],
  ])("that %s is refused at its place", (_, definition, field, reason) => {
    const faults = faultsOf(JSON.parse(JSON.stringify(definition)));
    expect(faults).toContainEqual([field, expect.stringMatching(reason)]);
  });

  it("cannot tell two columns of one name apart", () => {
    const read = readMapping(good);
    if ("faults" in read) throw new Error("the mapping is good");
    const [fault] = mappingFaults(read.mapping, jordan, [...header, "kind"]);
    expect(fault).toMatchObject({ field: "/columns/type", reason: { en: expect.stringContaining("2 columns") } });
  });

  it("tells all faults at once", () => {
    const definition = { ...good, values: { type: { x: "a", y: "b" } }, defaults: { channel: "c" } };
    expect(faultsOf(definition).map(([field]) => field)).toEqual([
      "/values/type/x",
      "/values/type/y",
      "/defaults/channel",
    ]);
  });
});

describe("the state of an imported case", () => {
  const complaint = jordan.workflows.get("complaint")?.definition as WorkflowDefinition;
  it.each<[string, boolean, string, string | null]>([
    ["open", true, "assigned", null],
    ["open", false, "triage", null],
    ["in_progress", true, "in_progress", null],
    ["waiting_applicant", true, "waiting_applicant", null],
    ["resolved", true, "resolved", "answered"],
    ["closed", true, "closed", "answered"],
    ["withdrawn", true, "withdrawn", "withdrawn"],
    ["closed_no_reply", true, "closed_no_reply", "unanswered"],
    ["duplicate", true, "duplicate", "duplicate"],
  ])("%s (placed: %s) is %s, %s", (word, placed, state, ending) => {
    expect(historyState(complaint, word, placed)).toMatchObject({ state, ending });
  });

  it("closes every shipped workflow with an answer", () => {
    for (const { definition } of [
      ...jordan.workflows.values(),
      ...withWorkflows("boston311", ["request"]).workflows.values(),
    ])
      expect(historyState(definition, "closed", true)).toMatchObject({
        state: "closed",
        kind: "final",
        ending: "answered",
      });
  });

  it("is none that a workflow does not have, nor a name every object has", () => {
    expect(historyState(complaint, "done", true)).toBeNull();
    expect(historyState(complaint, "constructor", true)).toBeNull();
  });
});

describe("a row", () => {
  const read = readMapping({ ...good, clockSkewToleranceSeconds: 60 });
  if ("faults" in read) throw new Error("the mapping is good");
  const reader = rowReader({
    mapping: read.mapping,
    setup: jordan,
    calendar,
    header,
    now: new Date("2026-03-01T00:00:00Z"),
  });
  const entity = [...jordan.entities.keys()][5] ?? "";
  const row = ["7", "2026-01-04 09:00", "2026-01-05 10:00", "شكوى", "لا رد", entity, "مغلقة"];
  const at = (column: string, cell: string) => row.map((c, i) => (header[i] === column ? cell : c));
  const told = (cells: readonly string[]) => reader({ line: 2, text: cells.join(","), cells, fault: null });

  it("becomes an application with its original times", () => {
    expect(told(row)).toMatchObject({
      ok: true,
      warnings: [],
      row: {
        sourceId: "7",
        closedAt: new Date("2026-01-05T07:00:00Z"),
        dueAt: null,
        state: { state: "closed", ending: "answered" },
        application: {
          type: "complaint",
          channel: "import",
          language: "ar",
          subject: "لا رد",
          description: "لا رد",
          entity,
          sector: jordan.entities.get(entity)?.sector,
          pillar: null,
          anonymous: true,
          imported: true,
          receivedAt: new Date("2026-01-04T06:00:00Z"),
        },
      },
    });
  });

  it("closed within the tolerance before it was received is closed at once, with a warning", () => {
    const result = told(at("closed", "2026-01-04 08:59:58"));
    expect(result).toMatchObject({
      ok: true,
      row: { closedAt: new Date("2026-01-04T06:00:00Z") },
      warnings: [{ field: "closed" }],
    });
  });

  it.each<[string, string[], string, RegExp]>([
    ["without a number", at("no", " "), "no", /required/],
    ["with a number that a spreadsheet shortened", at("no", "1.01E+11"), "no", /shortened/],
    ["with a number of two lines", at("no", "7\n8"), "no", /control/],
    ["without a time of receipt", at("opened", ""), "opened", /required/],
    ["with a time that does not exist", at("opened", "2026-02-30 09:00"), "opened", /not a real time/],
    ["with a time of another form", at("opened", "30/01/2026 09:00"), "opened", /not a real time/],
    ["received in the future", at("opened", "2027-01-01 09:00"), "opened", /future/],
    ["closed in the future", at("closed", "2027-01-01 09:00"), "closed", /future/],
    [
      "closed beyond the tolerance before",
      at("closed", "2026-01-04 08:58:59"),
      "closed",
      /61 seconds before.*allows 60 seconds/,
    ],
    ["of an unknown type", at("kind", "شكوا"), "kind", /mean "شكوى"/],
    ["without a type", at("kind", ""), "kind", /required/],
    ["without a subject", at("text", "  "), "text", /required/],
    ["with a subject that is too long", at("text", "ا".repeat(201)), "text", /200/],
    ["with control characters", at("text", "a\u0000b"), "text", /control/],
    ["of an unknown entity", at("ministry", "NOWHERE"), "ministry", /not allowed/],
    ["of an unknown state", at("state", "done"), "state", /not allowed/],
    ["open with a closing time", at("state", "مفتوحة"), "closed", /open but has/],
    ["closed without a closing time", at("closed", ""), "closed", /closing time is missing/],
    ["with too many cells", [...row, "x"], "", /8 cells, but the header has 7/],
    ["with too few cells", row.slice(1), "", /6 cells, but the header has 7/],
  ])("%s is refused", (_, cells, field, reason) => {
    const result = told(cells);
    if (result.ok) throw new Error("it was accepted");
    expect(result.faults).toContainEqual({
      field,
      reason: { en: expect.stringMatching(reason), ar: expect.any(String) },
    });
  });

  it("is told all its faults at once", () => {
    const result = told(["", "x", "", "y", "", "z", "w"]);
    expect(result.ok ? [] : result.faults.map(({ field }) => field)).toEqual([
      "no",
      "opened",
      "kind",
      "ministry",
      "text",
      "state",
    ]);
  });

  it("takes a state from its closing time where the table has none", () => {
    const { state: _, ...columns } = good.columns;
    const plain = readMapping({ ...good, columns });
    if ("faults" in plain) throw new Error("the mapping is good");
    const read = rowReader({
      mapping: plain.mapping,
      setup: jordan,
      calendar,
      header,
      now: new Date("2026-03-01T00:00:00Z"),
    });
    const stateOf = (cells: readonly string[]) => {
      const result = read({ line: 2, text: "", cells, fault: null });
      return result.ok ? result.row.state.state : result.faults;
    };
    expect(stateOf(row)).toBe("closed");
    expect(stateOf(at("closed", ""))).toBe("assigned");
    expect(stateOf(at("closed", "").map((c, i) => (header[i] === "ministry" ? "" : c)))).toBe("triage");
  });
});

describe("words of a file", () => {
  const titles = ["NO", "Opened ", "closed", "kind", "text", "ministry", "State", "state "];
  const entity = [...jordan.entities.keys()][5] ?? "";
  const mapping = {
    ...good,
    columns: { ...good.columns, state: "state" },
    values: {
      type: { Complaint: "complaint" },
      state: { Open: "open", Closed: "closed", Answered: "resolved", ANSWERED: "closed" },
    },
  };
  const told = (kind: string, state: string, ministry = entity, change: object = {}) => {
    const read = readMapping({ ...mapping, ...change });
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    const now = new Date("2026-03-01T00:00:00Z");
    const reader = rowReader({ mapping: read.mapping, setup: jordan, calendar, header: titles.slice(0, 7), now });
    const cells = ["7", "2026-01-04 09:00", "2026-01-05 10:00", kind, "لا رد", ministry, state];
    const row = reader({ line: 2, text: "", cells, fault: null });
    return row.ok ? [row.row.application.type, row.row.state.state] : row.faults.map(({ field }) => field);
  };

  it("are one in capitals and in small letters, in tables, codes, states and titles", () => {
    for (const kind of ["Complaint", "COMPLAINT", " complaint "]) {
      for (const state of ["Closed", "CLOSED", "closed"]) expect(told(kind, state)).toEqual(["complaint", "closed"]);
    }
    expect(told("complaint", "closed", entity.toLowerCase())).toEqual(["complaint", "closed"]);
    expect(told("complaint", "closed", "NOWHERE")).toEqual(["ministry"]);
    expect(told("Inquiry", "RESOLVED", entity, { values: {} })).toEqual(["inquiry", "resolved"]);
    expect(told("inquiry", "Closed", entity, { values: {} })).toEqual(["inquiry", "closed"]);
  });

  it("that differ in case alone and mean different things are kept apart, and guessed from nothing", () => {
    expect([told("Complaint", "Answered"), told("Complaint", "ANSWERED")]).toEqual([
      ["complaint", "resolved"],
      ["complaint", "closed"],
    ]);
    expect(told("Complaint", "answered")).toEqual(["state"]);
  });

  it("of titles: two that differ in case alone are taken by the one that is written so", () => {
    const faults = (state: string) => {
      const read = readMapping({ ...mapping, columns: { ...good.columns, state } });
      return "faults" in read
        ? []
        : mappingFaults(
            read.mapping,
            jordan,
            titles.map((title) => title.trim()),
          );
    };
    expect(faults("State")).toEqual([]);
    expect(faults("STATE")).toEqual([
      { field: "/columns/state", reason: expect.objectContaining({ en: expect.stringContaining("2 columns") }) },
    ]);
  });
});

describe("a day without a time", () => {
  const inDays = { ...good, columns: { ...good.columns, dueAt: "due" }, timeFormat: "DD/MM/YYYY" };
  const titles = [...header, "due"];
  const [entity, now] = [[...jordan.entities.keys()][5] ?? "", new Date("2026-03-01T08:00:00Z")];
  const told = (opened: string, due: string, closed: string, change: object = {}) => {
    const read = readMapping({ ...inDays, ...change });
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    const reader = rowReader({ mapping: read.mapping, setup: jordan, calendar, header: titles, now });
    const cells = ["7", opened, closed, "شكوى", "لا رد", entity, closed === "" ? "مفتوحة" : "مغلقة", due];
    const row = reader({ line: 2, text: "", cells, fault: null });
    if (!row.ok) return row.faults.map(({ reason }) => reason.en);
    const { application, dueAt, dueIsDay, closedAt } = row.row;
    return [application.receivedAt, dueAt, closedAt].map((at) => at?.toISOString() ?? null).concat(String(dueIsDay));
  };

  it("is received when its work begins, due and closed when its work ends", () => {
    // Sunday 4 and Monday 5 January 2026, worked from 8:30 to 15:30 in Amman.
    expect(told("04/01/2026", "05/01/2026", "05/01/2026")).toEqual([
      "2026-01-04T05:30:00.000Z",
      "2026-01-05T12:30:00.000Z",
      "2026-01-05T12:30:00.000Z",
      "true",
    ]);
    // In Ramadan from 9:00 to 14:30.
    expect(told("22/02/2026", "23/02/2026", "").slice(0, 2)).toEqual([
      "2026-02-22T06:00:00.000Z",
      "2026-02-23T11:30:00.000Z",
    ]);
    // Friday and Saturday: from midnight to the last second.
    expect(told("02/01/2026", "03/01/2026", "")).toEqual([
      "2026-01-01T21:00:00.000Z",
      "2026-01-03T20:59:59.000Z",
      null,
      "true",
    ]);
  });

  it("gives way to a time that is known, and to now", () => {
    const closedAlone = { timeFormat: "iso", timeFormats: { closedAt: "DD/MM/YYYY" } };
    expect(told("2026-01-04 18:00", "", "04/01/2026", closedAlone)).toEqual([
      "2026-01-04T15:00:00.000Z",
      null,
      "2026-01-04T15:00:00.000Z",
      "false",
    ]);
    const openedAlone = { timeFormat: "DD/MM/YYYY", timeFormats: { closedAt: "iso" } };
    expect(told("04/01/2026", "", "2026-01-04 07:10", openedAlone)[0]).toBe("2026-01-04T04:10:00.000Z");
    // Of the day of the import only what is over counts: 11:00 in Amman.
    expect(told("01/03/2026", "01/03/2026", "01/03/2026")).toEqual([
      "2026-03-01T06:00:00.000Z",
      "2026-03-01T11:30:00.000Z",
      "2026-03-01T08:00:00.000Z",
      "true",
    ]);
    expect(told("02/03/2026", "", "")).toEqual([expect.stringMatching(/future/)]);
    expect(told("05/01/2026", "", "04/01/2026")).toEqual([expect.stringMatching(/before it was received/)]);
  });

  it("stands among times of ISO too", () => {
    expect(told("2026-01-04T09:00:00+03:00", "2026-01-05", "", { timeFormat: "iso" })).toEqual([
      "2026-01-04T06:00:00.000Z",
      "2026-01-05T12:30:00.000Z",
      null,
      "true",
    ]);
  });
});

describe("extra fields", () => {
  const type = jordan.types.get("complaint");
  if (type === undefined) throw new Error("no complaints");
  const place = { code: "spot", name: { ar: "الموقع", en: "Where" }, type: "location", required: true } as const;
  const office = { code: "office", name: { ar: "الجهة", en: "Office" }, type: "entity", required: false } as const;
  const scan = { code: "scan", name: { ar: "صورة", en: "Scan" }, type: "file", required: false } as const;
  const fields = [...type.fields, place, office, scan];
  const setup: Setup = { ...jordan, types: new Map(jordan.types).set("complaint", { ...type, fields }) };
  const titles = [...header, "visited", "waited", "before", "subject", "town", "lat", "lon", "by"];
  const mapped = {
    ...good,
    timeFormat: "DD/MM/YYYY HH:mm",
    fields: {
      visitDate: "visited",
      waitingDays: "waited",
      complainedBefore: "before",
      topic: "subject",
      spot: { governorate: "town", latitude: "lat", longitude: "lon" },
      office: "by",
    },
    fieldValues: { complainedBefore: { مرة: true }, spot: { Amman: [...jordan.governorates.keys()][0] ?? "" } },
  };
  const entity = [...jordan.entities.keys()][5] ?? "";
  const told = (over: Readonly<Record<string, string>>, kind = "شكوى") => {
    const read = readMapping(mapped);
    if ("faults" in read) throw new Error(JSON.stringify(read.faults));
    const row: Record<string, string> = {
      no: "7",
      opened: "04/01/2026 09:00",
      closed: "05/01/2026 10:00",
      kind,
      text: "لا رد",
      ministry: entity,
      state: "مغلقة",
      ...over,
    };
    const cells = titles.map((title) => row[title] ?? "");
    const now = new Date("2026-03-01T00:00:00Z");
    const reader = rowReader({ mapping: read.mapping, setup, calendar, header: titles, now });
    return reader({ line: 2, text: "", cells, fault: null });
  };
  const fieldsOf = (read: ReturnType<typeof told>) => (read.ok ? read.row.application.fields : read.faults);

  it("are filled in from their columns, as the set-up has them", () => {
    const cells = {
      visited: "2026-01-02",
      waited: "١٢",
      before: "مرة",
      town: "Amman",
      lat: "31.95",
      lon: "35.93",
      by: entity,
    };
    expect(fieldsOf(told(cells))).toEqual({
      visitDate: "2026-01-02",
      waitingDays: 12,
      complainedBefore: true,
      spot: { governorate: [...jordan.governorates.keys()][0], place: null, latitude: 31.95, longitude: 35.93 },
      office: entity,
    });
    expect(fieldsOf(told({ visited: "02/01/2026 00:00", before: "لا" }))).toEqual({
      visitDate: "2026-01-02",
      complainedBefore: false,
    });
    // As other systems give a place on the map, rounded to what is stored; codes in whatever letters they were typed.
    const precise = { town: "AMMAN", lat: "34.05223429841", lon: "-118.24368496723", by: entity.toLowerCase() };
    expect(fieldsOf(told(precise))).toEqual({
      spot: {
        governorate: [...jordan.governorates.keys()][0],
        place: null,
        latitude: 34.052234,
        longitude: -118.243685,
      },
      office: entity,
    });
    expect(fieldsOf(told({ town: "amman", lat: "-0.00000049", lon: "180.0000000" }))).toEqual({
      spot: { governorate: [...jordan.governorates.keys()][0], place: null, latitude: 0, longitude: 180 },
    });
    // What history left empty was not asked then, required or not.
    expect(fieldsOf(told({}))).toEqual({});
  });

  it("are refused by column with what is wrong", () => {
    const faults = (over: Readonly<Record<string, string>>, kind?: string) => {
      const read = told(over, kind);
      if (read.ok) return [];
      for (const { reason } of read.faults) expect(reason.ar).toMatch(/[ء-ي]/);
      return read.faults.map(({ field, reason }) => `${field}: ${reason.en}`);
    };
    expect(faults({ visited: "31/02/2026" })).toEqual([expect.stringMatching(/^visited: .*date/i)]);
    expect(faults({ waited: "soon" })).toEqual([expect.stringMatching(/^waited: .*number/i)]);
    expect(faults({ before: "perhaps" })).toEqual([expect.stringMatching(/^before: /)]);
    // What every object answers to is no yes and no no.
    for (const word of ["constructor", "__proto__"])
      expect(faults({ before: word, kind: word, state: word, ministry: word, visited: word, town: word })).toEqual(
        expect.arrayContaining([expect.stringMatching(/^kind: .*(constructor|__proto__)/)]),
      );
    expect(faults({ before: "constructor" })).toEqual([expect.stringMatching(/^before: /)]);
    expect(faults({ town: "Atlantis" })).toEqual([expect.stringMatching(/^town: .*Atlantis/)]);
    expect(faults({ town: "Amman", lat: "31.95" })).toEqual([expect.stringMatching(/^lon: .*required/)]);
    expect(faults({ town: "Amman", lat: "97", lon: "3" })).toEqual([expect.stringMatching(/^lat: /)]);
    expect(faults({ town: "Amman", lat: "90.0000001", lon: "3" })).toEqual([
      expect.stringMatching(/^lat: .*between -90 and 90/),
    ]);
    expect(faults({ subject: "fees" })).toEqual([
      expect.stringMatching(/^subject: .*complaint do not have this field/),
    ]);
    expect(faults({ visited: "2026-01-02", subject: "fees" }, "طلب معلومة")).toEqual([
      expect.stringMatching(/^visited: .*inquiry do not have this field/),
    ]);
  });

  it("that the set-up does not have, files, and columns that are not there are faults of the mapping", () => {
    const found = (over: object) => {
      const read = readMapping({ ...good, ...over });
      if ("faults" in read) return read.faults.map(({ field }) => field);
      return [...mappingFaults(read.mapping, setup, titles), ...fieldFaults(read.mapping, setup)].map(
        ({ field }) => field,
      );
    };
    expect(found({ fields: mapped.fields, fieldValues: mapped.fieldValues })).toEqual([]);
    expect(found({ fields: { visitDay: "visited" } })).toEqual(["/fields/visitDay"]);
    expect(found({ fields: { scan: "visited" } })).toEqual(["/fields/scan"]);
    expect(found({ fields: { spot: "town" } })).toEqual(["/fields/spot"]);
    expect(found({ fields: { topic: { place: "town" } } })).toEqual(["/fields/topic"]);
    expect(found({ fields: { topic: "nowhere" } })).toEqual(["/fields/topic"]);
    expect(found({ fields: { spot: { place: "nowhere" } } })).toEqual(["/fields/spot/place"]);
    expect(found({ fields: { topic: 4 } })).toEqual(["/fields/topic"]);
    expect(found({ fieldValues: { topic: { a: "b" } } })).toEqual(["/fieldValues/topic"]);
    for (const name of ["toString", "constructor", "hasOwnProperty"]) {
      expect(found({ fieldValues: { [name]: { a: "b" } } })).toEqual([`/fieldValues/${name}`]);
      expect(found({ fields: { [name]: "visited" } })).toEqual([`/fields/${name}`]);
      expect(found({ fields: { topic: name } })).toEqual(["/fields/topic"]);
      expect(found({ [name]: 1 })).toEqual([`/${name}`]);
    }
  });
});
