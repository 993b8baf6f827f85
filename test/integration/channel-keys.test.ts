/** A key is remembered, and still a revoked one stores nothing more, in any instance. */
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { issueChannelKey, revokeChannelKey } from "../../src/features/people/channel-key-store.js";
import { complaint, openWorkingOffice, programme, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice();
});
afterAll(() => office.close());

const admin = { kind: "system", job: "test" } as const;
const issue = (n: number, channel = "web") =>
  issueChannelKey(office.db, {
    programme,
    channel,
    label: `key ${n}`,
    random: { bytes: (length) => Buffer.alloc(length, n) },
    by: admin,
    now: sundayNine,
  });

it("finds the channel of a key, and null for one that nobody holds", async () => {
  const { id, key } = await issue(1);
  const { intake } = office.services;
  expect(await intake.channelOfKey(key)).toEqual({ id, programme, channel: "web", purpose: "applications" });
  expect(await intake.channelOfKey(key)).toEqual({ id, programme, channel: "web", purpose: "applications" });
  expect(await intake.channelOfKey(`${key.slice(0, -1)}A`)).toBeNull();
});

it("a key that another instance revoked stores nothing, even where it is still remembered", async () => {
  const { id, key } = await issue(2);
  const other = office.instance();
  const remembered = await other.intake.channelOfKey(key);
  if (remembered === null) throw new Error("the key is good");
  await other.intake.receive({ input: complaint, key: remembered, idempotencyKey: null, now: sundayNine });
  const stored = (await office.rows("select count(*)::int as n from cases"))[0]?.n;

  await revokeChannelKey(office.db, { id, by: admin, now: sundayNine });
  // It has not heard of it yet: the write itself finds out.
  const again = await other.intake.channelOfKey(key);
  expect(again).toEqual(remembered);
  await expect(
    other.intake.receive({ input: complaint, key: remembered, idempotencyKey: null, now: sundayNine }),
  ).rejects.toMatchObject({
    code: "unauthenticated",
  });
  expect((await office.rows("select count(*)::int as n from cases"))[0]?.n).toBe(stored);
  // From then on it knows.
  expect(await other.intake.channelOfKey(key)).toBeNull();
});

it.each(["office", "import"])("a channel of the kind %s has no key: nothing comes by it from outside", async (kind) => {
  const channel = [...office.setup.channels.values()].find((one) => one.kind === kind)?.code ?? "";
  await expect(issue(9, channel)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field: "/channel" }] });
});
