/** Text into HTML, and data into scripts, so that neither can end where it stands. */
import { jsonInAllLanguages } from "./all-languages.js";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? "");

const inScripts: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** JSON for the inside of a `<script>`: no `</script>`, no `<!--`, no line ends that only JSON allows. */
export const scriptJson = (value: unknown): string =>
  jsonInAllLanguages(value).replace(/[<>&\u2028\u2029]/g, (sign) => inScripts[sign] ?? "");
