/**
 * Files are looked into in threads of their own, so that one which is made to take long keeps nobody waiting who did not send
 * it. A thread takes one file at a time and is used again; one that takes too long, needs too much memory, or works for
 * somebody who left, is ended.
 */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { Problem } from "../../engine/text/problems.js";
import type { CheckAnswer } from "./check-worker.js";
import { takesTooLong } from "./refused-files.js";
import type { CheckJob, DetectedType } from "./run-check.js";

/**
 * For one file in a thread that is ready. What the bounds of the checks let through takes two seconds at most on one free core
 * of today, and what people send takes a tenth of that: a machine that is ten times slower or busier still takes it.
 */
const checkBudgetMs = 20_000;
/** Of what is no buffer; buffers have the bounds of the checks. */
const resourceLimits = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 };
/** A thread costs some fifteen megabytes, and to begin one a twentieth of a second. */
const idleMs = 30_000;

export interface CheckThreads {
  /** Problem invalid-input, also where the budget is spent; the signal's reason; errors of the disk. */
  run(job: CheckJob, signal?: AbortSignal): Promise<DetectedType | null>;
}

/** Node reads no TypeScript: where the sources run (tests, benchmarks), the thread's are put together first. */
function codeOfSources(): string {
  const bundler: { buildSync(options: object): { outputFiles: readonly { text: string }[] } } = createRequire(
    import.meta.url,
  )("esbuild");
  const entry = fileURLToPath(new URL("./check-worker.ts", import.meta.url));
  const built = bundler.buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    // Where its modules are, which what is evaluated does not know: `root.ts` finds the catalogues by it.
    define: { "import.meta.url": JSON.stringify(new URL("../root.ts", import.meta.url).href) },
  });
  return built.outputFiles[0]?.text ?? "";
}

let code: string | null = null;

function startThread(): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./check-worker.js", import.meta.url), { resourceLimits });
  }
  code ??= codeOfSources();
  return new Worker(code, { eval: true, execArgv: [], resourceLimits });
}

interface Thread {
  readonly worker: Worker;
  readonly ready: Promise<unknown>;
  idle: NodeJS.Timeout | undefined;
}

function said(answer: CheckAnswer): DetectedType | null {
  if ("found" in answer) return answer.found;
  if ("refused" in answer) throw new Problem(answer.refused.code, answer.refused.detail, answer.refused.faults);
  const { message, code: errno } = answer.failed;
  throw Object.assign(new Error(message), errno !== undefined && { code: errno });
}

/** @param budgetMs for one file */
export function createCheckThreads(budgetMs = checkBudgetMs): CheckThreads {
  const free: Thread[] = [];

  const forget = (thread: Thread): void => {
    if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
  };
  const open = (): Thread => {
    const worker = startThread();
    const ready = new Promise((resolve) => worker.once("online", resolve));
    const thread = { worker, ready, idle: undefined };
    // Anybody who waits for its answer listens as well; else its end matters to nobody.
    worker.on("error", () => undefined).once("exit", () => forget(thread));
    return thread;
  };
  const keep = (thread: Thread): void => {
    const { worker } = thread;
    // Anybody who has nothing else to do need not wait for it.
    worker.unref();
    thread.idle = setTimeout(() => {
      forget(thread);
      void worker.terminate();
    }, idleMs).unref();
    free.push(thread);
  };

  return {
    async run(job, signal) {
      signal?.throwIfAborted();
      const thread = free.pop() ?? open();
      clearTimeout(thread.idle);
      const { worker } = thread;
      worker.ref();
      const answer = await new Promise<CheckAnswer>((resolve, reject) => {
        let settled = false;
        let budget: NodeJS.Timeout | undefined;
        const settle = (healthy: boolean): void => {
          settled = true;
          clearTimeout(budget);
          signal?.removeEventListener("abort", leave);
          worker.off("message", answered).off("error", failed).off("exit", ended);
          if (healthy) keep(thread);
          else void worker.terminate();
        };
        const fail = (error: unknown): void => {
          settle(false);
          reject(error);
        };
        const answered = (answer: CheckAnswer): void => {
          settle(true);
          resolve(answer);
        };
        const failed = (error: NodeJS.ErrnoException): void =>
          fail(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? takesTooLong() : error);
        const ended = (status: number): void => fail(new Error(`a thread of checks ended with ${status}`));
        const leave = (): void => fail(signal?.reason);
        worker.once("message", answered).once("error", failed).once("exit", ended);
        signal?.addEventListener("abort", leave, { once: true });
        void thread.ready.then(() => {
          if (!settled) budget = setTimeout(() => fail(takesTooLong()), budgetMs);
        });
        worker.postMessage(job);
      });
      return said(answer);
    },
  };
}
