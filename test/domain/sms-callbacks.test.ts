/** How callbacks of gateways show where they come from, and what they say, in the shapes that real ones have. */
import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import {
  type CallbackChecks,
  type CallbackContent,
  coversContent,
  isSigned,
  ownSignature,
  readCallbackChecks,
  refusedAtOnce,
  signCallback,
} from "../../src/platform/sms/callback-checks.js";
import { nameAt, readCallback, saysOneOf } from "../../src/platform/sms/gateway-template.js";
import { momentSaid } from "../../src/platform/sms/moment-said.js";

const now = new Date("2026-11-29T09:00:00Z");
const secret = "a secret of thirty-two characters";
const checksOf = (given: object): CallbackChecks => {
  const read = readCallbackChecks(JSON.stringify(given));
  if (read.at !== undefined) throw new Error(read.at);
  return read.checks;
};
const headersOf =
  (headers: Readonly<Record<string, string>>) =>
  (name: string): string | undefined =>
    headers[name.toLowerCase()];
const content = (body: string, address = "https://diwan.example.jo/sms/reports"): CallbackContent => ({
  body: Buffer.from(body),
  address,
});

describe("what the operator says", () => {
  it.each([
    ["", "/"],
    ["{}", "/"],
    ['{"token":"x"}', "/"],
    ['{"path":"short"}', "/path"],
    ['{"path":"sixteen/characters"}', "/path"],
    ['{"basic":{"user":"a:b","password":"sixteen characters"}}', "/basic/user"],
    ['{"basic":{"user":"gateway","password":"short"}}', "/basic/password"],
    ['{"addresses":["203.0.113.0/33"]}', "/addresses/0"],
    ['{"addresses":[]}', "/addresses"],
    ['{"hmac":{"secret":"sixteen characters"}}', "/hmac/header"],
    ['{"hmac":{"secret":"sixteen characters","header":"x-s","algorithm":"md5"}}', "/hmac/algorithm"],
    ['{"hmac":{"secret":"sixteen characters","header":"x-s","of":"{time}{body}"}}', "/hmac/of"],
    ['{"hmac":{"secret":"sixteen characters","header":"x-s","time":"x-t","of":"{body}"}}', "/hmac/of"],
    ['{"hmac":{"secret":"sixteen characters","header":"x-s","of":"nothing"}}', "/hmac/of"],
  ])("%s is at fault at %s", (text, at) => {
    expect(readCallbackChecks(text)).toEqual({ at });
  });
  it("has a signature of what is read", () => {
    const signing = (of?: string) => checksOf({ hmac: { secret, header: "x-s", ...(of && { of }) } });
    const covered = (checks: CallbackChecks) =>
      (["json", "form", "query"] as const).filter((as) => coversContent(checks, as));
    expect(covered(signing())).toEqual(["json", "form"]);
    expect(covered(signing("{address}{fields}"))).toEqual(["form", "query"]);
    expect(covered(signing("{query}"))).toEqual(["query"]);
    expect(covered(checksOf({ path: "a-path-of-sixteen" }))).toEqual(["json", "form", "query"]);
  });
});

describe("before the body is read", () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  const all = checksOf({
    path: "a-path-of-sixteen",
    basic: { user: "gateway", password: "sixteen characters" },
    addresses: ["203.0.113.0/24", "2001:db8::/32", "198.51.100.7"],
  });
  const good = { path: "a-path-of-sixteen", from: "203.0.113.9", headers: basic("gateway:sixteen characters") };
  it.each([
    [{}, null],
    [{ from: "::ffff:203.0.113.9" }, null],
    [{ from: "2001:db8:5::1" }, null],
    [{ from: "198.51.100.7" }, null],
    [{ from: "198.51.100.8" }, "forbidden"],
    [{ from: "" }, "forbidden"],
    [{ path: undefined }, "unauthenticated"],
    [{ path: "a-path-of-sixteeN" }, "unauthenticated"],
    [{ headers: {} }, "unauthenticated"],
    [{ headers: basic("gateway:sixteen character") }, "unauthenticated"],
    [{ headers: basic("other:sixteen characters") }, "unauthenticated"],
    [{ headers: { authorization: "Bearer sixteen characters" } }, "unauthenticated"],
  ])("all that is asked for is there, but for %p: %p", (over, refusal) => {
    const { headers, ...request } = { ...good, ...over };
    expect(refusedAtOnce(all, { ...request, header: headersOf(headers) })).toBe(refusal);
  });
  it("a path is no part of an address that has none", () => {
    const request = { from: "203.0.113.9", header: headersOf({}) };
    expect(refusedAtOnce(ownSignature(secret), { ...request, path: undefined })).toBeNull();
    expect(refusedAtOnce(ownSignature(secret), { ...request, path: "something" })).toBe("unauthenticated");
  });
});

describe("a signature", () => {
  const body = '{"id":"x","status":"delivered"}';
  const holds = (
    checks: CallbackChecks,
    headers: Readonly<Record<string, string>>,
    over: Partial<CallbackContent> = {},
    at = now,
  ) => isSigned(checks, { header: headersOf(headers) }, { ...content(body), ...over }, at);
  it("of ours is believed for five minutes, as it was signed", () => {
    const own = ownSignature(secret);
    const signed = signCallback(own, content(body), now);
    const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    expect([0, 299, 301, -301].map((s) => holds(own, signed, {}, later(s)))).toEqual([true, true, false, false]);
    expect(holds(own, signed, { body: Buffer.from("{}") })).toBe(false);
    expect(holds(own, { ...signed, "x-diwan-time": "1795942801" })).toBe(false);
    expect(holds(own, { ...signed, "x-diwan-signature": "00".repeat(32) })).toBe(false);
    expect(holds(own, {})).toBe(false);
    expect(holds(ownSignature("another secret of thirty-two chars"), signed)).toBe(false);
  });
  it("has the algorithm, the coding and the prefix that a gateway has", () => {
    const mac = (algorithm: string, encoding: "hex" | "base64", of = body) =>
      createHmac(algorithm, secret).update(of).digest(encoding);
    const hub = checksOf({ hmac: { secret, header: "X-Hub-Signature", prefix: "sha256=" } });
    expect(holds(hub, { "x-hub-signature": `sha256=${mac("sha256", "hex")}` })).toBe(true);
    expect(holds(hub, { "x-hub-signature": `sha256=${mac("sha256", "hex").toUpperCase()}` })).toBe(true);
    expect(holds(hub, { "x-hub-signature": mac("sha256", "hex") })).toBe(false);
    expect(holds(hub, { "x-hub-signature": "sha256=" })).toBe(false);
    const coded = checksOf({ hmac: { secret, header: "x-sign", algorithm: "sha1", encoding: "base64" } });
    expect(holds(coded, { "x-sign": mac("sha1", "base64") })).toBe(true);
    expect(holds(coded, { "x-sign": mac("sha1", "base64").toLowerCase() })).toBe(false);
    const versioned = checksOf({ hmac: { secret, header: "x-sign", time: "x-time", of: "v0:{time}:{body}" } });
    const time = now.toISOString();
    expect(holds(versioned, { "x-time": time, "x-sign": mac("sha256", "hex", `v0:${time}:${body}`) })).toBe(true);
  });
  it("is Twilio's: the address and the fields of the form by their names", () => {
    // The example of Twilio's own documentation ("Validating requests").
    const twilio = checksOf({
      hmac: {
        ...{ secret: "12345".padEnd(16, "\0"), header: "x-twilio-signature", algorithm: "sha1", encoding: "base64" },
        of: "{address}{fields}",
      },
    });
    const address = "https://example.com/myapp.php?foo=1&bar=2";
    const form = "Digits=1234&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310&CallSid=CA1234567890ABCDE";
    // A key of HMAC is filled up with zeros: the short one of the example is the same as with some more.
    expect(holds(twilio, { "x-twilio-signature": "L/OH5YylLD5NRKLltdqwSvS0BnU=" }, content(form, address))).toBe(true);
    expect(
      holds(twilio, { "x-twilio-signature": "L/OH5YylLD5NRKLltdqwSvS0BnU=" }, content(`${form}&a=b`, address)),
    ).toBe(false);
  });
  it("of a query is of what was asked", () => {
    const query = checksOf({ hmac: { secret, header: "x-sign", of: "{query}" } });
    const sign = createHmac("sha256", secret).update("id=1&status=2").digest("hex");
    expect(holds(query, { "x-sign": sign }, content("", "https://diwan.example.jo/sms/reports?id=1&status=2"))).toBe(
      true,
    );
    expect(holds(query, { "x-sign": sign }, content("", "https://diwan.example.jo/sms/reports?id=1&status=3"))).toBe(
      false,
    );
  });
});

describe("what is in one", () => {
  const names = (entries: readonly unknown[] | null, ...at: string[]) =>
    entries?.map((entry) => at.map((one) => nameAt(entry, one)));
  it("is a list, at a place or as a whole, a form or a query", () => {
    const infobip =
      '{"results":[{"messageId":"a","status":{"groupName":"DELIVERED"}},{"messageId":7,"status":{"groupName":"REJECTED"}}]}';
    expect(
      names(readCallback({ as: "json", each: "/results" }, content(infobip)), "/messageId", "/status/groupName"),
    ).toEqual([
      ["a", "DELIVERED"],
      ["7", "REJECTED"],
    ]);
    expect(names(readCallback({ as: "json", each: "" }, content('[{"id":1},{"id":2}]')), "/id")).toEqual([
      ["1"],
      ["2"],
    ]);
    expect(names(readCallback({ as: "form" }, content("From=%2B16175550123&Body=STOP+")), "/From", "/Body")).toEqual([
      ["+16175550123", "STOP "],
    ]);
    expect(
      names(readCallback({ as: "query" }, content("", "https://d.jo/sms/reports?id=5&dlr=1")), "/id", "/dlr"),
    ).toEqual([["5", "1"]]);
  });
  it("is nothing where it is something else", () => {
    expect(readCallback({ as: "json" }, content("id=1"))).toBeNull();
    expect(readCallback({ as: "json", each: "/results" }, content('{"results":{}}'))).toBeNull();
    expect(names(readCallback({ as: "json" }, content("[]")), "/id")).toEqual([[null]]);
    expect(nameAt({ id: "" }, "/id")).toBeNull();
    expect(names(readCallback({ as: "query" }, content("", "https://d.jo/?__proto__=1")), "/toString")).toEqual([
      [null],
    ]);
  });
  it("is the same status as a number and as a text", () => {
    expect(saysOneOf({ s: "1" }, "/s", [1])).toBe(true);
    expect(saysOneOf({ s: 1 }, "/s", ["1"])).toBe(true);
    expect(saysOneOf({ s: "01" }, "/s", [1])).toBe(false);
    expect(saysOneOf({}, "/s", ["delivered"])).toBe(false);
  });
  it.each([
    ["1795942800", "2026-11-29T09:00:00.000Z"],
    [1795942800000, "2026-11-29T09:00:00.000Z"],
    ["2026-11-29T12:00:00.000+0300", "2026-11-29T09:00:00.000Z"],
    ["2026-11-29T09:00:00Z", "2026-11-29T09:00:00.000Z"],
    ["29/11/2026 12:00", undefined],
    [undefined, undefined],
  ])("%p is the moment %p", (said, moment) => {
    expect(momentSaid(said)?.toISOString()).toBe(moment);
  });
});
