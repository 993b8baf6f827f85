/** Structured lines on standard output. What is logged is named by code; personal data have no place here. */
import { type DestinationStream, type Logger, pino } from "pino";

/** Names under which somebody might pass what must not be logged; a second line of defence, not the first. */
const never = [
  "password",
  "code",
  "key",
  "authorization",
  "cookie",
  "email",
  "phone",
  "nationalNumber",
  "name",
  "subject",
  "description",
];

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { app: "diwan", pid: process.pid },
    redact: { paths: [...never, ...never.map((name) => `*.${name}`)], censor: "[kept out]" },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
