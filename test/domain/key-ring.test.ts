import { describe, expect, it } from "@jest/globals";
import { derivedKey, type KeyRing, keyLabelled, keyRing, readKeyRing } from "../../src/engine/text/key-ring.js";

const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(32)) as [string, string, string];
const shown = (ring: KeyRing) => ring.map(({ id, secret }) => [id, secret]);
const faultOf = (text: string) => {
  const read = readKeyRing(text);
  return "fault" in read ? read.fault.en : null;
};

describe("a variable with keys", () => {
  it.each([
    ["one secret as it always was", a, [[null, a]]],
    ["words with blanks and a comma", "a secret for measuring only, nobody signs in", undefined],
    ["a secret of base64", "q+/0123456789abcdefghijklmnopqrstuvwxyzABCD=", undefined],
    ["one with an id", `2027:${a}`, [["2027", a]]],
    [
      "several with commas",
      `new:${a},old:${b}`,
      [
        ["new", a],
        ["old", b],
      ],
    ],
    [
      "several with blanks after commas",
      `new:${a}, old:${b}`,
      [
        ["new", a],
        ["old", b],
      ],
    ],
    [
      "several on lines",
      `2027-01:${a}\n2026_12:${b}\r\nx.1:${c}\n`,
      [
        ["2027-01", a],
        ["2026_12", b],
        ["x.1", c],
      ],
    ],
    ["a secret with a colon of its own, behind its id", `old:${a}:${b}`, [["old", `${a}:${b}`]]],
  ] as const)("%s", (_what, text, expected) => {
    expect(shown(keyRing(text))).toEqual(expected ?? [[null, text]]);
  });

  it.each([
    ["short", "32 characters"],
    ["2027:short", "32 characters"],
    [`2027:${a},old:short`, "key number 2 must have 32 characters"],
    [`2027:${a},${b}`, "number 2 has no id"],
    [`${a} ${b}`, "number 1 has no id"],
    [`2027:${a},o$ld:${b}`, "number 2 has no id"],
    [`${"i".repeat(33)}:${a},old:${b}`, "number 1 has no id"],
    [`x:${a},x:${b}`, "keys number 1 and 2 have the same id"],
    [`x:${a},y:${b},z:${a}`, "keys number 1 and 3 are the same secret"],
    [",".repeat(40), "32 characters"],
  ])("%j is refused by its place, and nothing of it is repeated", (text, reason) => {
    const fault = faultOf(text);
    expect(fault).toContain(reason);
    for (const part of [a, b, "short", "o$ld", "iii"]) expect(fault).not.toContain(part);
    expect(() => keyRing(text)).toThrow(reason);
  });
});

describe("a key's label", () => {
  it("tells keys apart, and is found whatever the id is by now", () => {
    const [alone] = keyRing(a);
    expect(alone.label).toMatch(/^#[0-9a-f]{8}$/);
    const ring = keyRing(`new:${b},old:${a}`);
    expect(ring[1]?.label).toBe(`old${alone.label}`);
    expect(keyLabelled(ring, alone.label)).toBe(ring[1]);
    // An id that was given to another secret is another key.
    expect(keyLabelled(keyRing(`old:${c}`), `old${alone.label}`)).toBeNull();
  });

  it("and keys for different purposes have nothing in common", () => {
    const [key] = keyRing(a);
    expect(derivedKey(key, "x").equals(derivedKey(key, "y"))).toBe(false);
    expect(derivedKey(key, "x")).toHaveLength(32);
  });
});
