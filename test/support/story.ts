/** Tests that are one story: where a step fails, those after it are not tried, and say so at once instead of each waiting in vain. */
import { it } from "@jest/globals";

export function story(): (name: string, step: () => Promise<void> | void) => void {
  let brokenAt: string | null = null;
  return (name, step) =>
    it(name, async () => {
      if (brokenAt !== null) throw new Error(`not tried: the story ended at “${brokenAt}”`);
      brokenAt = name;
      await step();
      brokenAt = null;
    });
}
