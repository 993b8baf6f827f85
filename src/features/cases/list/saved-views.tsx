/** "My views": opened, renamed, removed, and sent to a colleague as a link. */

import React, { useState } from "react";
import { Link } from "react-router-dom";
import { type FollowedPeriod, followingPeriod } from "../../../engine/measures/figure-period.js";
import { viewAddress } from "../../../engine/search/view-address.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { apart } from "../../../engine/text/text.js";
import { setHome } from "../../../platform/ui/boot.js";
import { copyLink } from "../../../platform/ui/copy-link.js";
import { FormDialog } from "../../../platform/ui/form/form-dialog.js";
import {
  Badge,
  Button,
  Confirm,
  EmptyState,
  Page,
  Panel,
  ProblemBox,
  Spinner,
  send,
  TextField,
  toast,
  useText,
  useView,
} from "../../../platform/ui/kit.js";
import type { SavedView } from "../../people/accounts/saved-views.js";
import type { ViewsView } from "../../people/accounts/views.page.js";

const words = {
  title: msg("cases-list.savedViews.myViews"),
  none: msg("cases-list.savedViews.none"),
  noneHint: msg("cases-list.savedViews.noneHint"),
  desk: msg("cases-list.savedViews.desk"),
  cases: msg("cases-list.savedViews.cases"),
  figures: msg("cases-list.savedViews.figures"),
  copy: msg("cases-list.savedViews.copy"),
  copied: msg("cases-list.savedViews.copied"),
  notCopied: pattern("cases-list.savedViews.notCopied"),
  rename: msg("cases-list.savedViews.rename"),
  renamed: msg("cases-list.savedViews.renamed"),
  name: msg("cases-list.savedViews.name"),
  remove: msg("cases-list.savedViews.remove"),
  removeHint: pattern("cases-list.savedViews.removeHint"),
  removed: msg("cases-list.savedViews.removed"),
  home: msg("cases-list.savedViews.openAtHome"),
  notHome: msg("cases-list.savedViews.openDesk"),
  opensHome: msg("cases-list.savedViews.opensHome"),
  homeSet: pattern("cases-list.savedViews.homeSet"),
  deskSet: msg("cases-list.savedViews.deskSet"),
  staysIn: pattern("cases-list.savedViews.staysIn"),
  homeStays: pattern("cases-list.savedViews.homeStays"),
  follow: pattern("cases-list.savedViews.follow"),
  follows: pattern("cases-list.savedViews.follows"),
};

const lastWords = {
  "last-week": "week",
  "last-month": "month",
  "last-quarter": "quarter",
  "last-year": "other",
} as const satisfies Readonly<Record<FollowedPeriod, unknown>>;

/** A view of figures that stays in its period for ever: which one that is, and what would move on with time. */
function stayingOf({ screen, query }: SavedView): { readonly period: string; readonly last: FollowedPeriod } | null {
  const period = screen === "figures" ? new URLSearchParams(query).get("period") : null;
  const last = period === null ? null : followingPeriod(period);
  return period === null || last === null ? null : { period, last };
}

export function SavedViews() {
  const { t } = useText();
  const { view, problem, reload } = useView<ViewsView>("pages/views");
  const [renaming, setRenaming] = useState<SavedView | null>(null);
  const [removing, setRemoving] = useState<SavedView | null>(null);
  const [name, setName] = useState("");
  const done = (said: typeof words.renamed) => {
    setRenaming(null);
    setRemoving(null);
    toast(said);
    reload();
  };
  const openHome = async (chosen: SavedView | null) => {
    await send("pages/views", { do: "home", id: chosen?.id ?? 0 });
    setHome(chosen && viewAddress(chosen.screen, chosen.query));
    const staying = chosen && stayingOf(chosen);
    if (chosen === null) toast(words.deskSet);
    else if (staying) toast(t(words.homeStays, { name: chosen.name, period: apart(staying.period) }), "info");
    else toast(t(words.homeSet, { name: chosen.name }));
    reload();
  };
  /** Under the same name it takes the place of the old one. */
  const follow = async ({ screen, name: kept, query, opensHome }: SavedView, last: FollowedPeriod) => {
    const moved = new URLSearchParams(query);
    moved.set("period", last);
    await send("pages/views", { do: "save", screen, name: kept, query: moved.toString() });
    if (opensHome) setHome(viewAddress(screen, moved.toString()));
    toast(t(words.follows, { name: kept }));
    reload();
  };
  return (
    <Page title={words.title}>
      <ProblemBox problem={problem} />
      {view === null && problem === null && <Spinner />}
      {view?.views.length === 0 && (
        <Panel>
          <EmptyState icon="list" title={words.none} hint={words.noneHint} />
        </Panel>
      )}
      {view && view.views.length > 0 && (
        <Panel>
          <ul className="view-lines">
            {view.views.map((one) => {
              const staying = stayingOf(one);
              return (
                <li key={one.id} className="view-line">
                  <Link to={viewAddress(one.screen, one.query)}>
                    <bdi>{one.name}</bdi>
                  </Link>
                  <span className="muted small">{t(words[one.screen])}</span>
                  {one.opensHome && <Badge icon="home">{t(words.opensHome)}</Badge>}
                  {staying && (
                    <span className="muted small">{t(words.staysIn, { period: apart(staying.period) })}</span>
                  )}
                  <span className="view-acts">
                    {staying && (
                      <Button small kind="quiet" icon="clock" onClick={() => void follow(one, staying.last)}>
                        {t(words.follow, { last: lastWords[staying.last] })}
                      </Button>
                    )}
                    <Button small kind="quiet" icon="home" onClick={() => void openHome(one.opensHome ? null : one)}>
                      {t(one.opensHome ? words.notHome : words.home)}
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      icon="copy"
                      onClick={() =>
                        void copyLink(viewAddress(one.screen, one.query)).then(({ copied, link }) =>
                          toast(copied ? words.copied : t(words.notCopied, { link }), copied ? "success" : "info"),
                        )
                      }
                    >
                      {t(words.copy)}
                    </Button>
                    <Button
                      small
                      kind="quiet"
                      icon="edit"
                      onClick={() => {
                        setName(one.name);
                        setRenaming(one);
                      }}
                    >
                      {t(words.rename)}
                    </Button>
                    <Button small kind="quiet" icon="trash" onClick={() => setRemoving(one)}>
                      {t(words.remove)}
                    </Button>
                  </span>
                </li>
              );
            })}
          </ul>
        </Panel>
      )}
      {renaming && (
        <FormDialog
          title={words.rename}
          action={words.rename}
          fields={["name"]}
          onClose={() => setRenaming(null)}
          onSend={async () => {
            await send("pages/views", { do: "rename", id: renaming.id, name });
            done(words.renamed);
          }}
        >
          {(faultOf) => (
            <TextField
              label={words.name}
              name="name"
              required
              value={name}
              onChange={setName}
              fault={faultOf("name") ?? null}
            />
          )}
        </FormDialog>
      )}
      {removing && (
        <Confirm
          title={words.remove}
          action={words.remove}
          kind="danger"
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await send("pages/views", { do: "remove", id: removing.id });
            if (removing.opensHome) setHome(null);
            done(words.removed);
          }}
        >
          <p>{t(words.removeHint, { name: removing.name })}</p>
        </Confirm>
      )}
    </Page>
  );
}
