/** One line on a version: its number, who published it, when and why; and the choice of the programme. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Bidi, Moment, Select, useAddress, useText } from "../../../platform/ui/kit.js";
import type { ListedVersion } from "./listed-version.js";

/** As it travels: moments are texts. */
export type VersionOnWire = Omit<ListedVersion, "publishedAt" | "createdAt" | "retiredAt"> & {
  readonly publishedAt: string | Date | null;
  readonly createdAt: string | Date;
  readonly retiredAt: string | Date | null;
};

export function VersionLine({ version }: { version: VersionOnWire }) {
  const { t } = useText();
  return (
    <p className="version-line">
      <strong>{t(pattern("policy-versions.versionLine.version"), { n: String(version.version) })}</strong>
      {version.publishedBy && (
        <span>
          {t(msg("policy-versions.versionLine.by"))} <Bidi>{t(version.publishedBy)}</Bidi>
        </span>
      )}
      {version.approvedBy !== null && (
        <span>{t(pattern("policy-versions.versionLine.approved"), { who: version.approvedBy })}</span>
      )}
      <Moment at={version.publishedAt} />
      {version.reason && (
        <q className="version-reason">
          <Bidi>{version.reason}</Bidi>
        </q>
      )}
    </p>
  );
}

interface ProgrammeChoiceProps {
  readonly programme: string;
  readonly programmes: readonly { readonly code: string; readonly name: Bilingual }[];
}

/** Nothing where there is only one. */
export function ProgrammeChoice({ programme, programmes }: ProgrammeChoiceProps) {
  const [, setQuery] = useAddress();
  if (programmes.length < 2) return null;
  return (
    <Select
      ariaLabel={msg("policy-versions.versionLine.programme")}
      value={programme}
      choices={programmes.map(({ code, name }) => ({ value: code, label: name }))}
      onChange={(code) => setQuery({ programme: code, type: null, version: null })}
    />
  );
}
