/** What the story may be about while it is typed, and which of the caller's own cases may be the same. */
import React, { useEffect, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { send, useText } from "../../../platform/ui/kit.js";
import type { CallerEarlier, CallProgramme, SuggestedMatter } from "./caller.page.js";
import { EarlierLine, type OpenEarlier } from "./found-callers.js";
import type { OpenCall } from "./use-call.js";

const words = {
  suggestions: msg("contact-centre.newCall.suggestions"),
  same: msg("contact-centre.newCall.same"),
  sameHelp: msg("contact-centre.newCall.sameHelp"),
  suggested: pattern("contact-centre.newCall.suggested"),
  number: pattern("contact-centre.newCall.number"),
};

const compareMs = 700;
const leastLetters = 20;
const nothing: Compared = { matters: [], same: [] };
interface Compared {
  readonly matters: readonly SuggestedMatter[];
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

/** Arrow keys move between the suggestions. */
function moveAmong(event: React.KeyboardEvent<HTMLButtonElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const all = [...(event.currentTarget.closest("ul")?.querySelectorAll("button") ?? [])];
  all[all.indexOf(event.currentTarget) + step]?.focus();
  event.preventDefault();
}

interface SuggestionsProps {
  readonly programme: CallProgramme;
  readonly matters: readonly SuggestedMatter[];
  readonly chosen: (matter: SuggestedMatter) => boolean;
  readonly onTake: (matter: SuggestedMatter) => void;
}

export function Suggestions({ programme, matters, chosen, onTake }: SuggestionsProps) {
  const { t } = useText();
  const entityOf = (code: string) => programme.entities.find(({ value }) => value === code)?.label ?? code;
  return (
    <>
      {matters.length > 0 && (
        <section className="call-suggestions" aria-label={t(words.suggestions)}>
          <p className="small">{t(words.suggestions)}</p>
          <ul>
            {matters.map((matter, i) => {
              const service = programme.services.find(({ value }) => value === matter.service);
              const kind = programme.types.find(({ value }) => value === matter.type);
              const parts = [kind?.label, entityOf(matter.entity), service?.label].flatMap((one) =>
                one === undefined ? [] : [t(one)],
              );
              return (
                <li key={matter.key}>
                  <button
                    type="button"
                    className="button button-plain button-small"
                    aria-pressed={chosen(matter)}
                    // One stop on the way from the story to the name: arrows lead to the others.
                    tabIndex={i === 0 ? 0 : -1}
                    onKeyDown={moveAmong}
                    onClick={() => onTake(matter)}
                  >
                    {t(words.number, { n: i + 1, what: parts.join(" · ") })}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <span className="unseen" role="status">
        {matters.length > 0 ? t(words.suggested, { n: matters.length }) : ""}
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
            <strong>{t(words.same)}</strong>
          </p>
          <ul>
            {same.map((earlier) => (
              <EarlierLine key={earlier.row} earlier={earlier} onOpen={onOpen} />
            ))}
          </ul>
          <p className="small">{t(words.sameHelp)}</p>
        </div>
      )}
    </div>
  );
}
