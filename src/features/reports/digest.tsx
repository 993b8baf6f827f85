/** The committee's digest as it would read now, or as of the moment that a letter's link names. */

import React from "react";
import { languageChoices } from "../../engine/formatting/language-names.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Button,
  boot,
  LetterFrame,
  Page,
  Panel,
  ProblemBox,
  Select,
  Spinner,
  useAddress,
  useText,
  useView,
  withQuery,
} from "../../platform/ui/kit.js";
import type { DigestView } from "./digest.page.js";

const words = {
  title: msg("reports.digest.committeeDigest"),
  lead: msg("reports.digest.lead"),
  asOf: pattern("reports.digest.asOf"),
  now: msg("reports.digest.now"),
  programme: msg("reports.digest.programme"),
  language: msg("reports.digest.language"),
};

export function Digest() {
  const { t, moment } = useText();
  const [query, setQuery] = useAddress();
  const { programme, language, at } = query;
  const { view, problem, loading } = useView<DigestView>(withQuery("pages/digest", { programme, language, at }), {
    worded: true,
  });
  const names = new Map((boot()?.programmes ?? []).map(({ code, name }) => [code, name]));
  return (
    <Page title={words.title} lead={view?.at ? t(words.asOf, { at: moment(view.at) }) : t(words.lead)}>
      <ProblemBox problem={problem} />
      {view === null && loading && <Spinner />}
      {view && (
        <>
          <div className="pair">
            {view.programmes.length > 1 && (
              <Select
                label={words.programme}
                value={view.programme}
                choices={view.programmes.map((code) => ({ value: code, label: names.get(code) ?? code }))}
                onChange={(value) => setQuery({ programme: value })}
              />
            )}
            <Select
              label={words.language}
              value={view.language}
              choices={languageChoices()}
              onChange={(value) => setQuery({ language: value })}
            />
            {view.at !== null && <Button onClick={() => setQuery({ at: null })}>{t(words.now)}</Button>}
          </div>
          <Panel title={view.subject}>
            <LetterFrame key={view.language} {...view} />
          </Panel>
        </>
      )}
    </Page>
  );
}
