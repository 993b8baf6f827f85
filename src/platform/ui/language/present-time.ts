/** Where and when the programme is, as the page was told. */
import { dateIn } from "../../../engine/formatting/moments.js";

export const timeZone = (): string => window.DIWAN?.timeZone ?? "Asia/Amman";

const pageStarted = Date.now();
/** The clock by which "today" is known: the server's when the page was made, ticking on since then. */
export function presentTime(): Date {
  const atServer = window.DIWAN?.now;
  return new Date(atServer === undefined ? Date.now() : Date.parse(atServer) + (Date.now() - pageStarted));
}

/** The civil date of now where the programme is, `2026-11-22`. */
export const presentDay = (): string => dateIn(presentTime(), timeZone());
