/** What changes from one version to another, in words. */

import React from "react";
import type { Difference } from "../../../engine/differences/difference.js";
import { msg } from "../../../engine/text/msg.js";
import { Badge, useText } from "../../../platform/ui/kit.js";

const words = {
  added: msg("policy-versions.differenceList.added"),
  removed: msg("policy-versions.differenceList.removed"),
  changed: msg("policy-versions.differenceList.changed"),
};

const tones = { added: "done", removed: "late", changed: "near" } as const;
const icons = { added: "plus", removed: "minus", changed: "edit" } as const;

export function DifferenceList({ differences }: { differences: readonly Difference[] }) {
  const { t } = useText();
  if (differences.length === 0) return <p className="muted">{t(msg("policy-versions.differenceList.nothing"))}</p>;
  return (
    <ul className="differences">
      {differences.map(({ kind, what, details }) => (
        <li key={kind + what.en} className="difference">
          <Badge tone={tones[kind]} icon={icons[kind]}>
            {t(words[kind])}
          </Badge>
          <div>
            <bdi>{t(what)}</bdi>
            {details.length > 0 && (
              <ul className="difference-details">
                {details.map((detail) => (
                  <li key={detail.en}>
                    <bdi>{t(detail)}</bdi>
                  </li>
                ))}
              </ul>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
