/** Letters by the choice of positions, gathered and handed to a real SMTP peer; who is on duty; what becomes of them when things move on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type Mailbox, openMailbox } from "../support/mailbox.js";
import {
  complaint,
  openWorkingOffice,
  type Person,
  problemOf,
  programme,
  type Row,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let mailbox: Mailbox;

beforeAll(async () => {
  mailbox = await openMailbox();
  office = await openWorkingOffice({ smtpUrl: mailbox.url });
});
afterAll(async () => {
  await office?.close();
  await mailbox?.close();
});
const settings = (values: object) =>
  office.asOwner(
    "update programmes set settings = settings || $1::jsonb where code = 'jordan'",
    JSON.stringify(values),
  );
beforeEach(async () => {
  await office.asOwner("update messages set gathered_into = null");
  await office.asOwner("delete from messages");
  await office.asOwner(
    "update seats set letters = null, letters_by = null, letters_at = null where letters_by is not null or letters is not null",
  );
  await office.asOwner("delete from duty_days");
  await settings({ officialLetters: "hourly", nextFocalPointHours: 7 });
  mailbox.letters.length = 0;
});
afterEach(() => settings({ officialLetters: "atOnce", nextFocalPointHours: 0 }));

const minutes = (n: number) => new Date(sundayNine.getTime() + n * 60_000);
const gather = (at: Date, of = office.services) => of.jobs.run("gather-letters", at);
const deliver = (at: Date) => office.services.jobs.run("deliver-messages", at);
const states = async () =>
  (
    await office.rows(
      "select state, count(*)::integer as n from messages where receiver_user is not null group by 1 order by 1",
    )
  ).map(({ state, n }) => `${state} ${n}`);
const toOfficials = () => mailbox.letters.filter(({ to }) => !JSON.stringify(to).includes("rana@example.com"));
const emailOf = async ({ userId }: Person) =>
  String((await office.rows("select email from users where id = $1", userId))[0]?.email);
const seatRow = async (person: Person) =>
  (
    await office.rows(
      "select s.id, s.code from seats s join seat_holders h on h.seat_id = s.id where h.user_id = $1 and h.held_to is null and s.programme = 'jordan'",
      person.userId,
    )
  )[0] as { id: number; code: string };
/** A focal point on duty all along: who hears first is then known. */
async function onDuty(n: number): Promise<Person> {
  const person = office.official("focal_point", "CSPD", n);
  const { id } = await seatRow(person);
  await office.asOwner(
    "insert into duty_days (seat_id, programme, entity, first_day, last_day, added_at) values ($1, 'jordan', 'CSPD', '2026-11-01', '2026-12-31', $2)",
    id,
    sundayNine.toISOString(),
  );
  return person;
}

describe("letters of a forward that is taken back", () => {
  const forward = async (reference: string, at: Date) => {
    const fields = { entity: "JFDA", reason: "Not ours at all" };
    const done = await office.act(reference, office.official("entity_manager", "CSPD"), "transfer", fields, at);
    return done.takeBack?.seq as number;
  };
  const back = (reference: string, seq: number, at: Date) =>
    office.services.cases.takeBack({ reference, seq, actor: office.official("entity_manager", "CSPD"), now: at });
  const of = async (person: Person, reference: string) =>
    (
      await office.rows(
        "select m.state from messages m join cases c on c.id = m.case_id where m.receiver_user = $1 and c.reference = $2 and m.template = 'official-assigned' order by m.id",
        person.userId,
        reference,
      )
    ).map(({ state }) => state);

  it("lapse; what waited for who had the case, and lapsed meanwhile, waits again", async () => {
    const first = await onDuty(0);
    const { reference } = await office.receive();
    const seq = await forward(reference, minutes(58));
    await gather(minutes(60));
    expect(await of(first, reference)).toEqual(["lapsed"]);
    await back(reference, seq, minutes(62));
    expect(await of(first, reference)).toEqual(["gathering"]);
    await gather(minutes(63));
    expect(await of(first, reference)).toEqual(["pending"]);
    await deliver(minutes(64));
    const told = toOfficials().filter(({ text }) => String(text).includes(reference));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0]?.to)).toContain(await emailOf(first));
  });

  it("of several in one leave without it; who got it is written to, by the reference alone", async () => {
    const [one, two] = [await office.receive(), await office.receive({ subject: "A second matter" })];
    const seqs = [await forward(one.reference, minutes(56)), await forward(two.reference, minutes(57))] as const;
    await gather(minutes(60));
    await back(one.reference, seqs[0], minutes(61));
    await deliver(minutes(62));
    const before = toOfficials();
    expect(before).toHaveLength(1);
    expect(String(before[0]?.text)).toContain(two.reference);
    expect(String(before[0]?.text)).not.toContain(one.reference);
    await back(two.reference, seqs[1], minutes(63));
    await deliver(minutes(64));
    const [, correction, ...more] = toOfficials();
    expect(more).toEqual([]);
    expect(String(correction?.text)).toContain(two.reference);
    expect(String(correction?.text)).not.toContain("A second matter");
    expect(await states()).not.toContain("gathering 1");
  });
});

describe("letters of a position", () => {
  it("are put together once an hour: one letter a person, a line a case, in HTML and in plain text", async () => {
    const first = await onDuty(0);
    const [one, two] = [await office.receive(), await office.receive({ subject: "A second matter" }, minutes(10))];
    await deliver(minutes(11));
    expect(toOfficials()).toEqual([]);
    await gather(minutes(59));
    expect(await states()).toEqual(["gathering 4"]);
    await gather(minutes(60));
    expect(await states()).toEqual(["gathered 2", "gathering 2", "pending 1"]);
    await deliver(minutes(60));
    const [letter, ...more] = toOfficials();
    expect(more).toEqual([]);
    expect(JSON.stringify(letter?.to)).toContain(await emailOf(first));
    for (const text of [String(letter?.html), String(letter?.text)]) {
      for (const said of [
        one.reference,
        two.reference,
        "A second matter",
        "The hall was closed",
        "/admin/pages/account#letters",
      ]) {
        expect(text).toContain(said);
      }
    }
  });

  it("are told on the case: who was to hear of a reminder, how, and what became of each letter", async () => {
    const first = await onDuty(0);
    const quiet = office.official("focal_point", "CSPD", 1);
    const { id: quietSeat } = await seatRow(quiet);
    await office.asOwner("update seats set letters = 'none' where id = $1", quietSeat);
    const { reference } = await office.receive();
    const minister = office.official("minister", "MOI");
    await office.act(reference, minister, "remind", { note: "Today, please." }, minutes(5));
    const lines = async (at: Date, actor: Person = first) => {
      const { timeline } = await office.services.cases.page({ reference, actor, now: at });
      const { letters = [] } = timeline.find(({ kind, text }) => kind === "escalation" && text !== null) ?? {};
      return letters
        .map(({ who, end, fate }) => ({ who: who.en, end, fate: fate.en }))
        .sort((a, b) => (a.end > b.end ? 1 : -1));
    };
    // The event keeps it, as it was at that moment.
    const { data } = (await office.events(reference)).find(({ type }) => type === "case.reminded") as { data: Row };
    const { receivers, letters } = data as { receivers: number[]; letters: { to: number; how: string }[] };
    expect(letters.map(({ to }) => to).sort()).toEqual([...receivers].sort());
    expect(letters.find(({ to }) => to === first.userId)).toMatchObject({ how: "hourly", letter: "official-reminder" });
    expect(letters.find(({ to }) => to === quiet.userId)).toMatchObject({ how: "none", seat: quietSeat });
    expect(letters.filter(({ how }) => how === "spared")).toHaveLength(receivers.length - 2);
    const waits = await lines(minutes(6));
    expect(waits.filter(({ end }) => end === "waits")).toEqual([
      {
        who: expect.stringContaining(first.name),
        end: "waits",
        fate: expect.stringMatching(/^Waiting to be gathered, until .*10:00/),
      },
    ]);
    expect(
      waits
        .filter(({ end }) => end === "none")
        .map(({ fate }) => fate)
        .sort(),
    ).toEqual([
      ...receivers.slice(2).map(() => "No email: a colleague gets it."),
      "No email: this position is set to get none.",
    ]);
    await gather(minutes(60));
    expect((await lines(minutes(60))).find(({ end }) => end === "waits")?.fate).toBe("Being sent.");
    await deliver(minutes(61));
    const sent = (await lines(minutes(62), minister)).filter(({ end }) => end === "sent");
    expect(sent).toEqual([
      {
        who: expect.stringContaining(first.name),
        end: "sent",
        fate: expect.stringMatching(/^Sent on .*10:01.*, in a gathered email\.$/),
      },
    ]);
    // The next focal point hears if no one takes it: that waits, and then lapses with its reason.
    const assigned = async () => {
      const { timeline } = await office.services.cases.page({ reference, actor: first, now: minutes(62) });
      return (timeline.find(({ letters: some }) => some !== undefined)?.letters ?? []).map(({ fate }) => fate.en);
    };
    expect(await assigned()).toContainEqual(expect.stringMatching(/unless an official takes the case first\.$/));
    await office.act(reference, first, "take", {}, minutes(70));
    await gather(minutes(25 * 60));
    expect(await assigned()).toContain("Not sent. An official took the case before the email was due.");
  });

  it("name a confidential case by its reference alone", async () => {
    await onDuty(0);
    const [secret, open] = [
      await office.receive({ subject: "Something grave" }),
      await office.receive({ subject: "A lamp" }),
    ];
    await office.asOwner("update cases set confidential = true where reference = $1", secret.reference);
    await gather(minutes(60));
    await deliver(minutes(60));
    const [letter] = toOfficials();
    expect(String(letter?.text)).toContain(secret.reference);
    expect(String(letter?.text)).toContain(open.reference);
    expect(`${letter?.text}${letter?.html}${letter?.subject}`).not.toContain("Something grave");
    // Nor does anybody read of it among the messages.
    const room = office.official("operation_room");
    const filter = { templates: ["official-gathered" as const] };
    expect(await office.services.mail.page({ actor: room, filter, offset: 0, limit: 9 })).toEqual([]);
    await office.asOwner("update cases set confidential = false where reference = $1", secret.reference);
    expect(await office.services.mail.page({ actor: room, filter, offset: 0, limit: 9 })).toHaveLength(1);
  });

  it("come anyway and at once where a rule marks them as mandatory", async () => {
    await settings({ officialLetters: "none" });
    const sent = await office.receive();
    for (let next = sundayNine; ; ) {
      const { next_due_at: due } = await office.caseRow(sent.reference);
      if (due === null || (due as Date).getTime() > sundayNine.getTime() + 3 * 86_400_000) break;
      next = due as Date;
      await office.services.deadlines.enforce({ now: next });
    }
    const [manager] = [office.official("entity_manager", "CSPD")];
    const left = await office.rows(
      "select template, receiver_user, state from messages where receiver_user is not null and case_id = $1",
      sent.caseId,
    );
    expect(left).toMatchObject([{ template: "official-escalated", receiver_user: manager.userId, state: "pending" }]);
    await deliver(new Date(sundayNine.getTime() + 3 * 86_400_000));
    expect(toOfficials().filter(({ text }) => text?.includes(sent.reference))).toHaveLength(1);
  });

  it("are nothing for a case that was taken meanwhile", async () => {
    const first = await onDuty(0);
    const sent = await office.receive();
    await office.act(sent.reference, first, "take", {}, minutes(5));
    await gather(new Date(sundayNine.getTime() + 3 * 86_400_000));
    expect(await states()).toEqual(["lapsed 2"]);
  });

  it("come of a case that nobody took, though the operation room made it more important", async () => {
    await onDuty(1);
    const sent = await office.receive();
    const change = { importance: "critical", reason: "Many people wait" };
    await office.act(sent.reference, office.official("operation_room"), "reclassify", change, minutes(5));
    await gather(minutes(60));
    expect(await states()).toEqual(["gathering 1", "pending 1"]);
  });

  it("tell one focal point after the other while nobody takes the case, each once", async () => {
    await onDuty(1);
    const focalPoints = [0, 1, 2, 3, 4].map((n) => office.official("focal_point", "CSPD", n).userId);
    await office.receive();
    const told: number[] = [];
    for (let day = 0; day < 14; day++) {
      const at = new Date(sundayNine.getTime() + day * 86_400_000 + 6 * 3_600_000);
      await gather(at);
    }
    for (const { receiver_user } of await office.rows(
      "select receiver_user from messages where template = 'official-assigned' and state = 'pending' order by id",
    )) {
      told.push(receiver_user as number);
    }
    expect(told[0]).toBe(focalPoints[1]);
    expect([...told].sort()).toEqual([...focalPoints].sort());
    expect((await states()).filter((state) => state.startsWith("gathering"))).toEqual([]);
  });

  it("go to the holder of the position by then", async () => {
    const first = await onDuty(0);
    await office.receive();
    const { code } = await seatRow(first);
    const by = { kind: "system", job: "test" } as const;
    const invited = await office.services.accounts.invite({
      email: "successor@example.jo",
      name: "Successor",
      language: "en",
      programme,
      by,
      now: minutes(1),
    });
    const room = office.official("operation_room");
    const at = minutes(30);
    await office.services.people.handOver({
      programme,
      seat: code,
      to: "successor@example.jo",
      reason: "Moved",
      at,
      by: room,
      now: at,
    });
    await gather(minutes(60));
    expect(
      await office.rows(
        "select receiver_user, state from messages where template = 'official-assigned' and state <> 'gathering' order by id",
      ),
    ).toEqual([
      { receiver_user: first.userId, state: "lapsed" },
      { receiver_user: invited.userId, state: "pending" },
    ]);
    // Back as it was, for the other tests.
    const back = { programme, seat: code, to: await emailOf(first), reason: "Back" };
    await office.services.people.handOver({ ...back, at: minutes(90), by: room, now: minutes(90) });
  });

  it("are sent once by two instances, and neither lost nor sent twice by one that dies in the middle", async () => {
    // Whose position nobody else has held at any time above.
    await onDuty(1);
    await office.receive();
    await office.receive();
    await office.asOwner(
      "create function die() returns trigger language plpgsql as 'begin raise exception ''killed''; end'",
    );
    await office.asOwner(
      "create trigger die before update on messages for each row when (new.state = 'gathered') execute function die()",
    );
    await gather(minutes(60)).catch(() => undefined);
    await office.asOwner("drop trigger die on messages");
    await office.asOwner("drop function die");
    expect(await states()).toEqual(["gathering 4"]);
    const other = office.instance();
    await Promise.all([gather(minutes(60)), gather(minutes(60), other)]);
    await gather(minutes(61));
    expect(await states()).toEqual(["gathered 2", "gathering 2", "pending 1"]);
    await deliver(minutes(61));
    await deliver(minutes(62));
    expect(toOfficials()).toHaveLength(1);
  });
});

describe("letters that cannot be put together", () => {
  it("keep nobody else's back: the run fails, and says so, when all others are told", async () => {
    const { userId } = await onDuty(1);
    await office.receive();
    await office.asOwner(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state, gather_at)
       values ('of-no-programme', 'a-former-one', 'official-news', $1, 'ar', '{}', $2, 'gathering', $2)`,
      userId,
      sundayNine.toISOString(),
    );
    expect((await problemOf(gather(minutes(60)))).code).toBe("not-found");
    expect(await states()).toEqual(["gathering 2", "pending 1"]);
  });
});

describe("the demo's own mailbox", () => {
  it("takes what waited for others too, at its moment; with a mail server it takes nothing, and without the demo there is none", async () => {
    await onDuty(1);
    const demo = office.instance({ smtpUrl: null, ownMailbox: true });
    const sent = async (of: typeof demo, at: Date) => {
      const received = await of.intake.receive({ input: complaint, key: office.key, idempotencyKey: null, now: at });
      return (
        await office.rows(
          "select state, sent_at from messages where receiver_case = (select id from cases where reference = $1)",
          received.reference,
        )
      )[0];
    };
    expect(await sent(demo, minutes(1))).toEqual({ state: "sent", sent_at: minutes(1) });
    await sent(demo, minutes(2));
    await gather(minutes(60), demo);
    const gathered = "select sent_at, message_id from messages where template = 'official-gathered'";
    expect(await office.rows(gathered)).toEqual([{ sent_at: minutes(60), message_id: null }]);
    const [room] = [office.official("operation_room")];
    const { checks } = await demo.operation.health({ actor: room, now: minutes(61) });
    expect(checks.find(({ id }) => id === "mail-server")?.words.en).toContain("This is a demo");
    // It reads as it would have left: with the link that confirms the address, masked for people of the office.
    const [{ id }] = (await office.rows(
      "select id::integer from messages where template = 'applicant-received' limit 1",
    )) as [{ id: number }];
    expect((await demo.mail.show({ id, actor: { kind: "system", job: "test" } })).rendered.text).toContain("/t/****");
    expect(await sent(office.instance({ ownMailbox: true }), minutes(3))).toEqual({ state: "pending", sent_at: null });
    expect(await sent(office.instance({ smtpUrl: null }), minutes(4))).toEqual({ state: "kept", sent_at: null });
    expect(mailbox.letters).toEqual([]);
  });
});

describe("what cannot be written", () => {
  const owed = (key: string, to: Person, template: string, data: object, more = "pending") =>
    office.asOwner(
      `insert into messages (key, programme, template, receiver_user, language, data, created_at, state, next_attempt_at, gather_at, attempts)
       values ($1, 'jordan', $2, $3, 'en', $4::jsonb, $5, $6, case when $6 = 'pending' then $5::timestamptz end,
         case when $6 = 'gathering' then $5::timestamptz end, case when $6 = 'pending' then 9 else 0 end)`,
      ...[key, template, to.userId, JSON.stringify(data), sundayNine.toISOString(), more],
    );
  const room = () => office.rows("select count(*)::integer as n from messages where template = 'operation-room-alert'");

  it("of a gathered letter is a plain line: the rest reads, the fault is on the message, and the operation room hears once", async () => {
    const focal = office.official("focal_point", "CSPD");
    const [one, two] = [await office.receive(), await office.receive()];
    await office.asOwner("delete from messages");
    const line = ({ reference }: { reference: string }, happened: unknown) => ({
      ...{ reference, confidential: false, subject: `About ${reference}`, happened: [happened] },
    });
    const lines = [line(one, null), line(two, { template: "official-given" })];
    const data = { way: "hourly", count: 2, lines };
    await owed("gathered/1", focal, "official-gathered", data);
    await deliver(sundayNine);
    const [letter] = toOfficials();
    expect(letter?.text).toContain("Open the case to read it.");
    expect(letter?.text).toContain(`records/${one.reference}/show`);
    expect(letter?.text).toContain(`About ${two.reference}`);
    const [row] = await office.rows("select id, state, wording_fault from messages where key = 'gathered/1'");
    expect(row).toMatchObject({ state: "sent", wording_fault: expect.stringMatching(/^line: /) });
    const [{ n } = {}] = await room();
    expect(n).toBeGreaterThan(0);
    await owed("gathered/2", focal, "official-gathered", data);
    await deliver(minutes(1));
    expect(await room()).toEqual([{ n }]);
    expect((await office.rows("select state from messages where key = 'gathered/2'"))[0]?.state).toBe("sent");
  });

  it("of a letter fails after its tries, is shown in Messages and counted on the health page and the room's home", async () => {
    await owed("bad", office.official("focal_point", "CSPD"), "digest-focal-point", {});
    await deliver(sundayNine);
    const [row] = await office.rows("select id, state, last_error from messages where key = 'bad'");
    expect(row).toMatchObject({ state: "failed", last_error: expect.stringContaining("cannot be rendered") });
    const actor = office.official("operation_room");
    const listed = await office.services.mail.page({ actor, filter: { states: ["failed"] }, offset: 0, limit: 9 });
    expect(listed.map(({ id }) => Number(id))).toEqual([Number(row?.id)]);
    const { checks } = await office.services.operation.health({ actor, now: minutes(1) });
    expect(checks.find(({ id }) => id === "messages")).toMatchObject({ state: "near" });
  });

  it("of what waits holds nothing else of its receiver, and is given up after a day", async () => {
    const focal = await onDuty(1);
    await office.receive();
    const bad = { groups: [{ name: "late", count: 1, cases: [null] }] };
    await owed("bad-list", focal, "digest-focal-point", bad, "gathering");
    await gather(minutes(60)).catch(() => undefined);
    const state = async () => (await office.rows("select state from messages where key = 'bad-list'"))[0]?.state;
    expect(await state()).toBe("gathering");
    expect(await states()).toContain("pending 1");
    await gather(minutes(60 * 25)).catch(() => undefined);
    expect(await state()).toBe("failed");
  });
});

/** As the job does that looks for what is due, with no moment dealt with before. */
async function sendDigests(at: Date): Promise<void> {
  await office.asOwner("delete from digest_runs");
  await office.services.jobs.run("send-digests", at);
}

describe("the morning's digest", () => {
  it("is for positions that hear once a day or at once, not for those that hear each hour or never", async () => {
    await office.receive();
    const daily = office.official("focal_point", "CSPD", 2);
    const { id } = await seatRow(daily);
    await office.asOwner("update seats set letters = 'daily' where id = $1", id);
    const thursday = new Date("2026-12-10T05:00:00Z");
    await sendDigests(thursday);
    const told = await office.rows("select receiver_user from messages where template = 'digest-focal-point'");
    expect(told).toEqual([{ receiver_user: daily.userId }]);
  });

  it("is one letter with what waited for the same morning, where a position hears once a day", async () => {
    await settings({ officialLetters: "daily" });
    const focal = await onDuty(0);
    // Before those of the tests above: a letter names the latest ones.
    const late = await office.receive({ subject: "A bill that is too high" }, new Date(sundayNine.getTime() - 60_000));
    const newest = new Date("2026-12-09T13:30:00Z");
    const waiting = await office.receive({ subject: "A lamp that is out" }, newest);
    await office.asOwner(
      "delete from messages where receiver_user is not null and case_id = (select id from cases where reference = $1)",
      late.reference,
    );
    // Thursday 8:00 in Amman; work begins at 8:30.
    await sendDigests(new Date("2026-12-10T05:00:00Z"));
    const own = async () =>
      (
        await office.rows("select template, state from messages where receiver_user = $1 order by id", focal.userId)
      ).map(({ template, state }) => `${template} ${state}`);
    expect(await own()).toEqual(["official-assigned gathering", "digest-focal-point gathering"]);
    await gather(new Date("2026-12-10T05:29:00Z"));
    expect(await own()).toEqual(["official-assigned gathering", "digest-focal-point gathering"]);
    const morning = new Date("2026-12-10T05:30:00Z");
    await Promise.all([gather(morning), gather(morning)]);
    expect(await own()).toEqual([
      "official-assigned gathered",
      "digest-focal-point gathered",
      "digest-focal-point pending",
    ]);
    await deliver(morning);
    const address = await emailOf(focal);
    const letters = mailbox.letters.filter(({ to }) => JSON.stringify(to).includes(address));
    expect(letters).toHaveLength(1);
    for (const text of [String(letters[0]?.html), String(letters[0]?.text)]) {
      for (const said of [late.reference, waiting.reference, "A bill that is too high", "A lamp that is out"]) {
        expect(text).toContain(said);
      }
    }
    // Once more it adds nothing.
    await sendDigests(new Date("2026-12-10T05:00:00Z"));
    await gather(morning);
    expect(await own()).toHaveLength(3);
  });

  it.each([
    ["by itself", "Who took the money", []],
    ["with what else waits", "Who took the keys", [{ subject: "A lamp that is out" }]],
  ])(
    "that leaves %s names a case that became confidential meanwhile by its reference alone",
    async (_how, subject, more) => {
      await settings({ officialLetters: "daily" });
      const focal = await onDuty(0);
      const secret = await office.receive({ subject }, new Date(sundayNine.getTime() - 120_000));
      await office.asOwner("delete from messages where receiver_user is not null");
      for (const input of more) await office.receive(input, new Date("2026-12-09T13:30:00Z"));
      await sendDigests(new Date("2026-12-10T05:00:00Z"));
      await office.asOwner("update cases set confidential = true where reference = $1", secret.reference);
      const morning = new Date("2026-12-10T05:30:00Z");
      await gather(morning);
      await deliver(morning);
      const address = await emailOf(focal);
      const [letter, ...others] = mailbox.letters.filter(({ to }) => JSON.stringify(to).includes(address));
      expect(others).toEqual([]);
      expect(String(letter?.text)).toContain(secret.reference);
      for (const text of [letter?.html, letter?.text]) expect(String(text)).not.toContain(subject);
      await office.asOwner("update cases set confidential = false where reference = $1", secret.reference);
    },
  );

  it.each([
    ["daily", "waits"],
    ["atOnce", "is on its way"],
  ])("(%s) that %s does not name a case that was taken back after it was written", async (way) => {
    await settings({ officialLetters: way });
    const at = (time: string) => new Date(`2026-12-10T${time}:00Z`);
    // Before those of the tests above.
    const before = minutes(-10);
    const [mine, sent] = [
      await office.receive({ subject: "A lamp of ours" }, before),
      await office.receive({ subject: "Sent by mistake", entity: "JFDA", sector: "HEALTH" }, before),
    ];
    const manager = office.official("entity_manager", "JFDA");
    const fields = { entity: "CSPD", reason: "Theirs" };
    const done = await office.act(sent.reference, manager, "transfer", fields, at("04:58"));
    const focal = await onDuty(0);
    await office.asOwner("delete from messages where receiver_user is not null");
    await sendDigests(at("05:00"));
    const lists = "select data from messages where template = 'digest-focal-point' and receiver_user = $1";
    expect(JSON.stringify(await office.rows(lists, focal.userId))).toContain(sent.reference);
    const seq = done.takeBack?.seq as number;
    await office.services.cases.takeBack({ reference: sent.reference, seq, actor: manager, now: at("05:02") });
    await gather(at("05:30"));
    await deliver(at("05:30"));
    const address = await emailOf(focal);
    const [letter, ...others] = mailbox.letters.filter(({ to }) => JSON.stringify(to).includes(address));
    expect(others).toEqual([]);
    expect(String(letter?.text)).toContain(mine.reference);
    for (const text of [letter?.html, letter?.text]) expect(String(text)).not.toContain(sent.reference);
  });

  it("leaves by itself in the morning where nothing else waits, and never for a position that switched letters off since", async () => {
    await settings({ officialLetters: "daily" });
    const [focal, other] = [office.official("focal_point", "CSPD", 0), office.official("focal_point", "CSPD", 1)];
    await office.receive();
    await office.asOwner("delete from messages where receiver_user is not null");
    await sendDigests(new Date("2026-12-10T05:00:00Z"));
    const { id } = await seatRow(other);
    await office.asOwner("update seats set letters = 'none' where id = $1", id);
    await gather(new Date("2026-12-10T05:30:00Z"));
    const stateOf = async ({ userId }: Person) =>
      (await office.rows("select state from messages where receiver_user = $1", userId)).map(({ state }) => state);
    expect([await stateOf(focal), await stateOf(other)]).toEqual([["pending"], ["lapsed"]]);
  });
});

describe("the choice of a position", () => {
  const letters = () => office.services.seatLetters;
  it("is its holder's, on record, and seen by the next one; nobody else's", async () => {
    const holder = office.official("focal_point", "CSPD", 0);
    const stranger = office.official("focal_point", "CSPD", 1);
    const { code: seat } = await seatRow(holder);
    const choose = (actor: Person, way: string | null, before: string | null) =>
      letters().choose({ programme, seat, way, before, actor, now: minutes(100) });
    expect((await problemOf(choose(stranger, "none", null))).code).toBe("not-found");
    expect((await problemOf(choose(office.official("operation_room"), "none", null))).code).toBe("not-found");
    expect((await problemOf(choose(holder, "weekly", null))).faults.map(({ field }) => field)).toEqual(["/way"]);
    await choose(holder, "daily", null);
    expect(await letters().of({ actor: holder, now: minutes(101) })).toMatchObject([
      { seat, way: "daily", usual: "hourly", by: holder.name, at: minutes(100) },
    ]);
    expect((await problemOf(choose(holder, "none", null))).code).toBe("conflict");
    expect((await letters().of({ actor: stranger, now: minutes(101) })).map(({ way }) => way)).toEqual([null]);
    const [event] = await office.rows(
      "select data from audit_events where type = 'seat.letters-chosen' order by seq desc limit 1",
    );
    expect(JSON.parse(String(event?.data))).toMatchObject({ seat, from: null, to: "daily" });
  });
});

describe("the rota", () => {
  const rota = () => office.services.dutyRota;
  const days = { programme, entity: "CSPD", from: "2026-11-22", to: "2026-11-26" };
  it("is written by who runs the entity and by the operation room, read by its focal points, and nobody else's", async () => {
    const seat = (await seatRow(office.official("focal_point", "CSPD", 2))).code;
    const manager = office.official("entity_manager", "CSPD");
    const focal = office.official("focal_point", "CSPD", 0);
    const now = minutes(100);
    const add = (actor: Person, more: object = {}) => rota().add({ ...days, seat, actor, now, ...more });
    expect((await problemOf(add(focal))).code).toBe("forbidden");
    expect((await problemOf(add(office.official("entity_manager", "MOH")))).code).toBe("not-found");
    expect((await problemOf(rota().of({ ...days, actor: office.official("focal_point", "MOH"), now }))).code).toBe(
      "not-found",
    );
    const faults = async (more: object) => (await problemOf(add(manager, more))).faults.map(({ field }) => field);
    expect(await faults({ seat: "FOCAL-MOH-1" })).toEqual(["/seat"]);
    expect(await faults({ from: "2026-13-01", to: "" })).toEqual(["/from", "/to"]);
    expect(await faults({ to: "2026-11-21" })).toEqual(["/to"]);
    expect(await faults({ from: "2026-11-01", to: "2026-11-02" })).toEqual(["/to"]);
    expect(await faults({ to: "2029-01-01" })).toEqual(["/to"]);
    await add(manager);
    await add(office.official("operation_room"), { from: "2026-12-01", to: "2026-12-02" });
    const seen = await rota().of({ ...days, actor: focal, now });
    expect(seen).toMatchObject({
      mayEdit: false,
      lines: [{ seat, from: "2026-11-22", to: "2026-11-26", now: true }, { now: false }],
    });
    const [line] = seen.lines;
    const remove = (actor: Person, entity = "CSPD") =>
      rota().remove({ programme, entity, id: line?.id ?? 0, actor, now });
    expect((await problemOf(remove(focal))).code).toBe("forbidden");
    await remove(office.official("entity_manager", "MOH"), "MOH");
    expect((await rota().of({ ...days, actor: focal, now })).lines).toHaveLength(2);
    await remove(manager);
    await remove(manager);
    expect((await rota().of({ ...days, actor: focal, now })).lines).toHaveLength(1);
  });
});
