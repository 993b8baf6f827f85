/** What stands below the search while somebody types: groups of places to go to, or how one searches. */

import React from "react";
import type { FoundCase } from "../../engine/search/case-search.js";
import { leadsToPerson, mayBeName, personIn } from "../../engine/search/leads-to-person.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import { apart } from "../../engine/text/text.js";
import { FoundReference, FoundWhere } from "../../features/cases/list/found-where.js";
import { caseAddress } from "../../features/cases/page/case-address.js";
import { FoundText } from "../../platform/ui/found-text.js";
import { Icon, resourceOf, useText, type Words, withQuery } from "../../platform/ui/kit.js";
import { casesAddress } from "./addresses.js";
import type { Found, FoundPlace } from "./use-found.js";

const words = {
  cases: msg("office.searchOptions.cases"),
  entities: msg("office.searchOptions.entities"),
  people: msg("office.searchOptions.people"),
  places: msg("office.searchOptions.places"),
  near: msg("office.searchOptions.near"),
  nearHint: msg("office.searchOptions.nearHint"),
  gaveUp: msg("office.searchOptions.gaveUp"),
  more: msg("office.searchOptions.more"),
  recent: msg("office.searchOptions.recent"),
  forget: msg("office.searchOptions.forget"),
  all: pattern("office.searchOptions.all"),
  applicant: msg("office.searchOptions.applicant"),
  none: msg("office.searchOptions.none"),
  noneHint: msg("office.searchOptions.noneHint"),
  personHint: msg("office.searchOptions.personHint"),
  busy: msg("office.searchOptions.busy"),
  teach: msg("office.searchOptions.teach"),
};

/** By example: what can be typed. */
const ways: readonly { readonly example: Words; readonly means: Words }[] = [
  { example: "482-739-1652", means: msg("office.searchOptions.means") },
  {
    example: msg("office.searchOptions.example"),
    means: msg("office.searchOptions.means2"),
  },
  {
    example: msg("office.searchOptions.example2"),
    means: msg("office.searchOptions.means3"),
  },
  { example: "3/11/2026", means: msg("office.searchOptions.means4") },
  {
    example: msg("office.searchOptions.example3"),
    means: msg("office.searchOptions.means5"),
  },
];

export interface SearchTarget {
  readonly href: string;
  /** Handed over beside the address: it stands nowhere. */
  readonly state?: { readonly applicant: string };
  /** What is remembered as searched, where it is not what was typed. */
  readonly search?: string;
}

type Shown =
  | { readonly kind: "case"; readonly found: FoundCase }
  | { readonly kind: "place"; readonly place: FoundPlace }
  | { readonly kind: "words"; readonly label: Words; readonly icon: string };

export interface SearchOption {
  readonly group: keyof Pick<typeof words, "cases" | "near" | "entities" | "people" | "places" | "recent" | "more">;
  readonly key: string;
  readonly target: SearchTarget;
  readonly shown: Shown;
}

/** Whether this official may look for applicants at all; what they may find, the server says. */
const mayAskForApplicants = (): boolean =>
  resourceOf("cases")?.view.actions.some(({ name }) => name === "applicant") ?? false;

/** A telephone or national number, an address, or a name of two words. */
const couldBeApplicant = (typed: string): boolean => leadsToPerson(typed) || mayBeName(typed);

/** The search by applicant, for the number or address in what was typed; null where there is none, or it is not for this official. */
export function personTarget(typed: string): SearchTarget | null {
  const applicant = personIn(typed);
  return applicant === null || !mayAskForApplicants() ? null : { href: casesAddress, state: { applicant }, search: "" };
}

const casesIn = (group: SearchOption["group"], cases: readonly FoundCase[]): SearchOption[] =>
  cases.map((found) => ({
    group,
    key: found.reference,
    target: { href: caseAddress(found.reference) },
    shown: { kind: "case", found },
  }));

const placesIn = (group: SearchOption["group"], places: readonly FoundPlace[]): SearchOption[] =>
  places.map((place) => ({ group, key: place.href, target: { href: place.href }, shown: { kind: "place", place } }));

/** All that can be chosen now, in order. */
export function optionsOf(a: {
  readonly typed: string;
  readonly found: Found | null;
  readonly recent: readonly string[];
}): readonly SearchOption[] {
  const typed = a.typed.trim();
  if (typed === "") {
    return a.recent.map((search) => ({
      group: "recent",
      key: search,
      target: { href: withQuery(casesAddress, { search }), search },
      shown: { kind: "words", label: search, icon: "clock" },
    }));
  }
  const { cases = [], near = [], entities = [], people = [], places = [] } = a.found ?? {};
  const more: SearchOption[] = [];
  if (!leadsToPerson(typed)) {
    more.push({
      group: "more",
      key: "all",
      target: { href: withQuery(casesAddress, { search: typed }) },
      shown: { kind: "words", label: filled(words.all, { typed: apart(typed) }), icon: "list" },
    });
  }
  if (mayAskForApplicants() && couldBeApplicant(typed)) {
    more.push({
      group: "more",
      key: "applicant",
      target: personTarget(typed) ?? { href: casesAddress, state: { applicant: typed }, search: "" },
      shown: { kind: "words", label: words.applicant, icon: "person" },
    });
  }
  return [
    ...casesIn("cases", cases),
    ...casesIn("near", near),
    ...more,
    ...placesIn("entities", entities),
    ...placesIn("people", people),
    ...placesIn("places", places),
  ];
}

function CaseOption({ found }: { found: FoundCase }) {
  const { t } = useText();
  const { match } = found;
  return (
    <span className="search-case">
      <span className="search-subject">
        <FoundText pieces={match?.subject ?? [{ text: found.subject, found: false }]} />
      </span>
      {match && <FoundWhere match={match} />}
      <span className="small muted">
        <FoundReference reference={found.reference} match={match} /> · {t(found.state.name)}
        {found.entity !== null && ` · ${t(found.entity.name)}`}
      </span>
    </span>
  );
}

function Shown({ shown }: { shown: Shown }) {
  const { t } = useText();
  if (shown.kind === "case") return <CaseOption found={shown.found} />;
  const { icon, label } = shown.kind === "place" ? shown.place : shown;
  return (
    <span className="search-place">
      <Icon name={icon} size={18} />
      <bdi>{t(label)}</bdi>
    </span>
  );
}

function Teaching() {
  const { t } = useText();
  return (
    <div className="search-teach">
      <p className="search-group">{t(words.teach)}</p>
      <ul>
        {ways.map(({ example, means }) => (
          <li key={t(example)}>
            <bdi className="search-example">{t(example)}</bdi> <span className="muted">{t(means)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SearchOptionsProps {
  readonly id: string;
  readonly typed: string;
  readonly options: readonly SearchOption[];
  readonly active: number;
  readonly busy: boolean;
  readonly failed: string | null;
  readonly answered: boolean;
  /** There was no time to look for similar words. */
  readonly gaveUp: boolean;
  readonly onChoose: (target: SearchTarget) => void;
  readonly onForget: () => void;
}

export function SearchOptions(a: SearchOptionsProps) {
  const { t } = useText();
  const empty = a.typed.trim() === "";
  const groups = [...new Set(a.options.map(({ group }) => group))];
  const noCase = a.answered && !a.busy && !a.options.some(({ group }) => group === "cases");
  const like = a.options.some(({ group }) => group === "near");
  const hint = leadsToPerson(a.typed)
    ? words.personHint
    : a.gaveUp
      ? words.gaveUp
      : like
        ? words.nearHint
        : words.noneHint;
  return (
    // The focus stays in the input, which tells the active one by aria-activedescendant.
    // biome-ignore lint/a11y/noStaticElementInteractions: a press on it must not take the focus away
    <div className="search-found" onMouseDown={(event) => event.preventDefault()}>
      {a.failed !== null && <p className="search-say">{a.failed}</p>}
      {!empty && a.busy && !a.answered && <p className="search-say muted">{t(words.busy)}</p>}
      {!empty && noCase && (
        <p className="search-say">
          {t(words.none)} <span className="muted">{t(hint)}</span>
        </p>
      )}
      <div id={a.id} role="listbox" aria-label={t(words.cases)} hidden={a.options.length === 0}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of options are no fieldsets
          <div key={group} role="group" aria-label={t(words[group])}>
            <p className="search-group" aria-hidden="true">
              {t(words[group])}
            </p>
            {a.options.map((option, place) =>
              option.group !== group ? null : (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input
                <div
                  key={option.key}
                  id={`${a.id}-${place}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={place === a.active}
                  className="search-option"
                  onClick={() => a.onChoose(option.target)}
                >
                  <Shown shown={option.shown} />
                </div>
              ),
            )}
          </div>
        ))}
      </div>
      {empty && a.options.length > 0 && (
        <button type="button" className="search-forget" onClick={a.onForget}>
          {t(words.forget)}
        </button>
      )}
      {empty && <Teaching />}
    </div>
  );
}
