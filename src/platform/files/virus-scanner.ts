/** The virus scanner of the house: clamd, asked over its socket by its own protocol. */
import { createReadStream } from "node:fs";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import type { Logger } from "pino";
import { errorSummary } from "../error-summary.js";

/** The virus scanner, as it was found just now. `since`: when it was first found away. */
export type ScannerState =
  | { readonly kind: "answers"; readonly version: string }
  | { readonly kind: "away"; readonly since: Date };

/** `too-large`: more than the scanner takes (its `StreamMaxLength`). `away`: it cannot be reached, or does not do its work. */
export type Verdict =
  | { readonly kind: "clean" | "too-large" | "away" }
  | { readonly kind: "found"; readonly virus: string };

export interface VirusScanner {
  /** Looks at a file on disk. Rejects with the signal's reason, and with errors of the disk. */
  scan(path: string, signal?: AbortSignal): Promise<Verdict>;
  state(): Promise<ScannerState>;
}

const connectMs = 3000;
/** It says nothing while it looks at a file; one of 200 MB takes it a few seconds. */
const silenceMs = 30_000;
/** So long it is not asked again after it was away: nobody waits for what does not come. */
const restMs = 5000;
const chunkBytes = 64 * 1024;
const longestAnswer = 4096;

function placeOf(address: string): NetConnectOpts {
  if (address.startsWith("/")) return { path: address };
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(address.slice(colon + 1)) };
}

/** What it answers, until it closes the connection or ends its answer with a zero. Error where nothing comes. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const done = (error?: Error): void => {
      const [said = ""] = answer.split("\0");
      if (said !== "") resolve(said.trim());
      else reject(error ?? new Error("the scanner closed the connection"));
    };
    const late = setTimeout(() => socket.destroy(silence("the scanner cannot be reached")), connectMs);
    socket.once("connect", () => clearTimeout(late));
    socket.setTimeout(silenceMs, () => socket.destroy(silence("the scanner does not answer")));
    socket.on("data", (bytes: Buffer) => {
      answer += bytes.toString("utf8");
      if (answer.includes("\0") || answer.length > longestAnswer) done();
    });
    socket.once("error", (error) => {
      clearTimeout(late);
      done(error);
    });
    socket.once("close", () => done());
  });
}

/** Writes the file in pieces, each behind its length, and an empty one at the end. Stops where the scanner hung up. */
async function send(socket: Socket, path: string): Promise<void> {
  const write = async (bytes: Buffer): Promise<void> => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    if (!socket.writable || socket.write(Buffer.concat([length, bytes]))) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        socket.off("drain", go).off("close", go);
        resolve();
      };
      socket.on("drain", go).on("close", go);
    });
  };
  for await (const bytes of createReadStream(path, { highWaterMark: chunkBytes })) {
    if (!socket.writable) return;
    await write(bytes as Buffer);
  }
  await write(Buffer.alloc(0));
}

const silence = (words: string): Error => Object.assign(new Error(words), { code: "ETIMEDOUT" });

/** @param now the time that people are shown */
export function createVirusScanner(a: { address: string; now: () => Date; log: Logger }): VirusScanner {
  const { address, now, log } = a;
  let awaySince: Date | null = null;
  let restUntil = 0;

  const away = (error: unknown): void => {
    restUntil = performance.now() + restMs;
    if (awaySince === null) log.warn({ error: errorSummary(error) }, "the virus scanner is away");
    awaySince ??= now();
  };
  const back = (): void => {
    if (awaySince !== null) log.info({ since: awaySince }, "the virus scanner answers again");
    awaySince = null;
    restUntil = 0;
  };

  /** Asks, and closes the connection. Error: it is away. */
  async function ask(
    command: string,
    more: (socket: Socket) => Promise<unknown> = async () => undefined,
    signal?: AbortSignal,
  ): Promise<string> {
    const socket = connect(placeOf(address));
    const leave = (): void => void socket.destroy(signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    const answer = answerOf(socket);
    // Whatever comes first: it may refuse while it is written to.
    answer.catch(() => undefined);
    try {
      socket.write(`z${command}\0`);
      await Promise.race([answer, more(socket)]);
      return await answer;
    } finally {
      signal?.removeEventListener("abort", leave);
      socket.destroy();
    }
  }

  return {
    async scan(path, signal) {
      signal?.throwIfAborted();
      if (performance.now() < restUntil) return { kind: "away" };
      let unread: unknown = null;
      let connected = false;
      const sending = async (socket: Socket): Promise<void> => {
        socket.once("connect", () => {
          connected = true;
        });
        try {
          await send(socket, path);
        } catch (error) {
          unread = error;
          socket.destroy();
        }
      };
      let answer: string;
      try {
        answer = await ask("INSTREAM", sending, signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (unread !== null) throw unread;
        // Where it takes no more it says so and hangs up, and what it said may be lost: then it is there for the next.
        const hungUp = connected && (error as NodeJS.ErrnoException).code !== "ETIMEDOUT";
        if (hungUp && (await ask("PING").catch(() => "")) === "PONG") return { kind: "too-large" };
        away(error);
        return { kind: "away" };
      }
      const virus = /^stream: (.+) FOUND$/.exec(answer)?.[1];
      const tooLarge = /size limit exceeded/i.test(answer);
      if (virus === undefined && !tooLarge && answer !== "stream: OK") {
        // What it says of its own troubles names no file.
        away(new Error(`the scanner said: ${answer.slice(0, 200)}`));
        return { kind: "away" };
      }
      back();
      if (virus !== undefined) return { kind: "found", virus: virus.replace(/[^\w.:/-]/g, "_").slice(0, 100) };
      return { kind: tooLarge ? "too-large" : "clean" };
    },
    async state() {
      try {
        // Somebody looks at a page: one that is frozen keeps them no longer than one that is away.
        const version = await ask("VERSION", undefined, AbortSignal.timeout(connectMs));
        back();
        return { kind: "answers", version: version.slice(0, 100) };
      } catch (error) {
        away(error);
        return { kind: "away", since: awaySince ?? now() };
      }
    },
  };
}
