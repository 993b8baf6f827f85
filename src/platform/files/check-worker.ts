/** The thread in which files are looked into, one after the other: it is given jobs, and answers each. */
import "../messages/load-messages.js";
import { parentPort } from "node:worker_threads";
import { Problem } from "../../engine/text/problems.js";
import { type CheckJob, type DetectedType, runCheck } from "./run-check.js";

/** Of one job: what was found, why the file is refused, or what went wrong here. */
export type CheckAnswer =
  | { readonly found: DetectedType | null }
  | { readonly refused: Pick<Problem, "code" | "detail" | "faults"> }
  | { readonly failed: { readonly message: string; readonly code: string | undefined } };

async function answer(job: CheckJob): Promise<CheckAnswer> {
  try {
    return { found: await runCheck(job) };
  } catch (error) {
    if (error instanceof Problem) {
      const { code, detail, faults } = error;
      return { refused: { code, detail, faults } };
    }
    const { message, code } = error as NodeJS.ErrnoException;
    return { failed: { message, code } };
  }
}

parentPort?.on("message", async (job: CheckJob) => parentPort?.postMessage(await answer(job)));
