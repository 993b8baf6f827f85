/** Numbers of long work that a person started: a UUID that the browser made up, so that what is sent twice is one run. */
import { Problem } from "../../engine/text/problems.js";

export const runIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function noSuchRun(): Problem {
  return new Problem("not-found", {
    en: "There is no such work of yours. It may be forgotten already.",
    ar: "لا يوجد عمل لك بهذا الرقم، وربما لم يعد محفوظًا.",
  });
}
