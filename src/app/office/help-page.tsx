/** Help to every place that whoever reads it can open, and all keys. */

import React from "react";
import { Link } from "react-router-dom";
import { msg } from "../../engine/text/msg.js";
import type { HelpView } from "../../features/operations/help.page.js";
import { AskRoom, adminRoot, boot, Page, Panel, ProblemBox, Spinner, useText, useView } from "../../platform/ui/kit.js";
import { KeyList } from "./key-list.js";

/** `/admin/resources/cases` → `cases`; the home has no last part. */
const keyOf = (href: string): string => (href === adminRoot ? "home" : (href.split("/").pop() ?? ""));

export function HelpPage() {
  const { t } = useText();
  const { view, problem } = useView<HelpView>("pages/help");
  const pointsOf = new Map((view?.places ?? []).map(({ key, points }) => [key, points]));
  return (
    <Page title={msg("office.helpPage.help")} lead={t(msg("office.helpPage.lead"))}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view !== null &&
        (boot()?.navigation ?? []).map(({ id, group, items }) => {
          const helped = items.filter(({ href }) => pointsOf.has(keyOf(href)));
          if (helped.length === 0) return null;
          return (
            <Panel key={id} title={group}>
              <dl className="help-places">
                {helped.map(({ href, label }) => (
                  <div key={href}>
                    <dt>
                      <Link to={href}>{t(label)}</Link>
                    </dt>
                    {pointsOf.get(keyOf(href))?.map((point) => (
                      <dd key={point.en}>{t(point)}</dd>
                    ))}
                  </div>
                ))}
              </dl>
            </Panel>
          );
        })}
      <p>
        <AskRoom />
      </p>
      <Panel title={msg("office.helpPage.keys")}>
        <KeyList level={3} />
      </Panel>
    </Page>
  );
}
