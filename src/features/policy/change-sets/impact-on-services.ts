/** Services that another entity takes over: who gets what comes from then on, and where what is open stays. */
import type { Bilingual } from "../../../engine/text/text.js";
import { listAddress } from "../../setup/office-addresses.js";
import { type Finding, type Looked, nameIn } from "./looked.js";

/** Nothing of services whose old entity sends its cases elsewhere itself: that is told of its cases. */
export function takenOver({ before, after, steps }: Looked): Finding[] {
  const moved = new Set(steps.moves.map(({ entity }) => entity));
  return [...after.services.values()].flatMap(({ code, entity, retired }): Finding[] => {
    const was = before.services.get(code);
    if (retired || was === undefined || was.entity === entity || moved.has(was.entity)) return [];
    const service = nameIn(after, "services", code);
    const [from, to] = [nameIn(before, "entities", was.entity), nameIn(after, "entities", entity)];
    // What ends without its cases going elsewhere has none that are open.
    const ends = after.entities.get(was.entity)?.retired ?? true;
    const stay: Bilingual = {
      en: ` Cases that are open stay with ${from.en}, which can transfer them.`,
      ar: `، وتبقى المعاملات المفتوحة لدى ${from.ar} ولها أن تحوّلها.`,
    };
    return [
      {
        severity: "info",
        link: ends
          ? null
          : listAddress("cases", { programme: before.programme.code, entity: was.entity, kind: "open,waiting" }),
        words: {
          en: `Applications about ${service.en} go to ${to.en} from then on.${ends ? "" : stay.en}`,
          ar: `تُحال طلبات ${service.ar} إلى ${to.ar} منذ ذلك الحين${ends ? "." : stay.ar}`,
        },
      },
    ];
  });
}
