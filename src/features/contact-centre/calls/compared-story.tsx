/** What the story may be about while it is typed, where that is, and which of the caller's own cases may be the same. */
import React, { useEffect, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { send, useText } from "../../../platform/ui/kit.js";
import type { CallerEarlier, CallProgramme, SuggestedMatter } from "./caller.page.js";
import { EarlierLine, type OpenEarlier } from "./found-callers.js";
import type { OpenCall, Typed } from "./use-call.js";

const words = {
  suggestions: msg("contact-centre.newCall.suggestions"),
  number: pattern("contact-centre.newCall.number"),
};

const compareMs = 700;
const leastLetters = 20;
const nothing: Compared = { matters: [], governorate: null, same: [] };
interface Compared {
  readonly matters: readonly SuggestedMatter[];
  /** Where the story says that it happens. */
  readonly governorate: string | null;
  readonly same: readonly CallerEarlier[];
}

/** What the story may be about, asked while it is typed; helps and never hinders. */
export function useCompared({ token, programme, typed }: OpenCall, language: string): Compared {
  const [compared, setCompared] = useState<Compared>(nothing);
  const { story = "", sought = "" } = typed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number is another caller, with other cases
  useEffect(() => {
    if (story.trim().length < leastLetters) return setCompared(nothing);
    let current = true;
    const timer = setTimeout(() => {
      send<Compared>("pages/caller", { do: "compare", token, programme, story, language })
        .then((answer) => current && setCompared(answer))
        .catch(() => undefined);
    }, compareMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [story, sought, token, programme, language]);
  return compared;
}

/** What a number beside Alt fills in. */
export interface Suggestion {
  readonly key: string;
  readonly parts: readonly (Bilingual | string)[];
  readonly chosen: boolean;
  readonly take: () => void;
}

/** In the order of their numbers: what it may be about, then where. */
export function suggestionsOf(a: {
  readonly compared: Pick<Compared, "matters" | "governorate">;
  readonly programme: CallProgramme;
  readonly typed: Typed;
  readonly onTake: (matter: SuggestedMatter) => void;
  readonly onType: (more: Typed) => void;
}): readonly Suggestion[] {
  const { compared, programme, typed, onTake, onType } = a;
  const labelOf = (choices: CallProgramme["entities"], code: string | null) =>
    choices.find(({ value }) => value === code)?.label;
  const known = (parts: readonly (Bilingual | string | undefined)[]) =>
    parts.flatMap((part) => (part === undefined ? [] : [part]));
  const matters = compared.matters.map((matter) => ({
    key: matter.key,
    parts: known([
      labelOf(programme.entities, matter.entity) ?? matter.entity,
      labelOf(programme.services, matter.service),
    ]),
    chosen: typed.entity === matter.entity && (typed.service ?? "") === (matter.service ?? ""),
    take: () => onTake(matter),
  }));
  const place = labelOf(programme.governorates, compared.governorate);
  if (compared.governorate === null || place === undefined) return matters;
  const { governorate } = compared;
  const parts = [msg("contact-centre.newCall.governorate"), place];
  const take = () => onType({ governorate });
  return [...matters, { key: `in ${governorate}`, parts, chosen: typed.governorate === governorate, take }];
}

export function Suggestions({ suggestions }: { readonly suggestions: readonly Suggestion[] }) {
  const { t } = useText();
  return (
    <>
      {suggestions.length > 0 && (
        <section className="call-suggestions" aria-label={t(words.suggestions)}>
          <p className="small">{t(words.suggestions)}</p>
          <ul>
            {suggestions.map(({ key, parts, chosen, take }, i) => (
              <li key={key}>
                <button
                  type="button"
                  className="button button-plain button-small"
                  aria-pressed={chosen}
                  // Each has a key of its own. They come while somebody types: Tab leads from the story to the same field, before and after.
                  tabIndex={-1}
                  aria-keyshortcuts={`Alt+${i + 1}`}
                  onClick={take}
                >
                  {t(words.number, { n: i + 1, what: parts.map((part) => t(part)).join(" · ") })}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <span className="unseen" role="status">
        {suggestions.length > 0 ? t(pattern("contact-centre.newCall.suggested"), { n: suggestions.length }) : ""}
      </span>
    </>
  );
}

export function SameBefore({ same, onOpen }: Pick<Compared, "same"> & { readonly onOpen: OpenEarlier }) {
  const { t } = useText();
  return (
    <div role="status">
      {same.length > 0 && (
        <div className="call-same">
          <p>
            <strong>{t(msg("contact-centre.newCall.same"))}</strong>
          </p>
          <ul>
            {same.map((earlier) => (
              <EarlierLine key={earlier.row} earlier={earlier} onOpen={onOpen} />
            ))}
          </ul>
          <p className="small">{t(msg("contact-centre.newCall.sameHelp"))}</p>
        </div>
      )}
    </div>
  );
}
