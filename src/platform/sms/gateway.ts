/** Text messages by the HTTP gateway of the environment. */
import type { Handover } from "../mail/transport.js";
import { type GatewayTemplate, requestOf, type SmsValues, verdictOf } from "./gateway-template.js";

export type SmsHandover =
  | { readonly kind: "sent"; readonly gatewayId: string | null }
  | Extract<Handover, { readonly kind: "failed" }>;

export interface SmsGateway {
  readonly template: GatewayTemplate;
  /** Never throws. The `id` is the same at each try of one message: a gateway that knows it sends nothing twice. */
  send(message: SmsValues): Promise<SmsHandover>;
}

/** Well inside the two minutes for which a batch is claimed. */
const answersWithinMs = 20_000;
/** More than that is no answer of a gateway. */
const mostBytes = 64 * 1024;

async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      await reader.cancel();
      break;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const failed = (reason: string, more: { permanent?: boolean; away?: boolean } = {}): SmsHandover => ({
  kind: "failed",
  permanent: more.permanent ?? false,
  away: more.away ?? false,
  // Never what the gateway wrote: it may repeat the number, the text or a key.
  reason: `gateway: ${reason}`,
});

/**
 * @param url of the environment only: nobody who administers may have the server ask an address of theirs
 * @param withinMs how long an answer may take
 */
export function createSmsGateway(url: string, template: GatewayTemplate, withinMs = answersWithinMs): SmsGateway {
  return {
    template,
    async send(message) {
      const { url: address, method, headers, body } = requestOf(url, template, message);
      let answer: { status: number; text: string };
      try {
        const signal = AbortSignal.timeout(withinMs);
        const response = await fetch(address, { method, headers: { ...headers }, body, signal, redirect: "error" });
        answer = { status: response.status, text: await textOf(response) };
      } catch (error) {
        const slow = error instanceof Error && error.name === "TimeoutError";
        return failed(slow ? "away, no answer in time" : "away", { away: true });
      }
      const verdict = verdictOf(template, answer);
      if (verdict.kind === "taken") return { kind: "sent", gatewayId: verdict.gatewayId };
      if (verdict.final) return failed(`refused with status ${answer.status}`, { permanent: true });
      // It is there and cannot work: as if it were away, so that an outage costs few tries.
      const away = answer.status >= 500 || answer.status === 429 || answer.status === 401 || answer.status === 403;
      return failed(`status ${answer.status}`, { away });
    },
  };
}
