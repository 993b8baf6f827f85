/**
 * A walk over every resource, action, filter, sort, reference, page and record from the seats of people whom most of it
 * does not concern: nothing foreign, nothing that looks like a secret, nothing that breaks.
 */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { seed } from "../../src/features/config-files/seed.js";
import { holdSeat, leaveSeat } from "../../src/features/people/seat-store.js";
import { type AdminApp, openAdminApp, type Visitor } from "../support/admin-app.js";
import { type Asked, askedOf, askedOfPage, secretFieldsIn } from "../support/walk-admin.js";
import { complaint, sundayNine } from "../support/working-office.js";

/** What stands in records that are somebody else's; whoever reads one of these has seen too much. */
const marks = {
  /** A case of the Civil Status Department. */
  department: "MARKDEPARTMENT",
  confidential: "MARKCONFIDENTIAL",
  applicant: "MARKAPPLICANT",
  /** Everything in the other programme. */
  elsewhere: "MARKELSEWHERE",
  /** Cannot be told apart by words: hashes of passwords and keys. */
  hash: "$argon2",
} as const;
type Mark = keyof typeof marks;

let app: AdminApp;
let words: readonly string[] = [];
/** Ids of records by resource, of all there are in the database, foreign ones too. */
const ids = new Map<string, readonly string[]>();

beforeAll(async () => {
  app = await openAdminApp();
  const { office } = app;
  await seed(office.db, { now: new Date("2026-08-01T00:00:00Z"), programmes: ["boston311"] });
  const tables = [
    ...["sectors", "entities", "services", "pillars", "importance_levels", "application_types"],
    ...["channels", "applicant_categories", "governorates", "keyword_lists", "programmes"],
    ...["closing_reasons", "reply_templates", "shown_kpis", "kpi_alerts"],
  ];
  for (const table of tables) {
    const column = table === "programmes" ? "code" : "programme";
    await office.asOwner(
      `update ${table} set name_en = name_en || ' ${marks.elsewhere}', name_ar = name_ar || ' ${marks.elsewhere}' where ${column} = 'boston311'`,
    );
  }
  await office.asOwner(`update seats set title_en = title_en || ' ${marks.elsewhere}' where programme = 'boston311'`);
  const applicant = { ...complaint.applicant, name: `${marks.applicant} Haddad`, email: "markapplicant@example.com" };
  const own = await office.receive({ subject: `The hall ${marks.department}`, applicant });
  const sent = await office.receive({
    type: "report",
    subject: `Bribes ${marks.confidential}`,
    description: `A bribe was asked for ${marks.confidential}`,
    fields: {},
    applicant,
  });
  const theirs = await office.receive({ subject: "Another hall", entity: "MOF", sector: "FINANCE" });
  await office.services.handlers["deliver-messages"](sundayNine);
  ids.set("cases", [own.reference, sent.reference, theirs.reference]);
  for (const { id, source } of allResources) {
    if (source.kind !== "model") continue;
    const name = source.model(office.database.db).tableName;
    const rows = await office.rows(
      `(select id from ${name} order by id limit 1) union (select id from ${name} order by id desc limit 1)`,
    );
    ids.set(
      id,
      rows.map((row) => String(row.id)),
    );
  }
  const numbered: Record<string, string> = {
    users: "users",
    seats: "seats",
    messages: "messages",
    "channel-keys": "channel_keys",
  };
  for (const [id, table] of Object.entries(numbered)) {
    const rows = await office.asOwner(
      `(select id from ${table} order by id limit 2) union (select id from ${table} order by id desc limit 1)`,
    );
    ids.set(
      id,
      rows.map((row) => String(row.id)),
    );
  }
  words = ["boston311", own.reference, marks.department, marks.elsewhere, "%"];
});
afterAll(() => app?.close());

function* everything(): Generator<Asked> {
  for (const resource of allResources)
    yield* askedOf(resource, { words, ids: ids.get(resource.id) ?? ["1", "enforce-deadlines"] });
  for (const page of allPages) yield* askedOfPage(page, { words });
}

interface Seen {
  readonly asked: number;
  readonly let: number;
  /** With the first address whose answer held it. */
  readonly marks: ReadonlyMap<Mark, string>;
}

/** Asks for everything. Fails at the first answer that broke, or that has a field like a secret. */
async function walk(visitor: Visitor): Promise<Seen> {
  const seen = new Map<Mark, string>();
  const questions = everything();
  let asked = 0;
  let letIn = 0;
  async function lane(): Promise<void> {
    for (let next = questions.next(); !next.done; next = questions.next()) {
      const { address, post } = next.value;
      const answer = post === undefined ? await visitor.get(address) : await visitor.post(address, post);
      asked += 1;
      if (answer.status < 300) letIn += 1;
      expect([address, answer.status < 500]).toEqual([address, true]);
      if (answer.status < 300 && address.startsWith("/admin/api")) {
        expect([address, secretFieldsIn(answer.body)]).toEqual([address, []]);
      }
      // What was asked for may be said again; what is foreign may not be in what is answered.
      const text = answer.text.replaceAll(/"(?:search|field|reason|detail)":"[^"]*"/g, "");
      for (const [mark, word] of Object.entries(marks) as [Mark, string][]) {
        if (text.includes(word)) seen.set(mark, seen.get(mark) ?? address);
      }
    }
  }
  await Promise.all(Array.from({ length: 4 }, lane));
  return { asked, let: letIn, marks: seen };
}

describe("a walk over all of it", () => {
  it("as the operation room meets what the others must not see, so that this test can fail", async () => {
    const room = await app.signIn("operation_room");
    const { marks: seen, let: letIn } = await walk(room);
    expect(letIn).toBeGreaterThan(120);
    expect([...seen.keys()]).toEqual(expect.arrayContaining(["department", "applicant"]));
    expect(seen.has("elsewhere")).toBe(false);
    expect(seen.has("hash")).toBe(false);
    expect(seen.has("confidential")).toBe(false);
  });

  const seats: [string, Parameters<AdminApp["signIn"]>, Mark[]][] = [
    ["another entity's focal point", ["focal_point", "MOF"], []],
    ["another entity's manager", ["entity_manager", "MOF"], []],
    ["an executive of another ministry", ["minister", "MOF"], []],
    ["an auditor", ["auditor"], ["department"]],
    ["a contact-centre agent", ["contact_centre_agent"], []],
    ["the steering committee", ["steering_committee"], []],
  ];
  it.each(seats)("as %s finds nothing foreign", async (_who, seat, allowed) => {
    const visitor = await app.signIn(...seat);
    const { marks: seen, let: letIn } = await walk(visitor);
    expect([...seen].filter(([mark]) => !allowed.includes(mark))).toEqual([]);
    // Home and account at least; a walk that was refused everywhere would prove nothing.
    expect(letIn).toBeGreaterThan(3);
  });

  it("as the holder of a seat that is over, or retired, finds nothing but the own account", async () => {
    const email = app.office.setup.seats.find(({ role }) => role === "prime_minister")?.holders[0]?.email as string;
    const left = await app.signIn("focal_point", "CSPD");
    const by = { kind: "system", job: "test" } as const;
    const [seat] = await app.office.rows(
      "select s.code, s.id from seats s join seat_holders h on h.seat_id = s.id where h.user_id = $1",
      left.person.userId,
    );
    await leaveSeat(
      app.office.db,
      { programme: "jordan", seat: seat?.code as string, at: sundayNine },
      { by, now: sundayNine },
    );
    const again = await app.signInAs(left.email);
    const over = await walk(again);
    expect([...over.marks]).toEqual([]);
    expect((await again.list("cases")).status).toBe(404);
    // The same with the seat itself out of use.
    await holdSeat(
      app.office.db,
      { programme: "jordan", seat: seat?.code as string, email: left.email, from: sundayNine },
      { by, now: sundayNine },
    );
    await app.office.asOwner("update seats set retired_at = $1 where id = $2", sundayNine, seat?.id);
    const retired = await app.signInAs(left.email);
    expect((await retired.list("cases")).status).toBe(404);
    expect((await retired.list("sectors")).status).toBe(404);
    expect((await retired.get("/admin")).status).toBe(200);
    expect(email).toBeDefined();
  });

  it("as nobody is sent to sign in, whatever is asked for", async () => {
    const nobody = app.visitor();
    for (const { address, post } of everything()) {
      const answer = post === undefined ? await nobody.get(address) : await nobody.post(address, post);
      const expected = address.startsWith("/admin/api") ? 401 : 303;
      expect([address, answer.status]).toEqual([address, expected]);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
  });
});
