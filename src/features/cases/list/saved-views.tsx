/** "My views": opened, renamed, removed, and sent to a colleague as a link. */
import React, { useState } from "react";
import { Link } from "react-router-dom";
import { FormDialog } from "../../../platform/ui/form-dialog.js";
import {
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
import { viewAddress } from "./view-chips.js";

const words = {
  title: { en: "My views", ar: "عروضي المحفوظة" },
  none: { en: "You keep no views yet", ar: "لا عروض محفوظة بعد" },
  noneHint: {
    en: "Set filters on your desk or over the list of cases, then choose “Keep this view”.",
    ar: "اختر عوامل التصفية في مكتبك أو في قائمة المعاملات، ثم اختر «حفظ هذا العرض».",
  },
  desk: { en: "Desk", ar: "المكتب" },
  cases: { en: "Cases", ar: "المعاملات" },
  copy: { en: "Copy link", ar: "نسخ الرابط" },
  copied: {
    en: "The link is copied. A colleague sees by it what is in their own reach.",
    ar: "نُسخ الرابط. يرى زميلك من خلاله ما يقع ضمن صلاحيته هو.",
  },
  notCopied: { en: "Copy it from here: {link}", ar: "انسخه من هنا: {link}" },
  rename: { en: "Rename", ar: "إعادة تسمية" },
  renamed: { en: "Renamed.", ar: "تغيّر الاسم." },
  name: { en: "Name", ar: "الاسم" },
  remove: { en: "Remove", ar: "حذف" },
  removeHint: {
    en: "“{name}” is removed for you. No case changes by it.",
    ar: "يُحذف «{name}» لديك، ولا تتأثر به أي معاملة.",
  },
  removed: { en: "Removed.", ar: "حُذف العرض." },
};

async function copyLink(view: SavedView, say: (copied: boolean, link: string) => void): Promise<void> {
  const link = new URL(viewAddress(view.screen, view.query), window.location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    say(true, link);
  } catch {
    say(false, link);
  }
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
            {view.views.map((one) => (
              <li key={one.id} className="view-line">
                <Link to={viewAddress(one.screen, one.query)}>
                  <bdi>{one.name}</bdi>
                </Link>
                <span className="muted small">{t(words[one.screen])}</span>
                <span className="view-acts">
                  <Button
                    small
                    kind="quiet"
                    icon="copy"
                    onClick={() =>
                      void copyLink(one, (copied, link) =>
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
            ))}
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
            done(words.removed);
          }}
        >
          <p>{t(words.removeHint, { name: removing.name })}</p>
        </Confirm>
      )}
    </Page>
  );
}
