/** A gateway of text messages over real HTTP: keeps what is handed over, knows an id that comes twice, and can be slow, ill or away. */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { SmsConfig } from "../../src/platform/config.js";
import { type CallbackChecks, ownSignature, signCallback } from "../../src/platform/sms/callback-checks.js";
import { type GatewayTemplate, readGatewayTemplate } from "../../src/platform/sms/gateway-template.js";

export interface TakenSms {
  readonly to: string;
  readonly text: string;
  readonly id: string;
}

export interface SmsPeer {
  readonly config: SmsConfig;
  /** What was taken, each id once. */
  readonly taken: TakenSms[];
  /** Requests, also those that were refused. */
  asked: number;
  /** What it answers to a message; null: it takes it. */
  answer: (message: TakenSms) => { readonly status: number; readonly body: unknown } | null;
  /** Milliseconds before it answers. */
  slow: number;
  /** Runs when a message was taken and before that is answered. */
  beforeAnswer: () => Promise<void>;
  /** A signed callback with its headers. */
  callback(body: object, at: Date): { readonly body: Buffer; readonly headers: Readonly<Record<string, string>> };
  close(): Promise<void>;
}

/** As the stand-in is asked; `more`: how its callbacks are read. */
export function standInTemplate(more: object = {}): GatewayTemplate {
  const read = readGatewayTemplate(
    JSON.stringify({
      headers: { authorization: "Bearer test-key" },
      body: { recipient: "{to}", message: { text: "{text}" }, ref: "{id}" },
      success: { status: [200], json: { at: "/result", is: ["accepted"] } },
      final: { json: { at: "/result", is: ["invalid number"] } },
      gatewayId: "/id",
      ...more,
    }),
  );
  if (read.at !== undefined) throw new Error(`the template of the stand-in gateway is none: ${read.at}`);
  return read.template;
}

const checks: CallbackChecks = ownSignature("callbacks of the stand-in gateway, signed");

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

export async function openSmsPeer(): Promise<SmsPeer> {
  const taken: TakenSms[] = [];
  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    peer.asked += 1;
    const text = await bodyOf(request);
    if (peer.slow > 0) await sleep(peer.slow);
    if (request.headers.authorization !== "Bearer test-key") return answer(401, {});
    const { recipient, message, ref } = JSON.parse(text) as {
      recipient: string;
      message: { text: string };
      ref: string;
    };
    const one: TakenSms = { to: recipient, text: message.text, id: ref };
    const refused = peer.answer(one);
    if (refused !== null) return answer(refused.status, refused.body);
    if (!taken.some(({ id }) => id === one.id)) taken.push(one);
    await peer.beforeAnswer();
    answer(200, { result: "accepted", id: `gw-${ref.slice(0, 8)}` });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const peer: SmsPeer = {
    config: { url: `http://127.0.0.1:${port}/send`, template: standInTemplate(), callbacks: checks },
    taken,
    asked: 0,
    answer: () => null,
    slow: 0,
    beforeAnswer: async () => {},
    callback(given, at) {
      const body = Buffer.from(JSON.stringify(given));
      return { body, headers: signCallback(checks, { body, address: "" }, at) };
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return peer;
}
