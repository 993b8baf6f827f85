/** Cases as a change-set would leave them: which move, where they cannot go, and where new ones of a service go instead. */

import { civilDate } from "../../../engine/calendar/civil-days.js";
import { isLive } from "../../../engine/rules/fact-catalogue.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, perLanguage } from "../../../engine/text/text.js";
import { listAddress } from "../../setup/office-addresses.js";
import { error, type Finding, type ImpactInput, nameIn } from "./impact-input.js";

export function openCases({ before, after, steps, counted, strangers, ended }: ImpactInput): Finding[] {
  const moves = new Map(steps.moves.map((move) => [move.entity, move]));
  const { code: programme } = before.programme;
  const found = counted.flatMap(({ table, code, open, any, blocking, told: known }): Finding[] => {
    const name = nameIn(before, table, code);
    const move = table === "entities" ? moves.get(code) : undefined;
    const link = listAddress("cases", { programme, entity: code, kind: "open,waiting" });
    const about = (words: Bilingual): Bilingual =>
      perLanguage((language) => `${inLanguage(name, language)}: ${inLanguage(words, language)}`);
    const others: Finding[] = [
      ...blocking.map(({ words, link: at }) => error(about(words), at)),
      ...known.map(({ words, link: at }): Finding => ({ severity: "info", words: about(words), link: at })),
    ];
    if (table !== "entities" || !any) return others;
    if (move === undefined)
      return [
        ...others,
        error(msg("policy-publication.impactOnCases.hasOpenCasesConfidentialOnes", { name, open }), link),
      ];
    const to = nameIn(after, "entities", move.to);
    const told: Finding = {
      severity: "info",
      link,
      words: msg("policy-publication.impactOnCases.toldWords", {
        name,
        open,
        to,
        othersCount:
          Object.keys(move.others).length > 0
            ? msg("policy-publication.impactOnCases.toldWordsPart", { othersCount: Object.keys(move.others).length })
            : "",
      }),
    };
    // Said of every move: it tells nobody whether there are any.
    const secret: Finding = {
      severity: "info",
      link: null,
      words: msg("policy-publication.impactOnCases.secretWords", { to }),
    };
    return [...others, told, secret];
  });
  const unknown = strangers.map((reference) =>
    error(msg("policy-publication.impactOnCases.caseIsNoCaseOf", { reference })),
  );
  const closed = ended.map(
    (reference): Finding => ({
      severity: "info",
      link: null,
      words: msg("policy-publication.impactOnCases.caseHasEndedMeanwhileAnd", { reference }),
    }),
  );
  return [...found, ...unknown, ...closed];
}

/** Entities to which cases would go, and that are not there then. */
export function targets({ after, steps, now }: ImpactInput): Finding[] {
  const today = civilDate(now, after.programme.timeZone);
  return steps.moves.flatMap(({ entity, to, others }) =>
    [...new Set([to, ...Object.values(others)])]
      .filter((code) => code === entity || !isLive(after.entities.get(code), today))
      .map((code) => {
        const name = nameIn(after, "entities", code);
        return error(msg("policy-publication.impactOnCases.casesCannotGoToIt", { name }));
      }),
  );
}

/** Nothing of services whose old entity sends its cases elsewhere itself: the impact on its cases says so. */
export function takenOver({ before, after, steps }: ImpactInput): Finding[] {
  const moved = new Set(steps.moves.map(({ entity }) => entity));
  return [...after.services.values()].flatMap(({ code, entity, retired }): Finding[] => {
    const was = before.services.get(code);
    if (retired || was === undefined || was.entity === entity || moved.has(was.entity)) return [];
    const service = nameIn(after, "services", code);
    const [from, to] = [nameIn(before, "entities", was.entity), nameIn(after, "entities", entity)];
    // What ends without its cases going elsewhere has none that are open.
    const ends = after.entities.get(was.entity)?.retired ?? true;
    return [
      {
        severity: "info",
        link: ends
          ? null
          : listAddress("cases", { programme: before.programme.code, entity: was.entity, kind: "open,waiting" }),
        words: ends
          ? msg("policy-publication.impactOnCases.applicationsAboutGoToFrom", { service, to })
          : msg("policy-publication.impactOnCases.applicationsGoAndCasesStay", { service, to, from }),
      },
    ];
  });
}
