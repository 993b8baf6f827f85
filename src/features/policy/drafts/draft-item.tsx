/** A draft of policy in a change-set: opened from here, or taken out, which discards it. */

import React, { useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, Icon, LinkButton, send, useText } from "../../../platform/ui/kit.js";
import type { ChangeSetView } from "../change-sets/change-set.page.js";
import { DiscardDialog } from "./steps.js";

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
  const sure = msg("policy-drafts.draftItem.sure", { name: title });
  return (
    <li className="change-set-item">
      <div>
        <p>
          <Icon name="rules" size={16} />{" "}
          <strong>
            {t(inForce ? pattern("policy-drafts.draftItem.inForce") : pattern("policy-drafts.draftItem.policy"), {
              name: t(title),
            })}
          </strong>
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
            {t(mayWrite ? msg("policy-drafts.draftItem.edit") : msg("policy-drafts.draftItem.look"))}
          </LinkButton>
        )}
        {mayWrite && (
          <Button
            small
            kind="quiet"
            icon="trash"
            label={t(pattern("policy-drafts.draftItem.takeOutOf"), { what: t(title) })}
            onClick={() => setLeaving(true)}
          >
            {t(msg("policy-drafts.draftItem.takeOut"))}
          </Button>
        )}
      </div>
      {leaving && (
        <DiscardDialog
          title={sure}
          action={msg("policy-drafts.draftItem.discard")}
          hint={msg("policy-drafts.draftItem.theDraftIsDiscardedWith")}
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
