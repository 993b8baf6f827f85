/**
 * A callback of the gateway: `X-Diwan-Time` (seconds since 1970) and `X-Diwan-Signature` (hex), HMAC-SHA-256 by SMS_CALLBACK_SECRET over
 * the time, a dot and the body's bytes. One that is older than five minutes is not believed; one that comes twice is taken once.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export const callbackBelievedMs = 5 * 60_000;

const signatureOf = (secret: string, time: string, body: Buffer): Buffer =>
  createHmac("sha256", secret).update(`${time}.`).update(body).digest();

/** For the gateway: the headers of a body. */
export function signCallback(secret: string, body: Buffer, at: Date): Readonly<Record<string, string>> {
  const time = String(Math.floor(at.getTime() / 1000));
  return { "x-diwan-time": time, "x-diwan-signature": signatureOf(secret, time, body).toString("hex") };
}

/** The signature, where it is ours and of now; else null. Compared in a time that says nothing. */
export function verifiedSignature(
  secret: string,
  a: { time: string | undefined; signature: string | undefined; body: Buffer; now: Date },
): Buffer | null {
  const { time = "", signature = "", body, now } = a;
  if (!/^\d{1,12}$/.test(time) || !/^[0-9a-f]{64}$/i.test(signature)) return null;
  if (Math.abs(now.getTime() - Number(time) * 1000) > callbackBelievedMs) return null;
  const [given, ours] = [Buffer.from(signature, "hex"), signatureOf(secret, time, body)];
  return timingSafeEqual(given, ours) ? ours : null;
}
