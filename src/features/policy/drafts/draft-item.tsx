/** A draft of policy in a change-set: opened from here, or taken out, which discards it. */

import React, { useState } from "react";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
import { Button, Icon, LinkButton, send, useText } from "../../../platform/ui/kit.js";
import type { ChangeSetView } from "../change-sets/change-set.page.js";
import { DiscardDialog } from "../rules/step-dialogs.js";

const words = {
  policy: pattern("policy-drafts.draftItem.policy"),
  inForce: pattern("policy-drafts.draftItem.inForce"),
  edit: msg("policy-drafts.draftItem.edit"),
  look: msg("policy-drafts.draftItem.look"),
  takeOut: msg("policy-drafts.draftItem.takeOut"),
  takeOutOf: pattern("policy-drafts.draftItem.takeOutOf"),
  sure: pattern("policy-drafts.draftItem.sure"),
  discard: msg("policy-drafts.draftItem.discard"),
  hint: msg("policy-drafts.draftItem.theDraftIsDiscardedWith"),
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
  const sure = filled(words.sure, { name: title });
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
