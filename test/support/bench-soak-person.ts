/**
 * Somebody who means well, in front of a browser or a telephone: with an address and cookies of their own, who thinks between
 * two steps and presses again when something did not work. What they were told is kept is noted, and how long it took.
 */
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** Something that was told to be kept, and is looked for in the end. */
export interface Told {
  readonly kind: "application" | "reply" | "note";
  /** Found in the subject of an application, or in the text of an event. */
  readonly mark: string;
  readonly files: number;
  /** False: anybody who did it gave up without an answer. It may be there once, and need not. */
  readonly kept: boolean;
}

export interface Step {
  readonly who: "applicants" | "channel" | "officials";
  readonly what: string;
  /** From the first press until it had worked, tries in between included; where they gave up, until then. */
  readonly ms: number;
  readonly at: number;
}

export interface Notes {
  readonly steps: Step[];
  readonly told: Told[];
  /** Tries that did not work by kind, and steps that were given up. */
  readonly errors: Map<string, number>;
  givenUp: number;
}

export interface Crowd {
  readonly port: number;
  readonly notes: Notes;
  readonly isOver: () => boolean;
  /** Of what people need between two steps: less than one in a short trial. */
  readonly pace: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type Sent = { body?: string | Buffer; headers?: Readonly<Record<string, string>> };

/** The run is over: anybody who thinks it over stops here. */
class Over extends Error {}
class GaveUp extends Error {}

const oneTryMs = 30_000;
const patienceMs = 60_000;
const count = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);

export class Person {
  readonly #agent: Agent;
  readonly #cookies = new Map<string, string>();

  constructor(
    readonly crowd: Crowd,
    readonly who: Step["who"],
    readonly address: string,
  ) {
    this.#agent = new Agent({ keepAlive: true, localAddress: address, maxSockets: 6 });
  }

  /** A pause of so many seconds, more or less. */
  async think(seconds: number): Promise<void> {
    const until = performance.now() + seconds * (0.5 + Math.random()) * this.crowd.pace * 1000;
    while (performance.now() < until) {
      if (this.crowd.isOver()) throw new Over();
      await sleep(Math.min(250, until - performance.now()));
    }
  }

  #once(method: string, path: string, { body, headers = {} }: Sent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const asked = request({
        host: "127.0.0.1",
        port: this.crowd.port,
        method,
        path,
        agent: this.#agent,
        headers: {
          "sec-fetch-site": "same-origin",
          accept: this.who === "applicants" ? "text/html" : "application/json",
          ...(cookie !== "" && { cookie }),
          ...(body !== undefined && { "content-length": Buffer.byteLength(body) }),
          ...headers,
        },
      });
      const timer = setTimeout(() => asked.destroy(new Error("no answer")), oneTryMs);
      asked.on("error", (error) => {
        clearTimeout(timer);
        reject(error);
      });
      asked.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (data: Buffer) => parts.push(data));
        response.on("error", reject);
        response.on("end", () => {
          clearTimeout(timer);
          for (const one of response.headers["set-cookie"] ?? []) {
            const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
            if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(one)) this.#cookies.delete(name);
            else this.#cookies.set(name, value);
          }
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString(),
          });
        });
      });
      asked.end(body);
    });
  }

  /**
   * One step, pressed until it works: `act` is asked anew for each try, `good` says what counts as working. Errors of
   * anybody who gave up after a minute.
   */
  async step(
    what: string,
    good: readonly number[],
    act: (tried: number, ask: (method: string, path: string, sent?: Sent) => Promise<Answer>) => Promise<Answer>,
  ): Promise<Answer> {
    if (this.crowd.isOver()) throw new Over();
    const { notes } = this.crowd;
    const began = performance.now();
    const done = (): void => {
      notes.steps.push({ who: this.who, what, ms: performance.now() - began, at: began });
    };
    for (let tried = 0; ; tried += 1) {
      let why: string;
      try {
        const answer = await act(tried, (method, path, sent = {}) => this.#once(method, path, sent));
        if (good.includes(answer.status)) {
          done();
          return answer;
        }
        why = String(answer.status);
      } catch (error) {
        why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
      }
      count(notes.errors, `${what}: ${why}`);
      // The run ended while it was tried: that says nothing of how long it would have taken.
      if (this.crowd.isOver()) throw new Over();
      if (performance.now() - began > patienceMs) {
        notes.givenUp += 1;
        done();
        throw new GaveUp(`${what}: ${why}`);
      }
      await sleep(1000);
    }
  }

  get(what: string, path: string): Promise<Answer> {
    return this.step(what, [200], (_tried, ask) => ask("GET", path));
  }

  async repeat(life: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await life();
      } catch (error) {
        if (error instanceof Over) break;
        if (!(error instanceof GaveUp)) throw error;
      }
    }
    this.#agent.destroy();
  }
}
