/** The line of heavy work: bounded, and nobody stands in it for others. */
import { describe, expect, it } from "@jest/globals";
import { fairLine, type LineBounds } from "../../src/platform/files/fair-line.js";

const bounds = { atOnce: 2, maxWaiting: 6, maxOfOwner: 4 };
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A line with pieces of work that end when they are told to. */
function open(more: Partial<LineBounds> = {}) {
  const line = fairLine({ ...bounds, ...more }, () => new Error("full"));
  const begun: string[] = [];
  const ends = new Map<string, (fail?: boolean) => void>();
  const enter = (owner: string, name: string, signal?: AbortSignal) =>
    line(
      owner,
      () => {
        begun.push(name);
        return new Promise<string>((resolve, reject) => {
          ends.set(name, (fail = false) => (fail ? reject(new Error("failed")) : resolve(name)));
        });
      },
      signal,
    );
  const end = async (name: string, fail = false) => {
    ends.get(name)?.(fail);
    await settle();
  };
  return { enter, begun, end };
}

describe("a fair line", () => {
  it("lets in so many at once, and whoever waits longest next", async () => {
    const { enter, begun, end } = open();
    const all = ["a", "b", "c", "d"].map((owner) => enter(owner, owner));
    await settle();
    expect(begun).toEqual(["a", "b"]);
    await end("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await end("a");
    await end("c");
    await end("d");
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  });

  it("gives one place to an owner while others wait, and both when nobody does", async () => {
    const { enter, begun, end } = open();
    const all = [enter("many", "m1"), enter("many", "m2"), enter("many", "m3"), enter("many", "m4"), enter("one", "o")];
    await settle();
    expect(begun).toEqual(["m1", "m2"]);
    await end("m1");
    expect(begun).toEqual(["m1", "m2", "o"]);
    await end("o");
    expect(begun).toEqual(["m1", "m2", "o", "m3"]);
    for (const name of ["m2", "m3", "m4"]) await end(name);
    await Promise.all(all);
  });

  it("says at once that it is full, to one who fills it and to everybody", async () => {
    const { enter, end } = open();
    const all = Array.from({ length: 6 }, (_none, i) => enter("many", `m${i}`));
    await expect(enter("many", "m6")).rejects.toThrow("full");
    all.push(enter("a", "a1"), enter("b", "b1"));
    await expect(enter("c", "c1")).rejects.toThrow("full");
    for (let i = 0; i < 9; i += 1) for (const name of ["m0", "m1", "m2", "m3", "m4", "m5", "a1", "b1"]) await end(name);
    expect(await Promise.all(all)).toHaveLength(8);
    const later = enter("many", "m7");
    await settle();
    await end("m7");
    expect(await later).toBe("m7");
  });

  it("lets go of anybody who leaves it, and of nobody else", async () => {
    const { enter, begun, end } = open({ atOnce: 1 });
    const leaving = new AbortController();
    const first = enter("a", "a", leaving.signal);
    const second = enter("b", "b", leaving.signal);
    const third = enter("c", "c");
    await settle();
    leaving.abort(new Error("left"));
    await expect(second).rejects.toThrow("left");
    await expect(enter("b", "late", leaving.signal)).rejects.toThrow("left");
    // What runs heeds the signal itself; its place is free when it ended.
    expect(begun).toEqual(["a"]);
    await end("a");
    expect(begun).toEqual(["a", "c"]);
    await end("c");
    expect(await Promise.all([first, third])).toEqual(["a", "c"]);
  });

  it("goes on when a piece fails", async () => {
    const { enter, end } = open({ atOnce: 1 });
    const first = enter("a", "a");
    const second = enter("b", "b");
    await settle();
    const failed = expect(first).rejects.toThrow("failed");
    await end("a", true);
    await end("b");
    await failed;
    expect(await second).toBe("b");
  });

  it("lets others go before strangers, and strangers fill half of it at most", async () => {
    const { enter, begun, end } = open({ atOnce: 1, isStranger: (owner) => owner.startsWith("from") });
    const all = ["from 1", "from 2", "from 3", "from 4"].map((owner) => enter(owner, owner));
    await settle();
    await expect(enter("from 5", "from 5")).rejects.toThrow("full");
    all.push(enter("official", "official"));
    await end("from 1");
    expect(begun).toEqual(["from 1", "official"]);
    for (const name of ["official", "from 2", "from 3", "from 4"]) await end(name);
    await expect(Promise.all(all)).resolves.toHaveLength(5);
  });
});
