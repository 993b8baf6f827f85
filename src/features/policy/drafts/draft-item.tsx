/** A draft of policy in a change-set: opened from here, or taken out, which discards it. */
import React, { useState } from "react";
import type { Bilingual } from "../../../engine/text/text.js";
import { Button, Icon, LinkButton, send, useText } from "../../../platform/ui/kit.js";
import type { ChangeSetView } from "../change-sets/change-set.page.js";
import { DiscardDialog } from "../rules/step-dialogs.js";

const words = {
  policy: { en: "Draft: {name}", ar: "مسودة: {name}" },
  inForce: { en: "Policy: {name}", ar: "سياسة: {name}" },
  edit: { en: "Edit", ar: "تعديل" },
  look: { en: "Look", ar: "اطّلاع" },
  takeOut: { en: "Take out …", ar: "إخراج …" },
  takeOutOf: { en: "Take out: {what}", ar: "إخراج: {what}" },
  sure: { en: "Take “{name}” out?", ar: "إخراج «{name}»؟" },
  discard: { en: "Take out and discard", ar: "إخراج المسودة وإلغاؤها" },
  hint: {
    en: "The draft is discarded, with all that is written in it. What is in force stays as it is.",
    ar: "تُلغى المسودة بكل ما كُتب فيها، ويبقى الساري كما هو.",
  },
};

type Draft = NonNullable<ChangeSetView["opened"]>["drafts"][number];

export function DraftItem({
  draft: { id, revision, title, link, changes },
  inForce,
  mayWrite,
  onTakenOut,
}: {
  draft: Draft;
  /** The set was published. */
  inForce: boolean;
  mayWrite: boolean;
  onTakenOut: () => void;
}) {
  const { t } = useText();
  const [leaving, setLeaving] = useState(false);
  const sure: Bilingual = {
    en: words.sure.en.replace("{name}", title.en),
    ar: words.sure.ar.replace("{name}", title.ar),
  };
  return (
    <li className="change-set-item">
      <div>
        <p>
          <Icon name="rules" size={16} />{" "}
          <strong>{t(inForce ? words.inForce : words.policy, { name: t(title) })}</strong>
        </p>
        {changes.length > 0 && (
          <ul className="bullets muted">
            {changes.map((change) => (
              <li key={change.en}>{t(change)}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="change-set-item-acts">
        {!inForce && (
          <LinkButton small icon={mayWrite ? "edit" : "eye"} to={link}>
            {t(mayWrite ? words.edit : words.look)}
          </LinkButton>
        )}
        {mayWrite && (
          <Button
            small
            kind="quiet"
            icon="trash"
            label={t(words.takeOutOf, { what: t(title) })}
            onClick={() => setLeaving(true)}
          >
            {t(words.takeOut)}
          </Button>
        )}
      </div>
      {leaving && (
        <DiscardDialog
          title={sure}
          action={words.discard}
          hint={words.hint}
          onClose={() => setLeaving(false)}
          onConfirm={async () => {
            await send("pages/policy", { do: "discard", id, revision });
            setLeaving(false);
            onTakenOut();
          }}
        />
      )}
    </li>
  );
}
