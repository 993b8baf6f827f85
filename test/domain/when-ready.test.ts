/** What takes long to count does not keep anybody waiting, and is not lost. */
import { describe, expect, it } from "@jest/globals";
import { whenReady } from "../../src/features/home/home-parts.js";

describe("what is waited for no longer than so", () => {
  it("is given when it is there in time, null when not", async () => {
    expect(await whenReady(Promise.resolve(7), 1000)).toBe(7);
    let count: (value: number) => void = () => undefined;
    const counting = new Promise<number>((resolve) => {
      count = resolve;
    });
    expect(await whenReady(counting, 5)).toBeNull();
    count(8);
    expect(await whenReady(counting, 1000)).toBe(8);
  });

  it("fails as it fails, and a failure that comes later ends nothing", async () => {
    await expect(whenReady(Promise.reject(new Error("away")), 1000)).rejects.toThrow("away");
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), 300));
    expect(await whenReady(late, 1)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 400));
  });
});
