/** Canonical text: one text a value, whatever order its keys were given in; and a hash that everything goes into. */
import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { describeFault } from "../../src/engine/audit/audit-fault.js";
import { type ChainedEvent, canonicalText, chainHash, emptyHash } from "../../src/engine/audit/chain.js";
import { createSealMac, type SealEntry, type SealHeader } from "../../src/engine/audit/seal-mac.js";

const event: ChainedEvent = {
  chain: "case/7",
  seq: 3,
  at: new Date("2026-01-04T06:30:00.125Z"),
  type: "case.noted",
  actor: '{"kind":"applicant"}',
  data: '{"note":"…"}',
};

/** The same value with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

describe("canonicalText", () => {
  it("sorts keys, writes no spaces and moments as ISO strings", () => {
    expect(
      canonicalText({ b: [1, null, { z: true, a: "ن" }], a: new Date("2026-01-04T06:30:00Z"), c: undefined }),
    ).toBe('{"a":"2026-01-04T06:30:00.000Z","b":[1,null,{"a":"ن","z":true}]}');
    expect(canonicalText([undefined, null])).toBe("[null,null]");
  });

  it("is the same for every order of keys, and JSON that reads back", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalText(value);
        expect(canonicalText(reversed(value))).toBe(text);
        expect(canonicalText(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it("keeps that order, and every value, when names are changed so that they can be stored", () => {
    const text = canonicalText({ "\0": 0, "": null, "\u0001": 1 });
    expect(text).toBe('{"":null,"\\u0001":1,"\'":0}');
    expect(canonicalText(JSON.parse(text))).toBe(text);
    expect(canonicalText({ "b\0": 1, a: 2 })).toBe('{"a":2,"b":1}');
    expect(canonicalText({ "\0b": 1, a: 2 })).toBe('{"a":2,"b":1}');
  });

  it("keeps out what the database's JSON cannot hold, and refuses what JSON cannot say", () => {
    expect(canonicalText("a\0b\ud800c")).toBe('"ab\ufffdc"');
    expect(canonicalText("😀")).toBe('"😀"');
    const circle: unknown[] = [];
    circle.push(circle);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, circle, { a: Symbol("x") }])
      expect(() => canonicalText(wrong)).toThrow(TypeError);
    const twice = { a: 1 };
    expect(canonicalText([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });
});

describe("chainHash", () => {
  it("changes with everything that goes into it", () => {
    const variants: ChainedEvent[] = [
      event,
      { ...event, chain: "case/8" },
      { ...event, seq: 4 },
      { ...event, at: new Date("2026-01-04T06:30:00.126Z") },
      { ...event, type: "case.moved" },
      { ...event, actor: "{}" },
      { ...event, data: "{}" },
      // What moves from one part to the next must not read the same.
      { ...event, type: 'case.noted","x', actor: "" },
    ];
    const hashes = [...variants.map((v) => chainHash(emptyHash, v)), chainHash("f".repeat(64), event)];
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it("stays what it is: records of years ago must still verify", () => {
    expect(chainHash(emptyHash, event)).toBe("065192955794c96fe8f9d8142dc7e2586694cc85191700836261ef8117205753");
  });
});

describe("the seal's MAC", () => {
  const header = {
    number: 1,
    sealedAt: new Date("2026-01-05T00:10:00Z"),
    belowTx: "900",
    previousMac: "",
    chains: 1,
    events: 2,
    key: "2027#01234567",
  };
  const entry: SealEntry = { chain: "case/7", firstSeq: 1, lastSeq: 2, headHash: "ab", marks: Buffer.alloc(16, 1) };
  const mac = (key: string, h: SealHeader = header, entries = [entry]): string => {
    const sealing = createSealMac({ id: null, label: "", secret: key }, h);
    for (const one of entries) sealing.add(one);
    return sealing.digest();
  };

  it("changes with the key and with every part", () => {
    const macs = [
      mac("k"),
      mac("other"),
      mac("k", { ...header, number: 2 }),
      mac("k", { ...header, belowTx: "901" }),
      mac("k", { ...header, previousMac: "aa" }),
      mac("k", { ...header, key: "2028#01234567" }),
      mac("k", { ...header, key: null }),
      mac("k", { ...header, sealedAt: new Date("2026-01-06T00:10:00Z") }),
      mac("k", header, []),
      mac("k", header, [{ ...entry, lastSeq: 3 }]),
      mac("k", header, [{ ...entry, marks: Buffer.alloc(16, 2) }]),
      mac("k", header, [{ ...entry, headHash: "ac" }]),
      mac("k", header, [entry, { ...entry, chain: "case/8" }]),
    ];
    expect(new Set(macs).size).toBe(macs.length);
  });

  it("is what it was for seals of before they named their key", () => {
    const before =
      '{"belowTx":"900","chains":1,"events":2,"number":1,"previousMac":"","sealedAt":"2026-01-05T00:10:00.000Z"}';
    expect(mac("k", { ...header, key: null }, [])).toBe(createHmac("sha256", "k").update(before).digest("hex"));
  });
});

describe("describeFault", () => {
  it("names the row in both languages", () => {
    const said = describeFault({ chain: "case/7", seq: 3, what: "removed", reference: "123" });
    expect(said.en).toBe("Event 3 of case/7 (123) was removed.");
    expect(said.ar).toBe("حُذف الحدث رقم 3 من الطلب case/7 (123).");
  });
});

it("loses neither of two names that become one without their NUL", () => {
  expect(canonicalText({ "\u0000a": 1, a: 2 })).toBe(`{"a":1,"a'":2}`);
});
